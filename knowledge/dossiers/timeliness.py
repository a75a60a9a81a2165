"""Early, on time, late: index 2.1 of QĐ 766/QĐ-TTg as far as entries tell, and what staff should reconcile."""

from knowledge.dossiers.dossier import Dossier, Entry, Flag, Shown, Status, Timeliness
from knowledge.dossiers.moments import Moment, day_of, is_after

MOST_REQUESTS = 1  # waiting after a second request for supplements counts as late
PROMISED_NOTHING = {Status.FILED, Status.REFUSED}
IN_HAND = {Status.RECEIVED, Status.IN_WORK}
WAITING = {Status.TO_ADD, Status.TO_PAY}
ENDED = {Status.WITHDRAWN, Status.STOPPED, Status.DONE, Status.HANDED_OVER}
LATE = {Timeliness.LATE, Timeliness.OVERDUE}
NOT_LATE = {Timeliness.EARLY, Timeliness.ON_TIME, Timeliness.IN_TIME, Timeliness.PAUSED}
FINE = NOT_LATE - {Timeliness.PAUSED}
REWRITTEN_FROM = {Status.TO_ADD, Status.TO_PAY, Status.STOPPED}  # pushed to the national portal as 9 by one system


def timeliness(shown: Shown, now: Moment, due: Moment | None = None) -> Timeliness:
    """What the fields say at `now`; `due` stands in where they tell no due date of their own."""
    due = shown.due or due
    if due is None or shown.status in PROMISED_NOTHING:
        return Timeliness.NONE
    if shown.status in IN_HAND:
        return Timeliness.OVERDUE if is_after(now, due) else Timeliness.IN_TIME
    if shown.status in WAITING:
        return _waiting(shown, due)
    is_maybe_paused = shown.status == Status.STOPPED and shown.supplements  # the pause may never have ended
    if (shown.finished or shown.returned) and not is_maybe_paused:
        return _ended(shown, due)
    is_unclear = shown.status in ENDED or is_after(now, due)
    return Timeliness.NEEDS_CHECK if is_unclear else Timeliness.IN_TIME


def _waiting(shown: Shown, due: Moment) -> Timeliness:
    if shown.status == Status.TO_PAY:
        return Timeliness.PAUSED
    is_second = (shown.supplements or 0) > MOST_REQUESTS
    is_asked_late = shown.requested is not None and is_after(shown.requested, due)
    return Timeliness.LATE if is_second or is_asked_late else Timeliness.PAUSED


def _ended(shown: Shown, due: Moment) -> Timeliness:
    end = shown.finished or shown.returned or due
    if is_after(end, due):
        return Timeliness.LATE if shown.finished else Timeliness.NEEDS_CHECK  # done in time, collected later?
    return Timeliness.EARLY if day_of(end) < day_of(due) else Timeliness.ON_TIME


def flags(dossier: Dossier, now: Moment) -> tuple[Flag, ...]:
    joined = timeliness(dossier, now)
    alone = {timeliness(entry, now, dossier.due) for entry in dossier.entries}
    found = {
        Flag.SHOWN_LATE: joined in NOT_LATE and bool(alone & LATE),
        Flag.SHOWN_FINE: joined in LATE and bool(alone & FINE),
        Flag.REWRITTEN: _is_rewritten(dossier.entries),
    }
    return tuple(flag for flag, is_raised in found.items() if is_raised)


def _is_rewritten(entries: tuple[Entry, ...]) -> bool:
    own = {entry.status for entry in entries if not entry.is_national}
    national = {entry.status for entry in entries if entry.is_national}
    return bool(own & REWRITTEN_FROM) and Status.DONE in national
