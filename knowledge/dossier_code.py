"""The code of a dossier (mã hồ sơ): `<agency id>-<YYMMDD>-<number>`, or BHXH's `number/year/office`.

The number starts again at 0001 each day in each agency, so codes can be guessed: they are neither stored
in statistics nor logged as they are (see `masked`).
"""

import re
from datetime import date

from knowledge.agencies import first_level
from knowledge.procedure import InvalidValueError, Value

STRICT = re.compile(
    r"(?P<agency>\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,3})-(?P<day>(?:20)?\d{6})-(?P<number>\d{4,7})",
    re.ASCII,
)
INSURANCE = re.compile(r"(?P<number>\d{4,6})/(?P<year>20\d\d)/(?P<office>\d{4,6})", re.ASCII)
INSURANCE_AGENCY = "BHXH"
HIDDEN = "****"
SHORT_DAY = 6  # digits of YYMMDD; iGate writes YYYYMMDD


class DossierCode(Value, frozen=True):
    """A code in its canonical form, taken apart. `received` is the day of issue, None for BHXH's (its year only).

    Raises InvalidValueError where `canonical` is no code, or its parts are not those of `canonical`.
    """

    canonical: str
    agency: str
    number: str
    received: date | None = None

    def __post_init__(self) -> None:
        if (self.agency, self.number, self.received) != _parts(self.canonical):
            raise InvalidValueError(f"dossier code {self.masked!r}: its agency, day and number are others")

    @property
    def masked(self) -> str:
        """What may be stored and logged: the code without its number."""
        if self.received is None:
            return HIDDEN + self.canonical.removeprefix(self.number)
        return self.canonical.removesuffix(self.number) + HIDDEN

    @property
    def spellings(self) -> tuple[str, ...]:
        """The canonical form, and the six-digit one of a code with an eight-digit day: search all of them."""
        if self.received is None:
            return (self.canonical,)
        return tuple(dict.fromkeys((self.canonical, f"{self.agency}-{self.received:%y%m%d}-{self.number}")))

    @property
    def sequence(self) -> str:
        """Agency and day: codes of one sequence differ in their number alone."""
        return self.agency if self.received is None else f"{self.agency}-{self.received:%y%m%d}"

    @property
    def first_level(self) -> str:
        """The province (H24) or ministry (G01) that issued it; "" for BHXH."""
        return first_level(self.agency)

    @property
    def is_insurance(self) -> bool:
        return self.agency == INSURANCE_AGENCY


def dossier_code(canonical: str) -> DossierCode:
    """A code from its canonical form; raises InvalidValueError. What people type is read by bot.dossiers.code."""
    agency, number, received = _parts(canonical)
    return DossierCode(canonical=canonical, agency=agency, number=number, received=received)


def day_of(digits: str) -> date | None:
    """The day of YYMMDD or YYYYMMDD, None if no calendar has it."""
    year, month, day = digits[:-4], digits[-4:-2], digits[-2:]
    try:
        return date(int(f"20{year[-2:]}"), int(month), int(day))
    except ValueError:
        return None


def _parts(canonical: str) -> tuple[str, str, date | None]:
    if found := STRICT.fullmatch(canonical):
        received = day_of(found["day"])
        if received is None:
            raise InvalidValueError(f"dossier code: no calendar has the day {found['day']}")
        return found["agency"], found["number"], received
    if found := INSURANCE.fullmatch(canonical):
        return INSURANCE_AGENCY, found["number"], None
    raise InvalidValueError("dossier code: not of the form <agency>-<YYMMDD>-<number>")
