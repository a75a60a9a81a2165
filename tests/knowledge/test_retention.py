"""What is past its time goes with what belongs to it; what is not, and the audit, stays."""

from datetime import datetime, timedelta

import msgspec
import pytest
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.all_tables import METADATA
from knowledge.askers import ASKERS
from knowledge.channel_marks import MARKS
from knowledge.database import Database
from knowledge.dossiers.following import Follower, follow
from knowledge.dossiers.ledger import CODE, DOSSIER, STEP
from knowledge.outbox import OUTBOX, Limits, Message, claim, mark_sent, put
from knowledge.petitions import PETITIONS
from knowledge.questions import MaskedExchange, record
from knowledge.retention import AT_ONCE, EXCHANGES, RULES, TAKEOVERS, Keeping, old, prune
from knowledge.staff.accounts import OPERATOR, account_of, add_account
from knowledge.staff.audit import Deed, Note, notes, write
from knowledge.waiting import GROUPS, QUESTIONS
from staff_people import LAN

KEEP = Keeping(exchanges=100, addresses=100, dossiers=100, follows=100, outbox=100)
PAST, KEPT = timedelta(days=101), timedelta(days=99)


def asked(session: Session, at: datetime, chat: str = "h", ending: str = "unknown") -> None:
    turn = MaskedExchange(asked_at=at, channel="web", chat=chat, question="gửi xe ở đâu", ending=ending)
    record(session, turn, address=f"id-{chat}" if ending == "unknown" else "")


def waits(session: Session, exchange: int) -> None:
    values = {"question": "gửi xe ở đâu", "state": "waiting", "reason": ""}
    group = session.connection().execute(sa.insert(GROUPS).values(values).returning(GROUPS.c.id)).scalar_one()
    row = {"exchange": exchange, "group": group, "text": "gửi xe ở đâu", "why": "declined"}
    session.connection().execute(sa.insert(QUESTIONS), row)


def fill(session: Session, at: datetime, name: str) -> None:
    """One of everything that has a time of its own, all of one age."""
    connection = session.connection()
    asked(session, at, chat=name)
    exchange = connection.execute(sa.select(sa.func.max(EXCHANGES.c.id))).scalar_one()
    waits(session, exchange)
    asked(session, at, chat=name, ending="complaint")
    connection.execute(sa.update(PETITIONS).where(PETITIONS.c.chat == name).values(closed_at=at))
    connection.execute(sa.insert(MARKS), {"key": f"met:{name}", "at": at})
    dossier = {"code": name, "begun": "", "agency": "", "flagged": False, "read_at": at, "body": "{}"}
    number = connection.execute(sa.insert(DOSSIER).values(dossier).returning(DOSSIER.c.id)).scalar_one()
    connection.execute(sa.insert(CODE), {"code": name, "dossier": number})
    step = {"dossier": number, "at": "2026", "status": 1, "unit": "", "system": "", "is_exact": True}
    connection.execute(sa.insert(STEP), step)
    follow(session, Follower(dossier=number, channel="web", chat=name), at)
    put(session, [Message(key=name, channel=name, chat=name, body="{}", not_before=at)], at)
    (claimed,) = claim(session, name, at, Limits(per_second=9))
    mark_sent(session, claimed.id, at)
    account = account_of(session, "lan")
    assert account
    taken = {"channel": "web", "chat": name, "account": account.id, "since": at, "until": at, "exchange": 0}
    connection.execute(sa.insert(TAKEOVERS), taken)


@pytest.fixture
def filled(database: Database, now: datetime) -> Database:
    with database.session(writing=True) as session:
        add_account(session, LAN, "một câu dài dễ nhớ", now - PAST)
        write(session, Note(at=now - PAST, who="lan", deed=Deed.DRAFTED, subject="faq-1"))
        fill(session, now - PAST, "past")
        fill(session, now - KEPT, "kept")
    return database


def rows(database: Database) -> dict[str, int]:
    tables = (EXCHANGES, ASKERS, QUESTIONS, GROUPS, PETITIONS, DOSSIER, CODE, STEP, OUTBOX, TAKEOVERS)
    with database.engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in tables
        }


