"""Which procedure answers for the one that was asked: its successor, or the city's own in place of the nation's."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from knowledge.catalogue import KnownProcedure

MOST_STEPS = 20  # replacements after one another; the importer refuses loops, a chain so long is one all the same


class Why(StrEnum):
    REPLACED = "replaced"
    CITY = "city"


class Instead(msgspec.Struct, frozen=True):
    """The procedure that was asked for, and why another one answers."""

    asked: KnownProcedure
    why: Why


LookUp = Callable[[str], KnownProcedure | None]


def in_force(asked: KnownProcedure, look_up: LookUp, city_code: Callable[[str], str]) -> tuple[KnownProcedure, Why]:
    """What is the rule in place of a procedure; itself where nothing is."""
    known, why = asked, Why.CITY
    for _ in range(MOST_STEPS):
        successor = known.city.ended.successor if known.city.ended else ""
        following = successor or city_code(known.procedure.code)
        found = look_up(following) if following else None
        if found is None:
            return known, why
        known, why = found, Why.REPLACED if successor else why
    return asked, why
