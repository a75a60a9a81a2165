"""Which procedures get a poster: named ones, a field, or all that a commune's own offices handle."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rapidfuzz import process
from sqlmodel import Session

from bot.posters.poster import PosterError
from knowledge.catalogue import KnownProcedure, checklists, edition_number, everything_on, procedure_on
from knowledge.folding import Folded, still_true
from knowledge.language.syllables import fold
from knowledge.procedure import Procedure

# The level alone does not tell: customs, tax and border offices stand at it too (FORMATS 3.1: 403 of 793).
COMMUNE_OFFICE = re.compile(r"\b(?:cap xa|xa phuong|ubnd xa|nhan dan xa|cong an xa)\b")
FIELDS_SHOWN = 5


def named(session: Session, codes: Iterable[str], day: date, commune: str) -> list[KnownProcedure]:
    """In the order asked for; raises PosterError for a code that is not the rule on the day."""
    return [_known(session, code.strip(), day, commune) for code in codes]


def of_field(session: Session, field: str, day: date) -> list[KnownProcedure]:
    """Of the fields whose name holds the text, typed with or without diacritics."""
    everything = list(_in_force(session, day))
    chosen = [each for each in everything if fold(field.strip()) in fold(each.procedure.field)]
    if not chosen:
        fields = {each.procedure.field for each in everything if each.procedure.field}
        nearest = process.extract(fold(field), {each: fold(each) for each in fields}, limit=FIELDS_SHOWN)
        raise PosterError(f"no field is called {field!r}. Nearest: {', '.join(name for *_, name in nearest) or 'none'}")
    return _with_checklists(session, chosen)


def of_communes(session: Session, day: date) -> list[KnownProcedure]:
    chosen = [each for each in _in_force(session, day) if is_for_communes(each.procedure)]
    if not chosen:
        raise PosterError("the edition holds no procedure of a commune. Publish a catalogue first")
    return _with_checklists(session, chosen)


def is_for_communes(procedure: Procedure) -> bool:
    """Whether a commune's People's Committee or police has a part in it."""
    agencies = " | ".join((*procedure.executing, *procedure.competent, *procedure.authorized))
    words = " ".join(re.findall(r"\w+", fold(agencies)))
    return procedure.is_commune and COMMUNE_OFFICE.search(words) is not None


def _known(session: Session, code: str, day: date, commune: str) -> KnownProcedure:
    known = procedure_on(session, code, day, commune)
    if known is None:
        raise PosterError(f"no procedure {code!r} is the rule on {day:%d/%m/%Y}. Codes are eight characters: 1.001193")
    if ended := known.city.ended:
        instead = f"; print {ended.successor} instead" if ended.successor else ""
        raise PosterError(f"{code} ended on {ended.since:%d/%m/%Y} by decision {ended.decision.number}{instead}")
    return known


def _in_force(session: Session, day: date) -> Iterator[Folded]:
    return (each for each in everything_on(session, day) if each.city.ended is None)


def _with_checklists(session: Session, chosen: Sequence[Folded]) -> list[KnownProcedure]:
    plain, edition = checklists(session), edition_number(session)
    return [
        KnownProcedure(
            procedure=each.procedure,
            checklist=still_true(plain.get(each.procedure.code), each.city),
            edition=edition,
            city=each.city,
        )
        for each in sorted(chosen, key=lambda each: (fold(each.procedure.field), each.procedure.code))
    ]
