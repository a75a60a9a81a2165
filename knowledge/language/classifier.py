"""A small linear model over the words of a message: weights are data, and every decision can be explained.

A sign is a string such as "w:giay" or "t:bao nhieu"; a message's signs weigh together by the root of
their number, so that a long message is not surer than a short one.
"""

import math
from collections.abc import Collection
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt


class LinearModel(msgspec.Struct, frozen=True):
    """`weights` has a row for each sign and one column for each class; `bias` is what each class starts with."""

    classes: tuple[str, ...]
    bias: npt.NDArray[np.float32]
    rows: dict[str, int]
    weights: npt.NDArray[np.float32]

    def probabilities(self, signs: Collection[str]) -> dict[str, float]:
        """How likely each class is; the values add up to one."""
        known = [row for sign in signs if (row := self.rows.get(sign)) is not None]
        known.sort()  # sums of floats depend on the order
        weighed = self.weights.take(known, axis=0).sum(axis=0) / math.sqrt(len(known)) if known else 0.0
        scores = (self.bias + weighed).tolist()
        odds = [math.exp(score - max(scores)) for score in scores]
        whole = sum(odds)
        return {name: each / whole for name, each in zip(self.classes, odds, strict=True)}


class _Stored(msgspec.Struct):
    classes: tuple[str, ...]
    bias: list[float]
    weights: dict[str, list[float]]


@cache
def load_model(name: str) -> LinearModel:
    """The model of a data file, e.g. "aspect"; fitted by bench/fit_language.py, never by hand."""
    raw = files("knowledge.language.data").joinpath(f"{name}_weights.json").read_bytes()
    stored = msgspec.json.decode(raw, type=_Stored)
    return LinearModel(
        classes=stored.classes,
        bias=np.array(stored.bias, dtype=np.float32),
        rows={sign: at for at, sign in enumerate(stored.weights)},
        weights=np.array(list(stored.weights.values()), dtype=np.float32),
    )
