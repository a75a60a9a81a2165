"""Lists of numbers of different lengths, one behind the other in one array, worked on all at once."""

from collections.abc import Sequence
from itertools import chain

import msgspec
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer]
Floats = npt.NDArray[np.floating]


class Rows(msgspec.Struct, frozen=True):
    """For each text its terms: `terms[starts[r]:starts[r + 1]]`; none is empty."""

    starts: Ints
    lengths: Ints
    terms: Ints

    def at(self, places: Ints) -> "Rows":
        """Some of the texts, in the order of their places."""
        lengths = self.lengths[places]
        return rows_in(lengths, self.terms[in_spans(self.starts[places], lengths)])

    def all_sums(self, values: Floats) -> Floats:
        """For each text the sum of its values by term."""
        if not len(self.lengths):
            return values[:0]
        sums: Floats = np.add.reduceat(values.take(self.terms, mode="clip"), self.starts[:-1])
        return sums

    def vector_sums(self, vectors: Floats) -> Floats:
        """For each text, an empty one too, the sum of its terms' vectors.

        All first terms are added at once, then all second ones …: the fewest steps for many short texts.
        """
        longest_first = np.argsort(-self.lengths, kind="stable")
        starts, lengths = self.starts[longest_first], self.lengths[longest_first]
        sums = np.zeros((len(starts), vectors.shape[1]), dtype=np.float32)
        for at in range(int(lengths.max(initial=0))):
            count = int(np.searchsorted(-lengths, -at))  # texts that have so many terms
            sums[:count] += vectors[self.terms[starts[:count] + at]]
        return sums[np.argsort(longest_first)]


def rows_of(texts: Sequence[Sequence[int]]) -> Rows:
    terms = np.fromiter(chain.from_iterable(texts), dtype=np.int32)
    return rows_in(np.fromiter(map(len, texts), dtype=np.int32, count=len(texts)), terms)


def rows_in(lengths: Ints, terms: Ints) -> Rows:
    """Texts of these lengths in terms that stand one text behind the other."""
    return Rows(np.concatenate([[0], np.cumsum(lengths)], dtype=np.int32), lengths, terms)


def joined(one: Rows, other: Rows) -> Rows:
    return rows_in(np.concatenate([one.lengths, other.lengths]), np.concatenate([one.terms, other.terms]))


def in_spans(firsts: Ints, lengths: Ints) -> Ints:
    """All numbers of several spans, span by span."""
    ends = lengths.cumsum(dtype=np.intp)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Ints = np.arange(total) + np.repeat(firsts - (ends - lengths), lengths)
    return numbers
