"""Spellings that differ without a difference: i or y, regional forms, papers and offices under old names."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files


@cache
def load_pairs() -> tuple[dict[str, str], dict[str, str]]:
    """Spelling -> the one we match by: those always meant, and those meant only in a text with marks."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("spelling.toml").read_text("utf-8"))
    always, in_marked_text = (
        {variant: standard for standard, variants in data[part].items() for variant in variants}
        for part in ("always", "in_marked_text")
    )
    return always, always | in_marked_text


def standard_spelling(tokens: Sequence[str]) -> list[str]:
    always, in_marked_text = load_pairs()
    pairs = always if all(token.isascii() for token in tokens) else in_marked_text
    return [pairs.get(token, token) for token in tokens]
