"""Teencode and regional sounds spelled out: letters exchanged where only that makes a syllable."""

from functools import lru_cache

from knowledge.language.syllables import fold, is_syllable

# What is written at the beginning or end of a word -> what it stands for, tried in this order.
_BEGINNINGS = (("f", "ph"), ("j", "gi"), ("w", "qu"), ("z", "d"), ("z", "gi"), ("dz", "d"), ("c", "k"), ("k", "c"),
               ("q", "qu"), ("gh", "g"), ("ngh", "ng"), ("ng", "ngh"), ("g", "gh"))  # fmt: skip
_ENDINGS = (("k", "ch"), ("g", "ng"), ("h", "nh"), ("i", "y"), ("j", "i"), ("z", ""), ("w", ""), ("s", ""), ("x", "ch"))


@lru_cache(maxsize=8192)
def plain_spelling(token: str) -> str:
    """The usual spelling of a slang one ("fường", "jấy", "thik"), or the token itself.

    Only tokens that cannot be syllables are touched, so that no real word is ever changed.
    """
    if not token.isalpha() or len(token) < 2 or is_syllable(fold(token)):  # noqa: PLR2004  single letters are short forms
        return token
    for written, meant in _BEGINNINGS:
        if token.startswith(written) and is_syllable(fold(meant + token[len(written) :])):
            return meant + token[len(written) :]
    for written, meant in _ENDINGS:
        stem = token[: len(token) - len(written)]
        if token.endswith(written) and is_syllable(fold(stem + meant)):
            return stem + meant
    return _with_repeated_letter_dropped(token)


def _with_repeated_letter_dropped(token: str) -> str:
    """A key held too long: "giấyy", "sinhh"."""
    for at in range(1, len(token)):
        shorter = token[:at] + token[at + 1 :]
        if token[at] == token[at - 1] and is_syllable(fold(shorter)):
            return shorter
    return token
