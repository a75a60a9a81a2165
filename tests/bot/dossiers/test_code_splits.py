"""Codes without separators: every way to part the digits, and why most of them are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dossiers.folding import as_digits, fold
from bot.dossiers.shapes import RUN
from bot.dossiers.splits import split

IDS = ("H24", "H24.18", "H24.60", "H24.60.4", "H24.999", "G22.99")


def is_day(digits: str) -> bool:
    is_whole = len(digits) == 6 or digits.startswith("20")
    return is_whole and digits[-4:-2] in {"07", "11"} and "01" <= digits[-2:] <= "30"


def splits(text: str) -> list[str]:
    run = RUN.search(fold(text).text)
    assert run is not None
    return [each.canonical for each in split(run, IDS, is_day)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("h24182507040012", ["H24.18-250704-0012"], id="nothing between"),
        pytest.param("h24 2611050033", ["H24-261105-0033"], id="the agency apart"),
        pytest.param("h246042611050033", ["H24.60.4-261105-0033"], id="three levels"),
        pytest.param("H24.18 25 07 04 0012", ["H24.18-250704-0012"], id="the day in pairs"),
        pytest.param("H24.999 261110 00 12", ["H24.999-261110-0012"], id="a padded number in pairs"),
        pytest.param("H24.999-20261110-0012", ["H24.999-20261110-0012"], id="a long day"),
        pytest.param("h24999261310012", [], id="no such day"),
        pytest.param("h2499926111001", [], id="too short a number"),
        pytest.param("h24.999 2 61110 0012", [], id="a day parted where nobody parts it"),
        pytest.param("h33182507040012", [], id="an agency that nobody knows"),
        pytest.param("h24", [], id="hardly anything"),
    ],
)
def test_of_all_splits_those_with_a_known_agency_and_a_real_day_are_left(typed: str, found: list[str]) -> None:
    assert splits(typed) == found


def test_where_two_splits_fit_both_are_told() -> None:
    run = RUN.search("H242607261112001")
    assert run is not None
    found = split(run, ("H24", "H24.26"), lambda day: day in {"260726", "072611"})
    assert {each.canonical for each in found} == {"H24-260726-1112001", "H24.26-072611-12001"}


@given(st.text(max_size=40))
def test_folding_keeps_every_letter_at_its_place(text: str) -> None:
    folded = fold(text)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]).text == folded.text[at]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("h24–18", "H24-18"), ("Ｈ２４．１８", "H24.18"), ("h24\u200b-18", "H24-18"), ("h24\\18", "H24/18"), ("ß", "ß")],
)
def test_a_message_is_read_in_the_letters_of_codes(typed: str, plain: str) -> None:
    assert fold(typed).text == plain


def test_only_letters_that_nobody_can_mistake_stand_for_digits() -> None:
    assert as_digits("OQIL|BSZ") == "00111BSZ"
