"""What it costs, in honest words: three states that are never merged, units, currencies, channels, the city's layer."""

from datetime import date
from typing import Any

import pytest

from answer_parts import DIRECT, ONLINE, POSTAL, TODAY, all_channels, fee, known, row
from bot.answers.wording import fees
from knowledge.procedure import Channel, CityFee, Fee, FilingChannel
from sample_procedures import make_checklist

ASK = "hỏi nơi nộp trước khi đi"


def said(*channels: FilingChannel) -> tuple[str, ...]:
    return fees.summary(known(channels=channels), TODAY)


def without_channel(sentence: str) -> str:
    return sentence.lower().removeprefix("trực tiếp: ").removesuffix(".").removesuffix(" (trực tiếp)")


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (fee(0), "0 đồng theo danh mục quốc gia"),
        (fee(0, "Không"), "0 đồng theo danh mục quốc gia"),
        (fee(0, "Không có."), "0 đồng theo danh mục quốc gia"),
        (fee(0, "Miễn phí"), "0 đồng theo danh mục quốc gia (ghi rõ: miễn phí)"),
        (fee(0, "Không quy định."), f"danh mục quốc gia ghi là chưa quy định mức phí; {ASK}"),
        (fee(0, "Chưa có quy định"), f"danh mục quốc gia ghi là chưa quy định mức phí; {ASK}"),
        (
            fee(0, "Theo quy định của Hội đồng nhân dân cấp tỉnh"),
            f"mức thu do thành phố quy định, danh mục quốc gia chưa ghi số tiền; {ASK}",
        ),
        (
            fee(0, "do Ủy ban nhân dân cấp tỉnh quy định."),
            f"mức thu do thành phố quy định, danh mục quốc gia chưa ghi số tiền; {ASK}",
        ),
        (
            fee(0, "Theo quy định của Bộ Tài chính"),
            f"danh mục không ghi số tiền, chỉ ghi “Theo quy định của Bộ Tài chính”; {ASK}",
        ),
        (fee(0, "Theo " + "biểu phí " * 20), f"danh mục không ghi số tiền; {ASK}"),
        (fee(0, "150.000 đồng/giấy"), "danh mục ghi “150.000 đồng/giấy”"),
        (fee(0, "Cấp mới 200.000 đồng; " + "gia hạn 100.000 đồng; " * 9), "tùy trường hợp: xem “Lệ phí”"),
        (
            fee(0, "Không thu lệ phí đối với tổ hợp tác"),
            "0 đồng: danh mục ghi “Không thu lệ phí đối với tổ hợp tác”",
        ),
    ],
    ids=lambda value: value.note[:40] or "no note" if isinstance(value, Fee) else "",
)
def test_a_zero_is_a_price_only_where_its_note_allows(published: Fee, words: str) -> None:
    (sentence,) = said(row(DIRECT, published))
    assert without_channel(sentence) == words.lower()


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ((), f"Danh mục quốc gia chưa ghi mức phí; {ASK}."),
        ((fee(),), f"Danh mục quốc gia chưa ghi mức phí; {ASK}."),
        ((fee(attachment="bieu-phi.pdf"),), f"Mức phí nằm trong văn bản kèm theo danh mục; {ASK}."),
        ((fee(note="Chi tiết tại văn bản kèm theo"),), f"Mức phí nằm trong văn bản kèm theo danh mục; {ASK}."),
        (
            (fee(note="Hội đồng nhân dân cấp tỉnh quyết định"),),
            f"Mức thu do thành phố quy định, danh mục quốc gia chưa ghi số tiền; {ASK}.",
        ),
        ((fee(note="Theo Thỏa ước La Hay"),), f"Danh mục chỉ ghi “Theo Thỏa ước La Hay”; {ASK}."),
    ],
    ids=["no fees", "null", "attachment", "see attachment", "council", "other note"],
)
def test_what_is_not_declared_is_neither_zero_nor_free(published: tuple[Fee, ...], words: str) -> None:
    assert said(*all_channels(*published)) == (words,)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (fee(8_000), "8.000 đồng"),
        (fee(10, currency="USD"), "10 USD"),
        (fee(70_000, "/hồ sơ"), "70.000 đồng/hồ sơ"),
        (fee(70_000, "đồng/lần"), "70.000 đồng/lần"),
        (fee(2_000, "2.000 đồng/trang"), "2.000 đồng/trang"),
        (fee(10_000, "10.000 đồng/người/lần đăng ký"), "10.000 đồng/người/lần đăng ký"),
        (fee(145, "145 USD/thẻ", currency="USD"), "145 USD/thẻ"),
        (fee(200_000, "200.000 đồng/01 chứng chỉ"), "200.000 đồng/chứng chỉ"),
        (
            fee(20_000, "Trường hợp được miễn thì xuất trình giấy tờ. " * 4),
            "20.000 đồng, có trường hợp được miễn hoặc giảm",
        ),
        (fee(20_000, "Nộp theo hướng dẫn của cơ quan thu. " * 4), "20.000 đồng, có ghi chú: xem “Lệ phí”"),
    ],
    ids=[
        "plain",
        "dollars",
        "per file",
        "per time",
        "per page",
        "per person",
        "dollars a card",
        "per one",
        "waived",
        "note",
    ],
)
def test_an_amount_keeps_its_currency_and_unit(published: Fee, words: str) -> None:
    (sentence,) = said(row(DIRECT, published))
    assert without_channel(sentence) == words.lower()


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (fee(20, "20.000 đ/tờ khai"), "Danh mục ghi “20.000 đ/tờ khai”"),
        (fee(135, ""), f"Số tiền trong danh mục ghi không rõ; {ASK}"),
        (fee(17_500_000_000, "17,5 triệu đồng"), "Danh mục ghi “17,5 triệu đồng”"),
    ],
    ids=["thousands written short", "no note", "a thousand times too much"],
)
def test_a_suspect_number_is_never_shown(published: Fee, words: str) -> None:
    (sentence,) = said(row(DIRECT, published))
    assert sentence.startswith(words)
    assert "135" not in sentence
    assert "20 đồng" not in sentence


