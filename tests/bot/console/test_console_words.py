"""Everything that the console names has a word in Vietnamese."""

import pytest

from bot.console import words
from bot.console.word_reading import SENTENCES
from bot.conversation.messages import Ending
from knowledge.changeset import EditionKind
from knowledge.faq.desk import State
from knowledge.staff.accounts import Role
from knowledge.staff.audit import Deed
from knowledge.words.clashes import Why
from knowledge.words.desk import WordError, WordState
from knowledge.words.word import WordKind


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (Deed, words.DEEDS),
        (EditionKind, words.KINDS),
        (State, words.STATES),
        (Role, words.ROLES),
        (WordState, words.WORD_STATES),
        (WordKind, words.WORD_KINDS),
    ],
    ids=["deeds", "kinds of editions", "states of entries", "roles", "states of words", "kinds of words"],
)
def test_nothing_is_shown_by_its_name_in_the_code(named: type, said: dict[str, str]) -> None:
    assert {str(each) for each in named} <= set(said)  # type: ignore[attr-defined]  an enumeration
    assert all(said.values())


def test_every_refusal_of_a_word_is_a_sentence() -> None:
    assert set(SENTENCES) == set(Why)
    names = {error.__name__ for error in WordError.__subclasses__()} - {"UnknownWordError"}  # that one is a 404
    assert names <= set(words.REFUSED)


def test_endings_that_a_trial_names_are_endings() -> None:
    assert set(words.ENDINGS) <= set(Ending)
