"""The entries of the current edition for the index, read without their bodies."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.catalogue import patched_on
from knowledge.folding import Folded
from knowledge.procedure import Level
from knowledge.search.index import Entry
from knowledge.tables import ChecklistVersion, ProcedureVersion
from knowledge.versions import holds_on, table_of


def load_entries(session: Session, day: date) -> list[Entry]:
    """One entry for each procedure that is the rule on a day; those with a plain checklist are asked often.

    One that a decision ended can still be found, to be told of, unless one in force has its name.
    """
    table, plain = table_of(ProcedureVersion), table_of(ChecklistVersion)
    asked_often = set(
        session.connection().execute(sa.select(plain.c.code).where(plain.c.closed_in.is_(None))).scalars()
    )
    query = sa.select(table.c.code, table.c.name, table.c.field, table.c.issuer_code, table.c.levels).where(
        table.c.closed_in.is_(None), *holds_on(table, day)
    )
    patched = patched_on(session, day)
    entries = [
        Entry(
            code=code,
            name=name,
            levels=tuple(Level(level) for level in levels.split(",") if level),
            field=field,
            is_city=issuer_code.startswith("H"),  # ministries have other letters
            is_asked_often=code in asked_often,
        )
        for code, name, field, issuer_code, levels in session.connection().execute(query)
        if code not in patched
    ]
    return [*entries, *_patched_entries(patched.values(), {entry.name for entry in entries}, asked_often)]


def _patched_entries(patched: Iterable[Folded], names: set[str], asked_often: set[str]) -> list[Entry]:
    in_force = {each.procedure.name for each in patched if each.city.ended is None} | names
    return [
        Entry(
            code=each.procedure.code,
            name=each.procedure.name,
            levels=each.procedure.levels,
            field=each.procedure.field,
            is_city=each.procedure.issuer_code.startswith("H"),
            is_asked_often=each.procedure.code in asked_often,
        )
        for each in patched
        if each.city.ended is None or each.procedure.name not in in_force
    ]
