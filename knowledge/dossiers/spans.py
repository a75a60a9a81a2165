"""From which day to which day an office had a dossier in hand."""

from knowledge.dossier_code import dossier_code
from knowledge.dossiers.dossier import Dossier, Shown, Status
from knowledge.dossiers.moments import day_of
from knowledge.procedure import InvalidValueError

ENDED = {None, Status.WITHDRAWN, Status.STOPPED, Status.DONE, Status.HANDED_OVER}  # None: an end alone tells it


def begun_on(dossier: Dossier) -> str:
    """The day it was received; where no system tells, the one in its code, which is that of filing; else ""."""
    return day_of(dossier.received) if dossier.received else _day_in_code(dossier.code)


def ended_on(shown: Shown) -> str | None:
    """The day on which the work ended, else on which the result was handed over."""
    end = (shown.finished or shown.returned) if shown.status in ENDED else None
    return day_of(end) if end else None


def _day_in_code(code: str) -> str:
    try:
        issued = dossier_code(code).received
    except InvalidValueError:
        return ""
    return issued.isoformat() if issued else ""
