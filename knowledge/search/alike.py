"""How near two messages are in meaning: their words, weighed by how rare they are among procedures and entries."""

import math
from collections.abc import Mapping
from functools import lru_cache

from knowledge.language.normalise import normalise
from knowledge.search.index import Index, content_words

Meaning = Mapping[str, float]  # word → weight; squares add up to one, nothing for a message without content


def meaning_of(text: str, index: Index) -> Meaning:
    words = _content_of(text)
    rarest = math.log(len(index.entries) + 2)  # of a word that nothing has
    weights = {word: float(index.rarity[index.terms[word]]) if word in index.terms else rarest for word in words}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


@lru_cache(maxsize=20_000)  # questions that wait, some 500 bytes each: reading them takes longer than comparing
def _content_of(text: str) -> frozenset[str]:
    folded = normalise(text).folded
    return content_words(folded) if folded else frozenset()


def alikeness(one: Meaning, other: Meaning) -> float:
    """The cosine of both: 0 for nothing in common, 1 for the same words."""
    return sum(weight * other[word] for word, weight in one.items() if word in other)
