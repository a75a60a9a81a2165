"""A question about one aspect gets it first; a button opens its whole page."""

import re

import pytest

from answer_parts import CODE, DIRECT, ONLINE, asked_of, days, fee, group, known, labels, lines, paper, row
from bot.answers.actions import View
from bot.answers.pages import PAGES, VIEWS
from bot.answers.verdict import Option
from bot.conversation.messages import BlockKind, Ending
from knowledge.catalogue import KnownProcedure
from knowledge.fee_rules import CityFee
from knowledge.procedure import Aspect, LegalBasis, Step, TimeLimit
from sample_procedures import make_checklist

LINK = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/id-1.000001"


def rich(**changes: object) -> KnownProcedure:
    facts: dict[str, object] = {
        "name": "Đăng ký tạm trú",
        "channels": (
            row(DIRECT, fee(15_000), time=days(3)),
            row(ONLINE, fee(7_000), time=days(2)),
        ),
        "paper_groups": (group(paper("Tờ khai CT01", forms=("ct01.docx",)), "Giấy tờ chỗ ở"),),
        "steps": (Step(text="Bước 1: Nộp tờ khai.\nBước 2: Nhận kết quả."),),
        "conditions": "- Ở từ 30 ngày trở lên.\n- Có chỗ ở hợp pháp.",
        "results": ("Thông báo kết quả",),
        "legal_bases": (LegalBasis(number="68/2020/QH14", name="Luật Cư trú"),),
        "subjects": ("Công dân Việt Nam",),
        "executing": ("Công an cấp Xã",),
    }
    return known(**{**facts, **changes})


BRIEF = [
    (Aspect.FEE, "Lệ phí\n\n• Trực tiếp: 15.000 đồng.\n• Trực tuyến: 7.000 đồng."),
    (Aspect.TIME, "Bao lâu: Trực tiếp: 3 ngày làm việc. Trực tuyến: 2 ngày làm việc."),
    (Aspect.PLACE, "Nộp ở: Công an xã, phường, đặc khu; hoặc nộp trực tuyến trên Cổng Dịch vụ công quốc gia."),
    (Aspect.STEPS, "Cách làm\n\n1. Nộp tờ khai.\n2. Nhận kết quả."),
    (Aspect.CONDITIONS, "Điều kiện\n\n• Ở từ 30 ngày trở lên.\n• Có chỗ ở hợp pháp."),
    (Aspect.RESULT, "Nhận được: Thông báo kết quả."),
    (Aspect.FORM, "Mẫu đơn, tờ khai: Tờ khai CT01: tệp ct01.docx"),
    (Aspect.ONLINE, "Nộp trực tuyến: Nộp được trên Cổng Dịch vụ công quốc gia"),
    (Aspect.WHO, "Ai làm được: Công dân Việt Nam"),
    (Aspect.LEGAL, "Căn cứ pháp lý: Luật Cư trú (68/2020/QH14)"),
]


@pytest.mark.parametrize(("aspect", "said"), BRIEF, ids=[aspect for aspect, _ in BRIEF])
def test_the_aspect_comes_first_then_the_name_then_the_source(aspect: Aspect, said: str) -> None:
    answer = asked_of(rich(), aspect=aspect)
    assert answer.ending is Ending.ASPECT
    assert answer.plain.startswith(said)
    assert answer.plain.endswith("Thủ tục: Đăng ký tạm trú\n\nTheo Quyết định 163/QĐ-BTP · dữ liệu đến 18/07/2026")


@pytest.mark.parametrize("aspect", list(VIEWS))
def test_every_aspect_leads_on_to_the_whole_answer_and_to_a_person(aspect: Aspect) -> None:
    answer = asked_of(rich(), aspect=aspect)
    assert "Xem đủ giấy tờ" in labels(answer)
    assert labels(answer)[-1] == "Hỏi cán bộ"


@pytest.mark.parametrize("aspect", [Aspect.GENERAL, Aspect.DOCUMENTS, Aspect.STATUS, Aspect.OTHER])
def test_an_aspect_that_is_the_whole_gets_the_first_message(aspect: Aspect) -> None:
    assert lines(asked_of(rich(), aspect=aspect), BlockKind.HEADING) == ["Đăng ký tạm trú"]


def test_every_aspect_has_its_words() -> None:
    assert set(Aspect) == {*VIEWS, Aspect.GENERAL, Aspect.DOCUMENTS, Aspect.STATUS, Aspect.OTHER}


