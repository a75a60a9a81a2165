"""What speaks against a text in a few words, and what a trial truly compared."""

import pytest

from bot.console.doubts import doubts_in
from bot.console.trial import BETTER, WORSE, Change, Trial


def trial(*changes: Change, own: tuple[Change, ...] = ()) -> Trial:
    return Trial(past=3_000, labelled=12, tried=160, untried=7, changes=changes, own=own)


def change(text: str, effect: str) -> Change:
    return Change(text, "trước", "sau", effect=effect)


@pytest.mark.parametrize(
    ("made", "doubts"),
    [
        (trial(), ()),
        (trial(change("a", BETTER), change("b", "")), ()),
        (trial(change("a", WORSE)), ("1 câu sẽ được trả lời kém đi: “a”",)),
        (
            trial(*(change(text, WORSE) for text in "abcde")),
            ("5 câu sẽ được trả lời kém đi: “a”; “b”; “c”; và 2 câu nữa",),
        ),
        (trial(own=(change("a", ""),)), ("1 cách hỏi chưa dẫn đến mục này: “a”",)),
        (
            trial(change("a", WORSE), own=(change("b", ""),)),
            ("1 câu sẽ được trả lời kém đi: “a”", "1 cách hỏi chưa dẫn đến mục này: “b”"),
        ),
    ],
    ids=["nothing", "better or unknown", "one worse", "many worse", "a wording astray", "both"],
)
def test_a_trial_speaks_against_publishing_where_something_gets_worse(made: Trial, doubts: tuple[str, ...]) -> None:
    assert doubts_in(made) == doubts


def test_what_was_not_tried_is_not_counted_as_tried() -> None:
    made = trial(change("a", WORSE), change("b", BETTER))
    assert (made.tried, made.untried, made.worse) == (160, 7, 1)
