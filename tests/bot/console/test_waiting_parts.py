"""Small parts of the pages of waiting questions, by themselves."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.verdict import Verdict
from bot.console.doubts import MOST_NAMED, _some
from bot.console.trial import BETTER, WORSE, Change, _effect, _rightness
from bot.console.waiting import wordings_of
from bot.console.waiting_list import Chosen
from bot.console.waiting_tasks import _moment
from bot.conversation.messages import Ending
from knowledge.faq.entry import MOST_WORDINGS, WORDING_LETTERS
from knowledge.waiting import Status, Why
from knowledge.waiting_groups import Asked
from knowledge.waiting_past import ARROW, subject_of

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


def asked(*texts: str) -> list[Asked]:
    return [
        Asked(exchange=number, text=text, why=Why.DECLINED, asked_at=NOON, channel="web", shown="")
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("question", "texts", "wordings"),
    [
        ("gửi xe", (), ["gửi xe"]),
        ("gửi xe", ("gửi xe", "để xe"), ["gửi xe", "để xe"]),
        ("gửi xe", ("  gửi \n xe  ",), ["gửi xe"]),
        ("gửi xe", ("số [số căn cước] của tôi",), ["gửi xe"]),
        ("[số căn cước]", ("để xe",), ["để xe"]),
        ("gửi xe", ("a" * (WORDING_LETTERS + 1), ""), ["gửi xe"]),
    ],
    ids=["alone", "another way", "white space", "masked data", "masked as a whole", "too long or empty"],
)
def test_ways_of_asking_are_offered_once_and_without_masked_data(
    question: str, texts: tuple[str, ...], wordings: list[str]
) -> None:
    assert wordings_of(question, asked(*texts)) == wordings


@settings(max_examples=25)
@given(st.lists(st.text(max_size=WORDING_LETTERS + 5), max_size=60), st.text(max_size=40))
def test_whatever_was_asked_becomes_wordings_that_an_entry_takes(texts: list[str], question: str) -> None:
    found = wordings_of(question, asked(*texts))
    assert len(found) <= MOST_WORDINGS
    assert len(set(found)) == len(found)
    assert all(line and len(line) <= WORDING_LETTERS and "[" not in line for line in found)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", None),
        ("0", None),
        ("1795323600", datetime(2026, 11, 22, 5, 0, tzinfo=UTC)),
        ("-5", None),
        ("1e9", None),
        ("1795323600.5", None),
        ("٣", None),
        ("9" * 11, None),
        ("9999999999", datetime(2286, 11, 20, 17, 46, 39, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_from_what_our_form_carried(text: str, moment: datetime | None) -> None:
    assert _moment(text) == moment


@given(st.text(max_size=12))
def test_anything_else_is_no_moment_and_no_error(text: str) -> None:
    found = _moment(text)
    assert found is None or (text.isdigit() and int(found.timestamp()) == int(text))


@pytest.mark.parametrize(
    ("loc", "status"),
    [
        ("", Status.WAITING),
        ("waiting", Status.WAITING),
        ("cua-toi", Status.WAITING),
        ("chua-giao", Status.WAITING),
        ("drafted", Status.DRAFTED),
        ("answered", Status.ANSWERED),
        ("dismissed", Status.DISMISSED),
        ("khác", Status.WAITING),
    ],
)
def test_tasks_are_among_what_waits(loc: str, status: Status) -> None:
    assert Chosen(loc=loc).status is status


@given(st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=9))
def test_a_long_list_names_the_first_and_counts_the_rest(names: list[str]) -> None:
    said = _some(names)
    assert said.startswith("; ".join(names[:MOST_NAMED]))
    assert ("câu nữa" in said) is (len(names) > MOST_NAMED) or "câu nữa" in "".join(names)


def faq(code: str) -> Verdict:
    return Verdict(ending=Ending.FAQ, faq=code, confidence=1.0)


@pytest.mark.parametrize(
    ("was", "would", "effect"),
    [
        ("faq-1", "faq-2", WORSE),
        ("faq-2", "faq-1", BETTER),
        ("faq-1", "faq-1", ""),
        ("faq-2", "faq-3", ""),
        ("", "faq-1", BETTER),
        ("faq-1", "", WORSE),
    ],
)
def test_a_change_is_better_or_worse_by_what_is_right(was: str, would: str, effect: str) -> None:
    assert _effect(("faq-1",), faq(was), faq(would)) == effect
    assert _effect((), faq(was), faq(would)) == ""


def test_what_nobody_labelled_is_neither_right_nor_wrong() -> None:
    assert _rightness((), faq("faq-1")) == 0.0
    assert not Change("a", "b", "c").is_worse
    assert Change("a", "b", "c", effect=WORSE).is_worse


@pytest.mark.parametrize("number", [1, 7, 999_999_999])
def test_a_group_is_named_in_the_audit_by_its_number(number: int) -> None:
    assert subject_of(number) == f"waiting-{number}"
    assert f"Có.{ARROW}3".rpartition(ARROW)[0] == "Có."