def test_an_agency_that_carries_out_is_no_place_to_hand_in() -> None:
    answer = asked_of(rich(executing=("Sở Tư pháp",), channels=(row(DIRECT),)), aspect=Aspect.PLACE)
    assert answer.plain.startswith("Nơi làm: Sở Tư pháp.")


@pytest.mark.parametrize(
    ("aspect", "nothing", "said"),
    [
        (Aspect.CONDITIONS, {"conditions": "Không"}, "Điều kiện: Danh mục không ghi điều kiện riêng."),
        (Aspect.RESULT, {"results": ()}, "Nhận được: Danh mục chưa ghi kết quả nhận được"),
        (Aspect.STEPS, {"steps": ()}, "Cách làm: Danh mục chưa ghi các bước"),
        (Aspect.LEGAL, {"legal_bases": ()}, "Căn cứ pháp lý: Danh mục chưa ghi văn bản pháp luật."),
        (Aspect.WHO, {"subjects": ()}, "Ai làm được: Danh mục chưa ghi ai được làm"),
    ],
)
def test_where_an_aspect_is_not_stated_that_is_said_and_the_whole_follows(
    aspect: Aspect, nothing: dict[str, object], said: str
) -> None:
    answer = asked_of(rich(**nothing), aspect=aspect)
    assert answer.plain.startswith(said)
    assert "Mang theo\n\n• Tờ khai CT01" in answer.plain
    assert len(answer.plain) <= 1_200


def test_a_long_aspect_tells_its_first_lines_and_how_many_are_left() -> None:
    conditions = "\n".join(f"- Điều kiện thứ {number} mà người nộp hồ sơ phải đáp ứng." for number in range(1, 41))
    answer = asked_of(rich(conditions=conditions), aspect=Aspect.CONDITIONS)
    shown = len(lines(answer, BlockKind.BULLETS))
    assert f"Còn {40 - shown} mục nữa: xem “Điều kiện”." in answer.plain
    assert "Điều kiện" in labels(answer)
    assert len(answer.plain) <= 1_200


def test_a_step_longer_than_the_message_is_told_by_its_first_sentences() -> None:
    long = Step(text="Người nộp chuẩn bị hồ sơ. " + "Cơ quan tiếp nhận kiểm tra hồ sơ trong giờ làm việc. " * 40)
    answer = asked_of(rich(steps=(long,)), aspect=Aspect.STEPS)
    assert "• Người nộp chuẩn bị hồ sơ." in answer.plain
    assert "xem “Các bước”" in answer.plain
    assert len(answer.plain) <= 1_200


def test_a_sentence_longer_than_the_message_is_left_to_its_page() -> None:
    answer = asked_of(rich(steps=(Step(text="Một câu " + "rất dài " * 200),)), aspect=Aspect.STEPS)
    assert "xem “Các bước”" in answer.plain
    assert "Các bước" in labels(answer)
    assert len(answer.plain) <= 1_200


def test_the_fee_asked_for_names_who_is_exempt() -> None:
    exempt = "trẻ em, hộ nghèo, người cao tuổi, người khuyết tật, người có công, người dân tộc thiểu số"
    city = CityFee(channels=(DIRECT,), amount=0, ground="Nghị quyết 12/2018/NQ-HĐND", when=exempt)
    assert exempt in asked_of(known(make_checklist(), city_fees=(city,)), aspect=Aspect.FEE).plain


# Pages behind buttons


@pytest.mark.parametrize("view", [view for view in View if view is not View.SUMMARY])
def test_every_button_opens_a_page_with_name_and_source(view: View) -> None:
    answer = asked_of(rich(), view=view)
    assert lines(answer, BlockKind.HEADING) == [f"{PAGES[view].label}: Đăng ký tạm trú"]
    assert answer.blocks[-1].kind is BlockKind.SOURCE
    assert len(answer.blocks) > 2
    assert labels(answer)[0] == "Tóm tắt"


def test_the_summary_button_opens_the_first_message() -> None:
    assert asked_of(rich(), view=View.SUMMARY).plain == asked_of(rich()).plain


def test_steps_are_numbered_on_their_page() -> None:
    assert "1. Nộp tờ khai.\n2. Nhận kết quả." in asked_of(rich(), view=View.STEPS).plain


