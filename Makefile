# motcua. Both `make run` and `make test` set up .venv by themselves on a fresh machine with Python 3.11 or newer.

VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8080
DATA ?= data
CODE := bot knowledge catalogue_import
# The first Python of the machine that is new enough; name another one with `make run PYTHON=...`.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test check lint bench screenshots clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(VENV)/installed  ## set up and serve the web chat and the procedure pages (HOST, PORT, DATA can be set)
	@echo "motcua: http://$(HOST):$(PORT)/ (data in $(DATA), stop with Ctrl+C)"
	@MOTCUA_HOST="$(HOST)" MOTCUA_PORT="$(PORT)" MOTCUA_DATA_DIR="$(DATA)" exec $(BIN)/motcua serve

# Neighbours stay in one process (worksteal), so that what they share is made once.
test: $(VENV)/installed-test  ## set up and run every test
	$(BIN)/python -m pytest -n auto --dist worksteal

check: lint  ## lint, format, types and the boundaries between the packages
	$(BIN)/python -m pytest tests/test_boundaries.py

lint: $(VENV)/installed-test  ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/installed-bench  ## set up what the scripts in bench/ need
	@echo "now: $(BIN)/python bench/<script>.py --help"

screenshots: $(VENV)/installed-test  ## take the pictures of docs/images anew: from the running product, and from the tests of the console
	$(BIN)/python tests/browser/screenshots.py
	MOTCUA_PICTURES=docs/images $(BIN)/python -m pytest -n 0 tests/browser

# An installation is made anew when what it depends on has changed, and not otherwise.
$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/made
	$(INSTALL) --editable .
	@touch $@

$(VENV)/installed-test: pyproject.toml constraints.txt | $(VENV)/made
	$(INSTALL) --editable '.[test]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-bench: pyproject.toml constraints.txt | $(VENV)/made
	$(INSTALL) --editable '.[bench]'
	@touch $@

$(VENV)/made:
	@test -n "$(PYTHON)" || { echo "motcua needs Python 3.11 or newer: install it, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment: on Debian, apt install python3-venv" >&2; exit 1; }
	@touch $@

clean:  ## remove what was set up and built (data stays)
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
