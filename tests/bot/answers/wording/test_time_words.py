"""How long it takes, in words: no number without a real unit, and never only one of several cases."""

import pytest

from answer_parts import DIRECT, ONLINE, POSTAL, all_channels, days, known, row
from bot.answers.wording import times
from knowledge.procedure import FilingChannel, TimeLimit, Unit
from sample_procedures import make_checklist

NOT_STATED = "Danh mục quốc gia chưa ghi số ngày; hỏi nơi nộp ngày hẹn trả."


def said(*channels: FilingChannel) -> tuple[str, ...]:
    return times.summary(known(channels=channels))


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (days(3), "3 ngày làm việc."),
        (days(7.5), "7,5 ngày làm việc."),
        (days(30, Unit.DAY), "30 ngày."),
        (days(8, Unit.HOUR), "8 giờ."),
        (days(6, Unit.MONTH), "6 tháng."),
    ],
)
def test_a_number_is_said_with_its_unit(limit: TimeLimit, words: str) -> None:
    assert said(*all_channels(time=limit)) == (words,)


@pytest.mark.parametrize(
    "limit",
    [
        TimeLimit(),
        TimeLimit(amount=0, unit=Unit.DAY),
        TimeLimit(text="1"),
        TimeLimit(text="0"),
        TimeLimit(text="-"),
        TimeLimit(text="Theo mô tả"),
        TimeLimit(text="Xem phần mô tả"),
        TimeLimit(text="Không"),
    ],
    ids=["unit other", "zero", "a bare 1", "a bare 0", "a dash", "as described", "see the description", "no"],
)
def test_a_placeholder_is_never_told_as_time(limit: TimeLimit) -> None:
    assert said(*all_channels(time=limit)) == (NOT_STATED,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thực hiện trong ngày làm việc", "Thực hiện trong ngày làm việc."),
        ("Không phải trả kết quả cho người nộp thuế", "Không phải trả kết quả cho người nộp thuế."),
        ("Thời hạn như sau: " + "a) chậm nhất 6 ngày làm việc " * 12, "Tùy trường hợp: xem “Thời gian”."),
    ],
    ids=["short", "another short one", "a whole paragraph"],
)
def test_a_published_text_is_shown_as_text(text: str, words: str) -> None:
    assert said(*all_channels(time=TimeLimit(text=text))) == (words,)


def test_with_unit_other_a_short_note_that_tells_the_time_is_quoted() -> None:
    channels = all_channels(time=TimeLimit(), note="05 ngày làm việc kể từ ngày nhận đủ hồ sơ")
    assert said(*channels) == ("Danh mục ghi “5 ngày làm việc kể từ ngày nhận đủ hồ sơ”.",)


def test_with_unit_other_a_note_on_something_else_is_not() -> None:
    assert said(*all_channels(time=TimeLimit(), note="Nộp tại Bộ phận Một cửa")) == (NOT_STATED,)


