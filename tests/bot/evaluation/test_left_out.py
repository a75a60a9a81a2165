"""Leaving the right record out: the rules of the whole path say what would be answered in its place."""

from collections.abc import Mapping

import pytest

from bot.evaluation.labelled import Labelled
from bot.evaluation.left_out import LeftOut, leave_out
from knowledge.procedure import Level
from knowledge.search.building import build_index
from knowledge.search.index import Entry, Index
from knowledge.wordings import ProcedureWordings, Wordings

GOAT, SHEEP, BIRTH = "1.000001", "1.000002", "1.000003"
COMMUNE = (Level.COMMUNE,)
ENTRIES = (
    Entry(GOAT, "Đăng ký chăn nuôi dê", COMMUNE, is_asked_often=True),
    Entry(SHEEP, "Đăng ký chăn nuôi cừu", COMMUNE, is_asked_often=True),
    Entry(BIRTH, "Đăng ký khai sinh", COMMUNE, is_asked_often=True),
    *(Entry(f"1.00010{at}", f"Cấp giấy phép {name}", COMMUNE) for at, name in enumerate("nhập xuất bán mua".split())),
)
ASK_GOAT = "cần giấy tờ gì để đăng ký chăn nuôi dê cừu"
SAID = {GOAT: ProcedureWordings(GOAT, "Nuôi dê", ("đăng ký chăn nuôi dê cừu",))}
QUESTION = Labelled(id="a", text=ASK_GOAT, gold=(GOAT,))


def index_of(said: Mapping[str, ProcedureWordings] = SAID) -> Index:
    return build_index(ENTRIES, Wordings(said, ()))


def test_with_our_wordings_left_a_record_that_is_away_is_known_to_be_missing() -> None:
    left_out = leave_out(QUESTION, index_of())
    assert left_out is not None
    assert left_out.record == ""


def test_with_everything_away_the_nearest_one_may_be_taken_for_it() -> None:
    left_out = leave_out(QUESTION, index_of())
    assert left_out == LeftOut(record="", wordings=SHEEP)


def test_without_wordings_there_is_no_difference() -> None:
    left_out = leave_out(QUESTION, index_of({}))
    assert left_out is not None
    assert left_out.record == left_out.wordings


def test_acceptable_records_are_taken_away_too() -> None:
    question = Labelled(id="a", text=ASK_GOAT, gold=(GOAT,), acceptable=(SHEEP,))
    left_out = leave_out(question, index_of())
    assert left_out is not None
    assert SHEEP not in {left_out.record, left_out.wordings}


@pytest.mark.parametrize(
    "question",
    [
        Labelled(id="a", text=ASK_GOAT, kind="followup", gold=(GOAT,)),
        Labelled(id="b", text=ASK_GOAT, kind="procedure"),
        Labelled(id="c", text=ASK_GOAT, gold=("9.999999",)),
    ],
    ids=["a follow-up", "nobody's procedure", "one that is not there"],
)
def test_there_is_nothing_to_leave_out_of(question: Labelled) -> None:
    assert leave_out(question, index_of()) is None


def test_the_index_is_whole_again_afterwards() -> None:
    index = index_of()
    before = leave_out(QUESTION, index)
    assert index.holds(GOAT)
    assert leave_out(QUESTION, index) == before
