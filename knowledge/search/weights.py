"""The learned weights of ranking and of confidence: data, fitted by bench/fit_ranking.py, never by hand."""

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt

from knowledge.search.features import FEATURES


class Weights(msgspec.Struct, frozen=True):
    """One weight a feature, and one for each sign of confidence ("bias" stands alone)."""

    features: dict[str, float]
    confidence: dict[str, float]
    certainty: dict[str, float]

    def probabilities(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """How likely each line of features is the one meant; they add up to one."""
        scores = table @ np.array([self.features.get(name, 0.0) for name in FEATURES])
        odds = np.exp(scores - scores.max())
        total: npt.NDArray[np.float64] = odds / odds.sum()
        return total

    def confidence_of(self, signs: Mapping[str, float]) -> float:
        """How likely it is that the first candidate is right, 0 to 1."""
        return _chance(self.confidence["bias"] + sum(self.confidence[name] * value for name, value in signs.items()))

    def certainty_of(self, confidence: float, about_procedure: float) -> float:
        """Confidence in the first candidate, seen together with the chance that a procedure is meant at all."""
        weighed = self.certainty["confidence"] * _odds(confidence) + self.certainty["procedure"] * _odds(
            about_procedure
        )
        return _chance(weighed + self.certainty["bias"])


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _odds(chance: float) -> float:
    """Logarithm of the odds; chances are kept off 0 and 1, where it has no value."""
    kept = max(1e-4, min(1 - 1e-4, chance))
    return math.log(kept / (1 - kept))


@cache
def load_weights() -> Weights:
    return msgspec.json.decode(files("knowledge.search").joinpath("weights.json").read_bytes(), type=Weights)