def test_unequal_channels_are_told_apart() -> None:
    channels = (row(ONLINE, time=days(12)), row(POSTAL, time=days(12)), row(DIRECT, time=days(22)))
    assert said(*channels) == ("Trực tuyến, bưu điện: 12 ngày làm việc.", "Trực tiếp: 22 ngày làm việc.")


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ([(1, Unit.WORKING_DAY), (3, Unit.WORKING_DAY)], "1 hoặc 3 ngày làm việc, tùy trường hợp: xem “Thời gian”."),
        ([(30, Unit.DAY), (8, Unit.HOUR)], "30 ngày hoặc 8 giờ, tùy trường hợp: xem “Thời gian”."),
        (
            [(92, Unit.DAY), (42, Unit.DAY), (87, Unit.DAY), (37, Unit.DAY)],
            "Từ 37 đến 92 ngày, tùy trường hợp: xem “Thời gian”.",
        ),
        ([(3, Unit.DAY), (3, Unit.DAY)], "3 ngày."),
        ([(3, Unit.DAY), (None, Unit.OTHER)], "3 ngày, tùy trường hợp: xem “Thời gian”."),
    ],
    ids=["two", "two units", "many", "the same twice", "one of them unstated"],
)
def test_rows_of_one_channel_are_all_told(amounts: list[tuple[float | None, Unit]], words: str) -> None:
    assert said(*(row(ONLINE, time=TimeLimit(amount=amount, unit=unit)) for amount, unit in amounts)) == (words,)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("10 ngày làm việc kể từ ngày nhận đủ hồ sơ", "10 ngày làm việc."),
        ("Nộp tại Bộ phận Một cửa", "10 ngày làm việc."),
        (
            "10 ngày làm việc đối với công trình, 7 ngày làm việc đối với nhà ở riêng lẻ",
            "10 ngày làm việc đối với công trình, 7 ngày làm việc đối với nhà ở riêng lẻ.",
        ),
        (
            "Trong thời hạn 20 ngày theo quy định\nTrực tiếp, trực tuyến",
            "10 ngày làm việc theo bảng của danh mục; 20 ngày theo ghi chú của danh mục: xem “Thời gian”.",
        ),
        (
            "10 ngày làm việc với nhà ở\n07 ngày làm việc với công trình khác",
            "10 ngày làm việc với nhà ở; 7 ngày làm việc với công trình khác.",
        ),
        (
            "Vùng khó khăn 20 ngày. " + "Không tính thời gian đo đạc. " * 9,
            "10 ngày làm việc; có ghi chú: xem “Thời gian”.",
        ),
    ],
    ids=["the same again", "no time in it", "its own and another", "another", "two lines", "long"],
)
def test_a_note_with_other_periods_is_not_hidden(note: str, words: str) -> None:
    assert said(*all_channels(time=days(10), note=note)) == (words,)


def test_plain_words_come_before_the_record() -> None:
    checklist = make_checklist(time="Trong ngày; nộp sau 15 giờ thì hôm sau. Phải xác minh thì được hẹn lại.")
    assert times.summary(known(checklist, channels=all_channels(time=TimeLimit()))) == (
        "Trong ngày; nộp sau 15 giờ thì hôm sau.",
        "Phải xác minh thì được hẹn lại.",
    )


def test_a_procedure_without_channels_has_no_time() -> None:
    assert said() == (NOT_STATED,)


def test_the_page_shows_every_row_with_its_whole_note() -> None:
    channels = (
        row(ONLINE, time=days(1), note="- Nộp trên Cổng.\n- Giờ hành chính."),
        row(ONLINE, time=days(3), note="Cần xác minh."),
        row(DIRECT, time=TimeLimit(), note="Ngay khi nhận hồ sơ."),
    )
    sections = times.all_sections(known(channels=channels))
    assert [(section.label, section.lines) for section in sections] == [
        ("Theo danh mục quốc gia, nộp trực tuyến", ("1 ngày làm việc.", "Nộp trên Cổng.", "Giờ hành chính.")),
        ("Theo danh mục quốc gia, nộp trực tuyến", ("3 ngày làm việc.", "Cần xác minh.")),
        ("Theo danh mục quốc gia, nộp trực tiếp", (NOT_STATED, "Ngay khi nhận hồ sơ.")),
    ]


def test_the_page_begins_with_the_plain_words() -> None:
    first, *_ = times.all_sections(known(make_checklist(time="Trong ngày.")))
    assert (first.label, first.lines) == ("Nói gọn", ("Trong ngày.",))


def test_the_page_of_a_record_without_channels_says_so() -> None:
    (section,) = times.all_sections(known(channels=()))
    assert section.lines == (NOT_STATED,)


def test_a_starter_record_has_no_notes_and_leaves_the_page_to_our_words() -> None:
    sections = times.all_sections(known(make_checklist(time="Trong ngày."), is_starter=True))
    assert [section.lines for section in sections] == [("Trong ngày.",)]
    (row_alone,) = times.all_sections(known(is_starter=True))
    assert row_alone.lines == ("3 ngày làm việc.",)
