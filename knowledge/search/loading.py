"""The entries of the current edition for the index, read without their bodies."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.procedure import Level
from knowledge.search.index import Entry
from knowledge.tables import ChecklistVersion, ProcedureVersion
from knowledge.versions import holds_on, table_of


def load_entries(session: Session, day: date) -> list[Entry]:
    """One entry for each procedure that is the rule on a day; those with a plain checklist are asked often."""
    table, plain = table_of(ProcedureVersion), table_of(ChecklistVersion)
    asked_often = set(
        session.connection().execute(sa.select(plain.c.code).where(plain.c.closed_in.is_(None))).scalars()
    )
    query = sa.select(table.c.code, table.c.name, table.c.field, table.c.issuer_code, table.c.levels).where(
        table.c.closed_in.is_(None), *holds_on(table, day)
    )
    return [
        Entry(
            code=code,
            name=name,
            levels=tuple(Level(level) for level in levels.split(",") if level),
            field=field,
            is_city=issuer_code.startswith("H"),  # ministries have other letters
            is_asked_often=code in asked_often,
        )
        for code, name, field, issuer_code, levels in session.connection().execute(query)
    ]