def test_the_page_of_times_shows_the_row_that_has_none() -> None:
    answer = asked_of(rich(channels=(row(DIRECT, time=TimeLimit()),)), view=View.TIME)
    assert "Theo danh mục quốc gia, nộp trực tiếp" in answer.plain
    assert "chưa ghi số ngày" in answer.plain


@pytest.mark.parametrize(
    ("public_url", "address"), [("https://motcua.vn/", "https://motcua.vn/tthc/1.000001"), ("", LINK)]
)
def test_what_a_page_cannot_hold_is_linked(public_url: str, address: str) -> None:
    papers = [f"Giấy tờ thứ {number}, " + "có tên rất dài theo quy định của pháp luật " * 5 for number in range(80)]
    answer = asked_of(rich(paper_groups=(group(*papers),)), view=View.ALL_PAPERS, public_url=public_url)
    shown = len(lines(answer, BlockKind.BULLETS))
    assert 0 < shown < 80
    assert f"Còn {80 - shown} mục nữa, xem ở trang của thủ tục." in answer.plain
    assert address in {span.url for block in answer.blocks for line in block.lines for span in line}
    assert len(answer.plain) <= 8_600


def test_who_lists_subjects_and_agencies() -> None:
    plain = asked_of(rich(), view=View.WHO).plain
    assert "Ai làm thủ tục này\n\n• Công dân Việt Nam" in plain
    assert "Cơ quan thực hiện\n\n• Công an cấp Xã" in plain


# Several at once


def test_the_same_aspect_of_two_procedures_is_told_of_both() -> None:
    second = known(code="1.000002", name="Đăng ký thường trú", channels=(row(DIRECT, fee(20_000)),))
    plain = asked_of(rich(), second, aspect=Aspect.FEE).plain
    assert "15.000 đồng" in plain
    assert "20.000 đồng" in plain
    assert plain.index("Thủ tục: Đăng ký tạm trú") < plain.index("Thủ tục: Đăng ký thường trú")


# Several aspects of one procedure


def test_every_aspect_asked_for_is_told_in_the_order_of_asking_under_one_name_and_source() -> None:
    answer = asked_of(rich(), aspect=Aspect.FEE, aspects=(Aspect.TIME, Aspect.FEE))
    assert answer.plain == (
        "Bao lâu: Trực tiếp: 3 ngày làm việc. Trực tuyến: 2 ngày làm việc.\n\n"
        "Lệ phí\n\n• Trực tiếp: 15.000 đồng.\n• Trực tuyến: 7.000 đồng.\n\n"
        "Thủ tục: Đăng ký tạm trú\n\nTheo Quyết định 163/QĐ-BTP · dữ liệu đến 18/07/2026"
    )
    assert answer.aspect is Aspect.FEE


@pytest.mark.parametrize(("aspect", "said"), [*BRIEF, (Aspect.DOCUMENTS, "Mang theo\n\n• Tờ khai CT01")], ids=str)
def test_an_aspect_is_told_as_when_it_is_asked_alone(aspect: Aspect, said: str) -> None:
    others = (Aspect.TIME, aspect) if aspect is not Aspect.TIME else (Aspect.FEE, aspect)
    plain = asked_of(rich(), aspect=aspect, aspects=others).plain
    assert said in plain
    assert not plain.startswith(said)
    assert plain.count("Thủ tục: Đăng ký tạm trú") == 1


def test_an_aspect_alone_is_told_word_for_word_as_in_a_list_of_one() -> None:
    for aspect in VIEWS:
        assert asked_of(rich(), aspect=aspect, aspects=(aspect,)).plain == asked_of(rich(), aspect=aspect).plain


def test_of_an_aspect_that_is_not_stated_that_is_said_beside_the_others() -> None:
    plain = asked_of(rich(steps=()), aspect=Aspect.FEE, aspects=(Aspect.STEPS, Aspect.FEE)).plain
    assert plain.startswith("Cách làm: Danh mục chưa ghi các bước")
    assert "15.000 đồng" in plain
    assert "Mang theo" not in plain


LONG = {
    "conditions": "\n".join(f"- Điều kiện thứ {number} mà người nộp hồ sơ phải đáp ứng." for number in range(1, 41)),
    "steps": tuple(Step(text=f"Bước {at}: Nộp giấy tờ thứ {at} cho cơ quan tiếp nhận.") for at in range(1, 31)),
    "paper_groups": (group(*(f"Giấy tờ số {number} với tên dài vừa phải" for number in range(30)), heading="Giấy tờ"),),
}


