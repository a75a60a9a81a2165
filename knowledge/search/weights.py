"""The learned weights of ranking and of confidence: data, fitted by bench/fit_ranking.py, never by hand."""

import math
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files

import msgspec
import numpy as np

from knowledge.search.features import FEATURES, Table
from knowledge.search.rows import Floats

MOST_ODDS = 2.0  # logarithm: 7 to 1


class Weights(msgspec.Struct, frozen=True, dict=True):
    """One weight a feature, and one for each sign of confidence ("bias" stands alone)."""

    features: dict[str, float]
    confidence: dict[str, float]
    certainty: dict[str, float]
    context: dict[str, float]
    context_confidence: dict[str, float]

    def probabilities(self, table: Table) -> Table:
        """How likely each line of features is the one meant; they add up to one."""
        return _shares(table @ self._of_features)

    @cached_property
    def _of_features(self) -> Floats:
        return np.array([self.features.get(name, 0.0) for name in FEATURES])

    def context_probabilities(self, table: Table, names: Sequence[str]) -> Table:
        """The same for lines of signs, so named, of a message after another one."""
        return _shares(table @ np.array([self.context.get(name, 0.0) for name in names]))

    def confidence_of(self, signs: Mapping[str, float]) -> float:
        """How likely it is that the first candidate is right, 0 to 1."""
        return weighed(self.confidence, signs)

    def context_confidence_of(self, signs: Mapping[str, float]) -> float:
        """The same for a message after another one."""
        return weighed(self.context_confidence, signs)

    def certainty_of(self, confidence: float, about_procedure: float) -> float:
        """Confidence in the first candidate, seen together with the chance that a procedure is meant at all."""
        return weighed(self.certainty, certainty_signs(confidence, about_procedure))


def _shares(scores: Table) -> Table:
    odds = np.exp(scores - scores.max())
    shares: Table = odds / odds.sum()
    return shares


def weighed(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """The chance that a logistic regression gives."""
    return _chance(weights["bias"] + sum(weights[name] * value for name, value in signs.items()))


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def certainty_signs(confidence: float, about_procedure: float) -> dict[str, float]:
    """Odds of both. That a procedure is meant at all can make nobody surer which one, so its odds end early."""
    return {"confidence": _odds(confidence), "procedure": min(MOST_ODDS, _odds(about_procedure))}


def _odds(chance: float) -> float:
    """Logarithm of the odds; chances are kept off 0 and 1, where it has no value."""
    kept = max(1e-4, min(1 - 1e-4, chance))
    return math.log(kept / (1 - kept))


@cache
def load_weights() -> Weights:
    return msgspec.json.decode(files("knowledge.search").joinpath("weights.json").read_bytes(), type=Weights)
