"""Detail pages of the portal as a browser saved them (FORMATS, section 5).

Such a page does not carry its own id, and shows a block of some ten other procedures: only the labelled block at
the top says which one it is about.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from catalogue_import.clean import clean
from catalogue_import.decision_file import Place
from catalogue_import.files import InputError, Progress, size_of
from catalogue_import.formats.copies.list_export import listed
from catalogue_import.formats.copies.printed import LABELS, filing_row, from_header, law, paper, printed_code, stated
from catalogue_import.formats.decision.text import letters
from catalogue_import.formats.format import CheckFormat
from catalogue_import.office_files import Kind, office_kind
from catalogue_import.reading_issues import Reporter
from catalogue_import.recovered import FilingRow, Recovered, RecoveredFile
from knowledge.procedure import LegalBasis, Paper

CERTAINTY = dict.fromkeys(
    "name field decision levels subjects agencies filing papers legal_bases results steps conditions".split(), 1.0
)
RESULT_CODE = re.compile(r"Mã:\s*\S+")


def read(path: Path, progress: Progress) -> RecoveredFile:
    tree = LexborHTMLParser(path.read_bytes().decode("utf-8", errors="replace"))
    header = _header(tree)
    code = printed_code(header)
    if not header and (records := _listed(tree)):
        return RecoveredFile(records=records)
    if not code:
        raise InputError(
            f"{path.name} không phải trang chi tiết thủ tục đã lưu (không thấy “Mã thủ tục”). Mở trang của thủ tục, "
            "chờ hiện đủ nội dung, rồi lưu lại (Ctrl+S)"
        )
    sections = {letters(title.text()): title.parent for title in tree.css("h4") if title.parent is not None}
    progress(size_of(path), size_of(path))
    return RecoveredFile(records=(_record(path, code, header, sections),))


def _listed(tree: LexborHTMLParser) -> tuple[Recovered, ...]:
    """Of a page that lists procedures, such as the newest ones: its table has the columns of a list export."""
    rows = [
        [clean(cell.text()) for cell in row.css("th, td")] for table in tree.css("table") for row in table.css("tr")
    ]
    return tuple(listed(Place(), rows, Reporter()))


def _header(tree: LexborHTMLParser) -> dict[str, str]:
    """Neighbouring elements of label and value; the first of each label counts."""
    found: dict[str, str] = {}
    for node in tree.css("div"):
        label = LABELS.get(node.text(deep=False).strip())
        value = _next_element(node)
        if label and value is not None:
            found.setdefault(label, clean(value.text()))
    return found


def _next_element(node: LexborNode) -> LexborNode | None:
    after = node.next
    while after is not None and after.tag == "-text":
        after = after.next
    return after


def _record(path: Path, code: str, header: dict[str, str], sections: dict[str, LexborNode]) -> Recovered:
    return replace(
        from_header(code, path.name, CERTAINTY, header),
        agencies=tuple(filter(None, [_text(sections, "coquanthuchien")])),
        filing=tuple(_filing(sections.get("cachthucthuchien"))),
        papers=tuple(_papers(sections.get("thanhphanhoso"))),
        legal_bases=tuple(_laws(sections.get("cancuphaply"))),
        results=tuple(_results(sections)),
        steps=_text(sections, "trinhtuthuchien"),
        conditions=_text(sections, "yeucaudieukienthuchien"),
    )


def _text(sections: dict[str, LexborNode], key: str) -> str:
    """Of a section without its title."""
    node = sections.get(key)
    if node is None:
        return ""
    title = node.css_first("h4")
    whole, head = clean(node.text(separator="\n")), clean(title.text()) if title is not None else ""
    return stated("\n".join(filter(None, (line.strip() for line in whole.removeprefix(head).split("\n")))))


def _rows(section: LexborNode | None) -> Iterator[list[str]]:
    for row in section.css("tr") if section is not None else ():
        yield [clean(cell.text(separator="\n")) for cell in row.css("td")]


def _filing(section: LexborNode | None) -> Iterator[FilingRow]:
    yield from filter(None, (filing_row([cell.replace("\n", " ") for cell in row]) for row in _rows(section)))


def _papers(section: LexborNode | None) -> Iterator[Paper]:
    for row in _rows(section):
        if len(row) > 2 and row[0]:  # noqa: PLR2004  name, form, quantity
            yield paper(row[0], row[2], " ".join(row[1].split()))


def _laws(section: LexborNode | None) -> Iterator[LegalBasis]:
    yield from (law(row[0], row[1]) for row in _rows(section) if len(row) > 1)


def _results(sections: dict[str, LexborNode]) -> Iterator[str]:
    for line in _text(sections, "ketquaxuly").split("\n"):
        if line and not RESULT_CODE.fullmatch(line):
            yield line


def _claims(path: Path) -> bool:
    return office_kind(path) is Kind.PAGE


SAVED_PAGE = CheckFormat(
    name="saved page",
    looks_like="an .html file with the portal's page of one procedure",
    claims=_claims,
    read=read,
)
