"""What an installed motcua needs is in the package, and the records of the project are in order."""

import re
import tomllib
from fnmatch import fnmatch
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = ("knowledge", "bot", "catalogue_import")
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))


@pytest.mark.parametrize("package", PACKAGES)
def test_every_data_file_is_installed_with_its_package(package: str) -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    data = [path for path in (ROOT / package).rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}]
    assert [path.name for path in data if not any(fnmatch(path.name, pattern) for pattern in patterns)] == []


def test_the_command_is_installed() -> None:
    commands = {entry.name: entry.value for entry in entry_points(group="console_scripts")}
    assert commands.get("motcua", "bot.__main__:main") == "bot.__main__:main"
    assert PROJECT["project"]["scripts"] == {"motcua": "bot.__main__:main"}


def test_every_dependency_is_pinned_for_the_newcomer() -> None:
    pins = {
        re.split(r"==", line)[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    }
    wanted = [*PROJECT["project"]["dependencies"]]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        wanted += extra
    names = {re.split(r"[\[<>=~!]", each)[0].strip().lower().replace("_", "-") for each in wanted}
    assert names - pins == set()


def test_the_pins_name_versions_and_no_places() -> None:
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+-]+", line), line


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_page_says_why_and_what_not(decision: Path) -> None:
    text = decision.read_text("utf-8")
    assert text.startswith(f"# {int(decision.name[:4])}. ")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Context", "Decision", "Rejected", "Consequences"]
    assert len(text.splitlines()) <= 60


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
