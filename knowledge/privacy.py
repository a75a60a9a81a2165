"""What is stored of one person, to show it to him or to forget it. A person is a chat of a channel, nothing else."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.askers import ASKERS, QUESTIONS
from knowledge.channel_ledger import CHATS
from knowledge.channel_marks import MARKS
from knowledge.dossiers.following import FOLLOW
from knowledge.outbox import OUTBOX
from knowledge.petitions import PETITIONS
from knowledge.procedure import Value
from knowledge.questions import forget_exchanges
from knowledge.retention import EXCHANGES, MET, TAKEOVERS
from knowledge.staff.accounts import Act
from knowledge.staff.audit import Deed, Note, write


class Person(Value, frozen=True, kw_only=True):
    """`chat` is the channel's own id, `hashed` what stands for the chat in records, `addresses` where he is told."""

    channel: str
    chat: str
    hashed: str
    addresses: tuple[str, ...]


def stored_of(session: Session, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Every row, by what it is; masked as it is kept."""
    return {
        name: [dict(row) for row in session.connection().execute(sa.select(table).where(mine)).mappings()]
        for name, table, mine in _parts(person)
    }


def forget_person(session: Session, person: Person, act: Act) -> dict[str, int]:
    """How many rows of each kind went. The audit says that somebody was forgotten, and not who."""
    gone = {name: len(rows) for name, rows in stored_of(session, person).items()}
    forget_exchanges(session, person.hashed)
    for _name, table, mine in _parts(person):
        session.connection().execute(sa.delete(table).where(mine))
    told = ", ".join(f"{name} {number}" for name, number in gone.items() if number)
    write(session, Note(at=act.at, who=act.who.login, deed=Deed.PERSON_FORGOTTEN, subject="person", after=told or "0"))
    return gone


def _parts(person: Person) -> Iterator[tuple[str, sa.Table, sa.ColumnElement[bool]]]:
    """What refers to exchanges comes before them: it is found through them."""
    asked = sa.select(EXCHANGES.c.id).where(EXCHANGES.c.chat == person.hashed)
    yield "addresses", ASKERS, ASKERS.c.exchange.in_(asked)
    yield "waiting_questions", QUESTIONS, QUESTIONS.c.exchange.in_(asked)
    yield "exchanges", EXCHANGES, EXCHANGES.c.chat == person.hashed
    yield "petitions", PETITIONS, PETITIONS.c.chat == person.hashed
    yield "introductions", MARKS, MARKS.c.key == MET + person.hashed
    yield "channel_notes", CHATS, CHATS.c.chat == person.hashed
    for name, table in (("follows", FOLLOW), ("messages", OUTBOX), ("takeovers", TAKEOVERS)):
        yield name, table, sa.and_(table.c.channel == person.channel, table.c.chat.in_(person.addresses))
