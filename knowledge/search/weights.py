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

    def probabilities(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """How likely each line of features is the one meant; they add up to one."""
        scores = table @ np.array([self.features.get(name, 0.0) for name in FEATURES])
        odds = np.exp(scores - scores.max())
        total: npt.NDArray[np.float64] = odds / odds.sum()
        return total

    def confidence_of(self, signs: Mapping[str, float]) -> float:
        """How likely it is that the first candidate is right, 0 to 1."""
        score = self.confidence["bias"] + sum(self.confidence[name] * value for name, value in signs.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load_weights() -> Weights:
    return msgspec.json.decode(files("knowledge.search").joinpath("weights.json").read_bytes(), type=Weights)
