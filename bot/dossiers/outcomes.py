"""What somebody wants to do with a dossier, and how that ends: values between the desk, the answers and the chats."""

from datetime import datetime
from enum import StrEnum

from knowledge.dossiers.dossier import Dossier, Timeliness
from knowledge.dossiers.ledger import Known
from knowledge.dossiers.moments import Moment
from knowledge.procedure import Value


class Wish(StrEnum):
    SHOW = "show"
    MORE = "more"  # what to add, what to pay, the name of a sensitive procedure
    FOLLOW = "follow"
    STOP = "stop"


class Request(Value, frozen=True, kw_only=False):
    """`code` is canonical, "" if none was said; `factor` four digits or "". `proven` are codes whose factor this chat
    has given before. `doubt` is what to ask about a part of the message that was nearly a code."""

    code: str = ""
    wish: Wish = Wish.SHOW
    factor: str = ""
    proven: tuple[str, ...] = ()
    doubt: str = ""
    other_codes: tuple[str, ...] = ()


class Closed(Value, frozen=True):
    """This installation knows of no dossier at all."""


class CodeAsked(Value, frozen=True, kw_only=False):
    doubt: str = ""


class Private(Value, frozen=True):
    """Asked in a group: nothing is said there."""


class Elsewhere(Value, frozen=True, kw_only=False):
    """The code is of a system that other offices keep."""

    issuer: str


class Paused(Value, frozen=True, kw_only=False):
    minutes: int


class Missing(Value, frozen=True):
    """No dossier fits what was given; the same for an unknown code and a wrong factor."""


class FactorAsked(Value, frozen=True, kw_only=False):
    code: str
    wish: Wish


class Told(Value, frozen=True, kw_only=True):
    """What this chat may see. `read_at` is the time of the data, `is_old` that the source could not be asked now."""

    dossier: Dossier
    since: Moment | None
    timeliness: Timeliness
    now: Moment
    read_at: datetime
    wish: Wish = Wish.SHOW
    procedure: str = ""  # its name, if this chat may see it
    is_proven: bool = False
    can_prove: bool = False
    is_followed: bool = False
    is_old: bool = False
    follow_page: str = ""  # where a channel that cannot send shows the notices
    other_codes: tuple[str, ...] = ()


Outcome = Closed | CodeAsked | Private | Elsewhere | Paused | Missing | FactorAsked | Told


def since_of(known: Known) -> Moment | None:
    """When the dossier came into the state it is in: the system's own date, else the first step into it."""
    dossier = known.dossier
    own = {2: dossier.received, 5: dossier.requested, 9: dossier.finished, 10: dossier.returned}
    told = own.get(dossier.status or 0)
    return told or _first_of_last_run(known)


def _first_of_last_run(known: Known) -> Moment | None:
    since: Moment | None = None
    for step in known.steps:
        if step.status != known.dossier.status:
            since = None
        elif since is None:
            since = step.at if step.is_exact else ""
    return since or None
