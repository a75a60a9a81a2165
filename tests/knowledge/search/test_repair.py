"""Words are mended by what the index knows, and only where their neighbours bear it out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.repair import Speller

SYLLABLES = [
    "khai",
    "sinh",
    "dang",
    "ky",
    "tam",
    "tru",
    "cong",
    "ty",
    "can",
    "cuoc",
    "lam",
    "giay",
    "to",
    "nop",
    "ho",
    "so",
    "xa",
    "chung",
    "thuc",
]
PAIRS = {
    "khai sinh",
    "dang ky",
    "tam tru",
    "cong ty",
    "can cuoc",
    "lam giay",
    "giay to",
    "nop ho",
    "ho so",
    "ky khai",
    "ky tam",
    "chung thuc",
    "lam can",
}


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(SYLLABLES, PAIRS.__contains__)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        pytest.param("khia sinh", "khai sinh", id="letters exchanged"),
        pytest.param("khaii sinh", "khai sinh", id="a letter too many"),
        pytest.param("kai sinh", "khai sinh", id="a letter missing"),
        pytest.param("khsi sinh", "khai sinh", id="a neighbouring key"),
        pytest.param("congty", "cong ty", id="two syllables run together"),
        pytest.param("dangkykhai sinh", "dang ky khai sinh", id="three syllables run together"),
        pytest.param("gia y to", "giay to", id="a syllable cut in two"),
        pytest.param("khai sinh", "khai sinh", id="nothing to mend"),
        pytest.param("2026 khai", "2026 khai", id="numbers are left alone"),
        pytest.param("zzzz sinh", "zzzz sinh", id="nothing near"),
        pytest.param("internationalisation", "internationalisation", id="far too long"),
    ],
)
def test_mending(speller: Speller, typed: str, mended: str) -> None:
    assert " ".join(speller.mend(typed.split())) == mended


@pytest.mark.parametrize(
    ("typed", "position", "meant"),
    [
        pytest.param("nam giay", 0, "lam", id="n for l"),
        pytest.param("ho xo", 1, "so", id="x for s"),
        pytest.param("trung thuc", 0, "chung", id="tr for ch"),
        pytest.param("cang cuoc", 0, "can", id="ng for n"),
    ],
)
def test_sounds_exchanged_in_writing_are_offered_beside_the_word(
    speller: Speller, typed: str, position: int, meant: str
) -> None:
    assert (position, meant) in list(speller.sound_alikes(typed.split()))


def test_a_word_that_fits_its_neighbour_has_no_sound_alike(speller: Speller) -> None:
    assert list(speller.sound_alikes(["khai", "sinh"])) == []


@given(st.lists(st.text(min_size=1, max_size=10), max_size=8))
def test_mending_never_fails_and_keeps_known_words(words: list[str]) -> None:
    speller = Speller(SYLLABLES, PAIRS.__contains__)
    mended = speller.mend(words)
    assert all(mended)
    assert [word for word in words if word in SYLLABLES and word in mended] == [
        word for word in words if word in SYLLABLES and word in mended
    ]
