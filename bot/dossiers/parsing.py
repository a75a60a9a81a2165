"""`motcua dossiers parse --batch`: what was read from each typed text (DESIGN §6, a stable contract)."""

from datetime import date

from bot.dossiers.code import Reading, read_codes
from bot.dossiers.doubts import REASONS
from bot.dossiers.look_alikes import what_it_is
from bot.json_lines import Row, text_of
from knowledge.agencies import known_agencies
from knowledge.dossier_code import DossierCode


def parsed(row: Row, today: date) -> Row:
    """The first code of row["typed"] with its agency and day; further codes of the text in "also"."""
    typed = text_of(row, "typed")
    reading = read_codes(typed, today)
    code, *others = reading.codes or (None,)
    also = {"also": [other.canonical for other in others if other]} if others else {}
    return {
        "canonical": code.canonical if code else None,
        "agency": code.agency if code else None,
        "received": code.received.isoformat() if code and code.received else None,
        "why": why(reading, typed),
        **also,
    }


def why(reading: Reading, typed: str) -> str:
    """Why the first code was taken, or none was."""
    if reading.codes:
        return _described(reading.codes[0])
    if reading.near:
        first = reading.near[0]
        return REASONS[first.doubt] + (f" ({first.proposal})" if first.proposal else "")
    return what_it_is(typed)


def _described(code: DossierCode) -> str:
    if code.is_insurance:
        return "a dossier of BHXH: send the citizen there"
    name = known_agencies().name_of(code.agency) or "an agency that is not of the city's list"
    return f"{name}, issued {code.received:%d/%m/%Y}"
