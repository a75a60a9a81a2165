"""Proposing, approving, widening and retiring words of staff."""

from datetime import datetime

import pytest

from knowledge.catalogue import edition_number, go_back, history
from knowledge.database import Database
from knowledge.procedure import InvalidValueError
from knowledge.staff.accounts import Act, NotAllowedError, Role, Who, add_account
from knowledge.staff.audit import Deed, notes
from knowledge.words.desk import (
    NothingToDoError,
    OwnWordError,
    UnknownWordError,
    WordKnownError,
    WordState,
    approve_word,
    propose,
    raise_word,
    retire_word,
    word_card,
    word_cards,
)
from knowledge.words.published import published_words
from knowledge.words.word import WordKind, WordText
from staff_people import HOA, LAN, MINH, NGA, OTHER_WARD, WARD

SWALLOW = WordText(kind=WordKind.WORDING, said="giấy chim én", means="1.000894")
FORM = WordText(kind=WordKind.SHORT_FORM, said="gce", means="giấy chim én")
OF_WARD = WordText(kind=WordKind.WORDING, said="giấy chim én", means="1.000894", commune=WARD)
BINH = Who(login="binh", name="Bình", role=Role.OFFICER, commune=WARD)


def test_a_word_is_used_once_a_second_person_approved_it(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        number = propose(session, SWALLOW, Act(LAN, now))
        assert word_card(session, number).state is WordState.PROPOSED
        assert published_words(session) == {}
        edition = approve_word(session, number, Act(HOA, now))
        (word,) = published_words(session).values()
        assert (word.text, word.author, word.approver) == (SWALLOW, "lan", "hoa")
        assert word_card(session, number).state is WordState.LIVE
        assert (edition.kind, edition.reason) == ("words", f"Duyệt từ ngữ {number}: giấy chim én")
        assert [note.deed for note in notes(session, f"word-{number}")] == [Deed.APPROVED, Deed.DRAFTED]


def test_nobody_approves_what_he_proposed(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        number = propose(session, SWALLOW, Act(HOA, now))
        with pytest.raises(OwnWordError):
            approve_word(session, number, Act(HOA, now))
        with pytest.raises(NotAllowedError):
            approve_word(session, number, Act(LAN, now))
        add_account(session, HOA, "một câu dài dễ nhớ", now)
        assert approve_word(session, number, Act(HOA, now), allows_own=True)


def test_staff_of_a_commune_add_for_it_alone(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        with pytest.raises(NotAllowedError):
            propose(session, SWALLOW, Act(BINH, now))
        with pytest.raises(NotAllowedError):
            propose(session, WordText(kind=FORM.kind, said="ab", means="a b", commune=OTHER_WARD), Act(BINH, now))
        number = propose(session, OF_WARD, Act(BINH, now))
        assert approve_word(session, number, Act(NGA, now))


def test_a_commune_s_word_becomes_the_city_s_once_the_city_approves(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        number = propose(session, OF_WARD, Act(BINH, now))
        approve_word(session, number, Act(NGA, now))
        raise_word(session, number, Act(BINH, now))
        assert word_card(session, number).state is WordState.RAISED
        assert next(iter(published_words(session).values())).text.commune == WARD  # used on meanwhile
        with pytest.raises(NotAllowedError):
            approve_word(session, number, Act(NGA, now))
        approve_word(session, number, Act(HOA, now))
        assert next(iter(published_words(session).values())).text.commune == ""
        assert word_card(session, number).state is WordState.LIVE
        assert [note.deed for note in notes(session, f"word-{number}")][:2] == [Deed.APPROVED, Deed.RAISED]


def test_who_asked_the_city_does_not_answer_for_it(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        number = propose(session, OF_WARD, Act(BINH, now))
        approve_word(session, number, Act(NGA, now))
        raise_word(session, number, Act(HOA, now))
        with pytest.raises(OwnWordError):
            approve_word(session, number, Act(HOA, now))
        assert approve_word(session, number, Act(MINH, now))


def test_only_what_a_commune_uses_is_raised(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        mine, city = propose(session, OF_WARD, Act(BINH, now)), propose(session, SWALLOW, Act(LAN, now))
        approve_word(session, city, Act(HOA, now))
        for number in (mine, city):
            with pytest.raises(NothingToDoError):
                raise_word(session, number, Act(MINH, now))
        other = Who(login="xa", name="", role=Role.ADMIN, commune=OTHER_WARD)
        with pytest.raises(NotAllowedError):
            raise_word(session, mine, Act(other, now))


def test_a_retired_word_is_in_no_edition_after(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        number = propose(session, FORM, Act(LAN, now))
        approve_word(session, number, Act(HOA, now))
        with pytest.raises(NotAllowedError):
            retire_word(session, number, "x", Act(LAN, now))
        assert retire_word(session, number, "gây hiểu sai", Act(HOA, now))
        assert published_words(session) == {}
        assert word_card(session, number).state is WordState.RETIRED
        assert notes(session, f"word-{number}")[0].after == "gây hiểu sai"
        with pytest.raises(NothingToDoError):
            retire_word(session, number, "x", Act(HOA, now))
        with pytest.raises(NothingToDoError):
            approve_word(session, number, Act(HOA, now))


def test_a_proposal_is_taken_back_by_its_author_without_an_edition(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        number = propose(session, FORM, Act(LAN, now))
        assert retire_word(session, number, "nhầm", Act(LAN, now)) is None
        assert edition_number(session) == 0


def test_the_same_is_proposed_once(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        number = propose(session, FORM, Act(LAN, now))
        with pytest.raises(WordKnownError):
            propose(session, FORM, Act(HOA, now))
        retire_word(session, number, "nhầm", Act(LAN, now))
        assert propose(session, FORM, Act(HOA, now)) == number + 1
        assert [card.id for card in word_cards(session)] == [number + 1, number]


def test_going_back_brings_back_the_words_of_then(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        for text in (SWALLOW, FORM):
            approve_word(session, propose(session, text, Act(LAN, now)), Act(HOA, now))
        go_back(session, 1, now=now, reason="thử")
        assert [word.text for word in published_words(session).values()] == [SWALLOW]
        assert word_card(session, 2).state is WordState.PROPOSED
        assert len(history(session)) == 3


def test_an_unknown_word_is_said_to_be_unknown(sqlite_database: Database) -> None:
    with sqlite_database.session() as session, pytest.raises(UnknownWordError):
        word_card(session, 7)


@pytest.mark.parametrize(
    ("kind", "said", "means"),
    [
        (WordKind.WORDING, "", "1.000894"),
        (WordKind.WORDING, "giấy", "x"),
        (WordKind.WORDING, "x" * 121, "1.000894"),
        (WordKind.SHORT_FORM, "a b", "từ đầy đủ"),
        (WordKind.SHORT_FORM, "a", "từ đầy đủ"),
        (WordKind.SHORT_FORM, "=cmd()", "từ đầy đủ"),
        (WordKind.SHORT_FORM, "ab", " "),
        (WordKind.SHORT_FORM, "ab", "x" * 81),
    ],
)
def test_what_is_no_word_cannot_be_made(kind: WordKind, said: str, means: str) -> None:
    with pytest.raises(InvalidValueError):
        WordText(kind=kind, said=said, means=means)
