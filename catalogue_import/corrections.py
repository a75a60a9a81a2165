"""A publisher's mistakes, corrected as data with a reason (`corrections.toml`).

A correction holds only where the published value still is what it corrects: a mended record is left alone, and the
correction that found nothing is told of. Texts are known by their digest, because the publisher's prose is not ours to
keep; what is put in their place is in our own words.
"""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from catalogue_import.issues import Issue, IssueKind
from knowledge.changeset import Original
from knowledge.procedure import Fee, FilingChannel, InvalidValueError, Procedure, Step, Value

DATA = Path(__file__).with_name("corrections.toml")


class AmountCorrection(Value, frozen=True):
    """Every fee of the code with the published amount, in đồng."""

    code: str
    published: int
    meant: int
    reason: str


class StepCorrection(Value, frozen=True):
    """A step of the code whose text has the digest; `meant` are sentences of our own, a line each."""

    code: str
    digest: str
    meant: str
    reason: str


class Corrections(Value, frozen=True):
    amount: tuple[AmountCorrection, ...] = ()
    step: tuple[StepCorrection, ...] = ()


class Corrected(NamedTuple):
    """A procedure with what was corrected in it: the published texts by place, and a word on each correction."""

    procedure: Procedure
    originals: tuple[Original, ...] = ()
    issues: tuple[Issue, ...] = ()


NO_CORRECTIONS = Corrections()


@lru_cache(maxsize=1)
def load_corrections() -> Corrections:
    return read_corrections(DATA.read_text("utf-8"), DATA.name)


def read_corrections(text: str, name: str) -> Corrections:
    """Raises InvalidValueError naming the file and what is wrong in it."""
    try:
        return msgspec.convert(tomllib.loads(text), Corrections)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InvalidValueError(f"{name}: {error}") from error


def digest_of_text(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def corrected(procedure: Procedure, corrections: Corrections, where: str) -> Corrected:
    amounts = [each for each in corrections.amount if each.code == procedure.code]
    steps = [each for each in corrections.step if each.code == procedure.code]
    if not (amounts or steps):
        return Corrected(procedure)
    mended = replace(
        procedure,
        channels=tuple(_channel(row, amounts) for row in procedure.channels),
        steps=tuple(_step(step, steps) for step in procedure.steps),
    )
    return Corrected(mended, tuple(_originals(procedure, mended)), tuple(_issues(procedure, amounts, steps, where)))


def _channel(row: FilingChannel, amounts: list[AmountCorrection]) -> FilingChannel:
    return replace(row, fees=tuple(_fee(fee, amounts) for fee in row.fees))


def _fee(fee: Fee, amounts: list[AmountCorrection]) -> Fee:
    meant = next((each.meant for each in amounts if each.published == fee.amount and fee.currency == "VND"), None)
    return fee if meant is None else replace(fee, amount=meant)


def _step(step: Step, steps: list[StepCorrection]) -> Step:
    meant = next((each.meant for each in steps if each.digest == digest_of_text(step.text)), None)
    return step if meant is None else replace(step, text=meant)


def _originals(published: Procedure, mended: Procedure) -> Iterator[Original]:
    for at, (before, after) in enumerate(zip(published.steps, mended.steps, strict=True)):
        if before != after:
            yield Original(f"steps[{at}].text", before.text)
    for at, (row, new_row) in enumerate(zip(published.channels, mended.channels, strict=True)):
        for number, (fee, new_fee) in enumerate(zip(row.fees, new_row.fees, strict=True)):
            if fee != new_fee:
                yield Original(f"channels[{at}].fees[{number}].amount", str(fee.amount))


def _issues(
    published: Procedure, amounts: list[AmountCorrection], steps: list[StepCorrection], where: str
) -> Iterator[Issue]:
    """What was corrected and why, or that there was nothing left to correct."""
    has_amounts = {fee.amount for row in published.channels for fee in row.fees}
    has_texts = {digest_of_text(step.text) for step in published.steps}
    for amount in amounts:
        kind = IssueKind.CORRECTED if amount.published in has_amounts else IssueKind.IDLE_CORRECTION
        yield Issue(kind, amount.reason, where)
    for step in steps:
        kind = IssueKind.CORRECTED if step.digest in has_texts else IssueKind.IDLE_CORRECTION
        yield Issue(kind, step.reason, where)
