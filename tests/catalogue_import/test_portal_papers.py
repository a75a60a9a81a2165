"""Papers: groups, what a heading says about them, notes that pose as papers, forms."""

from typing import Any

import pytest

from catalogue_import.formats.portal.fields import DETAIL_FIELDS
from catalogue_import.formats.portal.papers import paper_groups, use_of
from catalogue_import.issues import IssueKind
from catalogue_import.source_record import SourceRecord, UnreadableRecordError
from knowledge.procedure import Paper, PaperGroup, PaperUse
from portal_records import attachment, paper, without


def record_of(*cases: dict[str, Any]) -> SourceRecord:
    return SourceRecord({"executionCases": list(cases)}, "file.json", DETAIL_FIELDS)


def read(*cases: dict[str, Any]) -> tuple[PaperGroup, ...]:
    record = record_of(*cases)
    found = paper_groups(record)
    assert record.issues == []
    return found


def read_paper(published: dict[str, Any]) -> Paper:
    [group] = read({"name": "", "profileComponents": [published]})
    [found] = group.papers
    return found


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        pytest.param("* Giấy tờ phải nộp:", PaperUse.SUBMIT, id="papers to submit"),
        pytest.param("* Giấy tờ phải xuất trình:", PaperUse.SHOW, id="papers to show"),
        pytest.param("Giấy tờ phải nộp", PaperUse.SUBMIT, id="without marks"),
        pytest.param("- Các giấy tờ phải xuất trình (bản chính), bao gồm:", PaperUse.SHOW, id="in the plural"),
        pytest.param("Thành phần hồ sơ xuất trình", PaperUse.SHOW, id="components, without must"),
        pytest.param("Thành phần hồ sơ phải nộp khi nhập cảnh", PaperUse.SUBMIT, id="with an occasion"),
        pytest.param("1. Chứng từ phải nộp", PaperUse.SUBMIT, id="numbered vouchers"),
        pytest.param("GIẤY TỜ PHẢI NỘP", PaperUse.SUBMIT, id="in capitals"),
        pytest.param("Giấy tờ phải nộp và xuất trình", None, id="both at once"),
        pytest.param("Giấy tờ phải xuất trình hoặc nộp", None, id="either"),
        pytest.param("Trường hợp nộp hồ sơ trực tuyến", None, id="a case"),
        pytest.param("Trường hợp ủy quyền thì phải nộp thêm:", None, id="a case that says submit"),
        pytest.param("Hồ sơ nộp lại sau khi họp Hội đồng", None, id="a dossier filed again"),
        pytest.param("Người yêu cầu phải xuất trình các giấy tờ sau:", None, id="a sentence about somebody"),
        pytest.param("", None, id="no heading"),
    ],
)
def test_a_heading_says_what_is_done_with_the_papers(heading: str, use: PaperUse | None) -> None:
    assert use_of(heading) is use


def test_groups_keep_their_headings_papers_and_order() -> None:
    groups = read(
        {"name": "* Giấy tờ phải nộp:", "profileComponents": [paper("Tờ khai"), paper("Giấy chứng sinh")]},
        {"name": " Trường hợp\nđược ủy quyền ", "profileComponents": [paper("Văn bản ủy quyền"), paper("Tờ khai")]},
    )
    assert [(group.heading, group.use, [item.name for item in group.papers]) for group in groups] == [
        ("* Giấy tờ phải nộp:", PaperUse.SUBMIT, ["Tờ khai", "Giấy chứng sinh"]),
        ("Trường hợp được ủy quyền", None, ["Văn bản ủy quyền", "Tờ khai"]),
    ]


def test_a_group_without_heading_and_papers_is_dropped() -> None:
    kept = {"name": "Không phải nộp gì", "profileComponents": []}
    assert [group.heading for group in read({"name": "", "profileComponents": []}, kept)] == ["Không phải nộp gì"]


