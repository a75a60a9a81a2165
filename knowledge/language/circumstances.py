"""Circumstances named in a text ("người nước ngoài", "bị mất", "con dưới 14 tuổi") that part near-twins."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files


def circumstances_in(line: str) -> int:
    """The circumstances that a folded line names, a bit each (see mask_of)."""
    return sum(1 << at for at, pattern in enumerate(load_circumstances().values()) if pattern.search(line))


def mask_of(names: Collection[str]) -> int:
    """The bits of circumstances by name."""
    return sum(1 << at for at, name in enumerate(load_circumstances()) if name in names)


@cache
def load_circumstances() -> dict[str, re.Pattern[str]]:
    """Circumstance -> the words that name it, as one pattern of whole words."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("circumstances.toml").read_text("utf-8"))
    return {
        name: re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, part["words"])) + r")(?!\S)")
        for name, part in data.items()
    }
