"""The steps that take codes out of a folded message. Their order: what is surest first, what it leaves to the next."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from bot.dossiers import shapes
from bot.dossiers.doubts import Doubt
from bot.dossiers.folding import as_digits, fold
from bot.dossiers.splits import LONG_DAY, split
from knowledge.agencies import known_agencies
from knowledge.dossier_code import DossierCode, day_of, dossier_code

FIRST_DAY = date(2018, 1, 1)  # the portals' first codes; earlier "days" are other numbers
FEWEST_DIGITS = 12  # of a letter and its digits that may be a code: two, six and four


class Rules(msgspec.Struct, frozen=True):
    last_day: date
    ids: tuple[str, ...]

    def doubt_of(self, day: str) -> Doubt | None:
        """What is wrong with the digits of a day."""
        found = day_of(day) if len(day) < LONG_DAY or day.startswith("20") else None
        if found is None:
            return Doubt.NO_SUCH_DAY
        if found < FIRST_DAY:
            return Doubt.OLD_DAY
        return Doubt.FUTURE_DAY if found > self.last_day else None

    def is_day(self, day: str) -> bool:
        return self.doubt_of(day) is None


class Taken(NamedTuple):
    """A code, or a doubt, or neither (a part that the next steps must not see). `whole` is more than the code's own."""

    start: int
    end: int
    code: DossierCode | None = None
    doubt: Doubt | None = None
    proposal: str = ""
    whole: tuple[int, int] | None = None


Step = Callable[[str, Rules], Iterator[Taken]]


def in_links(text: str, rules: Rules) -> Iterator[Taken]:
    """Of a receipt's link its MaHoSo alone: the other parameters are somebody's identity number."""
    if "MAHOSO=" not in text:
        return
    for link in shapes.LINK.finditer(text):
        value = fold(unquote(link["code"])).text
        codes = (taken.code for step in (insurance, separated, unseparated) for taken in step(value, rules))
        yield Taken(*link.span("code"), next(filter(None, codes), None), whole=link.span())


def payments(text: str, _rules: Rules) -> Iterator[Taken]:
    return (Taken(*found.span(), doubt=Doubt.PAYMENT) for found in shapes.PAYMENT.finditer(text))


def insurance(text: str, _rules: Rules) -> Iterator[Taken]:
    for found in shapes.INSURANCE.finditer(text):
        canonical = "/".join(map(as_digits, found.group("number", "year", "office")))
        yield Taken(*found.span(), dossier_code(canonical))


def separated(text: str, rules: Rules) -> Iterator[Taken]:
    """Codes with separators between all their groups: any agency."""
    for found in shapes.CODE.finditer(text):
        day = as_digits(found["day"])
        is_half = not found["old"] and shapes.HALF_OLD.search(text, 0, found.start())
        doubt = Doubt.HALF_AGENCY if is_half else rules.doubt_of(day)
        code = None if doubt else dossier_code(f"{_agency(found)}-{day}-{as_digits(found['number'])}")
        yield Taken(*found.span(), code, doubt)


def _agency(found: re.Match[str]) -> str:
    old = map(as_digits, shapes.GROUP.findall(found["old"] or ""))
    levels = map(as_digits, shapes.GROUP.findall(found["levels"]))
    return ".".join((*old, found["first"][0] + as_digits(found["first"][1:]), *levels))


def unseparated(text: str, rules: Rules) -> Iterator[Taken]:
    for run in shapes.RUN.finditer(text):
        splits = split(run, rules.ids, rules.is_day)
        if len(splits) == 1:
            yield Taken(run.start(), splits[0].end, dossier_code(splits[0].canonical))


def _near(doubt: Doubt, shape: re.Pattern[str]) -> Step:
    def near(text: str, rules: Rules) -> Iterator[Taken]:
        for found in shape.finditer(text):
            day = found.groupdict().get("day")
            if day is None or rules.is_day(as_digits(day)):
                yield Taken(*found.span(), doubt=doubt)

    return near


def no_letter(text: str, rules: Rules) -> Iterator[Taken]:
    for found in shapes.NO_LETTER.finditer(text):
        day = as_digits(found["day"])
        if rules.is_day(day):
            letter = _letter_of(found["first"])
            levels = (found["first"], *map(as_digits, shapes.GROUP.findall(found["levels"])))
            proposal = f"{letter}{'.'.join(levels)}-{day}-{as_digits(found['number'])}" if letter else ""
            yield Taken(*found.span(), doubt=Doubt.NO_LETTER, proposal=proposal)


def _letter_of(digits: str) -> str:
    """The letter with which two digits make a first level that is known; "" if none does."""
    known = {level.id for level in known_agencies().level}
    return next((letter for letter in "HG" if letter + digits in known), "")


def no_agency(text: str, rules: Rules) -> Iterator[Taken]:
    for found in shapes.NO_AGENCY.finditer(text):
        if rules.is_day(as_digits(found["day"])):
            yield Taken(*found.span(), doubt=Doubt.NO_AGENCY)


def unclear_runs(text: str, rules: Rules) -> Iterator[Taken]:
    for run in shapes.RUN.finditer(text):
        if run["letter"] in "GH" and sum(map(str.isdigit, run[0])) >= FEWEST_DIGITS:
            several = len(split(run, rules.ids, rules.is_day)) > 1
            yield Taken(*run.span(), doubt=Doubt.SEVERAL_READINGS if several else Doubt.UNKNOWN_AGENCY)


CODE_STEPS: tuple[Step, ...] = (in_links, payments, insurance, separated, unseparated)
NEAR_STEPS: tuple[Step, ...] = (
    *(_near(doubt, shape) for doubt, shape in shapes.NEAR_SHAPES),
    no_letter,
    no_agency,
    unclear_runs,
)
