"""Times of the portal: epoch milliseconds, read in Việt Nam's zone, and time limits that may be text."""

import re
from datetime import UTC, date, datetime

from catalogue_import.issues import IssueKind
from catalogue_import.source_record import SourceRecord
from knowledge.clock import vietnam_day
from knowledge.procedure import TimeLimit, Unit

UNITS = {
    "WORKING_DAY": Unit.WORKING_DAY,
    "DAY": Unit.DAY,
    "HOUR": Unit.HOUR,
    "MONTH": Unit.MONTH,
    "YEAR": Unit.YEAR,
    "OTHER": Unit.OTHER,
}
PLACEHOLDER = re.compile(r"[\d\s.,-]*", re.ASCII)  # "0", "1", "01", "-": typed where the form asked for something
EARLIEST, LATEST = 0, 4_102_444_800_000  # epoch milliseconds of 1970 and 2100: beyond, it is no time at all


def day(record: SourceRecord, key: str) -> date | None:
    """The day in Việt Nam: 17:00Z, as most are published, is midnight of the next day there."""
    milliseconds = record.integer(key)
    if milliseconds is None:
        return None
    if not EARLIEST <= milliseconds < LATEST:
        record.report(IssueKind.BAD_TIME, f"{record.path}{key} {milliseconds}")
        return None
    return vietnam_day(datetime.fromtimestamp(milliseconds / 1000, UTC))


def time_limit(record: SourceRecord) -> TimeLimit:
    """Of one row of filing. A number with the unit OTHER is a placeholder; so is a text of digits only."""
    unit = record.choice("processingTimeUnit", UNITS)
    published = record.values.get("processingTime")
    if type(published) is str:
        return _from_text(record.text("processingTime"), unit)
    amount = record.number("processingTime")
    if unit is Unit.OTHER or not amount:
        return TimeLimit()
    if amount < 0:
        raise record.unreadable("processingTime", amount, "a time")
    return TimeLimit(amount=float(amount), unit=unit)


def _from_text(text: str, unit: Unit) -> TimeLimit:
    if not PLACEHOLDER.fullmatch(text):
        return TimeLimit(text=text)
    if unit is Unit.OTHER or not text.isdecimal():
        return TimeLimit()
    return TimeLimit(amount=float(text), unit=unit)
