"""The communes of Hải Phòng, found by the names people use: new or old, with or without marks and prefixes."""

from collections import defaultdict
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import msgspec

from knowledge.place_names import NamedPlace, PlaceNames, folded_words, split_words
from knowledge.procedure import Value

DATA = Path(__file__).with_name("communes.toml")


class CommuneKind(StrEnum):
    COMMUNE = "xã"
    WARD = "phường"
    SPECIAL_ZONE = "đặc khu"


class Contact(Value, frozen=True):
    """How to reach a commune's Public Administration Service Centre; what nobody told us is None or empty."""

    centre: str = ""  # its own name, where it has told one
    address: str | None = None
    hotlines: tuple[str, ...] = ()
    hours: str | None = None
    source: str = ""
    second_hand: bool = True  # copied from a transcription: shown as "cần đối chiếu"


class Commune(Value, frozen=True):
    """One of the 114 units. `old_units` are the full names of the units merged into it, whole or in part."""

    code: str
    kind: CommuneKind
    name: str
    old_units: tuple[str, ...] = ()
    contact: Contact | None = None

    @property
    def full_name(self) -> str:
        return f"{self.kind.capitalize()} {self.name}"


class _Directory(Value, frozen=True):
    commune: tuple[Commune, ...]


@lru_cache(maxsize=1)
def communes() -> tuple[Commune, ...]:
    """All of them, by code."""
    return msgspec.toml.decode(DATA.read_bytes(), type=_Directory).commune


def commune_of(code: str) -> Commune | None:
    return _by_code().get(code)


def names_of(code: str) -> tuple[str, ...]:
    """The full name of a commune and those of its old units; none for an unknown code."""
    commune = commune_of(code)
    return (commune.full_name, *commune.old_units) if commune else ()


def find_communes(text: str) -> tuple[Commune, ...]:
    """The communes that a text names, by code; several when the name is ambiguous or the old unit was divided.

    Understands a name alone ("cam thuong", "Vĩnh Bảo, Hải Phòng") and names after their kind anywhere in a
    sentence ("tôi ở phường Cẩm Thượng cũ"). An old name counts where no commune of today bears it.
    """
    return _in_order(_names().named_in(text))


def communes_like(text: str) -> tuple[Commune, ...]:
    """For a person who is choosing: those the text names, else those with a name that has its words; all for none."""
    if not text.strip():
        return communes()
    return find_communes(text) or _in_order(_having(folded_words(split_words(text))))


def _having(words: tuple[str, ...]) -> set[str]:
    """Codes of the communes that have, in one of their names, all the words, the last perhaps unfinished."""
    *whole, last = words or ("",)
    return {
        code
        for code, names in _words_of_names().items()
        if last and any(set(whole) <= set(name) and any(word.startswith(last) for word in name) for name in names)
    }


def _in_order(codes: set[str]) -> tuple[Commune, ...]:
    return tuple(commune for commune in communes() if commune.code in codes)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Commune]:
    return {commune.code: commune for commune in communes()}


@lru_cache(maxsize=1)
def _names() -> PlaceNames:
    places = [NamedPlace.of(commune.full_name, commune.code, is_current=True) for commune in communes()]
    old = (NamedPlace.of(name, each.code, is_current=False) for each in communes() for name in each.old_units)
    return PlaceNames([*places, *old])


@lru_cache(maxsize=1)
def _words_of_names() -> dict[str, list[tuple[str, ...]]]:
    names: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for commune in communes():
        names[commune.code] = [folded_words(split_words(name)) for name in (commune.full_name, *commune.old_units)]
    return names
