"""In a group: at most 300 characters and an address, what was asked first."""

import pytest

from answer_parts import DIRECT, ONLINE, asked_of, days, ended, fee, group, known, lines, paper, row
from bot.answers.verdict import Option
from bot.conversation.messages import BlockKind, Ending
from knowledge.procedure import Aspect, PlainPaper
from sample_procedures import make_checklist

CARD = make_checklist(
    name="Làm lại căn cước bị mất",
    papers=(PlainPaper(name="Số căn cước"), PlainPaper(name="Giấy khai sinh", originals=1, when="chưa có dữ liệu")),
    fee=("Phí 70.000 đồng.",),
    time="7 ngày làm việc.",
    place="Công an xã, phường, đặc khu; hoặc trên VNeID.",
)


def test_it_tells_the_most_needed_and_where_the_rest_is() -> None:
    answer = asked_of(known(CARD), is_group=True, public_url="https://motcua.vn")
    assert answer.plain == (
        "Làm lại căn cước bị mất. Mang theo: Số căn cước và 1 giấy tờ tùy trường hợp. Lệ phí: Phí 70.000 đồng. "
        "Bao lâu: 7 ngày làm việc. Nộp ở: Công an xã, phường, đặc khu; hoặc trên VNeID.\n"
        "Chi tiết: https://motcua.vn/tthc/1.000001"
    )


def test_without_a_public_address_the_portals_page_serves() -> None:
    answer = asked_of(known(CARD), is_group=True)
    assert answer.plain.endswith("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/id-1.000001")


def test_the_aspect_asked_for_is_what_is_told() -> None:
    answer = asked_of(known(CARD), aspect=Aspect.FEE, is_group=True)
    assert answer.plain.startswith("Làm lại căn cước bị mất. Lệ phí: Phí 70.000 đồng.")
    assert "Mang theo" not in answer.plain


def test_there_is_nothing_to_tap_in_a_group() -> None:
    assert asked_of(known(CARD), is_group=True).choices == ()


@pytest.mark.parametrize("aspect", list(Aspect))
def test_it_never_passes_300_characters_beside_the_address(aspect: Aspect) -> None:
    crowded = known(
        name="Cấp giấy phép cho hoạt động rất dài tên " * 6,
        channels=(row(DIRECT, fee(5_000, "mức " * 40), time=days(3)), row(ONLINE, fee(7_000), time=days(2))),
        paper_groups=(group(*(paper(f"Giấy tờ số {number} với tên dài vừa phải") for number in range(30))),),
        conditions="\n".join(f"- Điều kiện {number} phải đáp ứng đầy đủ" for number in range(30)),
    )
    (text, link) = lines(asked_of(crowded, aspect=aspect, is_group=True), BlockKind.PARAGRAPH)
    assert len(text) <= 300
    assert link.startswith("Chi tiết: ")


def test_several_aspects_are_told_in_the_order_of_asking() -> None:
    answer = asked_of(
        known(CARD), aspect=Aspect.FEE, aspects=(Aspect.TIME, Aspect.DOCUMENTS, Aspect.FEE), is_group=True
    )
    assert answer.plain.startswith(
        "Làm lại căn cước bị mất. Bao lâu: 7 ngày làm việc. "
        "Mang theo: Số căn cước và 1 giấy tờ tùy trường hợp. Lệ phí: Phí 70.000 đồng.\nChi tiết: "
    )


@pytest.mark.parametrize("several", [(Aspect.CONDITIONS, Aspect.FEE), (Aspect.DOCUMENTS, Aspect.STEPS, Aspect.TIME)])
def test_several_aspects_never_pass_300_characters(several: tuple[Aspect, ...]) -> None:
    crowded = known(
        name="Cấp giấy phép cho hoạt động có tên rất dài " * 3,
        channels=(row(DIRECT, fee(5_000, "mức " * 30), time=days(3)), row(ONLINE, fee(7_000), time=days(2))),
        paper_groups=(group(*(paper(f"Giấy tờ số {number} với tên dài vừa phải") for number in range(30))),),
        conditions="\n".join(f"- Điều kiện {number} phải đáp ứng đầy đủ" for number in range(30)),
    )
    (text, _) = lines(asked_of(crowded, aspect=several[0], aspects=several, is_group=True), BlockKind.PARAGRAPH)
    assert len(text) <= 300


def test_papers_that_do_not_fit_are_counted() -> None:
    papers = tuple(PlainPaper(name=f"Giấy tờ quan trọng thứ {number} của hồ sơ") for number in range(9))
    text = asked_of(known(make_checklist(papers=papers)), is_group=True).plain
    shown = text.count("Giấy tờ quan trọng")
    assert 0 < shown < 9
    assert f"và {9 - shown} giấy tờ tùy trường hợp" in text


def test_a_procedure_whose_papers_all_depend_tells_how_many() -> None:
    papers = tuple(PlainPaper(name="Giấy", when=f"trường hợp {number}") for number in range(3))
    assert "Mang theo: 3 loại giấy tờ." in asked_of(known(make_checklist(papers=papers)), is_group=True).plain


@pytest.mark.parametrize(
    "ending",
    [
        ending
        for ending in Ending
        if ending not in {Ending.FAQ, Ending.PROCEDURE, Ending.ASPECT, Ending.SILENCE}
        and not ending.startswith("dossier_")  # these need a look-up, see tests/bot/dossiers
    ],
)
def test_other_endings_keep_their_first_blocks(ending: Ending) -> None:
    options = (Option("1.000001", "Trẻ mới sinh"), Option("1.000002", "Bố hoặc mẹ là người nước ngoài"))
    private, short = ended(ending, options=options), ended(ending, options=options, is_group=True)
    assert short.blocks
    assert private.blocks[: len(short.blocks)] == short.blocks
    assert len(short.blocks) == 1 or len(short.plain) <= 300
