"""The trace of the normalisation tells the same story as the normalisation itself."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.normalise import PUNCTUATION, STEPS, TOKEN_STEPS, normalise, split
from knowledge.language.tracing import fired_steps

NAMES = [step.__name__ for step in (*STEPS, *TOKEN_STEPS)]


def test_a_step_that_did_nothing_is_not_named() -> None:
    assert list(fired_steps("đăng ký khai sinh")) == []


def test_steps_are_named_in_their_order_with_what_they_met_and_left() -> None:
    fired = list(fired_steps("Mất cccd"))
    assert [one.step for one in fired] == ["lower", "write_out_short_forms"]
    assert (fired[0].before, fired[0].after) == (("Mất", "cccd"), ("mất", "cccd"))
    assert fired[1].after == ("mất", "căn", "cước", "công", "dân")


def test_words_numbers_and_punctuation_are_parted() -> None:
    assert split("mất sổ đỏ, 2 thửa 1.5ha!") == ["mất", "sổ", "đỏ", ",", "2", "thửa", "1.5", "ha", "!"]


@given(st.text(max_size=200))
def test_the_last_words_of_the_trace_are_those_of_the_normalisation(text: str) -> None:
    fired = list(fired_steps(text))
    assert [one.step for one in fired] == sorted((one.step for one in fired), key=NAMES.index)
    in_tokens = [one for one in fired if one.step in NAMES[len(STEPS) :]]
    if in_tokens:
        assert tuple(word for word in in_tokens[-1].after if word not in PUNCTUATION) == normalise(text).words
