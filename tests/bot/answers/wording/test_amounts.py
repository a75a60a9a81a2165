"""Numbers as citizens read them."""

from datetime import date

import pytest

from bot.answers.wording import amounts
from knowledge.procedure import Channel, TimeLimit, Unit


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (0, "VND", "0 đồng"),
        (5_000, "VND", "5.000 đồng"),
        (8_000, "VND", "8.000 đồng"),
        (1_250_000, "VND", "1.250.000 đồng"),
        (17_500_000_000, "VND", "17.500.000.000 đồng"),
        (10, "USD", "10 USD"),
        (1_500, "USD", "1.500 USD"),
    ],
)
def test_money_has_points_and_its_currency(amount: int, currency: str, said: str) -> None:
    assert amounts.money(amount, currency) == said


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (3, Unit.WORKING_DAY, "3 ngày làm việc"),
        (3.0, Unit.WORKING_DAY, "3 ngày làm việc"),
        (3.5, Unit.WORKING_DAY, "3,5 ngày làm việc"),
        (22.5, Unit.WORKING_DAY, "22,5 ngày làm việc"),
        (30, Unit.DAY, "30 ngày"),
        (8, Unit.HOUR, "8 giờ"),
        (6, Unit.MONTH, "6 tháng"),
        (1, Unit.YEAR, "1 năm"),
    ],
)
def test_a_period_has_its_own_unit(amount: float, unit: Unit, said: str) -> None:
    assert amounts.period(TimeLimit(amount=amount, unit=unit)) == said


@pytest.mark.parametrize(
    "limit",
    [TimeLimit(), TimeLimit(text="Theo mô tả"), TimeLimit(amount=0, unit=Unit.DAY)],
    ids=["unit other", "text", "zero"],
)
def test_what_is_no_period_is_not_said_as_one(limit: TimeLimit) -> None:
    assert amounts.period(limit) == ""


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 7, 18), "18/07/2026"),
        (date(2026, 1, 5), "05/01/2026"),
    ],
)
def test_a_day_is_written_as_in_decisions(day: date, said: str) -> None:
    assert amounts.day(day) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 30), "thứ Hai 30/11/2026"),
        (date(2026, 11, 27), "thứ Sáu 27/11/2026"),
        (date(2026, 11, 22), "Chủ nhật 22/11/2026"),
    ],
)
def test_a_day_to_go_somewhere_has_its_weekday(day: date, said: str) -> None:
    assert amounts.weekday(day) == said


@pytest.mark.parametrize(
    ("channels", "said"),
    [
        ((Channel.POSTAL, Channel.ONLINE, Channel.DIRECT), "trực tiếp, trực tuyến, bưu điện"),
        ((Channel.ONLINE, Channel.ONLINE), "trực tuyến"),
        ((Channel.POSTAL, Channel.DIRECT), "trực tiếp, bưu điện"),
        ((), ""),
    ],
)
def test_channels_are_named_once_and_in_one_order(channels: tuple[Channel, ...], said: str) -> None:
    assert amounts.channel_names(channels) == said


def test_only_the_first_letter_becomes_a_capital() -> None:
    assert amounts.capitalised("đơn gửi Ủy ban") == "Đơn gửi Ủy ban"
    assert amounts.capitalised("") == ""
