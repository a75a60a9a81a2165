"""The leaflet before it is a page: pure values of what to bring, what it costs and where to go."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from bot.answers.wording.city_fees import fees_today
from bot.web.bring import to_bring
from bot.web.leaflet import PLACE_UNSTATED, below, city_fees_on, leaflet_of, place_of
from knowledge.catalogue import KnownProcedure
from knowledge.fee_rules import CityFee
from knowledge.procedure import Channel, Fee, FilingChannel, Paper, PaperGroup, PaperUse, PlainPaper, TimeLimit
from sample_procedures import make_checklist, make_procedure

TODAY = date(2026, 11, 22)


def known(*, plain: dict[str, Any] | None = None, **record: Any) -> KnownProcedure:
    checklist = make_checklist(**plain) if plain is not None else None
    return KnownProcedure(procedure=make_procedure(**record), checklist=checklist, edition=7)


def city_fee(amount: int, **facts: Any) -> CityFee:
    return CityFee(**{"channels": (Channel.DIRECT,), "amount": amount, "ground": "Nghị quyết 1"} | facts)


def names(items: Iterable[Any]) -> list[str]:
    return [item.name for item in items]


# What to bring


def test_papers_of_one_case_stand_together_in_the_order_of_the_checklist() -> None:
    papers = (
        PlainPaper(name="giấy ủy quyền", when="nhờ người khác"),
        PlainPaper(name="Đơn"),
        PlainPaper(name="Căn cước người được nhờ", when="nhờ người khác", use=PaperUse.SHOW, originals=1),
    )
    bring = to_bring(known(plain={"papers": papers}))
    assert names(bring.everybody) == ["Đơn"]
    (case,) = bring.cases
    assert case.heading == "Nhờ người khác"
    assert names(case.items) == ["Giấy ủy quyền", "Căn cước người được nhờ"]
    assert case.items[1].remark == "bản chính, chỉ để cán bộ xem"


def test_a_paper_looked_up_only_in_a_case_says_in_which() -> None:
    papers = (PlainPaper(name="Giấy kết hôn", use=PaperUse.LOOKED_UP, when="đã kết hôn"),)
    assert to_bring(known(plain={"papers": papers})).looked_up == ("Giấy kết hôn (đã kết hôn)",)


def test_a_checklist_without_papers_leaves_the_list_to_the_record() -> None:
    bring = to_bring(known(plain={"papers": ()}))
    assert names(bring.everybody) == ["Tờ khai"]
    assert bring.is_as_published


def test_a_record_with_notes_only_has_nothing_to_tick() -> None:
    groups = (PaperGroup(heading="Lưu ý", papers=(Paper(name="Không phải nộp gì"),)),)
    assert to_bring(known(paper_groups=groups)).is_empty


def test_groups_without_a_heading_are_for_everybody() -> None:
    groups = (
        PaperGroup(papers=(Paper(name="Đơn", originals=1),)),
        PaperGroup(heading="Trường hợp nhờ người khác", papers=(Paper(name="Giấy ủy quyền", originals=1),)),
        PaperGroup(papers=(Paper(name="Ảnh", copies=2),)),
    )
    bring = to_bring(known(paper_groups=groups))
    assert names(bring.everybody) == ["Đơn", "Ảnh"]
    assert [case.heading for case in bring.cases] == ["Trường hợp nhờ người khác"]


# What it costs


def test_fees_of_one_resolution_stand_together_the_highest_first() -> None:
    fees = (city_fee(0, when="đúng hạn"), city_fee(8_000, when="quá hạn"), city_fee(0, channels=(Channel.ONLINE,)))
    direct, online = city_fees_on(fees)
    assert [fee.amount for fee in direct.fees] == [8_000, 0]
    assert online.channels == (Channel.ONLINE,)


@pytest.mark.parametrize(
    ("facts", "is_shown"),
    [
        ({}, True),
        ({"valid_from": TODAY}, True),
        ({"valid_from": date(2026, 11, 23)}, False),
        ({"valid_to": TODAY}, True),
        ({"valid_to": date(2026, 11, 21)}, False),
    ],
    ids=["without days", "from today", "from tomorrow", "until today", "until yesterday"],
)
def test_only_fees_in_force_today_are_shown(facts: dict[str, date], is_shown: bool) -> None:
    assert bool(fees_today(replace(known(), fees=(city_fee(1_000, **facts),)), TODAY)) is is_shown


@pytest.mark.parametrize("second_hand", [True, False], ids=["copied", "from the resolution itself"])
def test_only_copied_amounts_ask_to_be_compared(second_hand: bool) -> None:
    (fees,) = city_fees_on((city_fee(1_000, second_hand=second_hand),))
    assert fees.is_second_hand is second_hand


def test_an_undeclared_fee_is_never_free() -> None:
    channels = (FilingChannel(channel=Channel.DIRECT, time_limit=TimeLimit()),)
    leaflet = leaflet_of(known(channels=channels), TODAY)
    said = " ".join(leaflet.fees) + str(leaflet.fee_rows)
    assert "chưa ghi mức phí" in said
    assert "miễn" not in said.lower()
    assert "0 đồng" not in said


def test_an_amount_written_short_is_not_shown_as_money() -> None:
    channels = (FilingChannel(channel=Channel.DIRECT, time_limit=TimeLimit(), fees=(Fee(amount=135, note="135.000"),)),)
    leaflet = leaflet_of(known(channels=channels), TODAY)
    assert "135 đồng" not in " ".join(leaflet.fees) + str(leaflet.fee_rows)


def test_words_that_point_to_a_button_of_the_chat_point_below_instead() -> None:
    assert below(("Tùy trường hợp: xem “Lệ phí”.", "Xem “Tất cả giấy tờ”.")) == (
        "Tùy trường hợp: xem bên dưới.",
        "Xem “Tất cả giấy tờ”.",
    )


# Where, and the rest


def test_our_own_words_about_the_place_go_before_those_of_the_record() -> None:
    assert place_of(known(plain={"place": "Công an xã."}, executing=("Công an cấp xã",))) == ("Công an xã.",)


def test_the_record_names_receiving_and_executing_offices() -> None:
    place = place_of(known(receiving_address="Bộ phận Một cửa", executing=("UBND cấp xã",), competent=("Chủ tịch",)))
    assert place == ("Bộ phận Một cửa", "Ủy ban nhân dân cấp xã")


def test_without_executing_offices_the_competent_ones_are_named() -> None:
    assert place_of(known(competent=("Sở Tư pháp",))) == ("Sở Tư pháp",)


def test_a_place_that_nobody_stated_is_said_to_be_unstated() -> None:
    assert place_of(known()) == (PLACE_UNSTATED,)


def test_published_steps_stand_first_only_where_we_have_none_of_our_own() -> None:
    ours = leaflet_of(known(plain={"steps": ("Nộp đơn.",)}), TODAY)
    assert (ours.steps, ours.published_steps) == (("Nộp đơn.",), ("Nộp tờ khai tại nơi tiếp nhận.",))
    theirs = leaflet_of(known(), TODAY)
    assert (theirs.steps, theirs.published_steps) == (("Nộp tờ khai tại nơi tiếp nhận.",), ())


def test_abbreviations_in_the_field_are_written_out_but_its_address_is_the_records() -> None:
    leaflet = leaflet_of(known(field="thực hiện chính sách BHXH"), TODAY)
    assert leaflet.field_in_words == "Thực hiện chính sách bảo hiểm xã hội"
    assert leaflet.field_url.endswith("BHXH")


def test_the_everyday_name_heads_a_leaflet_without_our_plain_words() -> None:
    assert leaflet_of(known(), TODAY, "Mở nhà thuốc").name == "Mở nhà thuốc"
    ours = known(plain={"steps": ("Nộp đơn.",)})
    assert leaflet_of(ours, TODAY, "Mở nhà thuốc").name == ours.plain_name


def test_without_an_everyday_name_the_official_one_is_made_readable() -> None:
    assert leaflet_of(known(name="THỦ TỤC QUỸ TỰ GIẢI THỂ"), TODAY).name == "Quỹ tự giải thể"
