"""The words of a query, and how much of it an entry has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import App
from bot.console.faq_list import matching
from bot.console.searching import Sought, words_in
from knowledge.faq.desk import cards
from knowledge.faq.entry import FaqText
from knowledge.language.normalise import normalise
from staff_people import PARKING, publish_faq

CARD = FaqText(wordings=("Bản quét căn cước công dân nộp dạng gì",), answer="Ảnh hoặc PDF.", procedures=("1.001193",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", set()),
        ("Gửi xe Ở ĐÂU?", {"gui", "xe", "o", "dau"}),
        ("1.001193", {"1", "001193"}),
        ("  -- '; ", set()),
        ("đường Đà Nẵng", {"duong", "da", "nang"}),
    ],
)
def test_words_are_read_without_marks(text: str, words: set[str]) -> None:
    assert words_in(text) == words


@pytest.mark.parametrize(
    ("raw", "weights", "words", "share"),
    [
        ({"gui", "xe"}, {"gui": 1.0, "xe": 3.0}, {"gui", "xe", "dau"}, 1.0),
        ({"gui", "xe"}, {"gui": 1.0, "xe": 3.0}, {"xe"}, 0.75),
        ({"gui", "xe"}, {"gui": 1.0, "xe": 3.0}, {"cong"}, 0.0),
        ({"gui"}, {}, {"xe"}, 0.0),
        ({"cccd"}, {"can": 2.0, "cuoc": 2.0}, {"can", "cuoc"}, 1.0),
    ],
    ids=["all of it", "the rarer word", "nothing", "no word that weighs", "a short form"],
)
def test_an_entry_has_a_share_of_a_query(
    raw: set[str], weights: dict[str, float], words: set[str], share: float
) -> None:
    assert Sought(normalise(""), frozenset(raw), weights).share(frozenset(words)) == pytest.approx(share)


@given(st.frozensets(st.text(max_size=3)), st.dictionaries(st.text(max_size=3), st.floats(0.1, 9)), st.text())
def test_a_share_lies_between_nothing_and_all(raw: frozenset[str], weights: dict[str, float], text: str) -> None:
    assert 0.0 <= Sought(normalise(""), raw, weights).share(words_in(text)) <= 1.0 + 1e-9


def test_a_query_narrows_and_orders(app: App) -> None:
    for text in (PARKING, CARD):
        publish_faq(app.database, text, app.clock())
    app.library.refresh(app.clock())
    index = app.library.current().index
    with app.database.session() as session:
        every = cards(session)
    found = {
        query: [card.id for card in matching(every, query, index)] for query in ("", "2", "faq-1", "1.001193", "3")
    }
    assert found == {"": [2, 1], "2": [2], "faq-1": [1], "1.001193": [2], "3": []}
