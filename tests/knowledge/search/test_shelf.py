"""Texts read once: whatever was read before, the same texts come out the same."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.circumstances import mask_of
from knowledge.search import shelf as module
from knowledge.search.meaning import Lexicon, load_lexicon
from knowledge.search.shelf import Shelf, Texts

SAID = ("Làm giấy khai sinh cho con", "nhập khẩu về nhà chồng", "làm giấy tờ cho chồng Hàn", "???", "cắt khẩu")
SMALL = Lexicon({"khai": 0, "chong": 1}, np.array([[127, 5], [0, 99]], dtype=np.int8), np.array([0.1, 0.2]))
TEXTS = st.lists(st.sampled_from(SAID), max_size=7)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(load_lexicon())


def terms_in(read: Texts, at: int) -> list[str]:
    return [read.names[number] for number in read.terms.at(np.array([at])).terms]


def test_a_text_is_kept_folded_with_each_of_its_terms_once_and_the_circumstances_it_names(shelf: Shelf) -> None:
    read = shelf.take(["lấy chồng Hàn"])
    assert read.lines == ["lay chong han"]
    assert len(set(terms_in(read, 0))) == len(terms_in(read, 0))
    assert {"lay", "chong han", "^chồng", "nguoi", "nuoc ngoai"} <= set(terms_in(read, 0))
    assert read.named.tolist() == [mask_of({"foreign"})]


def test_a_text_without_words_has_the_term_that_no_message_has(shelf: Shelf) -> None:
    read = shelf.take(["???"])
    assert (read.lines, terms_in(read, 0), read.vectors.any()) == ([""], [""], False)


@given(TEXTS, TEXTS)
def test_what_was_read_before_changes_nothing(before: list[str], texts: list[str]) -> None:
    used, new = Shelf(SMALL), Shelf(SMALL)
    used.take(before)
    one, other = used.take(texts), new.take(texts)
    assert one.lines == other.lines
    assert [terms_in(one, at) for at in range(len(texts))] == [terms_in(other, at) for at in range(len(texts))]
    assert one.named.tolist() == other.named.tolist()
    assert np.array_equal(one.vectors, other.vectors)


def test_a_text_is_read_once(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.take(SAID)
    monkeypatch.setattr(module, "normalise", None)
    assert shelf.take([*SAID, *SAID]).lines[len(SAID)] == "lam giay khai sinh cho con"


def test_texts_that_nobody_asks_for_any_more_are_forgotten(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    shelf.take(SAID)
    read = shelf.take(SAID[:1])
    assert read.lines == ["lam giay khai sinh cho con"]
    assert "nhap" not in read.names


def test_several_threads_may_take_at_once(shelf: Shelf) -> None:
    texts = [f"{said} {number}" for number in range(40) for said in SAID]
    with ThreadPoolExecutor(4) as pool:
        lines = list(pool.map(lambda at: shelf.take(texts[at : at + 100]).lines, range(0, 100, 5)))
    assert [first for first, *_ in lines] == [shelf.take([texts[at]]).lines[0] for at in range(0, 100, 5)]
