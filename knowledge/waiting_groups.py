"""Reading waiting questions: which there are, which come first, and one of them with all that was asked."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.procedure import Value
from knowledge.versions import chunks
from knowledge.waiting import EXCHANGES, GROUPS, QUESTIONS, Status, Why

WORKING_DAY = timedelta(hours=8)

Worked = Callable[[datetime], timedelta]  # how much was worked since a moment


class Group(Value, frozen=True, kw_only=True):
    """Questions of one meaning. `people` counts chats; `assignee` and `answered_by` are logins."""

    id: int
    question: str
    status: Status
    people: int
    times: int
    first_at: datetime
    last_at: datetime
    faq: int | None = None
    reason: str = ""
    assignee: str = ""
    promised_by: datetime | None = None
    answered_by: str = ""
    answered_at: datetime | None = None


class Asked(Value, frozen=True, kw_only=True):
    """One of a group's questions, and what was answered; `exchange` is its number in the record."""

    exchange: int
    text: str
    why: Why
    asked_at: datetime
    channel: str
    shown: str


class Wanted(Value, frozen=True, kw_only=True):
    """Which groups. `places` are communes of who asked, "" for nobody knows which; none stands for all of them.

    `assignee` is a login, "" for nobody's task, None for anybody's. `is_promised` wants those with a promise,
    `late_at` those whose promise was over at that moment.
    """

    status: Status = Status.WAITING
    places: tuple[str, ...] = ()
    assignee: str | None = None
    is_promised: bool = False
    late_at: datetime | None = None


class UnknownGroupError(Exception):
    pass


# Many


def ranked(session: Session, wanted: Wanted, worked: Worked) -> list[int]:
    """Numbers of all groups that are wanted, by how many people ask and how long they wait: each working day that a
    group waits counts like everybody in it asking once more."""
    query = sa.select(GROUPS.c.id, _PEOPLE, _FIRST_AT).select_from(_ASKED).where(*_wanted(wanted))
    rows = session.connection().execute(query.group_by(GROUPS.c.id)).all()

    def weight(row: sa.Row[tuple[int, int, datetime]]) -> tuple[float, int]:
        return -row.people * (1 + worked(row.first_at) / WORKING_DAY), row.id

    return [row.id for row in sorted(rows, key=weight)]


def groups_of(session: Session, numbers: Sequence[int], places: Collection[str] = ()) -> list[Group]:
    """In the order of their numbers; counted is what was asked in some places alone, if any are given."""
    found = {
        row["id"]: _group(row)
        for chunk in chunks(list(numbers))
        for row in session.connection().execute(_groups(places).where(GROUPS.c.id.in_(chunk))).mappings()
    }
    return [found[number] for number in numbers if number in found]


def groups(session: Session, status: Status = Status.WAITING, commune: str = "", most: int = 100) -> list[Group]:
    """Asked by most people first, then longest waiting; for a commune only what its own citizens, or nobody knows
    whose, asked."""
    query = _groups(own_places(commune)).where(GROUPS.c.state == status)
    query = query.order_by(_PEOPLE.desc(), sa.func.min(EXCHANGES.c.asked_at), GROUPS.c.id).limit(most)
    return [_group(row) for row in session.connection().execute(query).mappings()]


def texts_of(session: Session, status: Status) -> dict[int, list[str]]:
    """Every way in which the questions of each group in a state were asked."""
    query = sa.select(QUESTIONS.c.group, QUESTIONS.c.text).join(GROUPS, GROUPS.c.id == QUESTIONS.c.group)
    found: dict[int, list[str]] = {}
    for row in session.connection().execute(query.where(GROUPS.c.state == status).distinct()):
        found.setdefault(row.group, []).append(row.text)
    return found


def places_asking(session: Session) -> list[str]:
    """Communes whose citizens asked something that waits."""
    known = (GROUPS.c.state == Status.WAITING, EXCHANGES.c.commune != "")
    query = sa.select(EXCHANGES.c.commune).select_from(_ASKED).where(*known).distinct()
    return list(session.connection().scalars(query.order_by(EXCHANGES.c.commune)))


def own_places(commune: str) -> tuple[str, ...]:
    """Where the questions come from that staff of a commune see: its own, and nobody knows where. All for the city."""
    return ("", commune) if commune else ()


# One


def group(session: Session, number: int, commune: str = "") -> Group:
    """Raises UnknownGroupError, also for one that only citizens of other communes asked."""
    found = groups_of(session, [number], own_places(commune))
    if not found:
        raise UnknownGroupError(f"there is no waiting question {number}")
    return found[0]


def asked_in(session: Session, number: int, commune: str = "", most: int = 50) -> Sequence[Asked]:
    """The latest first."""
    about = (EXCHANGES.c.asked_at, EXCHANGES.c.channel, EXCHANGES.c.shown)
    query = (
        sa.select(QUESTIONS.c.exchange, QUESTIONS.c.text, QUESTIONS.c.why, *about)
        .join(EXCHANGES, EXCHANGES.c.id == QUESTIONS.c.exchange)
        .where(QUESTIONS.c.group == number, *_in(own_places(commune)))
        .order_by(QUESTIONS.c.exchange.desc())
        .limit(most)
    )
    return [Asked(**{**row, "why": Why(row["why"])}) for row in session.connection().execute(query).mappings()]


def answered_spans(session: Session, since: datetime, most: int = 100) -> list[tuple[datetime, datetime]]:
    """Of the groups that staff answered lately: when the first asked, and when he was answered."""
    query = (
        sa.select(sa.func.min(EXCHANGES.c.asked_at).label("asked_at"), GROUPS.c.answered_at)
        .select_from(_ASKED)
        .where(GROUPS.c.answered_at >= since)
        .group_by(GROUPS.c.id, GROUPS.c.answered_at)
        .order_by(GROUPS.c.answered_at.desc())
        .limit(most)
    )
    return [(row.asked_at, row.answered_at) for row in session.connection().execute(query)]


_ASKED = GROUPS.join(QUESTIONS, QUESTIONS.c.group == GROUPS.c.id).join(
    EXCHANGES, EXCHANGES.c.id == QUESTIONS.c.exchange
)
_PEOPLE = sa.func.count(sa.distinct(EXCHANGES.c.chat)).label("people")
_FIRST_AT = sa.func.min(EXCHANGES.c.asked_at).label("first_at")
_COUNTED = (_PEOPLE, sa.func.count().label("times"), _FIRST_AT, sa.func.max(EXCHANGES.c.asked_at).label("last_at"))


def _groups(places: Collection[str] = ()) -> sa.Select[tuple[object, ...]]:
    return sa.select(GROUPS, *_COUNTED).select_from(_ASKED).where(*_in(places)).group_by(GROUPS.c.id)


def _in(places: Collection[str]) -> list[sa.ColumnElement[bool]]:
    return [EXCHANGES.c.commune.in_(places)] if places else []


def _wanted(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions = [GROUPS.c.state == wanted.status, *_in(wanted.places)]
    if wanted.assignee is not None:
        conditions.append(GROUPS.c.assignee == wanted.assignee)
    if wanted.is_promised:
        conditions.append(GROUPS.c.promised_by.is_not(None))
    if wanted.late_at is not None:
        conditions.append(GROUPS.c.promised_by < wanted.late_at)
    return conditions


def _group(row: sa.RowMapping) -> Group:
    named = {name: row[name] for name in Group.__struct_fields__ if name != "status"}
    return Group(**named, status=Status(row["state"]))
