"""Messages that name a topic and nothing more about it ("nhà đất", "cho em hỏi sổ đỏ cần gì ạ")."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from knowledge.language.aspects import asking_positions
from knowledge.language.fillers import filler_positions
from knowledge.language.normalise import normalise
from knowledge.wordings import Family

LONGEST = 10  # words: a topic of one to four, fillers and asking words around it

Found = TypeVar("Found")


def topics_of(families: Iterable[Family]) -> dict[str, Family]:
    """Folded topic -> the family whose question it calls for."""
    return {_folded(name): family for family in families for name in family.bare}


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return " ".join(normalise(name).folded)


def named_topic(words: Sequence[str], topics: Mapping[str, Found]) -> Found | None:
    """The topic that stands in folded words as it is, when all words around it are fillers or only ask."""
    if len(words) > LONGEST:
        return None
    around = filler_positions(words) | asking_positions(words)
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            found = topics.get(" ".join(words[start : start + length]))
            if found is not None and around.issuperset((*range(start), *range(start + length, len(words)))):
                return found
    return None
