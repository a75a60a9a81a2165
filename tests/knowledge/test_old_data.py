"""What became old is worked out anew when the catalogue changed; what staff wrote is looked at each time."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from sqlmodel import Session

from knowledge.catalogue import edition_number, go_back, publish
from knowledge.database import Database
from knowledge.faq.desk import draft
from knowledge.faq.entry import FaqText
from knowledge.faq.publishing import approve
from knowledge.old_data import catalogue_number, old_data_of_catalogue, old_data_on, with_staff
from knowledge.staff.accounts import Act
from knowledge.stale import Ours, stale_on
from knowledge.starter import publish_starter
from knowledge.wordings import load_wordings
from knowledge.words.desk import approve_word, propose
from knowledge.words.word import WordKind, WordText
from sample_decisions import DECISION, decided, make_patch
from sample_procedures import CATALOGUE, make_procedure, new
from staff_people import HOA, LAN

TODAY, BIRTH = date(2026, 11, 22), "1.001193"


@pytest.fixture
def session(sqlite_database: Database, now: datetime) -> Iterator[Session]:
    with sqlite_database.session() as session:
        publish_starter(session, now)
        yield session


def write_entry(session: Session, now: datetime) -> None:
    entry = FaqText(wordings=("hỏi khai sinh",), answer="Đáp.", procedures=(BIRTH,))
    approve(session, draft(session, entry, Act(LAN, now)), 1, Act(HOA, now))


def write_word(session: Session, now: datetime) -> None:
    word = WordText(kind=WordKind.WORDING, said="bùa em bé", means=BIRTH)
    approve_word(session, propose(session, word, Act(LAN, now)), Act(HOA, now))


def repeal(session: Session, now: datetime) -> None:
    publish(session, decided(make_patch(BIRTH, "repealed")), DECISION, now=now)


def test_nothing_published_is_no_change(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        assert catalogue_number(session) == 0


@pytest.mark.parametrize("written", [write_entry, write_word], ids=["an entry", "a word"])
def test_what_staff_publish_leaves_the_catalogue_as_it_was(
    session: Session, now: datetime, written: Callable[[Session, datetime], None]
) -> None:
    before = catalogue_number(session)
    written(session, now)
    assert edition_number(session) > before
    assert catalogue_number(session) == before


@pytest.mark.parametrize(
    "change",
    [
        repeal,
        lambda session, now: publish(session, new(make_procedure("1.999999")), CATALOGUE, now=now),
    ],
    ids=["a decision", "a procedure"],
)
def test_a_change_of_the_catalogue_has_its_number(
    session: Session, now: datetime, change: Callable[[Session, datetime], object]
) -> None:
    write_entry(session, now)
    change(session, now)
    assert catalogue_number(session) == edition_number(session)
    go_back(session, 2, now=now)
    assert catalogue_number(session) == edition_number(session)


def test_both_parts_are_what_is_found_in_one(session: Session, now: datetime) -> None:
    write_entry(session, now)
    write_word(session, now)
    repeal(session, now)
    kept = old_data_of_catalogue(session, TODAY)
    whole = old_data_on(session, TODAY)
    assert with_staff(session, kept, TODAY) == whole
    assert list(whole.stale) == stale_on(session, TODAY, load_wordings())
    assert {each.kind for each in whole.stale} == set(Ours)
    assert Ours.FAQ not in {each.kind for each in kept.stale}


def test_what_staff_write_is_seen_beside_what_was_kept(session: Session, now: datetime) -> None:
    write_entry(session, now)
    kept = old_data_of_catalogue(session, TODAY)
    assert with_staff(session, kept, TODAY).stale == ()
    repeal(session, now)
    again = old_data_of_catalogue(session, TODAY)
    assert [each.code for each in with_staff(session, again, TODAY).stale if each.kind is Ours.FAQ] == ["faq-1"]
