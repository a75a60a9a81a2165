"""The city's own fees: first, with their ground and a warning, and nothing said twice beside them."""

from datetime import date
from typing import Any

import pytest

from answer_parts import DIRECT, ONLINE, POSTAL, TODAY, all_channels, fee, known, row
from bot.answers.filing import UNSAID, Filing
from bot.answers.wording import fees
from knowledge.fee_rules import CityFee
from knowledge.procedure import Channel
from sample_procedures import make_checklist


def city(amount: int = 8_000, channels: tuple[Channel, ...] = (DIRECT, POSTAL), **more: Any) -> CityFee:
    return CityFee(**{"channels": channels, "amount": amount, "ground": "Nghị quyết 12/2018/NQ-HĐND", **more})


def with_city(
    *city_fees: CityFee, plain: tuple[str, ...] = ("Bản sao tính riêng.",), day: date = TODAY
) -> tuple[str, ...]:
    return fees.summary(known(make_checklist(fee=plain), city_fees=city_fees, channels=all_channels(fee(0))), day)


def test_the_citys_fee_goes_first_with_its_ground_and_a_warning() -> None:
    assert with_city(city(when="không đúng hạn")) == (
        "Trực tiếp, bưu điện: 8.000 đồng (không đúng hạn), theo Nghị quyết 12/2018/NQ-HĐND.",
        "Mức của thành phố cần đối chiếu: hỏi trước khi nộp.",
        "Bản sao tính riêng.",
    )


def test_a_fee_copied_from_the_resolution_itself_needs_no_warning() -> None:
    assert with_city(city(second_hand=False)) == (
        "Trực tiếp, bưu điện: 8.000 đồng, theo Nghị quyết 12/2018/NQ-HĐND.",
        "Bản sao tính riêng.",
    )


