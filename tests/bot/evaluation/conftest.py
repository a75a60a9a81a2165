"""Outcomes made by hand: figures are checked against known numbers, not against a run."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.conversation.messages import Ending, Family
from bot.evaluation.labelled import Labelled
from bot.evaluation.outcome import Outcome

RIGHT, OTHER, THIRD = "1.000001", "1.000002", "1.000003"

ENDINGS = {
    Family.ANSWER: Ending.PROCEDURE,
    Family.CHOOSE: Ending.CHOICE,
    Family.DOSSIER: Ending.DOSSIER,
    Family.DECLINE: Ending.UNKNOWN,
}

MakeOutcome = Callable[..., Outcome]


def make_outcome(*procedures: str, family: Family = Family.ANSWER, **changes: Any) -> Outcome:
    """What came of a question whose right procedure is RIGHT; name any field of question or outcome to change it."""
    of_outcome = {
        "aspect": "general", "confidence": 0.9, "milliseconds": 2.0, "field": "", "level": "", "left_out": None
    }  # fmt: skip
    own = {name: changes.pop(name, value) for name, value in of_outcome.items()}
    asked = {"id": "q", "text": "đăng ký nuôi trâu", "style": "clean", "gold": (RIGHT,)} | changes
    if "asks" in asked:
        asked["aspect"] = asked.pop("asks")
    return Outcome(question=Labelled(**asked), ending=ENDINGS[family], procedures=procedures, **own)


@pytest.fixture
def outcome() -> MakeOutcome:
    return make_outcome
