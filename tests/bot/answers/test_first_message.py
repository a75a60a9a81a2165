"""The first message about a procedure: the answer first, everything that matters, at most 1,200 characters."""

import re

import pytest

from answer_parts import (
    CODE,
    DIRECT,
    POSTAL,
    all_channels,
    asked_of,
    days,
    fee,
    group,
    known,
    labels,
    lines,
    paper,
    row,
)
from bot.answers.verdict import Option
from bot.conversation.messages import Answer, BlockKind
from knowledge.catalogue import KnownProcedure
from knowledge.communes import Commune, CommuneKind
from knowledge.fee_rules import CityFee
from knowledge.procedure import Checklist, PaperUse, PlainPaper
from knowledge.starter import load_starter
from sample_procedures import make_checklist

AN_PHONG = Commune(code="00001", kind=CommuneKind.WARD, name="An Phong")
BIRTH = make_checklist(
    name="Đăng ký khai sinh cho con",
    papers=(
        PlainPaper(name="Tờ khai đăng ký khai sinh", originals=1),
        PlainPaper(name="Giấy chứng sinh", originals=1, instead="giấy của người làm chứng"),
        PlainPaper(name="Căn cước của người đi làm", use=PaperUse.SHOW, originals=1),
        PlainPaper(name="Giấy ủy quyền", originals=1, when="nhờ người khác đi làm"),
        PlainPaper(name="Giấy tờ cư trú", use=PaperUse.LOOKED_UP),
    ),
    fee=("0 đồng nếu làm trong 60 ngày từ khi sinh.", "Bản sao tính riêng."),
    time="Trong ngày; nộp sau 15 giờ thì ngày làm việc tiếp theo.",
    place="Trung tâm Phục vụ hành chính công xã, phường, đặc khu; hoặc trực tuyến.",
    not_needed="Không cần mang giấy kết hôn nếu cơ quan tra được.",
)


def test_it_has_the_shape_that_people_know() -> None:
    assert asked_of(known(BIRTH)).plain == (
        "Đăng ký khai sinh cho con\n\n"
        "Mang theo\n\n"
        "• Tờ khai đăng ký khai sinh\n"
        "• Giấy chứng sinh (bản chính). Hoặc: giấy của người làm chứng\n"
        "• Căn cước của người đi làm (bản chính, để cán bộ xem)\n\n"
        "Chỉ khi thuộc trường hợp sau\n\n"
        "• Nhờ người khác đi làm: Giấy ủy quyền (bản chính)\n\n"
        "Không cần mang, cán bộ tự tra: Giấy tờ cư trú.\n\n"
        "Không cần mang giấy kết hôn nếu cơ quan tra được.\n\n"
        "Lệ phí: 0 đồng nếu làm trong 60 ngày từ khi sinh. Bản sao tính riêng.\n"
        "Bao lâu: Trong ngày; nộp sau 15 giờ thì ngày làm việc tiếp theo.\n"
        "Nộp ở: Trung tâm Phục vụ hành chính công xã, phường, đặc khu; hoặc trực tuyến.\n\n"
        "Theo Quyết định 163/QĐ-BTP · dữ liệu đến 18/07/2026"
    )


def test_the_name_leads_and_the_source_closes() -> None:
    answer = asked_of(known(BIRTH))
    assert answer.blocks[0].kind is BlockKind.HEADING
    assert answer.blocks[-1].kind is BlockKind.SOURCE
    assert lines(answer, BlockKind.HEADING) == ["Đăng ký khai sinh cho con"]


def test_a_record_without_plain_words_answers_too() -> None:
    procedure = known(
        name="Thủ tục đăng ký nuôi con nuôi",
        channels=(row(DIRECT, fee(150, "Đăng ký nuôi con nuôi", currency="USD"), time=days(30)),),
        paper_groups=(group("Giấy khai sinh", paper("Bản sao hộ chiếu", 0, 1)),),
        executing=("Ủy ban nhân dân cấp xã",),
    )
    assert asked_of(procedure).plain == (
        "Đăng ký nuôi con nuôi\n\n"
        "Mang theo\n\n"
        "• Giấy khai sinh (bản chính)\n"
        "• Bản sao hộ chiếu\n\n"
        "Lệ phí: Trực tiếp: 150 USD (Đăng ký nuôi con nuôi).\n"
        "Bao lâu: 30 ngày làm việc.\n"
        "Nộp ở: Trung tâm Phục vụ hành chính công xã, phường, đặc khu.\n\n"
        "Theo Quyết định 163/QĐ-BTP · dữ liệu đến 18/07/2026"
    )


def test_several_sentences_on_fees_are_listed() -> None:
    checklist = make_checklist(fee=("Nộp trực tuyến: 10.000 đồng một lần đăng ký.", "Nộp trực tiếp: 20.000 đồng.") * 3)
    answer = asked_of(known(checklist))
    assert "Lệ phí\n\n• Nộp trực tuyến: 10.000 đồng" in answer.plain


# Room


