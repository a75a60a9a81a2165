"""Where a dossier stands in a period: carried over or received, resolved or pending, early, on time or late.

The columns are those of Biểu 06/VPCP/KSTT (TT 01/2020/TT-VPCP), filled from the verdicts of index 766
(`knowledge.dossiers.timeliness`). What has no verdict until staff look at it stands in no column.
"""

from enum import StrEnum

import msgspec

from knowledge.dossiers.dossier import FilingChannel, Shown, Status, Timeliness
from knowledge.dossiers.moments import Moment, is_after
from knowledge.dossiers.spans import ended_on
from knowledge.dossiers.timeliness import PROMISED_NOTHING, timeliness
from knowledge.periods import Period
from knowledge.procedure import Value

LAST_MINUTE = "T23:59"


class Origin(StrEnum):
    CARRIED = "carried"  # from the period before
    ONLINE = "online"
    DIRECT = "direct"  # at the counter or by post, and where the register tells no channel


class Outcome(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"  # pending, in time
    OVERDUE = "overdue"  # pending, late


class Apart(StrEnum):
    """Why a dossier stands in no column."""

    UNCLEAR = "unclear"  # needs_check: staff have to reconcile it
    NO_DUE = "no_due"  # no date was promised
    NOT_TAKEN = "not_taken"  # filed and not yet received, or refused


RESOLVED = (Outcome.EARLY, Outcome.ON_TIME, Outcome.LATE)
PENDING = (Outcome.OPEN, Outcome.OVERDUE)
_OUTCOMES = {
    Timeliness.EARLY: Outcome.EARLY,
    Timeliness.ON_TIME: Outcome.ON_TIME,
    Timeliness.IN_TIME: Outcome.OPEN,
    Timeliness.PAUSED: Outcome.OPEN,
    Timeliness.OVERDUE: Outcome.OVERDUE,
}


class Counts(Shown, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A dossier as far as it is counted, read from all that is kept of it."""

    code: str = ""
    begun: str = ""  # day, see knowledge.dossiers.spans


class Place(Value, frozen=True):
    origin: Origin
    outcome: Outcome


def apart(counts: Counts, now: Moment) -> Apart | None:
    """Why it stands in no column. It depends on no period, so that what one period leaves the next carries over."""
    if counts.status in PROMISED_NOTHING:
        return Apart.NOT_TAKEN
    if counts.due is None:
        return Apart.NO_DUE
    return Apart.UNCLEAR if timeliness(counts, now) is Timeliness.NEEDS_CHECK else None


def place_in(counts: Counts, period: Period, now: Moment) -> Place | None:
    """None where the period does not touch it. `counts` is one that nothing sets apart."""
    first, last = period.first.isoformat(), period.last.isoformat()
    end = ended_on(counts)
    if not counts.begun or counts.begun > last or (end is not None and end < first):
        return None
    return Place(_origin(counts, first), _outcome(counts, end, min(last + LAST_MINUTE, now), last))


def is_carried_on(counts: Counts, period: Period) -> bool:
    """Whether the period leaves it pending to the next."""
    last, end = period.last.isoformat(), ended_on(counts)
    return bool(counts.begun) and counts.begun <= last and (end is None or end > last)


def _origin(counts: Counts, first: str) -> Origin:
    if counts.begun < first:
        return Origin.CARRIED
    return Origin.ONLINE if counts.channel == FilingChannel.ONLINE else Origin.DIRECT


def _outcome(counts: Counts, end: str | None, at: Moment, last: str) -> Outcome:
    is_resolved = end is not None and end <= last
    if is_resolved:
        return _OUTCOMES.get(timeliness(counts, at), Outcome.LATE)
    verdict = timeliness(_as_it_was(counts, end, at), at)
    return Outcome.OPEN if _OUTCOMES.get(verdict) is Outcome.OPEN else Outcome.OVERDUE


def _as_it_was(counts: Counts, end: str | None, at: Moment) -> Counts:
    """What ended, or was asked for, after the period was in work at its end."""
    is_later = end is not None or (counts.requested is not None and is_after(counts.requested, at))
    if not is_later:
        return counts
    return msgspec.structs.replace(counts, status=Status.IN_WORK, finished=None, returned=None)
