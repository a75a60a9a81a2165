"""Where the national record asks for another amount than the city council set: clerks and the portal charge it."""

from collections.abc import Iterable, Iterator
from datetime import date

from knowledge.fee_rules import FeeRule, fees_of
from knowledge.folding import Folded
from knowledge.procedure import Channel, Procedure, Value


class FeeDifference(Value, frozen=True, kw_only=True):
    """One procedure and channel; amounts in đồng."""

    code: str
    name: str
    channel: Channel
    recorded: tuple[int, ...]
    city: int
    ground: str


def fee_differences(folded: Iterable[Folded], rules: tuple[FeeRule, ...], day: date) -> Iterator[FeeDifference]:
    """Only where the council has one amount for everybody: one for some people cannot be compared."""
    covered = {code for rule in rules for code in rule.codes}
    for each in folded:
        procedure = each.procedure
        if procedure.code in covered and not each.city.ended:
            yield from _differing(procedure, rules, day)


def _differing(procedure: Procedure, rules: tuple[FeeRule, ...], day: date) -> Iterator[FeeDifference]:
    fees = [fee for fee in fees_of(rules, procedure.code) if fee.is_of(day) and not fee.label]
    for channel in Channel:
        own = {fee.amount: fee.ground for fee in fees if channel in fee.channels}
        recorded = _recorded(procedure, channel)
        if len(own) == 1 and recorded and not recorded & own.keys():
            ((amount, ground),) = own.items()
            yield FeeDifference(
                code=procedure.code,
                name=procedure.name,
                channel=channel,
                recorded=tuple(sorted(recorded)),
                city=amount,
                ground=ground,
            )


def _recorded(procedure: Procedure, channel: Channel) -> set[int]:
    return {
        int(fee.amount)
        for row in procedure.channels
        if row.channel is channel
        for fee in row.fees
        if fee.amount is not None and fee.currency == "VND" and not fee.is_suspect
    }
