"""Our own workbook, which staff fill in when a decision comes as a scan or on paper."""

from pathlib import Path

from catalogue_import.decision_file import DecisionFile
from catalogue_import.files import Progress, size_of
from catalogue_import.formats.format import DecisionFormat
from catalogue_import.formats.template.layout import DECISION_SHEET, LIST_SHEET


def is_template(path: Path) -> bool:
    """By its sheets: properties get lost where a workbook goes through other programs."""
    from catalogue_import.workbooks import peek

    seen = peek(path)
    return seen is not None and {DECISION_SHEET, LIST_SHEET} <= set(seen.sheets)


def _read(path: Path, progress: Progress) -> DecisionFile:
    from catalogue_import.formats.template.reader import read_template

    file = read_template(path)
    progress(size_of(path), size_of(path))
    return file


TEMPLATE = DecisionFormat(
    name="template",
    looks_like="the workbook that `motcua catalogue template` writes, filled in",
    claims=is_template,
    read=_read,
)
