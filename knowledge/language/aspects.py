"""Which aspect of a procedure a message asks about: by the phrases people ask with, weighed by a fitted model."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from knowledge.language.classifier import load_model
from knowledge.language.signs import phrase_signs, word_signs
from knowledge.procedure import Aspect


class AspectAsked(msgspec.Struct, frozen=True):
    """The aspect asked for first, all that were asked, and which words (by position) only served to ask."""

    aspect: Aspect
    all: tuple[Aspect, ...]
    asking: frozenset[int]


def find_aspect(folded: Sequence[str]) -> AspectAsked:
    """The aspect of a message given as folded words; GENERAL when it only states a wish."""
    found = phrases_in(folded)
    chances = load_model("aspect").probabilities(set(aspect_signs(folded, found)))
    asking = {place for at, _, phrase in found for place in range(at, at + phrase.count(" ") + 1)}
    likeliest = Aspect(max(chances, key=lambda name: chances[name]))
    return AspectAsked(
        aspect=likeliest if found or likeliest is Aspect.DOCUMENTS else Aspect.GENERAL,
        all=tuple(dict.fromkeys(Aspect(aspect) for _, aspect, _ in found)),
        asking=frozenset(asking),
    )


def aspect_signs(folded: Sequence[str], found: Sequence[tuple[int, str, str]]) -> list[str]:
    """What the model of aspects weighs."""
    return [*word_signs(folded), *phrase_signs(found, len(folded))]


def phrases_in(folded: Sequence[str]) -> list[tuple[int, str, str]]:
    """Position, aspect and phrase of everything that asks, in order."""
    line = " ".join(folded)
    found = [
        (line.count(" ", 0, match.start()), str(aspect), match[1])
        for aspect, pattern in load_phrases().items()
        for match in pattern.finditer(line)
    ]
    return sorted(found)


@cache
def load_phrases() -> dict[Aspect, re.Pattern[str]]:
    """Aspect -> its phrases."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("aspects.toml").read_text("utf-8"))
    return {Aspect(name): _pattern(part["phrases"]) for name, part in data.items()}


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """One pattern of whole words, longer phrases first; it looks ahead, so that phrases may overlap."""
    ordered = sorted(set(phrases), key=len, reverse=True)
    body = "|".join(re.escape(phrase).replace("_", r"\S+") for phrase in ordered)
    return re.compile(rf"(?<!\S)(?=({body})(?!\S))")
