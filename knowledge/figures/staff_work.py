"""What waited for staff, what they answered and how fast, and what was missed most."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.faq.entry import PREFIX
from knowledge.figures.scope import EXCHANGES, Page, Scope
from knowledge.procedure import Value
from knowledge.tables import Edition, FaqVersion
from knowledge.versions import table_of
from knowledge.waiting import GROUPS, QUESTIONS, Status

EDITIONS, VERSIONS = table_of(Edition), table_of(FaqVersion)
MOST = 20


class StaffWork(Value, frozen=True, kw_only=True):
    """Questions of the period that came to wait, by what stands now. `median` and `longest` are from question to
    answer, None before the first."""

    waiting: int = 0
    answered: int = 0
    dismissed: int = 0
    median: timedelta | None = None
    longest: timedelta | None = None

    @property
    def came(self) -> int:
        return self.waiting + self.answered + self.dismissed


class Standing(StrEnum):
    """What became of a question that waited, by what stands now."""

    WAITING = "waiting"
    ANSWERED = "answered"
    DISMISSED = "dismissed"


class Waited(Value, frozen=True, kw_only=True):
    """One question, masked; `id` is that of the waiting question it belongs to."""

    id: int
    question: str
    asked_at: datetime
    standing: Standing


class Missed(Value, frozen=True, kw_only=True):
    """Questions of one meaning, masked; `id` is that of the waiting question."""

    id: int
    question: str
    times: int
    people: int
    standing: Standing


# When an entry that was begun for a waiting question was first published: from then on who asks is answered.
_KEY = sa.literal(PREFIX).concat(sa.cast(GROUPS.c.faq, sa.String))
_PUBLISHED_AT = (
    sa.select(sa.func.min(EDITIONS.c.published_at))
    .join(VERSIONS, VERSIONS.c.opened_in == EDITIONS.c.number)
    .where(VERSIONS.c.key == _KEY)
    .correlate(GROUPS)
    .scalar_subquery()
)
_JOINED = QUESTIONS.join(GROUPS, GROUPS.c.id == QUESTIONS.c.group).join(
    EXCHANGES, EXCHANGES.c.id == QUESTIONS.c.exchange
)


def is_behind(session: Session) -> bool:
    """Whether something was asked since waiting questions were last collected."""
    seen, asked = sa.select(sa.func.max(QUESTIONS.c.exchange)), sa.select(sa.func.max(EXCHANGES.c.id))
    connection = session.connection()
    return (connection.scalar(asked) or 0) > (connection.scalar(seen) or 0)


def staff_work(session: Session, scope: Scope) -> StaffWork:
    return _work(_came(session, scope), _answers(session))


def staff_work_split(session: Session, scope: Scope) -> tuple[StaffWork, dict[str, StaffWork]]:
    """All of it, and by the commune of who asked, "" for what nobody knows."""
    came, answers = _came(session, scope), _answers(session)
    rows: dict[str, list[sa.Row[Any, Any, Any, Any]]] = {}
    for row in came:
        rows.setdefault(row.commune, []).append(row)
    return _work(came, answers), {commune: _work(own, answers) for commune, own in rows.items()}


def _came(session: Session, scope: Scope) -> Sequence[sa.Row[Any, Any, Any, Any]]:
    columns = (GROUPS.c.id, GROUPS.c.state, EXCHANGES.c.asked_at, EXCHANGES.c.commune)
    return session.connection().execute(sa.select(*columns).select_from(_JOINED).where(*scope.asked)).all()


def _work(rows: Sequence[sa.Row[Any, Any, Any, Any]], answers: Mapping[int, datetime]) -> StaffWork:
    stand = Counter(_standing(row.id, row.state, answers) for row in rows)
    spans = sorted(max(answers[row.id] - row.asked_at, timedelta()) for row in rows if row.id in answers)
    return StaffWork(
        waiting=stand[Standing.WAITING],
        answered=stand[Standing.ANSWERED],
        dismissed=stand[Standing.DISMISSED],
        median=_median(spans),
        longest=spans[-1] if spans else None,
    )


def _standing(group: int, state: str, answers: Mapping[int, datetime]) -> Standing:
    """One that was closed because nobody could be told any more is answered, only not how fast."""
    if group in answers or state == Status.ANSWERED:
        return Standing.ANSWERED
    return Standing.DISMISSED if state == Status.DISMISSED else Standing.WAITING


def waiting_rows(session: Session, scope: Scope, standing: Standing | None, page: Page) -> list[Waited]:
    """The questions that a figure counts, the latest first; of all standings for None."""
    answers = _answers(session)
    columns = (GROUPS.c.id, GROUPS.c.state, EXCHANGES.c.asked_at, QUESTIONS.c.text)
    query = sa.select(*columns).select_from(_JOINED).where(*scope.asked).order_by(EXCHANGES.c.asked_at.desc())
    found = (
        Waited(id=row.id, question=row.text, asked_at=row.asked_at, standing=stands)
        for row in session.connection().execute(query)
        if standing in {None, stands := _standing(row.id, row.state, answers)}
    )
    return list(islice(found, page.skipped, page.skipped + page.size))


def _answers(session: Session) -> dict[int, datetime]:
    """group → when it was answered, of those that were: its askers were told, or the entry for it was published."""
    query = sa.select(GROUPS.c.id, GROUPS.c.answered_at, _PUBLISHED_AT.label("published_at")).where(
        sa.or_(GROUPS.c.faq.is_not(None), GROUPS.c.answered_at.is_not(None))
    )
    rows = session.connection().execute(query)
    times = {row.id: [at for at in (row.answered_at, row.published_at) if at is not None] for row in rows}
    return {group: min(found) for group, found in times.items() if found}


def _median(spans: Iterable[timedelta]) -> timedelta | None:
    seconds = [span.total_seconds() for span in spans]
    return timedelta(seconds=median(seconds)) if seconds else None


def most_missed(session: Session, scope: Scope, most: int = MOST) -> list[Missed]:
    """Waiting, answered since or dismissed: what the citizens of the period did not get at once."""
    times = sa.func.count().label("times")
    people = sa.func.count(sa.distinct(EXCHANGES.c.chat)).label("people")
    query = (
        sa.select(GROUPS.c.id, GROUPS.c.question, GROUPS.c.state, times, people)
        .select_from(_JOINED)
        .where(*scope.asked)
        .group_by(GROUPS.c.id, GROUPS.c.question, GROUPS.c.state)
        .order_by(times.desc(), people.desc(), GROUPS.c.id)
        .limit(most)
    )
    answers = _answers(session)
    return [
        Missed(
            id=row.id,
            question=row.question,
            times=row.times,
            people=row.people,
            standing=_standing(row.id, row.state, answers),
        )
        for row in session.connection().execute(query)
    ]
