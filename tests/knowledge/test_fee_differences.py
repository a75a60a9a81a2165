"""Where the record and the council ask for different amounts."""

from datetime import date

import pytest

from knowledge.fee_differences import FeeDifference, fee_differences
from knowledge.fee_rules import FeeRule
from knowledge.folding import Folded, fold
from knowledge.procedure import Channel, Fee, FilingChannel, TimeLimit
from sample_procedures import make_procedure

CODE, TODAY = "1.001193", date(2026, 11, 22)


def folded(*amounts: int | None) -> Folded:
    row = FilingChannel(
        channel=Channel.ONLINE, time_limit=TimeLimit(), fees=tuple(Fee(amount=amount) for amount in amounts)
    )
    found = fold(make_procedure(CODE, name="Đăng ký khai sinh", channels=(row,)), (), TODAY)
    assert found is not None
    return found


def rule(amount: int = 4_000, channels: tuple[Channel, ...] = (Channel.ONLINE,), **fields: object) -> FeeRule:
    given = {"key": f"r{amount}", "ground": "Nghị quyết 1", "codes": (CODE,), **fields}
    return FeeRule(amount=amount, channels=channels, **given)


def found(amounts: tuple[int | None, ...], *rules: FeeRule) -> list[FeeDifference]:
    return list(fee_differences([folded(*amounts)], rules, TODAY))


def test_another_amount_in_the_record_is_told_with_both() -> None:
    (told,) = found((8_000, 5_000), rule())
    assert (told.code, told.channel, told.recorded, told.city) == (CODE, Channel.ONLINE, (5_000, 8_000), 4_000)
    assert told.ground == "Nghị quyết 1"


@pytest.mark.parametrize(
    ("amounts", "rules"),
    [
        ((4_000, 8_000), (rule(),)),
        ((), (rule(),)),
        ((None,), (rule(),)),
        ((8_000,), (rule(channels=(Channel.DIRECT,)),)),
        ((8_000,), (rule(valid_to=date(2026, 1, 1)),)),
        ((8_000,), (rule(payers=("trẻ em",)),)),
        ((8_000,), (rule(4_000), rule(0))),
        ((8_000,), (rule(codes=("1.004772",)),)),
    ],
    ids=[
        "one amount agrees",
        "the record says none",
        "not declared",
        "another channel",
        "a rule that has ended",
        "for some people",
        "several amounts of the council",
        "another procedure",
    ],
)
def test_what_cannot_be_compared_is_no_difference(amounts: tuple[int | None, ...], rules: tuple[FeeRule, ...]) -> None:
    assert found(amounts, *rules) == []
