"""How a procedure is filed: rows of channel, time limit and fees, kept apart by their notes."""

import re

from catalogue_import.formats.portal.times import time_limit
from catalogue_import.source_record import SourceRecord
from knowledge.procedure import Channel, Fee, FeeKind, FilingChannel

CHANNELS = {"DIRECT": Channel.DIRECT, "ONLINE": Channel.ONLINE, "POSTAL": Channel.POSTAL}
FEE_KINDS = {"FEE": FeeKind.FEE, "SERVICE_FEE": FeeKind.SERVICE_FEE, "PRICE_LEVEL": FeeKind.PRICE}
CURRENCIES = {"": "VND", "Việt Nam Đồng": "VND", "USD": "USD"}  # not said in 11,238 of 15,599 fees: đồng
DOLLARS = re.compile(r"(?<![\d.,])([\d.,]+)\s*USD\b", re.ASCII)


def channels(record: SourceRecord) -> tuple[FilingChannel, ...]:
    """In published order; the same channel may come twice, for different cases of the procedure."""
    return tuple(_channel(row) for row in record.objects("executionMethods"))


def _channel(row: SourceRecord) -> FilingChannel:
    return FilingChannel(
        channel=row.choice("submissionMethod", CHANNELS),
        time_limit=time_limit(row),
        fees=tuple(_fee(fee) for fee in row.objects("fees")),
        note=row.text_if_any("description"),
    )


def _fee(row: SourceRecord) -> Fee:
    """No value is "not declared", which is neither zero nor free."""
    amount = row.integer("value")
    if amount is not None and amount < 0:
        raise row.unreadable("value", amount, "an amount")
    note = row.text_if_any("description")
    return Fee(
        kind=row.choice("type", FEE_KINDS),
        amount=amount,
        currency=_currency(row, amount, note),
        note=note,
        attachment=_attachment(row),
    )


def _currency(row: SourceRecord, amount: int | None, note: str) -> str:
    """As declared; where it is not, a note that repeats the very amount in USD decides ("155 USD/thẻ")."""
    declared = row.text_if_any("currencyName")
    currency = CURRENCIES.get(declared)
    if currency is None:
        raise row.unreadable("currencyName", declared, f"one of {', '.join(filter(None, CURRENCIES))}")
    if not declared and amount and str(amount) in DOLLARS.findall(note):
        return "USD"
    return currency


def _attachment(row: SourceRecord) -> str:
    if "attachment" not in row:
        return ""
    return "".join(file.text("fileName") for file in row.nested("attachment"))
