"""Announcement decisions ("Quyết định công bố danh mục TTHC") as .docx, .xlsx and PDF with a text layer.

Each kind of file becomes the same blocks, and one reader tells what they say from the words of headings and
sections, never from their places.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from catalogue_import.decision_file import DecisionFile
from catalogue_import.files import Progress, size_of
from catalogue_import.formats.decision.blocks import Block
from catalogue_import.formats.format import DecisionFormat
from catalogue_import.office_files import Kind, office_kind
from catalogue_import.reading_issues import Reporter

Splitter = Callable[[Path, Reporter], Iterator[Block]]


def _word(path: Path, reporter: Reporter) -> Iterator[Block]:
    from catalogue_import.formats.decision.word_blocks import word_blocks

    return word_blocks(path, reporter)


def _workbook(path: Path, reporter: Reporter) -> Iterator[Block]:
    from catalogue_import.formats.decision.workbook_blocks import workbook_blocks

    return workbook_blocks(path, reporter)


def _pdf(path: Path, reporter: Reporter) -> Iterator[Block]:
    from catalogue_import.formats.decision.pdf_blocks import pdf_blocks

    return pdf_blocks(path, reporter)


def _reader(split: Splitter) -> Callable[[Path, Progress], DecisionFile]:
    def read(path: Path, progress: Progress) -> DecisionFile:
        """Raises InputError where the file is unusable."""
        from catalogue_import.formats.decision.reader import read_blocks

        office_kind(path)  # a caller may have chosen the format without `detect`
        reporter = Reporter()
        file = read_blocks(split(path, reporter), reporter)
        progress(size_of(path), size_of(path))
        return file

    return read


def _is_workbook_decision(path: Path) -> bool:
    """Every workbook that is neither our template nor a list export."""
    from catalogue_import.formats.copies.list_export import is_list_export
    from catalogue_import.formats.template import is_template

    return office_kind(path) is Kind.WORKBOOK and not is_template(path) and not is_list_export(path)


def _is_pdf_decision(path: Path) -> bool:
    """Every PDF that is not the portal's own export of one procedure."""
    from catalogue_import.formats.copies.official_pdf import is_official_pdf

    return office_kind(path) is Kind.PDF and not is_official_pdf(path)


WORD_DECISION = DecisionFormat(
    name="decision (Word)",
    looks_like="a .docx file",
    claims=lambda path: office_kind(path) is Kind.WORD,
    read=_reader(_word),
)
WORKBOOK_DECISION = DecisionFormat(
    name="decision (Excel)",
    looks_like="an .xlsx file with the lists of a decision",
    claims=_is_workbook_decision,
    read=_reader(_workbook),
)
PDF_DECISION = DecisionFormat(
    name="decision (PDF)",
    looks_like="a .pdf file with a text layer",
    claims=_is_pdf_decision,
    read=_reader(_pdf),
)
