"""A code without separators, or with them at odd places: all ways to split it, of which exactly one may be right."""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from bot.dossiers.folding import as_digits
from bot.dossiers.shapes import GROUP
from knowledge.dossier_code import SHORT_DAY

SHORTEST = 13  # characters: a letter, two digits, a day, four digits
LONG_DAY = 8
FEWEST, MOST = 4, 7  # digits of a number
MOST_GROUPS = 16  # an id in eight pieces at most, a day in four, a number in four; more is no code

IsDay = Callable[[str], bool]


class Split(NamedTuple):
    """`end` is the place after its last group."""

    canonical: str
    end: int
    is_number_parted: bool


def split(run: re.Match[str], ids: tuple[str, ...], is_day: IsDay) -> tuple[Split, ...]:
    """The splits of a run (shapes.RUN) that may be meant (several: ask). `ids` are the agencies that count as known."""
    if run.end() - run.start() < SHORTEST:
        return ()
    groups = [(as_digits(group[0]), group.end()) for group in GROUP.finditer(run.string, *run.span("groups"))]
    plain = {each: each.replace(".", "")[1:] for each in ids if each.startswith(run["letter"])}
    found = list(_splits(groups[:MOST_GROUPS], plain, is_day))
    whole = [each for each in found if not each.is_number_parted]
    return tuple({each.canonical: each for each in reversed(whole or found)}.values())


def _splits(groups: list[tuple[str, int]], ids: dict[str, str], is_day: IsDay) -> Iterator[Split]:
    digits, ends = "".join(group for group, _ in groups), list(accumulate(len(group) for group, _ in groups))
    for last, (_, place) in enumerate(groups):
        borders = frozenset((0, *ends[:last]))
        for agency, day_at, number_at in _readings(digits[: ends[last]], ids, is_day):
            day, number = digits[day_at:number_at], digits[number_at : ends[last]]
            inside = [border - number_at for border in borders if border > number_at]
            if _is_day_parted_well(borders, day_at, number_at) and _is_number_parted_well(number, inside):
                yield Split(f"{agency}-{day}-{number}", place, bool(inside))


def _readings(digits: str, ids: dict[str, str], is_day: IsDay) -> Iterator[tuple[str, int, int]]:
    """Agencies that the digits begin with and a day that follows, with the places where day and number begin."""
    for agency, plain in ids.items():
        if not digits.startswith(plain):
            continue
        for width in (SHORT_DAY, LONG_DAY):
            day_at, number_at = len(plain), len(plain) + width
            if FEWEST <= len(digits) - number_at <= MOST and is_day(digits[day_at:number_at]):
                yield agency, day_at, number_at


def _is_day_parted_well(borders: frozenset[int], day_at: int, number_at: int) -> bool:
    """Days are typed in pairs, or parted once before their last one. An agency and a phone number make no code."""
    inside = {border - day_at for border in borders if day_at < border < number_at}
    return all(at % 2 == 0 for at in inside) and (number_at in borders or inside <= {SHORT_DAY - 2})


def _is_number_parted_well(number: str, inside: list[int]) -> bool:
    """Numbers are padded with zeros and typed in pieces of one length: "00 12". "12 15 ngày" is no number 1215."""
    pieces = {after - before for before, after in pairwise((0, *sorted(inside), len(number)))}
    return not inside or (number.startswith("0") and len(pieces) == 1)
