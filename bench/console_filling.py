"""A console with years of work in it: exchanges, FAQ entries, waiting questions. Only for bench/console.py."""

import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
import sqlalchemy as sa
from faq_update import entries
from fresh import settings_for
from growth import SEED, altered

from bot.app import App, build_app
from knowledge.all_tables import METADATA
from knowledge.catalogue import publish
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.clock import now
from knowledge.database import Database
from knowledge.search.alike import meaning_of
from knowledge.staff.accounts import Role, Who, add_account
from knowledge.waiting import collect
from knowledge.wordings import load_wordings

PASSWORD = "only for measuring"
STAFF = (("lan", Role.OFFICER), ("hoa", Role.APPROVER), ("minh", Role.ADMIN))
TOPICS = 1_200  # different meanings among the waiting questions
CHATS = 30_000
YEAR = timedelta(days=365)
CHUNK = 2_000

Row = dict[str, object]


def fill(data: Path, exchanges: int, faqs: int, waiting: int) -> None:
    """Into the database of a data folder; what takes its time is told."""
    app = build_app(settings_for(data))
    with app.database.session(writing=True) as session:
        for login, role in STAFF:
            add_account(session, Who(login=login, name=login, role=role), PASSWORD, now())
    _faqs(app.database, faqs)
    _exchanges(app.database, exchanges, waiting)
    begun = time.perf_counter()
    print(f"grouping {_grouped(app):,} waiting questions: {time.perf_counter() - begun:.1f} s")
    app.close()


def _faqs(database: Database, count: int) -> None:
    new = entries(count)
    revisions = [
        {"faq": entry.id, "number": 1, "author": "lan", "at": now(), "origin": "", "body": _body(entry.text)}
        for entry in new
    ]
    with database.session(writing=True) as session:
        connection = session.connection()
        connection.execute(
            sa.insert(METADATA.tables["faq_file"]),
            [{"id": entry.id, "revision": 1, "is_retired": False} for entry in new],
        )
        connection.execute(sa.insert(METADATA.tables["faq_revision"]), revisions)
        publish(session, ChangeSet(faqs=tuple(new)), Origin(kind=EditionKind.FAQ), now=now())


def _body(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _exchanges(database: Database, count: int, waiting: int) -> None:
    rows = list(_turns(count, waiting, now()))
    for start in range(0, len(rows), CHUNK):
        with database.session(writing=True) as session:
            session.connection().execute(sa.insert(METADATA.tables["exchange"]), rows[start : start + CHUNK])


def _turns(count: int, waiting: int, until: datetime) -> Iterator[Row]:
    """A year of them in order; those that wait are spread among the others."""
    chance = random.Random(SEED)
    said = [(code, text) for code, one in load_wordings().procedures.items() for text in one.wordings]
    words = [word for _code, text in said for word in text.split()]
    topics = [altered(text, words, chance) for _code, text in chance.sample(said, TOPICS)]
    at_which = set(chance.sample(range(count), waiting))
    for number in range(count):
        code, text = chance.choice(said)
        is_waiting = number in at_which
        yield {
            "asked_at": until - YEAR + number * YEAR / count,
            "channel": chance.choice(("web", "telegram")),
            "chat": f"{chance.randrange(CHATS):024x}",
            "commune": chance.choice(("", "10507", "11824")),
            "question": chance.choice(topics) if is_waiting else text,
            "action": "",
            "ending": "unknown" if is_waiting else chance.choice(("procedure", "aspect", "choice")),
            "procedures": code,
            "faq": "",
            "aspect": "general",
            "confidence": 0.9,
            "edition": 1,
            "shown": text * 10,
            "milliseconds": 3.0,
        }


def _grouped(app: App) -> int:
    meaning, found = partial(meaning_of, index=app.library.index), 0
    exchanges, questions = METADATA.tables["exchange"], METADATA.tables["waiting_question"]
    while True:
        with app.database.session(writing=True) as session:
            found += collect(session, meaning, CHUNK)
            seen = session.connection().scalar(sa.select(sa.func.max(questions.c.exchange)))
            if seen == session.connection().scalar(sa.select(sa.func.max(exchanges.c.id))):
                return found
