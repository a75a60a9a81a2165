"""Circumstances named in a text ("người nước ngoài", "bị mất", "con dưới 14 tuổi") that part near-twins."""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec


class _Phrases(msgspec.Struct, frozen=True):
    """Phrase -> the circumstances that it names, or that it is kept from naming where it begins; first word -> how
    many words such phrases have."""

    naming: Mapping[str, int]
    refusing: Mapping[str, int]
    lengths: Mapping[str, frozenset[int]]


def circumstances_in(line: str) -> int:
    """The circumstances that a folded line names, a bit each (see mask_of)."""
    phrases, words, named = _phrases(), line.split(), 0
    for at, word in enumerate(words):
        here = refused = 0
        for length in phrases.lengths.get(word, ()):
            phrase = " ".join(words[at : at + length])
            here |= phrases.naming.get(phrase, 0)
            refused |= phrases.refusing.get(phrase, 0)
        named |= here & ~refused
    return named


def mask_of(names: Collection[str]) -> int:
    """The bits of circumstances by name."""
    return sum(1 << at for at, name in enumerate(load_circumstances()) if name in names)


def general_words(named: int) -> tuple[str, ...]:
    """The general words, as terms of the index, for circumstances that were named by particular ones."""
    return tuple(term for bit, terms in _general() if named & bit for term in terms) if named else ()


@cache
def _general() -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple(
        (mask_of({name}), tuple(part["general"].split())) for name, part in _data().items() if "general" in part
    )


@cache
def load_circumstances() -> tuple[str, ...]:
    """Their names, in the order of their bits."""
    return tuple(_data())


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("knowledge.language.data").joinpath("circumstances.toml").read_text("utf-8"))


@cache
def _phrases() -> _Phrases:
    naming, refusing = defaultdict[str, int](int), defaultdict[str, int](int)
    lengths = defaultdict[str, set[int]](set)
    for at, part in enumerate(_data().values()):
        exceptions = part.get("except", ())
        for phrase in _named_by(part).difference(exceptions):
            naming[phrase] |= 1 << at
        for phrase in exceptions:
            refusing[phrase] |= 1 << at
    for first, *rest in map(str.split, (*naming, *refusing)):
        lengths[first].add(1 + len(rest))
    return _Phrases(dict(naming), dict(refusing), {first: frozenset(each) for first, each in lengths.items()})


def _named_by(part: Mapping[str, Collection[str]]) -> set[str]:
    """The words, and one of `before` directly followed by one of `after`."""
    pairs = (f"{first} {second}" for first in part.get("before", ()) for second in part.get("after", ()))
    return {*part["words"], *pairs}
