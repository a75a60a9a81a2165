"""Codes of dossiers as people type them: found, corrected where nobody can be mistaken, else asked about.

Nothing here looks anything up. The rules and their reasons: docs/dossier-codes.md.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import msgspec

from bot.dossiers.doubts import WEAK_DOUBTS, NearMiss
from bot.dossiers.folding import fold
from bot.dossiers.steps import STEPS, Rules, Taken
from knowledge.agencies import known_agencies
from knowledge.dossier_code import DossierCode

ANY_DAY = date(2099, 12, 31)  # where a text is only masked: better one day too many
MOST_FOUND = 50  # codes and near misses of one message
MOST_CHARACTERS = 20_000  # read of one message; nobody's question is longer

BLANK = "\0"  # of no shape, and nothing that touches a code
_MAY_HOLD_CODE = re.compile(r"\d\D{0,12}?\d\D{0,12}?\d")


class FoundCode(msgspec.Struct, frozen=True):
    """A code and the part of the message it was read from."""

    code: DossierCode
    start: int
    end: int


class Reading(msgspec.Struct, frozen=True):
    """What a message holds, in order."""

    found: tuple[FoundCode, ...] = ()
    near: tuple[NearMiss, ...] = ()

    @property
    def codes(self) -> tuple[DossierCode, ...]:
        """Each code once."""
        return tuple(dict.fromkeys(each.code for each in self.found))

    @property
    def speaks_of_dossier(self) -> bool:
        """Whether a code was meant, if perhaps with a slip; plain numbers that could be half a code do not count."""
        return bool(self.found) or any(each.doubt not in WEAK_DOUBTS for each in self.near)


def read_codes(text: str, today: date | None = None, ids: tuple[str, ...] = ()) -> Reading:
    """The codes in a message. `today` is the day in Việt Nam: a code may be dated until tomorrow; None: at any day.

    `ids` are the agencies that count as known, by default those of knowledge.agencies.
    """
    if not _MAY_HOLD_CODE.search(text):
        return Reading()
    folded = fold(text[:MOST_CHARACTERS])
    rules = Rules(today + timedelta(days=1) if today else ANY_DAY, ids or _known_ids())
    taken = sorted(_taken(folded.text, rules), key=lambda each: each.start)
    spans = [(each, *folded.span(each.start, each.end)) for each in taken]
    return Reading(
        tuple(FoundCode(each.code, start, end) for each, start, end in spans if each.code),
        tuple(NearMiss(each.doubt, start, end, each.proposal) for each, start, end in spans if each.doubt),
    )


def _taken(text: str, rules: Rules) -> Iterator[Taken]:
    """What the steps take, each out of what the ones before it left."""
    count = 0
    for step in STEPS:
        for taken in list(step(text, rules)):
            text = _blanked(text, *(taken.whole or (taken.start, taken.end)))
            count += 1
            if count <= MOST_FOUND:
                yield taken


def _blanked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{BLANK * (end - start)}{text[end:]}"


@cache
def _known_ids() -> tuple[str, ...]:
    return known_agencies().ids
