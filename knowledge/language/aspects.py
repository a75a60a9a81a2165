"""Which aspect of a procedure a message asks about, found by the phrases people ask with."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from knowledge.procedure import Aspect


class AspectAsked(msgspec.Struct, frozen=True):
    """The aspect asked for first, all that were asked, and which words (by position) only served to ask."""

    aspect: Aspect
    all: tuple[Aspect, ...]
    asking: frozenset[int]


class _Phrases(msgspec.Struct, frozen=True):
    weight: float
    pattern: re.Pattern[str]


def find_aspect(folded: Sequence[str]) -> AspectAsked:
    """The aspect of a message given as folded words; GENERAL when none is named."""
    line = " ".join(folded)
    asking: set[int] = set()
    found: dict[Aspect, float] = {}
    for aspect, phrases in load_aspects().items():
        for match in phrases.pattern.finditer(line):
            first = line.count(" ", 0, match.start())
            asking.update(range(first, first + match[1].count(" ") + 1))
            found[aspect] = phrases.weight
    ordered = sorted(found, key=lambda aspect: -found[aspect])
    return AspectAsked(ordered[0] if ordered else Aspect.GENERAL, tuple(ordered), frozenset(asking))


@cache
def load_aspects() -> dict[Aspect, _Phrases]:
    """Aspect -> its phrases; the data file's order settles ties."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("aspects.toml").read_text("utf-8"))
    return {Aspect(name): _Phrases(part["weight"], _pattern(part["phrases"])) for name, part in data.items()}


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """One pattern of whole words, longer phrases first; it looks ahead, so that phrases may overlap."""
    ordered = sorted(set(phrases), key=len, reverse=True)
    body = "|".join(re.escape(phrase).replace("_", r"\S+") for phrase in ordered)
    return re.compile(rf"(?<!\S)(?=({body})(?!\S))")
