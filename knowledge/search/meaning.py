"""What words mean together: a vector a term, learned from wordings and questions by bench/fit_meaning.py.

Texts that say the same in other words lie close: "vợ mới sinh" and "nhà vừa có em bé" share no syllable
that counts, but the wordings around them do. The vectors carry the weight of their term in their length.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

import msgspec
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer]
Floats = npt.NDArray[np.floating]

UNKNOWN = -1  # row of a term without a vector
CHUNK = 2_000  # texts at once: 20 MB of vectors


class Lexicon(msgspec.Struct, frozen=True):
    """The learned vectors: eight bits a number, and what each row is multiplied by."""

    rows: Mapping[str, int]
    vectors: npt.NDArray[np.int8]
    scales: Floats


class Meanings(msgspec.Struct, frozen=True):
    """Unit vectors of an index: of its wordings, and of each procedure as the middle of its wordings."""

    lexicon: Lexicon
    row_of_term: Ints  # by term of the index
    wordings: Floats
    procedures: Floats

    def of(self, terms: Sequence[int], weights: Sequence[float]) -> Floats:
        """The unit vector of weighed terms of the index; zeros when none has a meaning."""
        rows = self.row_of_term[np.array(terms, dtype=np.intp)]
        known = rows != UNKNOWN
        rows = rows[known]
        lengths = np.array(weights, dtype=np.float32)[known] * self.lexicon.scales[rows]
        return _unit(lengths @ self.lexicon.vectors[rows].astype(np.float32))


@cache
def load_lexicon() -> Lexicon:
    with files("knowledge.search").joinpath("meaning.npz").open("rb") as file:
        stored = np.load(file)
        names = stored["terms"].tobytes().decode().split("\n")
        return Lexicon({name: at for at, name in enumerate(names)}, stored["vectors"], stored["scales"])


def place(
    terms: Mapping[str, int],
    texts: Sequence[Sequence[str]],
    owners: Sequence[int],
    procedures: int,
    lexicon: Lexicon,
) -> Meanings:
    """Place the texts of an index, each given by its terms, and their owners among the vectors of a lexicon."""
    row_of_term = np.fromiter((lexicon.rows.get(term, UNKNOWN) for term in terms), dtype=np.int32, count=len(terms))
    starts = range(0, max(1, len(texts)), CHUNK)  # an index without texts has a place for none
    placed = np.concatenate([_placed(texts[start : start + CHUNK], lexicon) for start in starts])
    middles = np.zeros((procedures, placed.shape[1]), dtype=np.float32)
    np.add.at(middles, np.array(owners, dtype=np.intp), placed)
    return Meanings(lexicon, row_of_term, placed.astype(np.float16), _unit(middles))


def _placed(texts: Sequence[Sequence[str]], lexicon: Lexicon) -> Floats:
    """One unit vector a text; a row of zeros stands behind each so that none is empty."""
    known = [[row for term in text if (row := lexicon.rows.get(term)) is not None] for text in texts]
    rows = np.fromiter(chain.from_iterable(known), dtype=np.int32)
    counts = np.array([len(one) for one in known])
    sums = np.zeros((len(texts), lexicon.vectors.shape[1]), dtype=np.float32)
    if len(rows):
        vectors = lexicon.vectors[rows] * lexicon.scales[rows, None]
        full = np.flatnonzero(counts)
        sums[full] = np.add.reduceat(vectors, (np.cumsum(counts) - counts)[full], axis=0)
    return _unit(sums)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Floats = vectors / np.maximum(lengths, 1e-6)
    return unit
