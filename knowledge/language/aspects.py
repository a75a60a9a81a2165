"""Which aspect of a procedure a message asks about: by the phrases people ask with, weighed by a fitted model."""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from knowledge.language.classifier import load_model
from knowledge.language.phrases import Phrases
from knowledge.language.signs import phrase_signs, word_signs
from knowledge.procedure import Aspect

WHETHER, AT_END = "khong", 3  # who ends with "không", give or take two polite words, asks whether


class AspectAsked(msgspec.Struct, frozen=True):
    """The aspect asked for first, all that were asked, and which words (by position) only served to ask."""

    aspect: Aspect
    all: tuple[Aspect, ...]
    asking: frozenset[int]


class AskingIn(NamedTuple):
    """What of a message asks, as `phrases_in` tells it, and what the model of aspects weighs."""

    phrases: tuple[tuple[int, str, str], ...]
    signs: frozenset[str]


def find_aspect(folded: Sequence[str]) -> AspectAsked:
    """The aspect of a message given as folded words; GENERAL when it only states a wish."""
    found, signs = asking_in(tuple(folded))
    chances = load_model("aspect").probabilities(signs)
    likeliest = Aspect(max(chances, key=lambda name: chances[name]))
    return AspectAsked(
        aspect=likeliest if found or likeliest is Aspect.DOCUMENTS else Aspect.GENERAL,
        all=tuple(dict.fromkeys(Aspect(aspect) for _, aspect, _ in found)),
        asking=_places_of(found),
    )


def asking_positions(folded: Sequence[str]) -> frozenset[int]:
    """Positions of the words that only serve to ask, as `find_aspect` tells them."""
    return _places_of(phrases_in(folded))


def _places_of(found: Sequence[tuple[int, str, str]]) -> frozenset[int]:
    return frozenset(place for at, _, phrase in found for place in range(at, at + phrase.count(" ") + 1))


@lru_cache(maxsize=16)  # several steps read the same message
def asking_in(folded: tuple[str, ...]) -> AskingIn:
    found = phrases_in(folded)
    return AskingIn(tuple(found), frozenset(aspect_signs(folded, found)))


def aspect_signs(folded: Sequence[str], found: Sequence[tuple[int, str, str]]) -> list[str]:
    """What the model of aspects weighs."""
    return [*word_signs(folded), *phrase_signs(found, len(folded))]


def phrases_in(folded: Sequence[str]) -> list[tuple[int, str, str]]:
    """Position, aspect and phrase of everything that asks, in order; of an aspect's phrases that begin with the same
    word the longest."""
    found: dict[tuple[int, str], str] = {}
    for at, phrase, aspects in load_phrases().found_in(folded):
        for aspect in aspects:
            found.setdefault((at, aspect), phrase)
    for at in range(max(0, len(folded) - AT_END), len(folded)):
        if folded[at] == WHETHER:
            found.setdefault((at, str(Aspect.CONDITIONS)), WHETHER)
    return sorted((at, aspect, phrase) for (at, aspect), phrase in found.items())


@cache
def load_phrases() -> Phrases[list[str]]:
    """The phrases that ask, with their aspects."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("aspects.toml").read_text("utf-8"))
    aspects = defaultdict[str, list[str]](list)
    for name, part in data.items():
        for phrase in set(part["phrases"]):
            aspects[phrase].append(str(Aspect(name)))
    return Phrases(aspects)
