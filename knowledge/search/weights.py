"""The learned weights of the ranking: data, fitted by bench/fit_ranking.py, never by hand."""

from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt

from knowledge.search.features import FEATURES


class Weights(msgspec.Struct, frozen=True):
    """One weight a feature; a candidate's score is the sum of feature times weight."""

    features: dict[str, float]

    def probabilities(self, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """How likely each line of features is the one meant; they add up to one."""
        scores = table @ np.array([self.features.get(name, 0.0) for name in FEATURES])
        odds = np.exp(scores - scores.max())
        total: npt.NDArray[np.float64] = odds / odds.sum()
        return total


@cache
def load_weights() -> Weights:
    return msgspec.json.decode(files("knowledge.search").joinpath("weights.json").read_bytes(), type=Weights)
