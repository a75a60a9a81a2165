"""Steps, conditions, results, forms, filing online, law, source; and the page of all papers."""

from datetime import date
from typing import Any

import pytest

from answer_parts import DIRECT, ONLINE, group, known, paper, row
from bot.answers.wording import all_papers, details
from knowledge.procedure import Decision, LegalBasis, PlainPaper, Step
from sample_procedures import make_checklist

LAW = [
    ("163/QĐ-BTP", "", "163/QĐ-BTP"),
    ("", "Luật Hộ tịch", "Luật Hộ tịch"),
    ("60/2014/QH13", "Luật Hộ tịch", "Luật Hộ tịch (60/2014/QH13)"),
    ("53/2025/TT-BCA", "Thông tư số 53/2025/TT-BCA ngày 01/7/2025;", "Thông tư số 53/2025/TT-BCA ngày 01/7/2025"),
    ("số 07/2026/TT-BNNMT", "Thông tư 07/2026/TT-BNNMT", "Thông tư 07/2026/TT-BNNMT"),
]


def test_plain_steps_come_before_the_records() -> None:
    checklist = make_checklist(steps=("Nộp tờ khai.", "Nhận giấy."))
    assert details.steps(known(checklist, steps=(Step(text="Người yêu cầu nộp hồ sơ."),))) == (
        "Nộp tờ khai.",
        "Nhận giấy.",
    )


def test_the_name_of_a_step_leads_its_text() -> None:
    steps = (Step(name="Nộp hồ sơ:", text="tại Bộ phận Một cửa."), Step(text="- nhận kết quả."))
    assert details.steps(known(steps=steps)) == ("Nộp hồ sơ: tại Bộ phận Một cửa.", "Nhận kết quả.")


@pytest.mark.parametrize(
    "text",
    [
        "Trình tự thực hiện:\n- Nộp hồ sơ tại Trung tâm.\n- Nhận giấy.",
        "1.1. Trình tự thực hiện\n- Nộp hồ sơ tại Trung tâm.\n- Nhận giấy.",
        "a) Trình tự thực hiện: Nộp hồ sơ tại Trung tâm.\n- Nhận giấy.",
    ],
    ids=["a line", "a numbered line", "before the first step"],
)
def test_a_heading_that_only_says_that_steps_follow_is_no_step(text: str) -> None:
    assert details.steps(known(steps=(Step(text=text),))) == ("Nộp hồ sơ tại Trung tâm.", "Nhận giấy.")


def test_a_line_that_announces_the_next_begins_it() -> None:
    text = "1. Nộp hồ sơ thủ tục hành chính:\nTổ chức nộp hồ sơ tại Trung tâm.\n2. Trả kết quả:\nNhận giấy."
    assert details.steps(known(steps=(Step(text=text),))) == (
        "Nộp hồ sơ thủ tục hành chính: Tổ chức nộp hồ sơ tại Trung tâm.",
        "Trả kết quả: Nhận giấy.",
    )


@pytest.mark.parametrize("step", ["Trình tự thực hiện như sau thì đúng.", "Trình tự thực hiện bước này do xã định."])
def test_a_sentence_about_the_order_of_steps_stays(step: str) -> None:
    assert details.steps(known(steps=(Step(text=step),))) == (step,)


def test_steps_shuffled_at_the_source_are_never_quoted() -> None:
    broken = Step(text="người yêu cầu nộp hồ sơ đăng ký khai tâm Phục vụ hành chính công có thẩm quyền")
    (said,) = details.steps(known(steps=(broken,)))
    assert "bị lỗi chữ" in said
    assert "khai tâm" not in said


def test_a_record_without_steps_says_so() -> None:
    assert details.steps(known(steps=())) == (details.NO_STEPS,)


@pytest.mark.parametrize("nothing", ["", "Không", "Không.", "Không có", "Không quy định", "- Không yêu cầu", "  "])
def test_no_conditions_are_told_as_none(nothing: str) -> None:
    procedure = known(conditions=nothing)
    assert not details.has_conditions(procedure)
    assert details.conditions(procedure) == (details.NO_CONDITIONS,)


def test_conditions_are_told_line_by_line() -> None:
    procedure = known(conditions="- Từ đủ 18 tuổi;\n- Không thuộc trường hợp bị cấm.")
    assert details.has_conditions(procedure)
    assert details.conditions(procedure) == ("Từ đủ 18 tuổi;", "Không thuộc trường hợp bị cấm.")


def test_plain_conditions_come_first() -> None:
    procedure = known(make_checklist(conditions=("Đủ 18 tuổi.",)), conditions="Không")
    assert details.has_conditions(procedure)
    assert details.conditions(procedure) == ("Đủ 18 tuổi.",)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"results": ("Giấy khai sinh.", "- phiếu từ chối")}, ("Giấy khai sinh.", "Phiếu từ chối.")),
        ({"checklist": make_checklist(result="Giấy khai sinh"), "results": ("KQ",)}, ("Giấy khai sinh.",)),
        ({}, (details.NO_RESULT,)),
    ],
    ids=["the record's", "plain words", "none"],
)
def test_what_one_gets(facts: dict[str, Any], said: tuple[str, ...]) -> None:
    assert details.result(known(**facts)) == said


