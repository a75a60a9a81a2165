"""Circumstances named in a text ("người nước ngoài", "bị mất", "con dưới 14 tuổi") that part near-twins."""

import re
import tomllib
from functools import cache
from importlib.resources import files


def circumstances_in(line: str) -> frozenset[str]:
    """Names of the circumstances that a folded line names."""
    return frozenset(name for name, pattern in load_circumstances().items() if pattern.search(line))


@cache
def load_circumstances() -> dict[str, re.Pattern[str]]:
    """Circumstance -> the words that name it, as one pattern of whole words."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("circumstances.toml").read_text("utf-8"))
    return {
        name: re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, part["words"])) + r")(?!\S)")
        for name, part in data.items()
    }
