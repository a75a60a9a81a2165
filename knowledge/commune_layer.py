"""What a commune says of itself: its centre, counters and hints, over everything the nation and the city say.

Nothing here comes from us: the staff of a commune fill a workbook and import it.
"""

import re
from datetime import date

from knowledge.communes import Contact
from knowledge.procedure import CODE, InvalidValueError, Value

COMMUNE_CODE = re.compile(r"\d{5}", re.ASCII)


class Counter(Value, frozen=True):
    """Which counter takes what: a procedure, or every procedure of a field."""

    counter: str  # "Quầy số 3"
    code: str = ""
    field: str = ""

    def __post_init__(self) -> None:
        if not self.counter.strip() or bool(self.code) == bool(self.field):
            raise InvalidValueError("counter: needs its name, and either a procedure code or a field")


class Hint(Value, frozen=True):
    """A sentence for citizens: about one procedure, a field, or ("" for both) everything at this centre."""

    text: str
    code: str = ""
    field: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidValueError("hint: has no text")


class CommuneLayer(Value, frozen=True):
    """One commune's own page. `told_by` and `told_on` are the ground: who filled the workbook, and when."""

    code: str
    told_by: str
    told_on: date
    contact: Contact | None = None
    out_of_hours: str = ""  # what who asks for a person reads while nobody is there
    counters: tuple[Counter, ...] = ()
    hints: tuple[Hint, ...] = ()

    def __post_init__(self) -> None:
        if not COMMUNE_CODE.fullmatch(self.code):
            raise InvalidValueError(f"commune: {self.code!r} is no five-digit code")
        named = [*(each.code for each in self.counters), *(each.code for each in self.hints)]
        if wrong := [code for code in named if code and not CODE.fullmatch(code)]:
            raise InvalidValueError(f"commune {self.code}: {wrong[0]!r} is no procedure code")


class AtCommune(Value, frozen=True):
    """What the citizen's commune says about one procedure."""

    layer: CommuneLayer
    counter: str = ""
    hints: tuple[str, ...] = ()


def at_commune(layer: CommuneLayer | None, code: str, field: str) -> AtCommune | None:
    """The commune's own counter for a procedure before the one of its field; its hints, the nearest first."""
    if layer is None:
        return None
    by_code = [each.counter for each in layer.counters if each.code == code]
    by_field = [each.counter for each in layer.counters if each.field and _same(each.field, field)]
    hints = (
        *(hint.text for hint in layer.hints if hint.code == code),
        *(hint.text for hint in layer.hints if hint.field and _same(hint.field, field)),
        *(hint.text for hint in layer.hints if not (hint.code or hint.field)),
    )
    return AtCommune(layer=layer, counter=next(iter((*by_code, *by_field)), ""), hints=hints)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
