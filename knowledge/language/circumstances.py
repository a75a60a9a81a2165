"""Circumstances named in a text ("người nước ngoài", "bị mất", "con dưới 14 tuổi") that part near-twins."""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from knowledge.language.phrases import Phrases


class _Said(NamedTuple):
    """The circumstances that a phrase names, and those that it is kept from naming where it begins; a bit each."""

    naming: int
    refusing: int


def circumstances_in(line: str) -> int:
    """The circumstances that a folded line names, a bit each (see mask_of)."""
    naming: dict[int, int] = {}  # by position
    refusing: dict[int, int] = {}
    for at, _, said in _phrases().found_in(line.split()):
        naming[at] = naming.get(at, 0) | said.naming
        refusing[at] = refusing.get(at, 0) | said.refusing
    named = 0
    for at, bits in naming.items():
        named |= bits & ~refusing[at]
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
def _phrases() -> Phrases[_Said]:
    naming, refusing = defaultdict[str, int](int), defaultdict[str, int](int)
    for at, part in enumerate(_data().values()):
        exceptions = part.get("except", ())
        for phrase in _named_by(part).difference(exceptions):
            naming[phrase] |= 1 << at
        for phrase in exceptions:
            refusing[phrase] |= 1 << at
    return Phrases({phrase: _Said(naming[phrase], refusing[phrase]) for phrase in {*naming, *refusing}})


def _named_by(part: Mapping[str, Collection[str]]) -> set[str]:
    """The words, and one of `before` directly followed by one of `after`."""
    pairs = (f"{first} {second}" for first in part.get("before", ()) for second in part.get("after", ()))
    return {*part["words"], *pairs}
