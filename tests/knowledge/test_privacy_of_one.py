"""One person's data are found, shown and forgotten; nobody else's are touched, and nobody is named in the audit."""

from datetime import datetime

import sqlalchemy as sa

from knowledge.channel_ledger import acted
from knowledge.channel_marks import is_first
from knowledge.database import Database
from knowledge.dossiers.following import Follower, follow
from knowledge.dossiers.ledger import DOSSIER
from knowledge.outbox import Message, put
from knowledge.privacy import Person, forget_person, stored_of
from knowledge.questions import MaskedExchange, record
from knowledge.staff.accounts import OPERATOR, Act
from knowledge.staff.audit import Deed, notes
from knowledge.waiting import GROUPS, QUESTIONS


def person(name: str) -> Person:
    return Person(channel="telegram", chat=f"id-{name}", hashed=f"hash-{name}", addresses=(f"id-{name}",))


def fill(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        connection = session.connection()
        body = {"code": "c", "begun": "", "agency": "", "flagged": False, "read_at": now, "body": "{}"}
        connection.execute(sa.insert(DOSSIER), body)
        connection.execute(sa.insert(GROUPS), {"question": "gửi xe", "state": "waiting", "reason": ""})
        for number, name in enumerate("ab", start=1):
            turn = MaskedExchange(
                asked_at=now, channel="telegram", chat=f"hash-{name}", question="gửi xe", ending="complaint"
            )
            record(session, turn, address=f"id-{name}")
            row = {"exchange": number, "group": 1, "text": "gửi xe", "why": "declined"}
            connection.execute(sa.insert(QUESTIONS), row)
            follow(session, Follower(dossier=1, channel="telegram", chat=f"id-{name}"), now)
            put(
                session,
                [Message(key=name, channel="telegram", chat=f"id-{name}", body="{}", not_before=now)],
                now,
            )
            acted(session, f"hash-{name}", now)
    for name in "ab":
        assert is_first(database, f"met:hash-{name}", now)


def test_everything_of_one_person_is_shown(database: Database, now: datetime) -> None:
    fill(database, now)
    with database.session() as session:
        stored = stored_of(session, person("a"))
        assert not any(stored_of(session, person("c")).values())
    assert {name: len(rows) for name, rows in stored.items() if name != "takeovers"} == {
        "addresses": 1,
        "waiting_questions": 1,
        "exchanges": 1,
        "petitions": 1,
        "introductions": 1,
        "channel_notes": 1,
        "follows": 1,
        "messages": 1,
    }
    assert stored["exchanges"][0]["question"] == "gửi xe"


def test_forgetting_one_leaves_the_others_and_names_nobody(database: Database, now: datetime) -> None:
    fill(database, now)
    with database.session(writing=True) as session:
        others = stored_of(session, person("b"))
        gone = forget_person(session, person("a"), Act(OPERATOR, now))
        assert gone["exchanges"] == gone["follows"] == gone["messages"] == 1
        assert not any(stored_of(session, person("a")).values())
        assert stored_of(session, person("b")) == others
        (note,) = notes(session)
    assert note.deed is Deed.PERSON_FORGOTTEN
    assert "exchanges 1" in note.after
    assert not any("-a" in text for text in (note.subject, note.before, note.after))


def test_forgetting_somebody_who_is_not_there_says_so(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        assert not any(forget_person(session, person("z"), Act(OPERATOR, now)).values())
        assert notes(session)[0].after == "0"
