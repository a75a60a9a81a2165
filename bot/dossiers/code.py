"""Codes of dossiers as people type them: found, corrected where nobody can be mistaken, else asked about.

Nothing here looks anything up. The rules and their reasons: docs/dossier-codes.md.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice

import msgspec

from bot.dossiers.doubts import WEAK_DOUBTS, NearMiss
from bot.dossiers.folding import Folded, fold
from bot.dossiers.steps import CODE_STEPS, NEAR_STEPS, Rules, Step, Taken
from knowledge.agencies import known_agencies
from knowledge.dossier_code import DossierCode

ANY_DAY = date(2099, 12, 31)  # where a text is only masked: better one day too many
MOST_FOUND = 50  # codes and near misses of one message
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


def read_codes(text: str, today: date | None = None, ids: tuple[str, ...] = (), *, most: int = MOST_FOUND) -> Reading:
    """The codes in a message. `today` is the day in Việt Nam: a code may be dated until tomorrow; None: at any day.

    `ids` are the agencies that count as known, by default those of knowledge.agencies; `most` limits what is told.
    """
    if not _MAY_HOLD_CODE.search(text):
        return Reading()
    folded = fold(text)
    rules = Rules(today + timedelta(days=1) if today else ANY_DAY, ids or _known_ids())
    taken = list(islice(_taken(folded.text, (*CODE_STEPS, *NEAR_STEPS), rules), most))
    near = (NearMiss(each.doubt, *folded.span(each.start, each.end), each.proposal) for each in taken if each.doubt)
    return Reading(_found(taken, folded), tuple(sorted(near, key=lambda each: each.start)))


def find_codes(text: str) -> tuple[FoundCode, ...]:
    """All codes in a text of any length, to mask them: of any day, however many, and nothing that is nearly one."""
    if not _MAY_HOLD_CODE.search(text):
        return ()
    folded = fold(text)
    return _found(list(_taken(folded.text, CODE_STEPS, Rules(ANY_DAY, _known_ids()))), folded)


def _found(taken: list[Taken], folded: Folded) -> tuple[FoundCode, ...]:
    found = (FoundCode(each.code, *folded.span(each.start, each.end)) for each in taken if each.code)
    return tuple(sorted(found, key=lambda each: each.start))


def _taken(text: str, steps: tuple[Step, ...], rules: Rules) -> Iterator[Taken]:
    """What the steps take, each out of what the ones before it left."""
    for step in steps:
        found = list(step(text, rules))
        yield from found
        text = _blanked(text, [each.whole or (each.start, each.end) for each in found])


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], BLANK * (end - start)]
        at = end
    return "".join((*parts, text[at:])) if spans else text


@cache
def _known_ids() -> tuple[str, ...]:
    return known_agencies().ids
