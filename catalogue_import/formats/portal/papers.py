"""Papers of a procedure, in the groups of the publisher."""

import re

from catalogue_import.issues import IssueKind
from catalogue_import.source_record import SourceRecord
from knowledge.procedure import Paper, PaperGroup, PaperUse

# "* Giấy tờ phải nộp:", "- Các giấy tờ phải xuất trình (bản chính)", "Thành phần hồ sơ xuất trình"; a heading
# that begins with a case ("Trường hợp … phải nộp") names the case, not the use
USE = re.compile(
    r"[\W\d_]*(?:các )?(?:giấy tờ|thành phần hồ sơ|chứng từ)(?: phải)? (nộp|xuất trình)\b"
    r"(?!\s*(?:và|hoặc|,|/)\s*(?:phải )?(?:nộp|xuất trình))",
    re.IGNORECASE,
)
USES = {"nộp": PaperUse.SUBMIT, "xuất trình": PaperUse.SHOW}
MOST_COPIES = 1_000  # the highest number published is 11


def paper_groups(record: SourceRecord) -> tuple[PaperGroup, ...]:
    """In published order. A group without heading and papers says nothing and is dropped."""
    groups = [_group(case) for case in record.objects("executionCases")]
    return tuple(group for group in groups if group.heading or group.papers)


def use_of(heading: str) -> PaperUse | None:
    found = USE.match(heading)
    return USES[found[1].lower()] if found else None


def _group(case: SourceRecord) -> PaperGroup:
    heading = case.line("name")
    papers = [_paper(row) for row in case.objects("profileComponents")]
    return PaperGroup(
        heading=heading, use=use_of(heading), papers=tuple(paper for paper in papers if paper is not None)
    )


def _paper(row: SourceRecord) -> Paper | None:
    """None for a row without any name: there is nothing to show."""
    name, forms = row.text("name"), _forms(row)
    if "detail" in row:
        name, forms = _detail(row, name, forms)
    paper = Paper(
        name=name,
        originals=_quantity(row, "originalQty"),
        copies=_quantity(row, "copyQty"),
        forms=forms,
        has_electronic_form=row.flag("hasElectronicForm"),
        component=row.text("code").rpartition("-")[2],  # "KQ003208" of "000.00.00.G15-KQ003208"
    )
    if not name:
        row.report(IssueKind.NAMELESS_PAPER, "")
        return None
    return paper


def _forms(row: SourceRecord) -> tuple[str, ...]:
    return tuple(file.text("fileName") for file in row.objects("attachments"))


def _detail(row: SourceRecord, name: str, forms: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The same paper in the portal's own register: fills what the row leaves empty."""
    for detail in row.nested("detail"):
        restated = detail.text("name")
        name = name or restated
        for data in detail.nested("data"):
            restated_forms = _forms(data)
            forms = forms or restated_forms
    return name, forms


def _quantity(row: SourceRecord, key: str) -> int:
    quantity = row.integer(key) or 0
    if not 0 <= quantity <= MOST_COPIES:
        raise row.unreadable(key, quantity, "a number of copies")
    return quantity
