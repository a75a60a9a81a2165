"""What is kept how long, and forgetting the rest: a few rows at a time, so that nobody waits for it.

The audit stays. What lives for hours (conversations, sessions, attempts, updates in hand) is dropped by its own module.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.askers import ASKERS
from knowledge.channel_marks import MARKS
from knowledge.database import Database
from knowledge.dossiers.following import FOLLOW
from knowledge.dossiers.ledger import DOSSIER, forget_dossiers
from knowledge.outbox import OPEN, OUTBOX
from knowledge.petitions import PETITIONS
from knowledge.procedure import Value
from knowledge.questions import forget_turns
from knowledge.staff.accounts import OPERATOR
from knowledge.staff.audit import Deed, Note, write
from knowledge.tables import Exchange
from knowledge.versions import table_of
from knowledge.waiting_tables import Takeover

AT_ONCE = 500  # rows a transaction: some 50 ms, in which a bot that records waits
MET = "met:"  # marks of chats that were told what we are
EXCHANGES, TAKEOVERS = table_of(Exchange), table_of(Takeover)

Forget = Callable[[Session, Sequence[Any]], None]


class Keeping(Value, frozen=True, kw_only=True):
    """Days for which each is kept."""

    exchanges: int
    addresses: int
    dossiers: int
    follows: int
    outbox: int


class Rule(NamedTuple):
    """Rows of `table` go when `at` is `days` old and `when` is so; `forget` takes what belongs to them along."""

    name: str
    table: sa.Table
    at: sa.ColumnElement[datetime]
    days: Callable[[Keeping], int]
    when: sa.ColumnElement[bool] = sa.true()
    forget: Forget | None = None


RULES = (
    Rule("exchanges", EXCHANGES, EXCHANGES.c.asked_at, lambda keep: keep.exchanges, forget=forget_turns),
    Rule("petitions", PETITIONS, PETITIONS.c.closed_at, lambda keep: keep.exchanges),  # open ones are carried over
    Rule("introductions", MARKS, MARKS.c.at, lambda keep: keep.exchanges, MARKS.c.key.startswith(MET)),
    Rule("addresses", ASKERS, ASKERS.c.kept_at, lambda keep: keep.addresses),
    Rule("takeovers", TAKEOVERS, TAKEOVERS.c.until, lambda keep: keep.addresses),
    Rule("dossiers", DOSSIER, DOSSIER.c.read_at, lambda keep: keep.dossiers, forget=forget_dossiers),
    Rule("follows", FOLLOW, FOLLOW.c.since, lambda keep: keep.follows),
    Rule("messages", OUTBOX, OUTBOX.c.created_at, lambda keep: keep.outbox, OUTBOX.c.state.not_in(OPEN)),
)


def old(session: Session, keep: Keeping, now: datetime) -> dict[str, int]:
    """How many rows of each rule are past their time."""
    return {rule.name: _count(session, rule, _before(rule, keep, now)) for rule in RULES}


def prune(database: Database, keep: Keeping, now: datetime) -> dict[str, int]:
    """Forget what is past its time; how much that was, by rule. Noted in the audit if it was anything."""
    gone = {rule.name: _forget_all(database, rule, _before(rule, keep, now)) for rule in RULES}
    if any(gone.values()):
        told = ", ".join(f"{name} {number}" for name, number in gone.items() if number)
        with database.session(writing=True) as session:
            write(session, Note(at=now, who=OPERATOR.login, deed=Deed.PRUNED, subject="retention", after=told))
    return gone


def _before(rule: Rule, keep: Keeping, now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(rule.at < now - timedelta(days=rule.days(keep)), rule.when)


def _count(session: Session, rule: Rule, past: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(rule.table).where(past)
    return session.connection().execute(query).scalar_one()


def _forget_all(database: Database, rule: Rule, past: sa.ColumnElement[bool]) -> int:
    (key,) = rule.table.primary_key.columns
    gone = 0
    while True:
        with database.session(writing=True) as session:
            numbers = list(session.connection().scalars(sa.select(key).where(past).limit(AT_ONCE)))
            if rule.forget and numbers:
                rule.forget(session, numbers)
            else:
                session.connection().execute(sa.delete(rule.table).where(key.in_(numbers)))
        gone += len(numbers)
        if len(numbers) < AT_ONCE:
            return gone
