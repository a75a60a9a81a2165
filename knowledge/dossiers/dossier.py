"""A dossier as one system shows it (Entry) and as all of them together do (Dossier)."""

from enum import IntEnum, StrEnum

from knowledge.dossiers.moments import Moment
from knowledge.procedure import Value


class Status(IntEnum):
    """The national statuses; three independent systems number them so."""

    FILED = 1
    RECEIVED = 2
    REFUSED = 3
    IN_WORK = 4
    TO_ADD = 5  # the office waits for papers of the citizen
    TO_PAY = 6
    WITHDRAWN = 7
    STOPPED = 8
    DONE = 9  # there is a result, not yet collected
    HANDED_OVER = 10


class FilingChannel(IntEnum):
    """KenhThucHien of the national interface."""

    DIRECT = 1
    ONLINE = 2
    POSTAL = 3


class Timeliness(StrEnum):
    """Early, late or neither, by the rules of index 766 (`knowledge.dossiers.timeliness`)."""

    NONE = "none"
    IN_TIME = "in_time"
    OVERDUE = "overdue"
    PAUSED = "paused"
    LATE = "late"
    EARLY = "early"
    ON_TIME = "on_time"
    NEEDS_CHECK = "needs_check"


class Flag(StrEnum):
    """What staff should reconcile."""

    SHOWN_LATE = "shown_late_not_late"
    SHOWN_FINE = "shown_fine_but_late"
    REWRITTEN = "national_status_rewritten"


class Shown(Value, frozen=True, kw_only=True):
    """The fields that a system tells about a dossier; None and "" are what it does not tell.

    `supplements` counts the requests for more papers, `requested` is the time of the last one. `to_add` and
    `to_pay` are the office's words, masked; `status_raw` is its word for a status that the nation's list lacks.
    """

    procedure_code: str = ""
    procedure: str = ""
    agency: str = ""
    channel: int | None = None
    received: Moment | None = None
    due: Moment | None = None
    finished: Moment | None = None
    returned: Moment | None = None
    status: int | None = None
    status_raw: str = ""
    supplements: int | None = None
    requested: Moment | None = None
    updated: Moment | None = None
    to_add: tuple[str, ...] = ()
    to_pay: tuple[str, ...] = ()


class Entry(Shown, frozen=True, kw_only=True):
    """One dossier in one system. `factors` are keyed hashes of the last four digits on the receipt
    (`knowledge.dossiers.factors`); names, phones and identity numbers are not kept at all."""

    code: str
    system: str = ""
    other_codes: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()

    @property
    def is_national(self) -> bool:
        return is_national(self.system)

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.code, *self.other_codes)


class Step(Value, frozen=True, kw_only=True):
    """That a dossier stood in a status at a time, at a unit of the office."""

    code: str
    at: Moment
    status: int
    unit: str = ""
    system: str = ""
    is_exact: bool = True  # False: a system showed the status at that time, and may have done so earlier


class Dossier(Shown, frozen=True, kw_only=True):
    """One dossier, whatever number of systems and codes it has. `entries` come own system first; `conflicts` are
    the names of the fields in which they differ."""

    code: str
    other_codes: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.code, *self.other_codes)


_NATIONAL_NAMES = ("dvcqg", "quốc gia", "quoc gia", "dichvucong.gov.vn")


def is_national(system: str) -> bool:
    return any(name in system.casefold() for name in _NATIONAL_NAMES)
