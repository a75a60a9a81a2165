"""Decisions put together at random are read without a field wrong."""

from collections.abc import Callable
from unicodedata import normalize

import pytest

from catalogue_import.decision_file import DecisionFile, DecisionRecord
from random_decisions import Expected, RandomDecision

Reader = Callable[..., DecisionFile]


def same(text: str | None) -> str | None:
    return None if text is None else "".join(normalize("NFC", text).lower().split())


def found(record: DecisionRecord) -> Expected:
    return Expected(
        status=record.status.value,
        name=same(record.name) or "",
        field=same(record.field) or "",
        levels=record.levels or (),
        time=same(record.time_statutory),
        short=same(record.time_shortened),
        place=record.place,
        fee=same(record.fee_text),
        online=record.online_level or "",
        law=record.legal_basis,
    )


def wanted(expected: Expected) -> Expected:
    texts = {key: same(getattr(expected, key)) for key in ("name", "field", "time", "short", "fee")}
    return expected._replace(**texts)


@pytest.mark.parametrize("seed", range(8))
def test_a_random_decision_is_read_without_a_field_wrong(seed: int, read: Reader) -> None:
    made = RandomDecision(seed)
    file = read(*made.parts)
    assert {record.code: found(record) for record in file.records} == {
        code: wanted(expected) for code, expected in made.expected.items()
    }
    assert sorted(review.code_printed for review in file.needs_review) == sorted(made.broken)
    assert made.ignored <= {*file.ignored}
    assert {issue.code for issue in file.issues} <= {"bad-code", "total-row"}
