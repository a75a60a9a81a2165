"""Who asked about how many codes: what stops walking through a sequence of codes, and guessing a second factor.

Codes are counted once however often they are asked about; a wrong factor counts double. All is kept as keyed
hashes, for a day.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.dossier_tables import DossierAttempt
from knowledge.procedure import Value
from knowledge.versions import table_of

ATTEMPT = table_of(DossierAttempt)
DAY = timedelta(hours=24)
# How much in how long: the pause grows from a quarter of an hour to a day with the codes tried.
WINDOWS = ((timedelta(minutes=15), 5), (timedelta(hours=3), 10), (DAY, 20))
WRONG_WEIGHT = 2
MOST_WRONG = 3  # wrong factors by one asker lock a code for him
MOST_WRONG_OF_ALL = 10  # by all askers together: of 10,000 factors at most one in a thousand is tried in a day
MOST_OF_SEQUENCE = 30  # codes of one agency and day asked about in a day; more than an office hands out is a walk
LATEST = 10 * MOST_OF_SEQUENCE  # attempts


class Attempt(Value, frozen=True):
    """One asking, all in hashes. `askers` are the chat, the user and the address, whichever are known."""

    askers: tuple[str, ...]
    code: str
    sequence: str


class _Row(NamedTuple):
    at: datetime
    code: str
    is_wrong: bool


def wait_for(session: Session, attempt: Attempt, now: datetime, *, proves: bool) -> timedelta:
    """Note an attempt; how long it has to wait, zero if it may go on. `proves`: it brings a second factor.

    Written before anything is read: on SQLite attempts then follow one another and none is overlooked.
    """
    numbers = _note(session, attempt, now, is_wrong=False)
    session.connection().execute(sa.delete(ATTEMPT).where(ATTEMPT.c.at < now - DAY))
    wait = max(_wait(session, asker, attempt.code, now, proves=proves) for asker in attempt.askers)
    if wait:
        session.connection().execute(sa.delete(ATTEMPT).where(ATTEMPT.c.id.in_(numbers)))
    return wait


def note_wrong(session: Session, attempt: Attempt, now: datetime) -> None:
    _note(session, attempt, now, is_wrong=True)


def _note(session: Session, attempt: Attempt, now: datetime, *, is_wrong: bool) -> list[int]:
    row = {"at": now, "code": attempt.code, "sequence": attempt.sequence, "is_wrong": is_wrong}
    rows = [row | {"asker": asker} for asker in attempt.askers]
    return list(session.connection().scalars(sa.insert(ATTEMPT).returning(ATTEMPT.c.id), rows))


def _wait(session: Session, asker: str, code: str, now: datetime, *, proves: bool) -> timedelta:
    query = sa.select(ATTEMPT.c.at, ATTEMPT.c.code, ATTEMPT.c.is_wrong).where(ATTEMPT.c.asker == asker)
    found = session.connection().execute(query.where(ATTEMPT.c.at > now - DAY).order_by(ATTEMPT.c.at))
    rows = [_Row(*row) for row in found]
    is_known = sum(row.code == code for row in rows) > 1  # looked at before: this costs nothing more
    if is_known and not proves:
        return timedelta()
    waits = [_wait_in([row for row in rows if row.at > now - window], now, window, most) for window, most in WINDOWS]
    return max(waits)


def _wait_in(rows: list[_Row], now: datetime, window: timedelta, most: int) -> timedelta:
    score = len({row.code for row in rows}) + WRONG_WEIGHT * sum(row.is_wrong for row in rows)
    return rows[0].at + window - now if rows and score > most else timedelta()


def is_locked(session: Session, attempt: Attempt, now: datetime) -> bool:
    """Whether a code takes no factor any more today, from this asker or from anybody."""
    wrong = sa.select(ATTEMPT.c.id).where(ATTEMPT.c.code == attempt.code, ATTEMPT.c.is_wrong, ATTEMPT.c.at > now - DAY)
    own = [wrong.where(ATTEMPT.c.asker == asker).limit(MOST_WRONG) for asker in attempt.askers]
    run = session.connection().scalars
    by_one = max(len(run(query).all()) for query in own)
    return by_one >= MOST_WRONG or len(run(wrong.limit(MOST_WRONG_OF_ALL)).all()) >= MOST_WRONG_OF_ALL


def is_walked(session: Session, attempt: Attempt, now: datetime) -> bool:
    """Whether so many codes of one agency and day are asked about that somebody walks through them. Only the latest
    attempts are looked at, so that a flood of them makes nobody wait."""
    here = (ATTEMPT.c.sequence == attempt.sequence, ATTEMPT.c.at > now - DAY)
    latest = sa.select(ATTEMPT.c.code).where(*here).order_by(ATTEMPT.c.id.desc()).limit(LATEST).subquery()
    codes = session.connection().scalar(sa.select(sa.func.count(sa.distinct(latest.c.code))))
    return (codes or 0) > MOST_OF_SEQUENCE