def crowded(papers: int = 40, cases: int = 20, name: str = "Làm việc khó") -> KnownProcedure:
    everybody = tuple(
        PlainPaper(name=f"Giấy tờ số {number} cần phải mang theo", originals=1) for number in range(papers)
    )
    by_case = tuple(
        PlainPaper(name=f"Giấy riêng số {number}", originals=1, when=f"thuộc trường hợp thứ {number}")
        for number in range(cases)
    )
    checklist = make_checklist(
        name=name,
        papers=(*everybody, *by_case),
        fee=tuple(f"Loại {number}: {number}0.000 đồng một lần nộp hồ sơ." for number in range(1, 15)),
        time="Không quá 5 ngày làm việc. " + "Vùng khó khăn thêm 10 ngày làm việc. " * 10,
        place="Công an xã, phường, đặc khu. " + "Nộp trong giờ hành chính các ngày làm việc. " * 10,
        not_needed="Không cần mang giấy kết hôn. " * 10,
    )
    return known(checklist, channels=all_channels(fee(0)))


@pytest.mark.parametrize(("papers", "cases"), [(0, 0), (1, 0), (3, 2), (8, 8), (40, 20), (0, 30)])
def test_it_never_passes_its_length(papers: int, cases: int) -> None:
    assert len(asked_of(crowded(papers, cases)).plain) <= 1_200


def test_what_everybody_brings_stays_when_room_is_short() -> None:
    answer = asked_of(crowded(papers=8, cases=6))
    assert all(f"• Giấy tờ số {number} " in answer.plain for number in range(8))


def test_the_later_sentences_give_way_to_papers() -> None:
    roomy, tight = asked_of(crowded(papers=1, cases=0)), asked_of(crowded(papers=9, cases=3))
    assert roomy.plain.count("Vùng khó khăn") > tight.plain.count("Vùng khó khăn")
    assert "Không quá 5 ngày làm việc." in tight.plain
    assert "Công an xã, phường, đặc khu." in tight.plain
    assert "10.000 đồng" in tight.plain


def test_papers_left_out_are_counted_and_their_button_is_there() -> None:
    answer = asked_of(crowded())
    shown = len(re.findall(r"^• Giấy tờ số", answer.plain, re.MULTILINE))
    assert f"Còn {40 - shown} giấy tờ, 20 trường hợp nữa: xem “Tất cả giấy tờ”." in answer.plain
    assert "Tất cả giấy tờ" in labels(answer)


def test_fees_left_out_are_told_and_their_button_is_there() -> None:
    answer = asked_of(crowded())
    assert "Còn mức khác: xem “Lệ phí”." in answer.plain
    assert "Lệ phí" in labels(answer)


def test_amounts_stay_before_remarks_on_fees() -> None:
    remarks = tuple(f"Lời giải thích thứ {number} về cách nộp tiền ở nơi tiếp nhận hồ sơ." for number in range(12))
    checklist = make_checklist(fee=(*remarks, "Nhà ở riêng lẻ: 75.000 đồng."))
    assert "75.000 đồng" in asked_of(known(checklist)).plain


def test_a_warning_about_second_hand_amounts_is_never_dropped() -> None:
    warning = "Các mức này chưa đối chiếu với nghị quyết gốc; nên hỏi lại nơi nộp."
    amounts = tuple(f"Loại {number}: {number}0.000 đồng một lần nộp." for number in range(1, 20))
    papers = tuple(PlainPaper(name=f"Giấy tờ số {number} cần phải mang theo", originals=1) for number in range(9))
    assert warning in asked_of(known(make_checklist(fee=(*amounts, warning), papers=papers))).plain


def test_the_citys_fees_are_shown_whole_however_tight() -> None:
    city = tuple(
        CityFee(channels=(DIRECT, POSTAL), amount=amount, ground="Nghị quyết 12/2018/NQ-HĐND", when=f"loại {amount}")
        for amount in (5_000, 8_000, 10_000)
    )
    papers = tuple(PlainPaper(name=f"Giấy tờ số {number} cần phải mang theo", originals=1) for number in range(12))
    answer = asked_of(
        known(make_checklist(fee=("Bản sao tính riêng.",) * 6, papers=papers), city_fees=city, channels=())
    )
    assert all(f"{amount}.000 đồng (loại {amount}000)" in answer.plain for amount in (5, 8, 10))
    assert "cần đối chiếu: hỏi trước khi nộp" in answer.plain


def test_the_citizens_own_office_stays_however_tight() -> None:
    assert "Nơi của bạn: Phường An Phong." in asked_of(crowded(), commune=AN_PHONG).plain


def test_a_very_long_name_ends_at_a_border() -> None:
    name = "Cấp giấy phép xây dựng; bao gồm cả công trình " + "theo tuyến trong đô thị, " * 15
    answer = asked_of(known(name=name, channels=all_channels(fee(0))))
    assert lines(answer, BlockKind.HEADING) == ["Cấp giấy phép xây dựng"]