@pytest.mark.parametrize(
    ("originals", "copies", "is_note"),
    [(1, 0, False), (0, 1, False), (2, 3, False), (0, 0, True), (None, None, True)],
    ids=["an original", "a copy", "several", "neither is a note", "not stated is a note"],
)
def test_quantities(originals: int | None, copies: int | None, is_note: bool) -> None:
    found = read_paper(paper(originalQty=originals, copyQty=copies))
    assert (found.originals, found.copies, found.is_note) == (originals or 0, copies or 0, is_note)


def test_required_is_not_read_because_it_is_always_false() -> None:
    assert read_paper(paper(required=False)) == read_paper(paper(required=True))


@pytest.mark.parametrize(
    ("code", "component"),
    [
        ("000.00.00.G15-KQ003208", "KQ003208"),
        ("G15-KQ003208", "KQ003208"),
        ("TP-H24.000044", "H24.000044"),
        ("TPHS.01", "TPHS.01"),
        ("", ""),
    ],
)
def test_the_component_is_the_last_part_of_the_code(code: str, component: str) -> None:
    assert read_paper(paper(code=code)).component == component


def test_forms_are_named() -> None:
    found = read_paper(paper(attachments=[attachment("Mẫu 1.docx"), attachment("Mẫu 2.doc")], hasElectronicForm=True))
    assert found.forms == ("Mẫu 1.docx", "Mẫu 2.doc")
    assert found.has_electronic_form


def test_a_paper_without_a_name_is_skipped_and_told() -> None:
    record = record_of({"name": "", "profileComponents": [paper(""), paper("Tờ khai")]})
    [group] = paper_groups(record)
    assert [item.name for item in group.papers] == ["Tờ khai"]
    assert [(issue.kind, issue.where) for issue in record.issues] == [
        (IssueKind.NAMELESS_PAPER, "file.json, executionCases[0], profileComponents[0]")
    ]


def restated(name: str, *files: str) -> dict[str, Any]:
    """The paper again, as one procedure (1.013471) has it."""
    return {
        "id": "x",
        "name": name,
        "code": "000.00.00.G16-KQ005009",
        "state": "ACTIVE",
        "order": 1,
        "createdAt": 1,
        "updatedAt": 1,
        "deletedAt": None,
        "departmentId": "d",
        "data": {
            "note": "",
            "typeDocument": {"id": "t", "name": "Tờ khai"},
            "attachments": [attachment(file) for file in files],
        },
    }


def test_the_rare_detail_fills_what_the_row_leaves_empty() -> None:
    found = read_paper(paper("", detail=restated("Đơn đề nghị", "Mẫu 5.docx")))
    assert (found.name, found.forms) == ("Đơn đề nghị", ("Mẫu 5.docx",))


def test_the_rare_detail_does_not_replace_what_the_row_says() -> None:
    found = read_paper(paper("Tờ khai", attachments=[attachment("a.doc")], detail=restated("Đơn", "b.doc")))
    assert (found.name, found.forms) == ("Tờ khai", ("a.doc",))


def test_fields_that_some_papers_lack_are_not_missed() -> None:
    assert read_paper(without(paper("Tờ khai"), "isProcessingResult")).name == "Tờ khai"
    assert read_paper(paper("Tờ khai", source="")).name == "Tờ khai"


@pytest.mark.parametrize(
    "published",
    [
        pytest.param(paper(originalQty=-1), id="fewer than none"),
        pytest.param(paper(copyQty=1_001), id="more than anybody files"),
        pytest.param(paper(originalQty="1"), id="a number in words"),
        pytest.param(paper(attachments="a.doc"), id="a text for the list of files"),
        pytest.param(paper(hasElectronicForm="no"), id="a text for a flag"),
    ],
)
def test_what_cannot_be_understood_makes_the_record_unreadable(published: dict[str, Any]) -> None:
    with pytest.raises(UnreadableRecordError):
        paper_groups(record_of({"name": "", "profileComponents": [published]}))
