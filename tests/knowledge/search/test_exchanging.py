"""An index of which a few things were exchanged finds what an index finds that was built of the same things."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.normalise import normalise
from knowledge.search import exchanging as module
from knowledge.search.building import build_index
from knowledge.search.exchanging import Changes, exchanged, may_exchange
from knowledge.search.finder import find
from knowledge.search.index import Entry, Index, Worded
from knowledge.search.leaving_out import without
from knowledge.wordings import ProcedureWordings, Wordings

from .conftest import COMMUNE, ENTRIES, PROVINCE, wordings

Staff = dict[str, Worded]  # by code

PARKING = ("gửi xe ở đâu", "chỗ gửi xe máy của trung tâm", "bãi xe có mất tiền không")
NOON = ("quầy có mở cửa trưa nay không", "trưa có ai làm việc không")
HUSBAND = ("lấy chồng Hàn làm khai sinh cho con", "khai sinh con lai")
CODES = ("faq-1", "faq-10", "faq-2", "faq-7", "word-3", "word-30")
TEXTS = (*PARKING, *NOON, *HUSBAND, "???", "nhập khẩu", "KHAI SINH", "zzzq wwwq", "zzzq")
MESSAGES = (
    "gửi xe",
    "khai sinh cho con chồng nước ngoài",
    "trưa nay quầy mở không",
    "nhap khau",
    "zzzq",
    "mat can cuoc",
)


def faq(code: str, texts: Sequence[str], *, is_city: bool = False) -> Worded:
    entry = Entry(code, texts[0], PROVINCE if is_city else COMMUNE, is_city=is_city, is_faq=True)
    return Worded(entry, ProcedureWordings(code, texts[0], tuple(texts[1:])))


def built(staff: Mapping[str, Worded], edition: int = 1) -> Index:
    known = wordings()
    said = {code: one.said for code, one in staff.items() if one.said}
    entries = [*ENTRIES, *(one.entry for one in staff.values())]
    return build_index(entries, Wordings({**known.procedures, **said}, known.families), edition)


def applied(staff: Staff, changes: Changes) -> Staff:
    after: Staff = {code: one for code, one in staff.items() if code not in changes}
    return after | {code: one for code, one in changes.items() if one}


def described(index: Index) -> dict[str, Any]:
    """All of it, with the names of terms in place of their numbers."""
    shared, rows, names = index.by_procedure, index.terms_of_wordings, index.names
    codes = [entry.code for entry in index.entries]
    in_pairs = np.repeat(np.arange(len(names)), np.diff(shared.starts)).tolist()
    in_texts = [shared.texts[first:end] for first, end in pairwise(shared.first_texts.tolist())]
    assert (np.diff(np.array(in_pairs) * len(codes) + shared.rows) > 0).all()
    return {
        "edition": index.edition,
        "entries": index.entries,
        "position": index.position,
        "rarity": {name: index.rarity[term] for name, term in index.terms.items()},
        "meant": {name: index.meanings.row_of_term[term] for name, term in index.terms.items()},
        "shared": {
            (names[term], codes[row]): (texts.tolist(), weight)
            for term, row, texts, weight in zip(in_pairs, shared.rows, in_texts, shared.weights, strict=True)
        },
        "texts": [[names[term] for term in rows.at(np.array([at])).terms] for at in range(len(index.wordings))],
        "lines": index.wordings,
        "plain names": index.plain_names,
        "families": index.families,
        "topics": index.topics,
        "syllables": index.speller.syllables,
        "arrays": [
            each.tolist()
            for each in (
                index.root_mass,
                index.first_wording,
                index.meanings.wordings,
                index.meanings.procedures,
                index.named,
                index.about,
                index.standing,
            )
        ],
    }


def found(index: Index) -> list[Any]:
    return [[find(normalise(text), index), list(index.speller.mend(normalise(text).folded))] for text in MESSAGES]


def assert_same(one: Index, other: Index) -> None:
    assert described(one) == described(other)
    for ours, theirs in zip(found(one), found(other), strict=True):
        assert [each.candidates for each in ours[:1]] == [each.candidates for each in theirs[:1]]
        assert ours[0].confidence == theirs[0].confidence
        assert ours[1] == theirs[1]


SOME = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3, unique=True)
CHANGES = st.dictionaries(st.sampled_from(CODES), st.none() | SOME, max_size=3)


@settings(max_examples=40, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=6))
def test_whatever_is_exchanged_one_after_another_is_as_if_built_anew(steps: list[dict[str, list[str] | None]]) -> None:
    staff: Staff = {"faq-5": faq("faq-5", PARKING)}
    index = built(staff)
    for number, step in enumerate(steps, start=2):
        changes = {code: faq(code, texts) if texts else None for code, texts in step.items()}
        index, staff = exchanged(index, changes, number), applied(staff, changes)
        assert_same(index, built(staff, number))


@pytest.mark.parametrize(
    "changes",
    [
        {"faq-1": faq("faq-1", NOON)},
        {"faq-5": faq("faq-5", NOON)},
        {"faq-5": None},
        {"faq-5": None, "word-1": faq("word-1", HUSBAND, is_city=True)},
        {"faq-4": faq("faq-4", NOON), "faq-5": faq("faq-5", PARKING[:1]), "faq-6": faq("faq-6", HUSBAND)},
        {"faq-9": None},
        {"faq-5": faq("faq-5", PARKING)},
        {"faq-5": Worded(Entry("faq-5", "gửi xe", COMMUNE, is_faq=True), None)},
    ],
    ids=[
        "one comes",
        "one is written anew",
        "the only one goes",
        "one goes and a word comes",
        "several around one that is written anew",
        "one goes that was not there",
        "one says what it said",
        "one keeps nothing but its name",
    ],
)
def test_each_kind_of_change_is_as_if_built_anew(changes: Changes) -> None:
    staff: Staff = {"faq-5": faq("faq-5", PARKING)}
    assert_same(exchanged(built(staff), changes, 2), built(applied(staff, changes), 2))


def test_the_first_entry_of_all_is_found_and_the_last_is_not_any_more() -> None:
    bare = built({})
    first = exchanged(bare, {"faq-1": faq("faq-1", PARKING)}, 2)
    assert find(normalise("chỗ gửi xe máy"), first).codes[0] == "faq-1"
    assert_same(exchanged(first, {"faq-1": None}, 1), bare)


def test_where_nothing_was_indexed_something_comes() -> None:
    nothing = Wordings({}, ())
    one = faq("faq-1", PARKING)
    assert one.said is not None
    index = exchanged(build_index([], nothing), {"faq-1": one}, 1)
    assert_same(index, build_index([one.entry], Wordings({"faq-1": one.said}, ()), 1))
    assert_same(exchanged(index, {"faq-1": None}, 0), build_index([], nothing))


def test_without_a_change_only_the_number_of_the_edition_differs() -> None:
    index = built({"faq-5": faq("faq-5", PARKING)})
    after = exchanged(index, {}, 2)
    assert after.edition == 2
    assert after.by_procedure is index.by_procedure


def test_the_index_of_before_answers_on_as_it_did() -> None:
    index = built({"faq-5": faq("faq-5", PARKING)})
    before, answers = described(index), found(index)
    exchanged(index, {"faq-5": faq("faq-5", NOON), "faq-6": faq("faq-6", HUSBAND)}, 2)
    assert described(index) == before
    assert str(found(index)) == str(answers)


def test_a_syllable_is_known_from_its_second_text_on_and_forgotten_with_it() -> None:
    index = built({"faq-1": faq("faq-1", ("gửi thuyền",))})
    assert "thuyen" in index.speller.syllables  # in the name and as what it is called
    once = exchanged(index, {"faq-1": Worded(Entry("faq-1", "gửi thuyền", COMMUNE, is_faq=True), None)}, 2)
    assert "thuyen" not in once.speller.syllables
    assert (index.speller.mend(["thuyenn"]), once.speller.mend(["thuyenn"])) == (["thuyen"], ["thuyenn"])
    again = exchanged(once, {"faq-2": Worded(Entry("faq-2", "thuyền to", COMMUNE, is_faq=True), None)}, 3)
    assert "thuyen" in again.speller.syllables


def test_words_that_only_stood_in_what_is_gone_are_no_words_of_the_index() -> None:
    after = exchanged(built({"faq-5": faq("faq-5", PARKING)}), {"faq-5": None}, 2)
    assert "gui" not in after.terms
    assert "gui" in after.names
    back = exchanged(after, {"faq-5": faq("faq-5", PARKING)}, 3)
    assert back.names[back.terms["gui"]] == "gui"


def test_too_many_changes_are_not_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    index = built({})
    monkeypatch.setattr(module, "MOST", 2)
    changes = {code: faq(code, PARKING) for code in CODES}
    assert not may_exchange(index, changes)
    assert may_exchange(index, dict(list(changes.items())[:2]))


def test_an_index_that_carries_much_of_what_is_gone_is_to_be_built() -> None:
    index = built({})
    for number in range(40):
        index = exchanged(index, {"faq-1": faq("faq-1", (f"chữ{number} số{number} lạ{number}",))}, number)
    assert not may_exchange(index, {})
    assert may_exchange(built({"faq-1": faq("faq-1", PARKING)}), {})


def test_an_index_from_which_something_is_left_out_is_not_carried_on() -> None:
    index = without(built({}), ["1.000001"], and_wordings=True)
    assert not may_exchange(index, {"faq-1": faq("faq-1", PARKING)})
