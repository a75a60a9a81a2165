"""Which words of a message say nothing about its subject."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files


@cache
def load_fillers() -> tuple[frozenset[str], re.Pattern[str]]:
    """Folded filler words, and one pattern of filler phrases (whole words, longest first)."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("fillers.toml").read_text("utf-8"))
    phrases = "|".join(re.escape(phrase) for phrase in sorted(data["phrases"], key=len, reverse=True))
    return frozenset(data["words"].split()), re.compile(rf"(?<!\S)(?:{phrases})(?!\S)")


def filler_positions(folded: Sequence[str]) -> frozenset[int]:
    """Positions of the filler words of a message given as folded words."""
    words, phrases = load_fillers()
    line = " ".join(folded)
    positions = {at for at, word in enumerate(folded) if word in words}
    for match in phrases.finditer(line):
        first = line.count(" ", 0, match.start())
        positions.update(range(first, first + match[0].count(" ") + 1))
    return frozenset(positions)
