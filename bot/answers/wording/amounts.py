"""Numbers as citizens read them: money, periods, days. A number never stands apart from its unit."""

from datetime import date

from knowledge.procedure import Channel, TimeLimit, Unit

UNITS = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.DAY: "ngày",
    Unit.HOUR: "giờ",
    Unit.MONTH: "tháng",
    Unit.YEAR: "năm",
}
CURRENCIES = {"VND": "đồng"}
CHANNELS = {Channel.DIRECT: "trực tiếp", Channel.ONLINE: "trực tuyến", Channel.POSTAL: "bưu điện"}
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def money(amount: int, currency: str = "VND") -> str:
    """`8000` → "8.000 đồng", `10` in USD → "10 USD"."""
    return f"{grouped(amount)} {CURRENCIES.get(currency, currency)}"


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def number(value: float) -> str:
    """Without zeros that say nothing, with the Vietnamese decimal comma."""
    return f"{value:g}".replace(".", ",")


def period(limit: TimeLimit) -> str:
    """`3.5` working days → "3,5 ngày làm việc"; "" where the record gives no number (unit OTHER)."""
    return f"{number(limit.amount)} {UNITS[limit.unit]}" if limit.amount else ""


def day(value: date) -> str:
    return value.strftime("%d/%m/%Y")


def weekday(value: date) -> str:
    """With its weekday, for days on which somebody has to go: "thứ Hai 30/11/2026"."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}"


def channel_names(channels: tuple[Channel, ...]) -> str:
    """In one order whatever the record's, each once: "trực tiếp, trực tuyến, bưu điện"."""
    return ", ".join(name for channel, name in CHANNELS.items() if channel in channels)


def capitalised(text: str) -> str:
    """The first letter in capitals, the rest as it is (`str.capitalize` would lower names)."""
    return text[:1].upper() + text[1:]
