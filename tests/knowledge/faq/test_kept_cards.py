"""What is kept of the entries is what is read of them, after each thing that staff can do."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from knowledge.catalogue import go_back
from knowledge.database import Database, open_database, sqlite_url
from knowledge.faq import desk, kept, publishing
from knowledge.faq.kept import cards_mark, kept_cards
from knowledge.staff.accounts import Act
from staff_people import HOA, LAN, PARKING, publish_faq

NOON = msgspec.structs.replace(PARKING, wordings=("trưa có mở cửa không",))


@pytest.fixture
def known(database: Database, now: datetime) -> Database:
    """One entry in use, one that waits for approval, one in use that was retired."""
    publish_faq(database, PARKING, now)
    with database.session(writing=True) as session:
        desk.draft(session, NOON, Act(LAN, now))
    third = publish_faq(database, PARKING, now)
    with database.session(writing=True) as session:
        publishing.retire(session, third, "trùng", Act(HOA, now))
    return database


def as_read(database: Database) -> list[desk.Card]:
    with database.session() as session:
        return desk.cards(session)


def test_entries_are_read_once_while_none_changes(known: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept_cards(known)
    assert list(first) == as_read(known)
    monkeypatch.setattr(kept, "cards", None)
    assert kept_cards(known) is first


@pytest.mark.parametrize(
    "change",
    [
        lambda session, act: desk.draft(session, NOON, act),
        lambda session, act: desk.revise(session, 1, NOON, 1, act),
        lambda session, act: publishing.approve(session, 2, 1, Act(HOA, act.at)),
        lambda session, act: publishing.retire(session, 1, "cũ", Act(HOA, act.at)),
        lambda session, act: publishing.retire(session, 2, "cũ", act),
        lambda session, act: desk.revise(session, 3, PARKING, 1, act),
        lambda session, act: go_back(session, 2, now=act.at),
    ],
    ids=[
        "written",
        "written anew",
        "approved",
        "retired while in use",
        "retired as a draft",
        "taken back into work",
        "an earlier edition",
    ],
)
def test_whatever_is_done_is_seen_at_once(known: Database, now: datetime, change: Callable[..., object]) -> None:
    before = kept_cards(known)
    with known.session(writing=True) as session:
        change(session, Act(LAN, now))
    assert list(kept_cards(known)) == as_read(known)
    assert kept_cards(known) != before


def test_one_retired_for_another_taken_back_is_another_mark(known: Database, now: datetime) -> None:
    with known.session() as session:
        before = cards_mark(session)
        session.connection().execute(desk.FILES.update().values(is_retired=~desk.FILES.c.is_retired))
        after = cards_mark(session)
        session.rollback()
    assert before.retired == (1, 3)
    assert after.retired == (2, 3)
    assert before != after


def test_an_empty_desk_has_no_entries(sqlite_database: Database) -> None:
    assert kept_cards(sqlite_database) == ()


def test_another_database_has_its_own(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    other = open_database(sqlite_url(tmp_path / "other" / "motcua.sqlite3"))
    publish_faq(sqlite_database, PARKING, now)
    assert (len(kept_cards(sqlite_database)), len(kept_cards(other))) == (1, 0)
    other.close()
