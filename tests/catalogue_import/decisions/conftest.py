"""Decisions made for one test each, in all three kinds of file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue_import.decision_file import DecisionFile
from decision_makers import MAKERS, Part, decision, has_font, read_file

Reader = Callable[..., DecisionFile]


@pytest.fixture(params=sorted(MAKERS), ids=["word", "pdf", "workbook"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Reader:
    """Reads a decision of these parts after it was made into a file of each kind."""
    if request.param == ".pdf" and not has_font():
        pytest.skip("no font with Vietnamese letters on this machine")

    def run(*parts: Part, **letter: object) -> DecisionFile:
        return read_file(MAKERS[request.param](tmp_path / f"decision{request.param}", decision(*parts, **letter)))

    return run


@pytest.fixture
def read_word(tmp_path: Path) -> Reader:
    """The same for Word only, where the kind of file makes no difference."""

    def run(*parts: Part, **letter: object) -> DecisionFile:
        return read_file(MAKERS[".docx"](tmp_path / "decision.docx", decision(*parts, **letter)))

    return run
