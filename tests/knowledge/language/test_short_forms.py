"""Short forms written out by their neighbours, and data in which every sense can be reached."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.normalise import normalise
from knowledge.language.short_forms import Sense, expand, load_senses
from knowledge.language.syllables import fold

DATA = tomllib.loads(files("knowledge.language.data").joinpath("short_forms.toml").read_text("utf-8"))
FORMS = st.lists(st.sampled_from([*load_senses(), "khai", "sinh", "12", "2026", "?"]), max_size=12)


def written_out(message: str) -> str:
    tokens = message.split()
    return " ".join(expand(tokens))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("cccd", "căn cước công dân", id="one meaning"),
        pytest.param("50 k", "50 nghìn", id="a number before it"),
        pytest.param("có k", "có không", id="no number before it"),
        pytest.param("t 12", "tháng 12", id="a number after it"),
        pytest.param("hk thường trú", "hộ khẩu thường trú", id="a word after it"),
        pytest.param("cắt hk", "cắt hộ khẩu", id="a word before it"),
        pytest.param("quên mk", "quên mật khẩu", id="a word anywhere"),
        pytest.param("đăng nhập sai mk", "đăng nhập sai mật khẩu", id="a phrase anywhere"),
        pytest.param(
            "dk tt cho sinh viên", "đăng ký tạm trú cho sinh viên", id="a word before it and a phrase anywhere"
        ),
        pytest.param("chuyển tt về quê", "chuyển thường trú về quê", id="only one of two conditions"),
        pytest.param("đk xe", "đăng ký xe", id="đ counts as d"),
        pytest.param("kó", "kó", id="any other mark makes another word"),
        pytest.param("đủ đk", "đủ điều kiện", id="a context comes before the usual meaning"),
        pytest.param("mình ở hp", "mình ở hải phòng", id="a place, in lower case as all words"),
        pytest.param("xyz", "xyz", id="no short form"),
    ],
)
def test_a_short_form_is_written_out_by_what_stands_around_it(typed: str, meant: str) -> None:
    assert written_out(typed) == meant


@pytest.mark.parametrize(
    ("sense", "line", "at", "holds"),
    [
        pytest.param(Sense("x"), "a b", 0, True, id="no condition"),
        pytest.param(Sense("x", prev=frozenset({"a"})), "a b", 1, True, id="the word before"),
        pytest.param(Sense("x", prev=frozenset({"a"})), "a b", 0, False, id="no word before"),
        pytest.param(Sense("x", next=frozenset({"b"})), "a b", 0, True, id="the word after"),
        pytest.param(Sense("x", next=frozenset({"b"})), "a b", 1, False, id="no word after"),
        pytest.param(Sense("x", prev=frozenset({"#"})), "14 b", 1, True, id="a number before"),
        pytest.param(Sense("x", prev=frozenset({"#"}), next=frozenset({"c"})), "14 b d", 1, False, id="one of two"),
        pytest.param(Sense("x", near=frozenset({"d e"})), "a b c d e", 0, True, id="a phrase far away"),
        pytest.param(Sense("x", near=frozenset({"d e"})), "a d b e", 0, False, id="a phrase torn apart"),
        pytest.param(Sense("x", near=frozenset({"d"})), "a dd", 0, False, id="part of a word"),
    ],
)
def test_every_condition_of_a_sense_counts(sense: Sense, line: str, at: int, holds: bool) -> None:
    assert sense.holds(line.split(), at) is holds


def test_full_forms_are_lower_case_words_parted_by_one_space() -> None:
    full = [sense.full for senses in load_senses().values() for sense in senses]
    assert [form for form in full if form != " ".join(form.lower().split())] == []


def test_no_sense_stands_behind_one_that_always_holds() -> None:
    unreachable = [
        form
        for form, senses in load_senses().items()
        if any(not (sense.prev or sense.next or sense.near) for sense in senses[:-1])
    ]
    assert unreachable == []


def test_conditions_are_of_the_three_kinds_that_are_read() -> None:
    keys = {key for rows in DATA["context"].values() for row in rows for key in row}
    assert keys <= {"full", "prev", "next", "near"}


def test_a_condition_on_a_neighbour_is_one_folded_word() -> None:
    odd = {
        (form, word)
        for form, senses in load_senses().items()
        for sense in senses
        for word in sense.prev | sense.next
        if " " in word or word != fold(word)
    }
    assert odd == set()


def test_short_forms_are_keyed_as_they_are_looked_up() -> None:
    assert [form for form in load_senses() if form != form.lower() or not form.isascii()] == []


def test_the_words_of_a_message_are_in_lower_case_whatever_was_written_out() -> None:
    words = normalise("HN và HP, đkí tại HP").words
    assert [word for word in words if word != word.lower()] == []


@given(FORMS)
def test_writing_out_never_fails_and_loses_no_token(tokens: list[str]) -> None:
    expanded = expand(tokens)
    assert len(expanded) >= len(tokens)
    assert all(expanded)


@given(st.lists(st.sampled_from(["khai", "sinh", "đăng", "ký", "2026", "quetzal"]), max_size=12))
def test_words_that_are_no_short_forms_are_left_alone(tokens: list[str]) -> None:
    assert expand(tokens) == tokens
