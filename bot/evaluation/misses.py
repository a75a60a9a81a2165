"""Every question that went wrong, with the measures it missed."""

from collections.abc import Iterable

import msgspec

from bot.evaluation.measures import MEASURES
from bot.evaluation.outcome import Outcome

SHOWN = 160  # characters of a question; a story goes on for pages


class Miss(msgspec.Struct, frozen=True):
    id: str
    text: str
    missed: tuple[str, ...]  # names of measures
    wanted: tuple[str, ...]  # codes, best first
    wanted_aspect: str
    ending: str
    aspect: str
    confidence: float
    procedures: tuple[str, ...]
    twins: tuple[str, ...]  # answered when the right record was left out

    def __str__(self) -> str:
        wanted, got = ", ".join(self.wanted) or "no procedure", ", ".join(self.procedures) or "no procedure"
        twins = f"; twins when left out: {', '.join(self.twins)}" if self.twins else ""
        return (
            f"{self.id} {self.text[:SHOWN]!r}: {', '.join(self.missed)}\n"
            f"    wanted {wanted} ({self.wanted_aspect}); "
            f"got {self.ending} {self.confidence:.2f} {got} ({self.aspect}){twins}"
        )


def misses(outcomes: Iterable[Outcome]) -> list[Miss]:
    """In the order asked. A measure that is a slice of another one is not named."""
    return [_miss(outcome, missed) for outcome in outcomes if (missed := _missed(outcome))]


def _missed(outcome: Outcome) -> tuple[str, ...]:
    return tuple(one.name for one in MEASURES if not one.styles and one.is_missed_by(outcome))


def _miss(outcome: Outcome, missed: tuple[str, ...]) -> Miss:
    question, left_out = outcome.question, outcome.left_out
    twins = (left_out.record, left_out.wordings) if left_out else ()
    return Miss(
        id=question.id,
        text=question.text,
        missed=missed,
        wanted=question.gold,
        wanted_aspect=question.aspect,
        ending=outcome.ending,
        aspect=outcome.aspect,
        confidence=round(outcome.confidence, 3),
        procedures=outcome.procedures[:3],
        twins=tuple(dict.fromkeys(filter(None, twins))),
    )
