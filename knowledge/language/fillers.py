"""Which words of a message say nothing about its subject."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from knowledge.language.phrases import Phrases


@cache
def load_fillers() -> tuple[frozenset[str], Phrases[None]]:
    """Folded filler words, and filler phrases."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("fillers.toml").read_text("utf-8"))
    return frozenset(data["words"].split()), Phrases(dict.fromkeys(data["phrases"]))


@cache
def words_of_fillers() -> frozenset[str]:
    """Every word that may be a filler, alone or in a phrase."""
    words, phrases = load_fillers()
    return words.union(*(phrase.split() for phrase in phrases))


def filler_positions(folded: Sequence[str]) -> frozenset[int]:
    """Positions of the filler words of a message given as folded words."""
    words, phrases = load_fillers()
    positions = {at for at, word in enumerate(folded) if word in words}
    end = 0
    for at, phrase, _ in phrases.found_in(folded):
        if at >= end:  # of phrases that overlap the first, and of those that begin together the longest
            end = at + phrase.count(" ") + 1
            positions.update(range(at, end))
    return frozenset(positions)
