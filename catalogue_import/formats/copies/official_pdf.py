"""The portal's own PDF of one procedure, only a check on its record (FORMATS, section 7).

Never a source of times or fees: it prints every fee state as "Miễn phí", dollars as đồng, drops the notes of fees
and turns times without a unit into days. So neither is read.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from catalogue_import.files import InputError, Progress, size_of
from catalogue_import.formats.copies.printed import LABELS, from_header, law, paper, printed_code
from catalogue_import.formats.decision.blocks import Block, Paragraph, Row, Table
from catalogue_import.formats.decision.text import letters, one_line
from catalogue_import.formats.format import CheckFormat
from catalogue_import.office_files import Kind, office_kind
from catalogue_import.reading_issues import Reporter
from catalogue_import.recovered import Recovered, RecoveredFile

TITLE = "chitietthutuchanhchinh"
CERTAINTY = dict.fromkeys("name field decision levels subjects papers legal_bases".split(), 1.0)
PAPERS, LAWS = ("tengiayto", "maudontokhai", "soluong"), ("tenvanbanphaply", "mavanban")
LABEL_KEYS = {letters(label): name for label, name in LABELS.items()}


def is_official_pdf(path: Path) -> bool:
    """By its title, which only this export has."""
    if office_kind(path) is not Kind.PDF:
        return False
    from catalogue_import.formats.decision.pdf_blocks import first_text

    return letters(first_text(path)).startswith(TITLE)


def read(path: Path, progress: Progress) -> RecoveredFile:
    from catalogue_import.formats.decision.pdf_blocks import pdf_blocks

    reporter = Reporter()
    blocks = list(pdf_blocks(path, reporter))
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    header = {
        LABEL_KEYS[key]: row.cells[1].text for row in rows if len(row.cells) > 1 and (key := _key(row, 0)) in LABEL_KEYS
    }
    code = printed_code(header)
    if not code:
        raise InputError(f"{path.name} không có “Mã thủ tục”. Tải lại bản PDF của thủ tục từ Cổng dịch vụ công")
    progress(size_of(path), size_of(path))
    return RecoveredFile(records=(_record(path, code, header, blocks),), issues=reporter.issues)


def _record(path: Path, code: str, header: dict[str, str], blocks: Sequence[Block]) -> Recovered:
    flat = {name: one_line(text) for name, text in header.items()}
    return replace(
        from_header(code, path.name, CERTAINTY, flat),
        papers=tuple(paper(row[0], row[2], row[1]) for row in _rows(blocks, PAPERS) if row[2]),
        legal_bases=tuple(law(row[0], row[1]) for row in _rows(blocks, LAWS)),
    )


def _rows(blocks: Sequence[Block], headings: Sequence[str]) -> Iterator[list[str]]:
    """Rows below these headings, over tables that a page break cut; one that goes on is put together."""
    last: list[str] | None = None
    is_inside = False
    for block in blocks:
        if isinstance(block, Paragraph):
            is_inside = is_inside and not block.text.isupper()  # headings of sections are in capitals
            continue
        for row in block.rows:
            if [_key(row, at) for at in range(len(row.cells))] == list(headings):
                is_inside = True
            elif is_inside and len(row.cells) == len(headings) and row.cells[0].columns == 1:
                texts = [one_line(cell.text) for cell in row.cells]
                if last is not None and not texts[-1]:
                    last[:] = [f"{one} {more}".strip() for one, more in zip(last, texts, strict=True)]
                    continue
                if last is not None:
                    yield last
                last = texts
            elif row.cells[0].columns == 1:
                is_inside = False
    if last is not None:
        yield last


def _key(row: Row, at: int) -> str:
    return letters(row.cells[at].text) if at < len(row.cells) else ""


OFFICIAL_PDF = CheckFormat(
    name="official PDF",
    looks_like="a .pdf file titled “CHI TIẾT THỦ TỤC HÀNH CHÍNH”",
    claims=is_official_pdf,
    read=read,
)