@pytest.mark.parametrize(
    ("day", "applies"),
    [(date(2026, 8, 7), False), (date(2026, 8, 8), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False)],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_the_citys_fee_is_told_only_on_its_days(day: date, applies: bool) -> None:
    told = with_city(city(valid_from=date(2026, 8, 8), valid_to=date(2026, 12, 31)), day=day)
    assert any("8.000 đồng" in sentence for sentence in told) is applies


def test_fees_of_one_ground_make_one_sentence_the_plainest_first() -> None:
    told = with_city(city(when="đăng ký không đúng hạn"), city(0, when="đúng hạn"))
    assert told[0] == (
        "Trực tiếp, bưu điện: 0 đồng (đúng hạn); 8.000 đồng (đăng ký không đúng hạn), theo Nghị quyết 12/2018/NQ-HĐND."
    )


def test_a_long_list_of_the_exempt_waits_on_its_page() -> None:
    exempt = "trẻ em, hộ nghèo, người cao tuổi, người khuyết tật, người có công, người dân tộc thiểu số"
    told = with_city(city(), city(0, when=exempt))
    assert told[0].endswith("; có diện được 0 đồng: xem “Lệ phí”.")
    assert exempt not in told[0]


def test_the_page_of_fees_names_the_exempt() -> None:
    exempt = "trẻ em, hộ nghèo, người cao tuổi, người khuyết tật, người có công, người dân tộc thiểu số"
    checklist = make_checklist(fee=("Bản sao tính riêng.",))
    both = (city(), city(0, when=exempt))
    sections = fees.all_sections(known(checklist, city_fees=both, channels=all_channels(fee(0))), TODAY)
    assert sections[0].label == "Theo nghị quyết của Hải Phòng"
    assert exempt in sections[0].lines[0]


def test_what_the_plain_words_already_say_is_not_said_twice() -> None:
    plain = ("Nộp trực tuyến: 0 đồng (Nghị quyết 23/2026/NQ-HĐND).", "Nhà ở: 75.000 đồng.")
    online = city(0, channels=(ONLINE,), ground="Nghị quyết 23/2026/NQ-HĐND")
    assert with_city(online, city(75_000, ground="Nghị quyết 45/2018/NQ-HĐND"), plain=plain) == plain


def test_a_conflict_shows_both_with_their_sources() -> None:
    told = with_city(city(75_000), plain=("0 đồng theo danh mục quốc gia.",))
    assert "75.000 đồng, theo Nghị quyết 12/2018/NQ-HĐND" in told[0]
    assert told[-1] == "0 đồng theo danh mục quốc gia."


def test_without_plain_words_the_record_speaks_beside_the_city() -> None:
    told = with_city(city(75_000), plain=())
    assert told[-1] == "0 đồng theo danh mục quốc gia (trực tiếp, trực tuyến, bưu điện)."


EXEMPT = city(0, when="trẻ em, hộ nghèo, người cao tuổi, người khuyết tật, người có công, người dân tộc thiểu số")


@pytest.mark.parametrize(
    "idle",
    [
        "Lệ phí do Hội đồng nhân dân thành phố quyết định.",
        "Quá hạn: có lệ phí của thành phố; hỏi nơi nộp xem có được miễn không.",
        "0 đồng nếu làm trong 60 ngày.",
        "Miễn lệ phí nếu đăng ký đúng hạn.",
        "Miễn lệ phí cho gia đình có công với cách mạng, hộ nghèo.",
    ],
)
def test_what_the_citys_fees_answer_is_not_said_again(idle: str) -> None:
    told = with_city(city(when="không đúng hạn"), city(0, when="đúng hạn"), EXEMPT, plain=(idle, "Bản sao tính riêng."))
    assert idle not in told
    assert told[-1] == "Bản sao tính riêng."


@pytest.mark.parametrize(
    "telling",
    [
        "Danh mục quốc gia còn ghi 50.000 đồng; mức do Hội đồng nhân dân quyết định.",
        "Hỏi nơi nộp tổng số tiền, vì làm hai việc một lúc.",
    ],
)
def test_what_they_leave_open_is_still_said(telling: str) -> None:
    assert telling in with_city(city(), city(0, when="đúng hạn"), plain=(telling,))


def test_a_fee_for_filing_online_alone_leaves_the_counter_to_the_plain_words() -> None:
    online = city(0, channels=(ONLINE,), ground="Nghị quyết 23/2026/NQ-HĐND")
    plain = "Lệ phí do Hội đồng nhân dân thành phố quyết định."
    assert plain in with_city(online, plain=(plain,))
    ask = "Nộp trực tiếp hoặc qua bưu điện: hỏi nơi nộp mức thu trước khi đi."
    assert with_city(online, plain=(plain, ask))[-1] == ask
    assert plain not in with_city(online, plain=(plain, ask))


def test_before_the_citys_fees_apply_the_plain_words_stand_whole() -> None:
    plain = ("Lệ phí do Hội đồng nhân dân thành phố quyết định.", "0 đồng nếu làm đúng hạn.")
    assert with_city(city(0, valid_from=date(2027, 1, 1)), plain=plain) == plain


def test_what_amended_a_resolution_waits_on_the_page() -> None:
    ground = "Nghị quyết 12/2018/NQ-HĐND, sửa bởi 16/2023/NQ-HĐND"
    checklist = make_checklist(fee=("Bản sao tính riêng.",))
    procedure = known(checklist, city_fees=(city(ground=ground),), channels=all_channels(fee(0)))
    assert fees.summary(procedure, TODAY)[0].endswith("theo Nghị quyết 12/2018/NQ-HĐND.")
    assert fees.asked(procedure, TODAY)[0].endswith(f"theo {ground}.")


# For this person, by this channel

ONLINE_ZERO = city(0, channels=(ONLINE,), ground="Nghị quyết 23/2026/NQ-HĐND")
PERSON, BODY = (
    city(amount, when="chỉ đất: lần đầu", payers=(who,)) for who, amount in (("cá nhân", 35_000), ("tổ chức", 40_000))
)


def asked(*city_fees: CityFee, filing: Filing, online: int = 0) -> tuple[str, ...]:
    channels = (*all_channels(fee(0))[:1], row(ONLINE, fee(online)))
    return fees.asked(known(make_checklist(), city_fees=city_fees, channels=channels), TODAY, filing)


def test_the_channel_asked_for_comes_first() -> None:
    told = asked(city(), ONLINE_ZERO, filing=Filing(Channel.DIRECT))
    assert told[0] == "Trực tiếp: 8.000 đồng, theo Nghị quyết 12/2018/NQ-HĐND."
    assert asked(city(), ONLINE_ZERO, filing=Filing(Channel.ONLINE))[0].startswith("Trực tuyến: 0 đồng")


def test_what_others_pay_is_left_out_once_the_payer_is_known() -> None:
    told = asked(PERSON, BODY, filing=Filing(payers=("tổ chức",)))
    assert told[0] == "Trực tiếp: 40.000 đồng (tổ chức, chỉ đất: lần đầu), theo Nghị quyết 12/2018/NQ-HĐND."


def test_who_is_exempt_reads_that_and_not_what_others_pay() -> None:
    exempt = city(0, payers=("trẻ em", "hộ nghèo"))
    told = asked(city(when="không đúng hạn"), exempt, filing=Filing(payers=("hộ nghèo",)))
    assert told[0] == "Trực tiếp: 0 đồng (trẻ em, hộ nghèo), theo Nghị quyết 12/2018/NQ-HĐND."


def test_a_fee_for_a_channel_that_the_procedure_has_not_is_not_told() -> None:
    procedure = known(city_fees=(ONLINE_ZERO,), channels=(row(DIRECT, fee(0)),))
    assert not any("Trực tuyến" in sentence for sentence in fees.summary(procedure, TODAY))


def test_where_sources_contradict_each_other_the_page_says_so() -> None:
    doubt = "Nghị quyết 34/2025/NQ-HĐND còn ghi mức riêng."
    assert doubt in asked(city(doubt=doubt), filing=UNSAID)


@pytest.mark.parametrize(
    ("portal", "warns"),
    [
        pytest.param(8_000, True, id="the portal asks for money"),
        pytest.param(0, False, id="it asks for none"),
        pytest.param(None, False, id="it does not say"),
        pytest.param(8, False, id="its number is no amount"),
    ],
)
def test_before_paying_online_the_citizen_is_warned_where_the_portal_asks_another_amount(
    portal: int | None, *, warns: bool
) -> None:
    procedure = known(city_fees=(ONLINE_ZERO,), channels=(row(ONLINE, fee(portal)),))
    told = " ".join(fees.summary(procedure, TODAY))
    assert ("Chưa bấm thanh toán" in told) is warns
    assert ("Cổng có thể vẫn báo 8.000 đồng" in told) is warns