def test_what_is_past_its_time_goes_and_the_rest_stays(filled: Database, now: datetime) -> None:
    before = rows(filled)
    gone = prune(filled, KEEP, now)
    assert set(gone) == {rule.name for rule in RULES}
    assert gone["exchanges"] == 2
    # What an earlier rule took along is not counted again: addresses with exchanges, follows with dossiers.
    assert all(number == 1 for name, number in gone.items() if name not in {"exchanges", "addresses", "follows"})
    assert rows(filled) == {name: number // 2 for name, number in before.items()}
    assert not any(prune(filled, KEEP, now).values())


def test_a_look_counts_and_takes_nothing(filled: Database, now: datetime) -> None:
    before = rows(filled)
    with filled.session() as session:
        found = old(session, KEEP, now)
    assert found["exchanges"] == 2
    assert all(number == 1 for name, number in found.items() if name != "exchanges")
    assert rows(filled) == before


@pytest.mark.parametrize("name", Keeping.__struct_fields__)
def test_each_has_a_time_of_its_own(filled: Database, now: datetime, name: str) -> None:
    with filled.session() as session:
        nothing = old(session, msgspec.structs.replace(KEEP, **dict.fromkeys(Keeping.__struct_fields__, 1000)), now)
        longer = {each: 1000 for each in Keeping.__struct_fields__ if each != name}
        found = old(session, msgspec.structs.replace(KEEP, **longer), now)
    assert not any(nothing.values())
    assert any(found.values())


def test_the_audit_stays_and_tells_in_figures_what_went(filled: Database, now: datetime) -> None:
    prune(filled, KEEP, now)
    with filled.session() as session:
        latest, *others = notes(session)
    assert (latest.who, latest.deed) == (OPERATOR.login, Deed.PRUNED)
    assert "exchanges 2" in latest.after
    assert Deed.DRAFTED in {note.deed for note in others}
    prune(filled, KEEP, now)
    with filled.session() as session:
        assert len(notes(session)) == len(others) + 1  # a night in which nothing went is not worth a note


def test_what_still_waits_to_be_sent_is_not_old(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        put(session, [Message(key="a", channel="web", chat="c", body="{}", not_before=now)], now - PAST)
    assert prune(sqlite_database, KEEP, now)["messages"] == 0


def test_complaints_that_are_open_are_carried_over(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        asked(session, now - PAST, ending="complaint")
    gone = prune(sqlite_database, KEEP, now)
    assert (gone["exchanges"], gone["petitions"]) == (1, 0)


def test_a_group_of_which_questions_are_left_goes_on(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        asked(session, now - PAST, chat="a")
        waits(session, 1)
        asked(session, now, chat="b")
        row = {"exchange": 2, "group": 1, "text": "chỗ gửi xe máy", "why": "declined"}
        session.connection().execute(sa.insert(QUESTIONS), row)
    prune(sqlite_database, KEEP, now)
    with sqlite_database.session() as session:
        assert session.connection().execute(sa.select(GROUPS.c.question)).scalars().all() == ["chỗ gửi xe máy"]


def test_many_rows_go_a_few_at_a_time(sqlite_database: Database, now: datetime) -> None:
    many = 2 * AT_ONCE + 1
    with sqlite_database.session(writing=True) as session:
        for number in range(many):
            asked(session, now - PAST, chat=str(number), ending="faq")
    assert prune(sqlite_database, KEEP, now)["exchanges"] == many


def test_every_table_with_a_person_s_chat_has_a_rule_or_a_job_of_its_own() -> None:
    """A new table that names a chat needs a rule here, or is named with the job that empties it."""
    own_job = {"channel_chat", "shelf", "inbox"}
    of_groups = {"moved_group"}  # ids of groups alone, of use as long as the group is
    ruled = {rule.table.name for rule in RULES}
    named = {name for name, table in METADATA.tables.items() if "chat" in table.c}
    assert named - own_job - of_groups <= ruled
