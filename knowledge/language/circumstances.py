"""Circumstances named in a text ("người nước ngoài", "bị mất", "con dưới 14 tuổi") that part near-twins."""

import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def circumstances_in(line: str) -> int:
    """The circumstances that a folded line names, a bit each (see mask_of)."""
    return sum(1 << at for at, pattern in enumerate(load_circumstances().values()) if pattern.search(line))


def mask_of(names: Collection[str]) -> int:
    """The bits of circumstances by name."""
    return sum(1 << at for at, name in enumerate(load_circumstances()) if name in names)


def general_words(line: str) -> tuple[str, ...]:
    """The general words, as terms of the index, for what a folded line names by a particular one."""
    return tuple(term for pattern, terms in _general() if pattern.search(line) for term in terms)


@cache
def _general() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    patterns = load_circumstances()
    return tuple(
        (patterns[name], tuple(part["general"].split())) for name, part in _data().items() if "general" in part
    )


@cache
def load_circumstances() -> dict[str, re.Pattern[str]]:
    """Circumstance -> the words that name it, as one pattern of whole words."""
    return {name: _pattern(part) for name, part in _data().items()}


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("knowledge.language.data").joinpath("circumstances.toml").read_text("utf-8"))


def _pattern(part: Mapping[str, Collection[str]]) -> re.Pattern[str]:
    """Any of the words, or one of `before` directly followed by one of `after`, where no `except` begins."""
    pairs = (f"{first} {second}" for first in part.get("before", ()) for second in part.get("after", ()))
    kept = {*part["words"], *pairs}.difference(part.get("except", ()))
    refused = "".join(rf"(?!{re.escape(words)}(?!\S))" for words in part.get("except", ()) if words not in kept)
    return re.compile(
        rf"(?<!\S){refused}(?:" + "|".join(map(re.escape, sorted(kept, key=len, reverse=True))) + r")(?!\S)"
    )
