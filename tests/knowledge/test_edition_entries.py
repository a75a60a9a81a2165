"""What editions changed of entries and words: as it was, as it is, and how much that is."""

from datetime import date, datetime

from msgspec.structs import replace
from sqlmodel import Session

from knowledge.catalogue import count_editions, edition_number, go_back, history, publish
from knowledge.database import Database
from knowledge.edition_entries import faq_changes, word_changes
from knowledge.faq.desk import draft, revise
from knowledge.faq.publishing import approve, confirm, retire
from knowledge.staff.accounts import Act
from knowledge.words.desk import approve_word, propose, retire_word
from knowledge.words.word import WordKind, WordText
from sample_procedures import CATALOGUE, make_procedure, new
from staff_people import HOA, LAN, MINH, PARKING

OTHER = replace(PARKING, answer="Không có bãi xe.")
FORM = WordText(kind=WordKind.SHORT_FORM, said="gce", means="giấy chim én")


def told(session: Session, number: int, most: int = 20) -> list[tuple[int | None, int | None]]:
    """The revisions of the entries that an edition changed."""
    changed = faq_changes(session, [number], most).get(number)
    pairs = changed.shown if changed else ()
    return [(before.revision if before else None, after.revision if after else None) for before, after in pairs]


def entry(session: Session, now: datetime) -> int:
    number = draft(session, PARKING, Act(LAN, now))
    approve(session, number, 1, Act(HOA, now))
    return number


def test_an_entry_is_new_then_changed_then_looked_at_then_out_of_use(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        number = entry(session, now)
        revise(session, number, OTHER, 1, Act(LAN, now))
        approve(session, number, 2, Act(HOA, now))
        confirm(session, number, date(2027, 6, 1), Act(MINH, now))
        retire(session, number, "thừa", Act(HOA, now))
        assert [told(session, edition) for edition in (1, 2, 3, 4)] == [[(None, 1)], [(1, 2)], [(2, 3)], [(3, None)]]
        whole = faq_changes(session, [1, 2, 3, 4], 20)
        assert [whole[edition].number for edition in (1, 2, 3, 4)] == [1] * 4
        before, after = whole[2].shown[0]
        assert before is not None
        assert after is not None
        assert (before.text, after.text) == (PARKING, OTHER)


def test_an_edition_of_the_catalogue_changed_no_entry(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        entry(session, now)
        publish(session, new(make_procedure("1.000894")), CATALOGUE, now=now)
        assert faq_changes(session, [2], 20) == {}
        assert word_changes(session, [1, 2], 20) == {}
        assert faq_changes(session, [], 20) == {}


def test_of_many_some_are_shown_and_all_are_counted(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        publish(session, new(make_procedure("1.000894")), CATALOGUE, now=now)
        for _ in range(5):
            entry(session, now)
        back = go_back(session, 1, now=now, reason="sai")
        changed = faq_changes(session, [back.number], 2)[back.number]
        assert changed.number == 5
        assert [before.id for before, after in changed.shown if before and after is None] == [1, 2]


def test_words_are_told_like_entries(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        number = propose(session, FORM, Act(LAN, now))
        approve_word(session, number, Act(HOA, now))
        retire_word(session, number, "thừa", Act(HOA, now))
        changed = word_changes(session, [1, 2], 20)
        (before, after), (was, is_now) = changed[1].shown[0], changed[2].shown[0]
        assert before is None
        assert is_now is None
        assert after == was
        assert after is not None
        assert (after.text, after.author, after.approver) == (FORM, "lan", "hoa")


def test_editions_are_read_page_by_page(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        assert (count_editions(session), list(history(session, 3))) == (0, [])
        for _ in range(5):
            entry(session, now)
        assert [each.number for each in history(session)] == [5, 4, 3, 2, 1]
        pages = [[each.number for each in history(session, 2, skip)] for skip in (0, 2, 4, 6)]
        assert pages == [[5, 4], [3, 2], [1], []]
        assert count_editions(session) == edition_number(session) == 5
