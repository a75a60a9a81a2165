"""Answers over the real national catalogue, where it stands beside the checkout: promises that hold for every one."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from answer_parts import asked_of, known, lines
from bot.answers.actions import View
from bot.answers.pages import PAGES, VIEWS
from bot.conversation.messages import Answer, BlockKind
from catalogue_import.formats.portal import PORTAL
from catalogue_import.gather import gather
from catalogue_import.issues import IssueLog
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Aspect, FeeState, Procedure
from knowledge.starter import load_starter

pytestmark = pytest.mark.slow

SOME = 5  # every fifth procedure, where all of them would take a minute


@pytest.fixture(scope="module")
def procedures(shared: Path) -> list[Procedure]:
    details = shared / "catalogue" / "portal_api" / "details.jsonl.gz"
    found = gather(PORTAL.read(details, lambda _done, _total: None), PORTAL, "H24", IssueLog())
    return [candidate.procedure for candidate in found.public]


def all_known(procedures: list[Procedure]) -> Iterator[KnownProcedure]:
    """Every procedure as the record alone, and with our plain layer where there is one."""
    checklists = {checklist.code: checklist for checklist in load_starter().checklists}
    for procedure in procedures:
        yield KnownProcedure(procedure=procedure, checklist=None, edition=1)
        if procedure.code in checklists:
            yield KnownProcedure(procedure=procedure, checklist=checklists[procedure.code], edition=1)


def broken_promises(procedure: KnownProcedure, answer: Answer) -> Iterator[str]:
    plain = answer.plain
    if len(plain) > 1_200:
        yield "longer than 1,200 characters"
    if "Theo " not in plain.splitlines()[-1]:
        yield "no source"
    if "  " in plain or "\n\n\n" in plain or "None" in plain:
        yield "a hole in the text"
    if re.search(r"đăng ký khai tâm|việc sinh tại Trung\b", plain):
        yield "shuffled prose"
    if "miễn phí" in plain.lower() and not says_free(procedure):
        yield "free without the record saying so"
    if len(answer.choices) > 6 or answer.choices[-1].label != "Hỏi cán bộ":
        yield "choices"


def says_free(procedure: KnownProcedure) -> bool:
    return "miễn" in repr(procedure).lower()


def test_every_first_message_keeps_its_promises(procedures: list[Procedure]) -> None:
    broken = Counter(promise for each in all_known(procedures) for promise in broken_promises(each, asked_of(each)))
    assert broken == Counter()


@pytest.mark.parametrize("aspect", list(VIEWS))
def test_every_aspect_keeps_its_promises(procedures: list[Procedure], aspect: Aspect) -> None:
    some = all_known(procedures[::SOME])
    broken = Counter(promise for each in some for promise in broken_promises(each, asked_of(each, aspect=aspect)))
    assert broken == Counter()


def test_every_group_answer_fits(procedures: list[Procedure]) -> None:
    for each in all_known(procedures[::SOME]):
        text, link = lines(asked_of(each, is_group=True), BlockKind.PARAGRAPH)
        assert len(text) <= 300, each.procedure.code
        assert link.startswith("Chi tiết: https://"), each.procedure.code


@pytest.mark.parametrize("view", [view for view in PAGES if view is not View.DOCUMENTS])
def test_every_page_opens_and_is_bounded(procedures: list[Procedure], view: View) -> None:
    for each in all_known(procedures[::SOME]):
        answer = asked_of(each, view=view)
        assert len(answer.blocks) > 1, each.procedure.code
        assert len(answer.plain) <= 8_700, each.procedure.code


def test_no_amount_is_shown_that_is_suspect(procedures: list[Procedure]) -> None:
    seen = 0
    for procedure in procedures:
        fees = [fee for row in procedure.channels for fee in row.fees]
        suspect = {fee.amount for fee in fees if fee.is_suspect}
        if not suspect:
            continue
        seen += 1
        plain = asked_of(KnownProcedure(procedure=procedure, checklist=None, edition=1), aspect=Aspect.FEE).plain
        outside_quotes = re.sub(r"“[^”]*”", "", plain)
        notes = " ".join(fee.note for fee in fees)
        for amount in suspect:
            said = rf"(?<![\d.]){amount} đồng"
            assert not re.search(said, outside_quotes) or re.search(said, notes), procedure.code
    assert seen > 50


def test_what_is_not_declared_is_never_told_as_zero(procedures: list[Procedure]) -> None:
    for procedure in procedures:
        states = {row.fee_state for row in procedure.channels}
        if states == {FeeState.NOT_DECLARED} and not any(
            fee.amount == 0 for row in procedure.channels for fee in row.fees
        ):
            plain = asked_of(KnownProcedure(procedure=procedure, checklist=None, edition=1), aspect=Aspect.FEE).plain
            assert "0 đồng theo danh mục" not in plain, procedure.code


def test_values_of_hard_records_come_through(procedures: list[Procedure]) -> None:
    """The records the description of the catalogue warns of, each with what must and must not be said."""
    by_code = {procedure.code: procedure for procedure in procedures}

    def said(code: str, aspect: Aspect = Aspect.GENERAL) -> str:
        return asked_of(KnownProcedure(procedure=by_code[code], checklist=None, edition=1), aspect=aspect).plain

    assert "150 USD" in said("1.000808", Aspect.FEE)
    assert "Trực tuyến: 10.000 đồng/lần đăng ký" in said("1.004222", Aspect.FEE)
    assert "1 hoặc 3 ngày làm việc" in said("1.010041", Aspect.TIME)
    assert "chưa ghi số ngày" in said("1.001193", Aspect.TIME)
    assert "bị lỗi chữ" in said("1.001193", Aspect.STEPS)
    assert "7,5 ngày làm việc" in said("1.115622", Aspect.TIME)
    assert "văn bản kèm theo" in said("1.115622", Aspect.FEE)
    assert "• Công trình nhà ở riêng lẻ" in said("1.013225")
    assert "500.000 đồng" in said("1.014076", Aspect.FEE)
    assert "135.000 đồng" in said("3.000347", Aspect.FEE)
    assert "7 ngày làm việc theo bảng" in said("1.014173", Aspect.TIME)
    assert "giấy tờ" not in said("1.014199").split("Lệ phí")[0].split("của bạn")[1].split("Còn")[0]
    assert "Công an xã, phường, đặc khu" in said("1.004222", Aspect.PLACE)
    assert "thành phố quy định" in said("1.013225", Aspect.FEE)


def test_the_reader_of_this_module_is_not_fooled_by_an_empty_catalogue(procedures: list[Procedure]) -> None:
    assert len(procedures) == 4_647
    assert len(asked_of(known()).blocks) > 1
