"""What words mean together: a vector a term, learned from wordings and questions by bench/fit_meaning.py.

Texts that say the same in other words lie close: "vợ mới sinh" and "nhà vừa có em bé" share no syllable
that counts, but the wordings around them do. The vectors carry the weight of their term in their length.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt

from knowledge.search.rows import Floats, Ints, Rows, rows_in

UNKNOWN = -1  # row of a term without a vector


class Lexicon(msgspec.Struct, frozen=True):
    """The learned vectors: eight bits a number, and what each row is multiplied by."""

    rows: Mapping[str, int]
    vectors: npt.NDArray[np.int8]
    scales: Floats

    def rows_of(self, terms: Iterable[str]) -> Ints:
        return np.array([self.rows.get(term, UNKNOWN) for term in terms], dtype=np.int32)


class Meanings(msgspec.Struct, frozen=True):
    """Unit vectors of an index: of its wordings, and of each procedure as the middle of its wordings."""

    lexicon: Lexicon
    row_of_term: Ints  # by term of the index
    wordings: Floats
    procedures: Floats

    def of(self, terms: Sequence[int], weights: Sequence[float]) -> Floats:
        """The unit vector of weighed terms of the index; zeros when none has a meaning."""
        rows = self.row_of_term.take(np.array(terms, dtype=np.intp))
        known = rows != UNKNOWN
        rows = rows[known]
        lengths = np.array(weights, dtype=np.float32)[known] * self.lexicon.scales.take(rows)
        return _unit(lengths @ self.lexicon.vectors.take(rows, axis=0).astype(np.float32))


@cache
def load_lexicon() -> Lexicon:
    with files("knowledge.search").joinpath("meaning.npz").open("rb") as file:
        stored = np.load(file)
        names = stored["terms"].tobytes().decode().split("\n")
        return Lexicon({name: at for at, name in enumerate(names)}, stored["vectors"], stored["scales"])


def place(row_of_term: Ints, first_text: Ints, placed: Floats, lexicon: Lexicon) -> Meanings:
    """The meanings of an index: of its terms, of its texts, and of each procedure, from its first text to the next
    one's, the middle."""
    middles = rows_in(np.diff(first_text), np.arange(len(placed))).vector_sums(placed)
    return Meanings(lexicon, row_of_term, placed.astype(np.float32), _unit(middles))


def vectors_of(texts: Rows, lexicon: Lexicon) -> Floats:
    """One unit vector a text, each given by rows of the lexicon; zeros where nothing has a meaning."""
    rows = np.flatnonzero(np.bincount(texts.terms - UNKNOWN)) + UNKNOWN  # that are used
    places = np.zeros(len(lexicon.vectors) + 1, dtype=np.int32)
    places[rows] = np.arange(len(rows))
    vectors = lexicon.vectors[rows] * lexicon.scales[rows, None]
    vectors[rows == UNKNOWN] = 0
    return _unit(rows_in(texts.lengths, places[texts.terms]).vector_sums(vectors))


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Floats = vectors / np.maximum(lengths, 1e-6)
    return unit
