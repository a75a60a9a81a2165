"""What an answer of staff says against what the record says."""

from datetime import date

import msgspec
import pytest

from bot.console.conflicts import Period, amounts_in, conflicts, periods_in
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Channel, Fee, FilingChannel, Procedure, TimeLimit, Unit
from sample_procedures import make_procedure

DAY = date(2026, 11, 22)
WORKING, PLAIN = Unit.WORKING_DAY, Unit.DAY

MARRIAGE: Procedure = make_procedure(
    "1.000894",
    name="Đăng ký kết hôn",
    channels=(
        FilingChannel(channel=Channel.DIRECT, time_limit=TimeLimit(amount=3, unit=WORKING), fees=(Fee(amount=30_000),)),
        FilingChannel(channel=Channel.ONLINE, time_limit=TimeLimit(amount=2, unit=WORKING), fees=(Fee(amount=0),)),
    ),
    conditions="Nộp trong thời hạn 60 ngày. Bản sao: 8.000 đồng/bản.",
)


def told(answer: str, *procedures: Procedure) -> list[str]:
    known = [KnownProcedure(procedure=each, checklist=None, edition=1) for each in procedures or (MARRIAGE,)]
    return list(conflicts(answer, known, DAY))


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("mất 8.000 đồng", {8_000}),
        ("mất 8000đ", {8_000}),
        ("mất 8,000 VNĐ mỗi bản", {8_000}),
        ("khoảng 30k", {30_000}),
        ("30 nghìn đồng", {30_000}),
        ("50 ngàn", {50_000}),
        ("1,5 triệu đồng", {1_500_000}),
        ("17.500.000 đồng/lần", {17_500_000}),
        ("miễn phí", {0}),
        ("không mất tiền, trước đây 5.000 đồng", {0, 5_000}),
        ("0 đồng", {0}),
        ("Điều 8, khoản 2, năm 2026, phòng 12", set()),
        ("bãi xe 2 đến tầng 3", set()),
        ("số 0225.3747.199", set()),
    ],
)
def test_amounts_are_read_as_staff_write_them(text: str, amounts: set[int]) -> None:
    assert set(amounts_in(text)) == amounts


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("5 ngày làm việc", {(5, WORKING)}),
        ("05 (năm) ngày làm việc", {(5, WORKING)}),
        ("ba ngày", {(3, PLAIN)}),
        ("3-5 ngày", {(3, PLAIN), (5, PLAIN)}),
        ("từ 3 đến 5 ngày làm việc", {(3, WORKING), (5, WORKING)}),
        ("3,5 ngày làm việc", {(3.5, WORKING)}),
        ("24 giờ", {(24, Unit.HOUR)}),
        ("2 tháng", {(2, Unit.MONTH)}),
        ("mở cửa lúc 8 giờ, nghỉ từ 11 giờ", set()),
        ("từ ngày 10 tháng 5 năm 2026", set()),
        ("thứ 7", set()),
    ],
)
def test_lengths_of_time_are_read_as_staff_write_them(text: str, periods: set[tuple[float, Unit]]) -> None:
    assert set(periods_in(text)) == {Period(*each) for each in periods}


@pytest.mark.parametrize(
    "answer",
    [
        "Nộp 30.000 đồng, 3 ngày làm việc.",
        "Trực tuyến thì **2** ngày làm việc và miễn phí.",
        "Bản sao 8.000 đồng, nhớ nộp trong 60 ngày.",
        "Mang căn cước đến cổng sau.",
    ],
    ids=["fee and time of a row", "the other row", "what stands in the prose of the record", "no figure"],
)
def test_what_the_record_says_anywhere_is_no_conflict(answer: str) -> None:
    assert told(answer) == []


def test_an_amount_that_differs_is_named_with_the_record_s() -> None:
    (said,) = told("Mất 50.000 đồng.")
    assert "ghi “50.000 đồng”" in said
    assert "30.000 đồng" in said
    assert "Đăng ký kết hôn" in said


def test_days_that_differ_are_named_with_the_record_s() -> None:
    (said,) = told("Trả kết quả sau 5 ngày làm việc.")
    assert "ghi “5 ngày làm việc”" in said
    assert "3 ngày làm việc" in said


def test_days_are_not_working_days() -> None:
    assert "ghi “3 ngày”" in told("Sau 3 ngày.")[0]


def test_what_any_of_several_procedures_says_is_no_conflict() -> None:
    other = msgspec.structs.replace(MARRIAGE, code="1.000656", name="Khai tử", conditions="Phí 75.000 đồng.")
    assert told("Mất 75.000 đồng.", MARRIAGE, other) == []
    assert "Khai tử" in told("Mất 76.000 đồng.", MARRIAGE, other)[0]


def test_free_is_a_conflict_where_the_record_knows_no_zero() -> None:
    rows = (msgspec.structs.replace(MARRIAGE.channels[0]),)
    assert "miễn phí" in told("Miễn phí.", msgspec.structs.replace(MARRIAGE, channels=rows))[0].lower()


def test_without_a_procedure_nothing_is_compared() -> None:
    assert list(conflicts("Mất 50.000 đồng.", [], DAY)) == []