def test_a_name_without_a_border_gives_way_to_the_code() -> None:
    answer = asked_of(known(name="Giấy phép và " + "công trình " * 60))
    assert lines(answer, BlockKind.HEADING) == [f"Thủ tục {CODE}, lĩnh vực Hộ tịch"]


# Other cases of the family


OFFICIAL = "CẤP GIẤY CHỨNG NHẬN ĐỦ ĐIỀU KIỆN KINH DOANH DƯỢC (CẤP TỈNH)"


def test_the_everyday_name_leads_with_the_official_one_below() -> None:
    answer = asked_of(known(name=OFFICIAL), names={CODE: "Mở nhà thuốc"})
    assert answer.plain.startswith(
        "Mở nhà thuốc\n\nTên chính thức: Cấp giấy chứng nhận đủ điều kiện kinh doanh dược (cấp tỉnh)."
    )


def test_a_name_shortened_for_the_heading_is_whole_below() -> None:
    long = "Cấp lại giấy phép hoạt động của Sàn giao dịch bất động sản (trong trường hợp giấy phép bị mất, bị hỏng)"
    assert asked_of(known(name=long)).plain.startswith(
        f"Cấp lại giấy phép hoạt động của Sàn giao dịch bất động sản\n\nTên chính thức: {long}."
    )


def test_our_own_plain_layer_names_itself_alone() -> None:
    answer = asked_of(known(make_checklist(name="Mở tiệm thuốc"), name=OFFICIAL), names={CODE: "Mở nhà thuốc"})
    assert answer.plain.startswith("Mở tiệm thuốc\n\nMang theo")


def test_what_serves_instead_of_a_paper_one_may_lack_comes_before_later_cases() -> None:
    papers = (
        PlainPaper(name="Tờ khai", originals=1, instead="điền mẫu điện tử khi nộp trực tuyến"),
        PlainPaper(name="Giấy chứng sinh", originals=1, instead="giấy của người làm chứng về việc sinh"),
        *(
            PlainPaper(name=f"Giấy tờ của trường hợp {at} " * 4, originals=1, when=f"trường hợp {at}")
            for at in range(9)
        ),
    )
    plain = asked_of(known(make_checklist(papers=papers))).plain
    assert "Giấy chứng sinh (bản chính). Hoặc: giấy của người làm chứng về việc sinh" in plain
    assert "trường hợp nữa" in plain


def test_the_other_cases_are_named_and_offered() -> None:
    others = (Option("1.000002", "Bố hoặc mẹ là người nước ngoài"), Option("1.000003", "Đã mất bản chính"))
    answer = asked_of(known(BIRTH), others=others)
    assert "Không đúng trường hợp của bạn? Còn: Bố hoặc mẹ là người nước ngoài; Đã mất bản chính." in answer.plain
    assert [choice.action for choice in answer.choices if choice.action.startswith("pick:")] == [
        "pick:1.000002",
        "pick:1.000003",
    ]


def test_two_procedures_share_one_message() -> None:
    second = known(make_checklist("1.000002", name="Đăng ký kết hôn"), code="1.000002")
    answer = asked_of(known(BIRTH), second)
    assert lines(answer, BlockKind.HEADING) == ["Đăng ký khai sinh cho con", "Đăng ký kết hôn"]
    assert labels(answer) == ["Đăng ký khai sinh cho con", "Đăng ký kết hôn", "Hỏi cán bộ"]
    assert len(answer.plain) <= 1_200


def test_two_crowded_procedures_still_fit() -> None:
    first, second = crowded(), crowded(name="Việc khó thứ hai")
    other = KnownProcedure(
        procedure=known(code="1.000002").procedure, checklist=second.checklist, edition=second.edition
    )
    assert len(asked_of(first, other).plain) <= 1_200


# The starter catalogue, which ships with the program

STARTER = load_starter()
PAIRS = list(zip(STARTER.procedures, STARTER.checklists, strict=True))


def told(checklist: Checklist, answer: Answer) -> list[str]:
    """The papers for everybody that the answer does not name."""
    brought = (each for each in checklist.papers if not each.when and each.use is not PaperUse.LOOKED_UP)
    return [each.name for each in brought if each.name.lower() not in answer.plain.lower()]


def test_every_starter_procedure_names_all_that_everybody_brings() -> None:
    missing = {}
    for procedure, checklist in PAIRS:
        answer = asked_of(KnownProcedure(procedure=procedure, checklist=checklist, edition=1))
        if left := told(checklist, answer):
            missing[procedure.code] = left
    assert missing == {}


def test_every_starter_answer_fits_reads_whole_and_names_its_source() -> None:
    for procedure, checklist in PAIRS:
        answer = asked_of(KnownProcedure(procedure=procedure, checklist=checklist, edition=1))
        assert len(answer.plain) <= 1_200, procedure.code
        assert "Theo Quyết định" in answer.plain, procedure.code
        assert "Lệ phí" in answer.plain, procedure.code
        assert "Bao lâu" in answer.plain, procedure.code
        assert not re.search(r"\bNone\b|\{\{|\}\}|  ", answer.plain), procedure.code
