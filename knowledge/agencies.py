"""Agencies by the id that their dossier codes begin with, as far as the city has told them."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "agencies.toml"


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`name` is "" for an id that was seen but that nobody has named yet."""

    id: str
    name: str
    is_former: bool = False
    is_invented: bool = False


class Agencies(msgspec.Struct, frozen=True):
    """The agencies of the city, and the first levels (province or ministry) of everybody's ids."""

    agency: tuple[Agency, ...]
    level: tuple[Agency, ...]

    def with_ids(self, ids: tuple[str, ...]) -> "Agencies":
        """These and further ids, for an installation that knows more of its city than this file."""
        return msgspec.structs.replace(self, agency=(*self.agency, *(Agency(each, "") for each in ids)))

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(agency.id for agency in self.agency)

    def name_of(self, agency: str) -> str:
        """The name of an agency, else of its province or ministry, else ""."""
        own = next((each.name for each in self.agency if each.id == agency), "")
        return own or next((each.name for each in self.level if each.id == first_level(agency)), "")


def first_level(agency: str) -> str:
    """The province or ministry of an id: H24 of H24.60.4 and of 000.00.01.H24."""
    return next((part for part in agency.split(".") if part[:1].isalpha()), "")


@cache
def known_agencies() -> Agencies:
    return msgspec.convert(tomllib.loads(FILE.read_text("utf-8")), Agencies)
