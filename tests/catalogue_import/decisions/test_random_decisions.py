"""Decisions put together at random are read without a field wrong."""

from collections.abc import Callable

import pytest

from catalogue_import.decision_file import DecisionFile
from random_decisions import RandomDecision, found, wanted

Reader = Callable[..., DecisionFile]


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
