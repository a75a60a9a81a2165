"""What it costs, in honest words: three states that are never merged, units, currencies, channels, the city's layer."""

import pytest

from answer_parts import DIRECT, ONLINE, POSTAL, TODAY, all_channels, fee, known, row
from bot.answers.wording import fees
from knowledge.procedure import Fee, FilingChannel
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
        (
            fee(0, "Cấp mới 200.000 đồng; " + "gia hạn 100.000 đồng; " * 9),
            "100.000 đồng hoặc 200.000 đồng, tùy loại; xem “Lệ phí”",
        ),
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
        (fee(20, "đối với 1 tờ khai"), f"Số tiền trong danh mục ghi không rõ; {ASK}"),
    ],
    ids=["thousands written short", "no note", "a thousand times too much", "a note without a sum"],
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


# A fee asked for by itself


def asked(*channels: FilingChannel) -> tuple[str, ...]:
    return fees.asked(known(channels=channels), TODAY)


def test_what_the_summary_sends_on_for_stands_in_the_answer_to_how_much() -> None:
    note = "Cấp mới nhà thuốc: 1.000.000 đồng; quầy thuốc: 500.000 đồng; " + "nộp theo hướng dẫn của nơi thu; " * 5
    first, *rest = asked(*all_channels(fee(1_000_000, note)))
    assert first == "500.000 đồng hoặc 1.000.000 đồng, tùy loại; xem “Lệ phí”."
    assert rest == [f"1.000.000 đồng: {note.strip().rstrip(';')}"]


def test_a_sentence_that_only_sends_on_is_no_answer_to_how_much() -> None:
    papers = [fee(0, f"Mức {number} theo bảng của cơ quan thu phí ở nơi nộp hồ sơ") for number in range(4)]
    assert said(*all_channels(*papers)) == ("Tùy trường hợp: xem “Lệ phí”.",)
    told = asked(*all_channels(*papers))
    assert len(told) == 4
    assert told[0] == "Danh mục ghi 0 đồng, kèm ghi chú: “Mức 0 theo bảng của cơ quan thu phí ở nơi nộp hồ sơ”"


def test_channels_with_different_fees_are_named_in_the_answer_to_how_much() -> None:
    note = "Giảm còn 50% theo quy định về khuyến khích dịch vụ công trực tuyến"
    told = asked(row(ONLINE, fee(20_000, note)), row(DIRECT, fee(20_000)))
    assert told[0] == "Trực tuyến: có nhiều mức, trong đó có 20.000 đồng; xem “Lệ phí”."
    assert told[2:] == (f"Nộp trực tuyến: 20.000 đồng: {note}", "Nộp trực tiếp: 20.000 đồng")


def test_free_is_never_said_where_the_record_does_not() -> None:
    for published in (fee(0), fee(), fee(0, "Không"), fee(0, "Theo quy định của Bộ Tài chính")):
        assert "miễn phí" not in " ".join(said(*all_channels(published))).lower()


def test_a_starter_record_has_no_notes_and_leaves_the_page_to_our_words() -> None:
    checklist = make_checklist(fee=("8.000 đồng một bản.",))
    starter = known(checklist, channels=all_channels(fee(0, "xem ghi chú")), is_starter=True)
    assert [section.lines for section in fees.all_sections(starter, TODAY)] == [("8.000 đồng một bản.",)]