@pytest.mark.parametrize(
    "aspects",
    [
        (Aspect.STEPS, Aspect.CONDITIONS),
        (Aspect.DOCUMENTS, Aspect.FEE, Aspect.TIME),
        (Aspect.CONDITIONS, Aspect.DOCUMENTS, Aspect.STEPS),
        (Aspect.DOCUMENTS, Aspect.PLACE, Aspect.FEE, Aspect.TIME, Aspect.STEPS, Aspect.CONDITIONS),
    ],
    ids=", ".join,
)
def test_several_long_aspects_share_one_message(aspects: tuple[Aspect, ...]) -> None:
    answer = asked_of(rich(**LONG), aspect=aspects[0], aspects=aspects)
    assert len(answer.plain) <= 1_200
    at = [answer.plain.index(PAGES[View(aspect)].label) for aspect in aspects]
    assert at == sorted(at)
    for aspect in {Aspect.STEPS, Aspect.CONDITIONS} & set(aspects):
        assert f"xem “{PAGES[View(aspect)].button}”" in answer.plain
        assert PAGES[View(aspect)].button in labels(answer)
    assert len(answer.choices) <= 6
    assert labels(answer)[-1] == "Hỏi cán bộ"


def test_a_short_aspect_leaves_its_room_to_a_long_one() -> None:
    shown = [
        len(lines(asked_of(rich(**LONG), aspect=Aspect.CONDITIONS, aspects=aspects), BlockKind.BULLETS))
        for aspects in ((Aspect.TIME, Aspect.CONDITIONS), (Aspect.STEPS, Aspect.CONDITIONS))
    ]
    assert shown[0] > shown[1] > 1


def test_who_asks_for_papers_among_others_is_offered_the_other_cases() -> None:
    other = Option("1.000002", "Hết hạn tạm trú")
    for aspects, is_offered in (((Aspect.DOCUMENTS, Aspect.FEE), True), ((Aspect.TIME, Aspect.FEE), False)):
        answer = asked_of(rich(), aspect=Aspect.FEE, aspects=aspects, others=(other,))
        assert ("Còn: Hết hạn tạm trú." in answer.plain) is is_offered
        assert ("Hết hạn tạm trú" in labels(answer)) is is_offered


def test_several_aspects_of_two_procedures_are_told_of_both() -> None:
    second = known(code="1.000002", name="Đăng ký thường trú", channels=(row(DIRECT, fee(20_000), time=days(7)),))
    plain = asked_of(rich(), second, aspect=Aspect.FEE, aspects=(Aspect.TIME, Aspect.FEE)).plain
    told = ["3 ngày làm việc", "15.000 đồng", "Đăng ký tạm trú", "7 ngày làm việc", "20.000 đồng", "Đăng ký thường trú"]
    assert [plain.index(each) for each in told] == sorted(plain.index(each) for each in told)


# Values are literal


@pytest.mark.parametrize("aspect", list(Aspect))
def test_markup_characters_of_a_record_come_through_as_they_are(aspect: Aspect) -> None:
    name = "Cấp giấy <xã> & *đặc khu* _mới_ [2026]"
    answer = asked_of(rich(name=name), aspect=aspect)
    assert name in answer.plain


def test_hostile_values_make_no_links_and_no_blocks() -> None:
    hostile = rich(
        name="# Không phải tiêu đề",
        conditions="[bấm vào đây](https://xau.example)\n~ Không phải nguồn\n**đậm**",
        paper_groups=(group("• Không phải gạch đầu dòng", "**Giấy**"),),
    )
    for answer in (asked_of(hostile), asked_of(hostile, aspect=Aspect.CONDITIONS)):
        urls = {span.url for block in answer.blocks for line in block.lines for span in line if span.url}
        assert urls == set()
        assert sum(block.kind is BlockKind.SOURCE for block in answer.blocks) == 1


def test_no_line_is_empty_and_none_ends_in_an_ellipsis_of_ours() -> None:
    for aspect in Aspect:
        plain = asked_of(rich(), aspect=aspect).plain
        assert "…" not in plain
        assert not re.search(r"^• *$|^\d+\. *$", plain, re.MULTILINE)


def test_the_code_travels_in_every_button() -> None:
    answer = asked_of(rich(), aspect=Aspect.STEPS)
    actions = [choice.action for choice in answer.choices if choice.action.startswith("show:")]
    assert actions
    assert all(f":{CODE}:" in action for action in actions)
