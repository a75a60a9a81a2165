"""Corrections to a publisher's mistakes: data with a reason, only where the mistake still stands."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from catalogue_import.corrections import (
    AmountCorrection,
    Corrections,
    StepCorrection,
    corrected,
    digest_of_text,
    load_corrections,
    read_corrections,
)
from catalogue_import.formats.portal import PORTAL
from catalogue_import.gather import Gathered, gather
from catalogue_import.issues import IssueKind, IssueLog
from knowledge.catalogue import originals_of, procedure_on
from knowledge.database import Database
from knowledge.procedure import Channel, Fee, FilingChannel, InvalidValueError, Step, TimeLimit
from portal_records import detail, fee, method, own
from sample_procedures import make_procedure

REASON = "Số tiền ghi theo nghìn"
AMOUNT = AmountCorrection(code="1.000001", published=20, meant=20_000, reason=REASON)
STEP = StepCorrection(code="1.000001", digest=digest_of_text("lẫn dòng"), meant="Nộp tờ khai.", reason="Trộn dòng")
BOTH = Corrections(amount=(AMOUNT,), step=(STEP,))
CORRECTIONS = load_corrections()


def row(*fees: Fee) -> FilingChannel:
    return FilingChannel(channel=Channel.DIRECT, time_limit=TimeLimit(), fees=fees)


def test_an_amount_and_a_step_are_corrected_and_what_was_published_is_kept() -> None:
    channels = (row(Fee(amount=20, note="20.000 đ"), Fee(amount=5_000)),)
    published = make_procedure(channels=channels, steps=(Step(text="lẫn dòng"),))
    found = corrected(published, BOTH, "line 1")
    assert [each.amount for each in found.procedure.channels[0].fees] == [20_000, 5_000]
    assert found.procedure.steps == (Step(text="Nộp tờ khai."),)
    assert found.originals == (("steps[0].text", "lẫn dòng"), ("channels[0].fees[0].amount", "20"))
    assert [(issue.kind, issue.where) for issue in found.issues] == 2 * [(IssueKind.CORRECTED, "line 1")]


def test_what_the_publisher_has_mended_is_left_alone_and_told_of() -> None:
    mended = make_procedure(channels=(row(Fee(amount=20_000)),))
    found = corrected(mended, BOTH, "line 1")
    assert found.procedure == mended
    assert {issue.kind for issue in found.issues} == {IssueKind.IDLE_CORRECTION}


def test_amounts_in_dollars_and_other_procedures_are_not_touched() -> None:
    dollars = make_procedure(channels=(row(Fee(amount=20, currency="USD")),))
    assert corrected(dollars, BOTH, "").procedure == dollars
    other = make_procedure("1.000002", channels=(row(Fee(amount=20)),))
    assert corrected(other, BOTH, "") == (other, (), ())


BROKEN = {"a field missing": "[[amount]]\ncode = 'x'", "no list": "amount = 3", "no TOML": "[["}


@pytest.mark.parametrize("text", BROKEN.values(), ids=list(BROKEN))
def test_a_file_with_a_mistake_is_refused_naming_it(text: str) -> None:
    with pytest.raises(InvalidValueError, match=r"x\.toml"):
        read_corrections(text, "x.toml")


def test_a_published_correction_is_in_the_edition_and_the_original_beside_it(
    save: Callable[..., Path], publish: Callable[..., object], sqlite_database: Database
) -> None:
    code = CORRECTIONS.amount[-1].code
    amount = CORRECTIONS.amount[-1]
    publish(save([detail(code, executionMethods=[method(fees=[fee(amount.published)])]), own()]))
    with sqlite_database.session() as session:
        known = procedure_on(session, code, date(2026, 11, 22))
        originals = dict(originals_of(session, code, date(2026, 11, 22)))
    assert known is not None
    assert known.procedure.channels[0].fees[0].amount == amount.meant
    assert originals["channels[0].fees[0].amount"] == str(amount.published)


# The data


def test_every_correction_has_its_reason_and_changes_something() -> None:
    assert all(each.reason and each.published != each.meant for each in CORRECTIONS.amount)
    assert all(each.reason and digest_of_text(each.meant) != each.digest for each in CORRECTIONS.step)
    keys = [(each.code, each.published) for each in CORRECTIONS.amount]
    assert len(set(keys)) == len(keys)


@pytest.fixture(scope="module")
def published(shared: Path) -> Gathered:
    path = shared / "catalogue" / "portal_api" / "details.jsonl.gz"
    return gather(PORTAL.read(path, lambda _done, _total: None), PORTAL, "H24", IssueLog())


def test_every_correction_finds_what_it_corrects_in_the_copy(published: Gathered) -> None:
    by_code = {each.procedure.code: each.procedure for each in published.public if each.procedure}
    for code in {each.code for each in (*CORRECTIONS.amount, *CORRECTIONS.step)}:
        kinds = {issue.kind for issue in corrected(by_code[code], CORRECTIONS, "").issues}
        assert kinds == {IssueKind.CORRECTED}, code


def test_no_corrected_amount_is_implausible(published: Gathered) -> None:
    codes = {each.code for each in CORRECTIONS.amount}
    for candidate in published.public:
        if candidate.procedure and candidate.procedure.code in codes:
            mended = corrected(candidate.procedure, CORRECTIONS, "").procedure
            amounts = {each.meant for each in CORRECTIONS.amount if each.code == mended.code}
            fees = [each for channel in mended.channels for each in channel.fees]
            assert not any(each.is_suspect for each in fees if each.amount in amounts)
