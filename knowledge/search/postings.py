"""Where terms stand: in which procedures, and in which of their texts."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from knowledge.search.rows import Floats, Ints, Rows, in_spans

SATURATION, LENGTH_SHARE = 1.2, 0.3  # BM25's k1 and b, over all wordings of a procedure together


class Places(NamedTuple):
    """Every place of every term, ordered by term, then by text; a term that a text repeats has as many."""

    terms: Ints
    texts: Ints


class Pairs(NamedTuple):
    """Which term stands in which procedure, ordered by both, and in which texts: those of the pair p are
    `texts[firsts[p]:firsts[p + 1]]`."""

    terms: Ints
    procedures: Ints
    firsts: Ints
    texts: Ints


class Postings(msgspec.Struct, frozen=True):
    """For each term the procedures it stands in: `rows[starts[t]:starts[t + 1]]`, in order, with a weight each: what
    the procedure shares with a message that names the term. `first_texts` and `texts` are as in `Pairs`."""

    starts: Ints
    rows: Ints
    weights: Floats
    first_texts: Ints
    texts: Ints

    def rows_of(self, term: int) -> Ints:
        """The rows of a term, in order."""
        return self.rows[self.starts[term] : self.starts[term + 1]]

    def met(self, terms: Sequence[int]) -> "Met":
        numbers = np.array(terms, dtype=np.intp)
        firsts, ends = self.starts[numbers], self.starts[numbers + 1]
        pieces = tuple(map(slice, firsts.tolist(), ends.tolist()))
        rows = np.concatenate([self.rows[:0], *(self.rows[piece] for piece in pieces)], dtype=np.intp)
        return Met(self, pieces, firsts, ends - firsts, rows)


class Met(NamedTuple):
    """The postings of some terms, one term behind the other: a slice, the first and the number of each."""

    postings: Postings
    pieces: tuple[slice, ...]
    firsts: Ints
    lengths: Ints
    rows: Ints

    def sums(self, weights: Sequence[float], procedures: int) -> Floats:
        """By procedure, the sum of what its terms weigh there; each term counts as much as its weight here."""
        every = self.postings.weights
        weighed = np.concatenate([every[:0], *(every[piece] for piece in self.pieces)], dtype=np.float64)
        weighed *= np.repeat(weights, self.lengths)
        return np.asarray(np.bincount(self.rows, weights=weighed, minlength=procedures), dtype=np.float64)

    def among(self, procedures: Ints, every: int) -> "Hits":
        """What stands in some of all procedures."""
        is_wanted, columns = np.zeros(every, dtype=np.bool_), np.zeros(every, dtype=np.intp)
        is_wanted[procedures], columns[procedures] = True, np.arange(len(procedures))
        hits = is_wanted.take(self.rows).nonzero()[0]
        ends = self.lengths.cumsum()
        terms = ends.searchsorted(hits, side="right")
        pairs = hits + (self.firsts - ends + self.lengths).take(terms)
        firsts = self.postings.first_texts.take(pairs)
        lengths = self.postings.first_texts.take(pairs + 1) - firsts
        texts = self.postings.texts.take(in_spans(firsts, lengths))
        return Hits(terms, columns.take(self.rows.take(hits)), lengths, texts)


class Hits(NamedTuple):
    """Which of some terms stands in which of some procedures, both by their place among these; in how many places of
    it, and the texts of all these places."""

    terms: Ints
    columns: Ints
    lengths: Ints
    texts: Ints

    def table(self, terms: int, columns: int) -> npt.NDArray[np.bool_]:
        """Whether each term, a line each, stands in each procedure; a last line, of all other terms, is empty."""
        table = np.zeros((terms + 1, columns), dtype=np.bool_)
        table[self.terms, self.columns] = True
        return table


def places_in(rows: Rows) -> Places:
    texts = max(1, len(rows.lengths))
    keys = rows.terms.astype(np.int64) * texts + np.repeat(np.arange(len(rows.lengths)), rows.lengths)
    keys.sort()
    return Places((keys // texts).astype(np.int32), (keys % texts).astype(np.int32))


def pairs_of(places: Places, owners: Ints) -> Pairs:
    """`owners` are the procedures of the texts."""
    procedures = owners[places.texts]
    is_next = (np.diff(places.terms, prepend=-1) != 0) | (np.diff(procedures, prepend=-1) != 0)
    firsts = np.flatnonzero(is_next)
    return Pairs(places.terms[firsts], procedures[firsts], np.append(firsts, len(procedures)), places.texts)


def postings(pairs: Pairs, rarity: Floats, procedures: int) -> Postings:
    """With BM25's weights: a term in all wordings of a procedure says more than in one, but not so much more."""
    counts = np.diff(pairs.firsts)
    lengths = np.bincount(pairs.procedures, weights=counts, minlength=procedures)
    norms = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(1e-6, lengths.mean() if procedures else 0.0))
    weights = counts * (SATURATION + 1) / (counts + norms[pairs.procedures]) * rarity[pairs.terms]
    return Postings(
        starts=np.searchsorted(pairs.terms, np.arange(len(rarity) + 1)).astype(np.int32),
        rows=pairs.procedures.astype(np.int32),
        weights=weights.astype(np.float32),
        first_texts=pairs.firsts.astype(np.int32),
        texts=pairs.texts.astype(np.int32, copy=False),
    )