def test_equal_channels_are_told_together() -> None:
    assert said(*all_channels(fee(0))) == ("0 đồng theo danh mục quốc gia (trực tiếp, trực tuyến, bưu điện).",)


def test_unequal_channels_are_told_apart() -> None:
    channels = (row(ONLINE, fee(10_000, "10.000 đồng/lần đăng ký")), row(DIRECT, fee(20_000)), row(POSTAL, fee(20_000)))
    assert said(*channels) == ("Trực tuyến: 10.000 đồng/lần đăng ký.", "Trực tiếp, bưu điện: 20.000 đồng.")


def test_rows_of_one_channel_are_told_apart_by_their_notes() -> None:
    rows = (row(DIRECT, fee(2_000)), row(DIRECT, fee(10, currency="USD"), note="Tại cơ quan đại diện"))
    assert said(*rows) == ("Trực tiếp: 2.000 đồng.", "Trực tiếp (Tại cơ quan đại diện): 10 USD.")


def test_a_few_amounts_are_listed_with_what_they_are_for() -> None:
    published = (
        fee(145, "Thẻ không quá 2 năm: 145 USD/thẻ", currency="USD"),
        fee(155, "Thẻ 5 năm: 155 USD/thẻ", currency="USD"),
    )
    assert said(*all_channels(*published)) == ("145 USD/thẻ (Thẻ không quá 2 năm).", "155 USD/thẻ (Thẻ 5 năm).")


def test_many_amounts_are_told_as_a_range_to_look_into() -> None:
    published = tuple(fee(amount, f"Loại {amount}") for amount in (50_000, 10_000, 900_000, 20_000))
    assert said(*all_channels(*published)) == ("Từ 10.000 đồng đến 900.000 đồng, tùy trường hợp: xem “Lệ phí”.",)


@pytest.mark.parametrize("note", ["", "Thực hiện theo Thông tư số 52/2025/TT-BTC"])
def test_amounts_that_nothing_tells_apart_are_told_as_a_range(note: str) -> None:
    assert said(*all_channels(fee(500_000, note), fee(50_000_000, note))) == (
        "Từ 500.000 đồng đến 50.000.000 đồng, tùy trường hợp: xem “Lệ phí”.",
    )


