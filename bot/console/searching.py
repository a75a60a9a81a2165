"""Finding texts by words, read as the bot reads a message: short forms, no diacritics, slips."""

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from knowledge.language.normalise import Text, normalise
from knowledge.language.syllables import fold
from knowledge.search.asked import UNKNOWN_RARITY, understand
from knowledge.search.index import Index, content_words

QUERY_LETTERS = 200
MOST_OF_IT = 0.6  # of the weight of a query's words: of three rare ones two

_WORD = re.compile(r"\w+")


class Sought(msgspec.Struct, frozen=True):
    """A query: its words as they were typed, and as they are understood with how rare they are."""

    text: Text
    raw: frozenset[str]
    weights: Mapping[str, float]

    def share(self, words: frozenset[str]) -> float:
        """How much of it some words have; all of it where they are just as it was typed."""
        if self.raw <= words:
            return 1.0
        whole = sum(self.weights.values())
        return sum(weight for word, weight in self.weights.items() if word in words) / whole if whole else 0.0


def sought(query: str, index: Index) -> Sought | None:
    """None for a query without words."""
    raw, text = words_in(query[:QUERY_LETTERS]), normalise(query[:QUERY_LETTERS])
    if not raw:
        return None
    words = understand(text, index).words
    content = content_words(words) if words else frozenset()
    weights = {
        word: float(index.rarity[index.terms[word]]) if word in index.terms else UNKNOWN_RARITY for word in content
    }
    return Sought(text, raw, weights)


def words_in(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


@lru_cache(20_000)  # questions of citizens, some 1 kB each
def words_meant(text: str) -> frozenset[str]:
    """Words as they stand, and as they are understood ("ck" is "chứng khoán")."""
    return words_in(text) | frozenset(normalise(text).folded)