def test_attached_forms_are_named_with_their_paper() -> None:
    with_form = paper("Tờ khai đăng ký; theo mẫu", forms=("to-khai.docx", "phu-luc.doc"))
    assert details.forms(known(paper_groups=(group(with_form, "Giấy khác"),))) == (
        "Tờ khai đăng ký; theo mẫu: tệp to-khai.docx, phu-luc.doc",
    )


def test_without_attached_forms_the_papers_that_are_forms_are_named() -> None:
    procedure = known(paper_groups=(group("- Đơn đề nghị (Mẫu số 1)", "Giấy chứng sinh", "Tờ khai"),))
    assert details.forms(procedure) == ("Đơn đề nghị (Mẫu số 1).", "Tờ khai.", details.NO_FORMS)


def test_forms_are_named_from_the_plain_list_where_there_is_one() -> None:
    checklist = make_checklist(papers=(PlainPaper(name="Tờ khai CT01"), PlainPaper(name="Căn cước")))
    assert details.forms(known(checklist, paper_groups=(group("Đơn khác"),))) == ("Tờ khai CT01.", details.NO_FORMS)


def test_filing_online_is_only_told_where_the_record_has_it() -> None:
    assert details.online(known(channels=(row(DIRECT),), is_full_process=True)) == (details.NOT_ONLINE,)
    assert details.online(known(channels=(row(ONLINE),))) == (details.ONLINE,)
    assert details.online(known(channels=(row(ONLINE),), is_full_process=True)) == (
        details.ONLINE,
        details.WHOLLY_ONLINE,
    )


def test_people_are_named_before_bodies() -> None:
    subjects = ("Hợp tác xã", "Công dân Việt Nam", "Tổ chức (không bao gồm doanh nghiệp, HTX)", "Người nước ngoài")
    assert details.who(known(subjects=subjects)) == (
        "Công dân Việt Nam",
        "Người nước ngoài",
        "Hợp tác xã",
        "Tổ chức (không bao gồm doanh nghiệp, hợp tác xã)",
    )
    assert details.who(known(subjects=())) == (details.NO_SUBJECTS,)


@pytest.mark.parametrize(("number", "name", "cited"), LAW)
def test_a_law_is_cited_with_its_number_once(number: str, name: str, cited: str) -> None:
    assert details.law(known(legal_bases=(LegalBasis(number=number, name=name),))) == (cited,)


def test_a_record_without_law_says_so() -> None:
    assert details.law(known(legal_bases=())) == (details.NO_LAW,)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("163/QĐ-BTP", "163/QĐ-BTP"),
        ("SỐ 64/QĐ-NHNN", "64/QĐ-NHNN"),
        ("Số:1111/QĐ-UBND", "1111/QĐ-UBND"),
        ("Quyết định số 241/QĐ-BQP", "241/QĐ-BQP"),
        ("QĐ/0001-BTP", "QĐ/0001-BTP"),
        (" 1681 ", "1681"),
    ],
)
def test_the_source_names_the_decision_and_the_day_of_the_data(number: str, said: str) -> None:
    procedure = known(decision=Decision(number=number), data_day=date(2026, 7, 18))
    assert details.source(procedure) == f"Theo Quyết định {said} · dữ liệu đến 18/07/2026"


def test_without_a_decision_the_source_is_the_catalogue() -> None:
    assert details.source(known(decision=None)).startswith(
        "Theo Cơ sở dữ liệu quốc gia về thủ tục hành chính · dữ liệu đến"
    )


# All papers


def test_the_page_of_papers_shows_each_as_published_and_folds_the_notes() -> None:
    note = paper("Lưu ý: mang bản gốc.", originals=0)
    groups = (
        group(
            "- Giấy chứng sinh; trường hợp không có thì nộp văn bản của người làm chứng.", note, heading="* Phải nộp:"
        ),
        group(paper("Hộ chiếu", 0, 2), heading="* Phải xuất trình:"),
    )
    sections = all_papers.all_sections(known(paper_groups=groups))
    assert [(section.label, section.lines) for section in sections] == [
        (
            "Phải nộp",
            ("Giấy chứng sinh; trường hợp không có thì nộp văn bản của người làm chứng (bản chính)",),
        ),
        ("Phải xuất trình", ("Hộ chiếu (2 bản sao)",)),
        ("Ghi chú của danh mục", ("Lưu ý: mang bản gốc",)),
    ]


def test_our_plain_list_leads_the_page_of_papers() -> None:
    checklist = make_checklist(papers=(PlainPaper(name="Tờ khai", instead="mẫu điện tử"),))
    sections = all_papers.all_sections(known(checklist, paper_groups=(group("Giấy của danh mục"),)))
    assert [section.label for section in sections] == ["Mang theo", "Đầy đủ theo danh mục quốc gia", ""]
    assert sections[0].lines == ("Tờ khai. Hoặc: mẫu điện tử",)


def test_a_starter_record_shows_only_our_words() -> None:
    procedure = known(make_checklist(), paper_groups=(group("Giấy của danh mục"),), is_starter=True)
    assert [section.label for section in all_papers.all_sections(procedure)] == ["Mang theo"]
