"""Names and wordings as they are indexed. The next edition, and the next app of a process, say almost everything in
the same words: what was read once is kept, and an index is put together from it with a few large steps.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from itertools import islice
from threading import Lock
from typing import NamedTuple

import msgspec
import numpy as np

from knowledge.language.circumstances import circumstances_in, general_words
from knowledge.language.normalise import normalise
from knowledge.search.meaning import Lexicon, load_lexicon, vectors_of
from knowledge.search.rows import Floats, Ints, Rows, joined, rows_in, rows_of
from knowledge.search.terms import NOTHING, pairs_of, terms_of

KEPT = 100_000  # texts, some 0.6 kB each; beyond, those that no index asks for any more are forgotten


class Texts(msgspec.Struct, frozen=True):
    """Texts as they are indexed; the numbers in `terms` are places in `names`."""

    lines: list[str]  # folded
    terms: Rows
    named: Ints  # circumstances, a bit each
    vectors: Floats  # unit vectors of meaning, see meaning.Meanings
    names: list[str]
    meant: Ints  # by name: its row in the lexicon


class Shelf:
    """Texts that were read. Texts come in bulk, and several threads may ask."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon, self._lock = lexicon, Lock()
        self._forget()

    def take(self, texts: Sequence[str]) -> Texts:
        """These texts, in this order; those that are not here yet are read."""
        with self._lock:
            if len(self._places) > max(KEPT, 2 * len(texts)):
                self._forget()
            new = [text for text in dict.fromkeys(texts) if text not in self._places]
            if new:
                self._add(new)
            places = np.fromiter(map(self._places.__getitem__, texts), dtype=np.int32, count=len(texts))
            return Texts(
                lines=[self._lines[place] for place in places.tolist()],
                terms=self._terms.at(places),
                named=self._named[places],
                vectors=self._vectors[places],
                names=list(self._numbers),
                meant=self._meant,
            )

    def _forget(self) -> None:
        self._places: dict[str, int] = {}
        self._numbers = defaultdict[str, int]()  # of terms, in the order in which they were met
        self._numbers.default_factory = self._numbers.__len__
        self._lines: list[str] = []
        self._terms = rows_of([])
        self._named = np.zeros(0, dtype=np.int32)
        self._meant = np.zeros(0, dtype=np.int32)
        self._vectors = np.zeros((0, self._lexicon.vectors.shape[1]), dtype=np.float16)

    def _add(self, texts: Sequence[str]) -> None:
        read = [_read(text) for text in texts]
        numbers = self._numbers
        terms = rows_of([list(map(numbers.__getitem__, one.terms)) for one in read])
        unmet = islice(numbers, len(self._meant), None)
        self._meant = np.concatenate([self._meant, self._lexicon.rows_of(unmet)])
        meant = rows_in(terms.lengths, self._meant[terms.terms])
        self._terms = joined(self._terms, terms)
        self._named = np.concatenate([self._named, np.array([one.named for one in read], dtype=np.int32)])
        self._vectors = np.concatenate([self._vectors, vectors_of(meant, self._lexicon).astype(np.float16)])
        self._lines += [one.line for one in read]
        self._places.update(zip(texts, range(len(self._places), len(self._lines)), strict=True))


@cache
def the_shelf() -> Shelf:
    """The one of this process: what stands on it depends on nothing but the texts."""
    return Shelf(load_lexicon())


class _Read(NamedTuple):
    line: str
    terms: Collection[str]
    named: int


def _read(text: str) -> _Read:
    normalised = normalise(text)
    line = " ".join(normalised.folded)
    named = circumstances_in(line)
    general = general_words(named)
    terms = dict.fromkeys((*terms_of(normalised), *general, *pairs_of(general)))
    return _Read(line, terms or (NOTHING,), named)