def test_a_range_never_mixes_currencies() -> None:
    published = (*(fee(amount, "x") for amount in (50_000, 10_000, 20_000)), fee(10, "y", currency="USD"))
    assert said(*all_channels(*published)) == (
        "Từ 10.000 đồng đến 50.000 đồng và 10 USD, tùy trường hợp: xem “Lệ phí”.",
    )


def test_an_exemption_beside_an_amount_is_not_the_price() -> None:
    channels = all_channels(fee(15_000), fee(0, "Miễn phí cho người thuộc hộ nghèo"))
    assert said(*channels) == ("15.000 đồng.", "Có trường hợp được miễn.")


def test_a_procedure_without_any_channel_has_no_price() -> None:
    assert said() == (f"Danh mục quốc gia chưa ghi mức phí; {ASK}.",)


# The city's layer


def city(amount: int = 8_000, channels: tuple[Channel, ...] = (DIRECT, POSTAL), **more: Any) -> CityFee:
    return CityFee(**{"channels": channels, "amount": amount, "ground": "Nghị quyết 12/2018/NQ-HĐND", **more})


def with_city(
    *city_fees: CityFee, plain: tuple[str, ...] = ("Bản sao tính riêng.",), day: date = TODAY
) -> tuple[str, ...]:
    checklist = make_checklist(fee=plain, city_fees=city_fees)
    return fees.summary(known(checklist, channels=all_channels(fee(0))), day)


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
    checklist = make_checklist(fee=("Bản sao tính riêng.",), city_fees=(city(), city(0, when=exempt)))
    sections = fees.all_sections(known(checklist, channels=all_channels(fee(0))), TODAY)
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


# The page of fees


def test_the_page_shows_every_fee_of_every_channel_with_its_whole_note() -> None:
    note = "Theo Thông tư số 75/2022/TT-BTC quy định mức thu, chế độ thu, nộp và quản lý lệ phí. " * 3
    channels = (
        row(DIRECT, fee(20_000, note), fee(0, "Miễn cho hộ nghèo")),
        row(ONLINE, fee(), fee(135, "135.000 đồng")),
    )
    sections = fees.all_sections(known(channels=channels), TODAY)
    assert [section.label for section in sections] == [
        "Theo danh mục quốc gia, nộp trực tiếp",
        "Theo danh mục quốc gia, nộp trực tuyến",
    ]
    assert sections[0].lines[0] == f"20.000 đồng: {note.strip().rstrip('.')}"
    assert sections[0].lines[1] == "Danh mục ghi 0 đồng, kèm ghi chú: “Miễn cho hộ nghèo”"
    assert sections[1].lines == (f"Danh mục quốc gia chưa ghi mức phí; {ASK}", "Danh mục ghi: “135.000 đồng”")


def test_the_page_names_the_file_of_a_price_list() -> None:
    channels = (row(DIRECT, fee(note="Chi tiết kèm theo", attachment="bieu-phi.pdf")),)
    (section,) = fees.all_sections(known(channels=channels), TODAY)
    assert section.lines == ("Danh mục ghi: “Chi tiết kèm theo” (tệp bieu-phi.pdf)",)


def test_the_page_of_a_record_without_channels_says_so() -> None:
    (section,) = fees.all_sections(known(channels=()), TODAY)
    assert section.lines == (f"Danh mục quốc gia chưa ghi mức phí; {ASK}.",)


def test_free_is_never_said_where_the_record_does_not() -> None:
    for published in (fee(0), fee(), fee(0, "Không"), fee(0, "Theo quy định của Bộ Tài chính")):
        assert "miễn phí" not in " ".join(said(*all_channels(published))).lower()


def test_a_starter_record_has_no_notes_and_leaves_the_page_to_our_words() -> None:
    checklist = make_checklist(fee=("8.000 đồng một bản.",))
    starter = known(checklist, channels=all_channels(fee(0, "xem ghi chú")), is_starter=True)
    assert [section.lines for section in fees.all_sections(starter, TODAY)] == [("8.000 đồng một bản.",)]
