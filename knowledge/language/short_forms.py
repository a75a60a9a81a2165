"""Short forms of chat and office ("cccd", "hk", "bn ngày") written out, by what stands around them."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from knowledge.language.syllables import fold


class Sense(msgspec.Struct, frozen=True):
    """One meaning and where it holds. `prev` and `next` are neighbouring words, `near` words or phrases anywhere."""

    full: str
    prev: frozenset[str] = frozenset()
    next: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()

    def holds(self, folded: Sequence[str], at: int) -> bool:
        """Whether the sense fits the token at `at` of the folded tokens; every given condition counts."""
        if self.prev and not (at > 0 and _kind(folded[at - 1]) in self.prev):
            return False
        if self.next and not (at + 1 < len(folded) and _kind(folded[at + 1]) in self.next):
            return False
        return not self.near or any(f" {phrase} " in f" {' '.join(folded)} " for phrase in self.near)


def _kind(token: str) -> str:
    return "#" if token[0].isdigit() else token


def expand(tokens: Sequence[str]) -> list[str]:
    """The tokens with short forms written out; a full form of several words becomes several tokens."""
    known = load_senses()
    forms = [token.replace("đ", "d") for token in tokens]  # any other mark makes it another word: "kó" is not "ko"
    if known.keys().isdisjoint(forms):
        return list(tokens)
    folded = [fold(token) for token in tokens]
    expanded: list[str] = []
    for at, (token, form) in enumerate(zip(tokens, forms, strict=True)):
        full = next((sense.full for sense in known.get(form, ()) if sense.holds(folded, at)), token)
        expanded += full.split(" ")
    return expanded


@cache
def load_senses() -> Mapping[str, tuple[Sense, ...]]:
    """Folded short form -> its senses, in the order in which they are tried."""
    data: dict[str, Any] = tomllib.loads(
        files("knowledge.language.data").joinpath("short_forms.toml").read_text("utf-8")
    )
    always = {form: (Sense(full),) for form, full in data["always"].items()}
    by_context = {form: tuple(_sense(row) for row in rows) for form, rows in data["context"].items()}
    return always | by_context


def _sense(row: dict[str, Any]) -> Sense:
    conditions = {key: frozenset(row[key]) for key in ("prev", "next", "near") if key in row}
    return Sense(full=row["full"], **conditions)
