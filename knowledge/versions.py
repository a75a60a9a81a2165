"""Closing and opening rows of versioned tables: the mechanics under `knowledge.catalogue`."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from knowledge.tables import (
    ChecklistVersion,
    CommuneVersion,
    FaqVersion,
    FeeRuleVersion,
    PatchVersion,
    ProcedureVersion,
    WordVersion,
)

CHUNK = 500  # rows an INSERT, keys an IN: below every database's parameter limit
VERSIONED: tuple[type[SQLModel], ...] = (
    ProcedureVersion,
    ChecklistVersion,
    PatchVersion,
    FeeRuleVersion,
    CommuneVersion,
    FaqVersion,
    WordVersion,
)

Row = Mapping[str, Any]
Item = TypeVar("Item")


def table_of(model: type[SQLModel]) -> sa.Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def open_rows(session: Session, model: type[SQLModel], key: str, values: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of the current edition by key, for the given values of it."""
    table = table_of(model)
    rows: dict[str, list[Row]] = {}
    for chunk in chunks(values):
        query = sa.select(table).where(table.c[key].in_(chunk), table.c.closed_in.is_(None))
        for row in session.connection().execute(query).mappings():
            rows.setdefault(row[key], []).append(dict(row))
    return rows


def close_rows(session: Session, model: type[SQLModel], ids: Sequence[int], number: int) -> None:
    table = table_of(model)
    for chunk in chunks(ids):
        session.connection().execute(sa.update(table).where(table.c.id.in_(chunk)).values(closed_in=number))


def insert_rows(session: Session, model: type[SQLModel], rows: Sequence[Row]) -> None:
    for chunk in chunks([{key: value for key, value in row.items() if key != "id"} for row in rows]):
        session.connection().execute(sa.insert(table_of(model)), chunk)


def restore_rows(session: Session, model: type[SQLModel], target: int, number: int) -> None:
    """Make edition `number` hold what edition `target` held."""
    table = table_of(model)
    connection = session.connection()
    connection.execute(
        sa.update(table).where(table.c.closed_in.is_(None), table.c.opened_in > target).values(closed_in=number)
    )
    columns = [column for column in table.c if column.name not in {"id", "opened_in", "closed_in"}]
    held_then = sa.select(*columns, sa.literal(number)).where(*held_in(table, target), table.c.closed_in.is_not(None))
    names = [*(column.name for column in columns), "opened_in"]
    connection.execute(sa.insert(table).from_select(names, held_then))


def last_change(session: Session, models: Iterable[type[SQLModel]]) -> int:
    """The last edition that opened or closed a row of some tables, 0 for none."""
    columns = (table_of(model).c[name] for model in models for name in ("opened_in", "closed_in"))
    return max(session.connection().scalar(sa.select(sa.func.max(column))) or 0 for column in columns)


def held_in(table: sa.Table, number: int) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Conditions for the rows that edition `number` holds."""
    return table.c.opened_in <= number, sa.or_(table.c.closed_in.is_(None), table.c.closed_in > number)


def holds_on(table: sa.Table, day: date) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Conditions for the rows that are the rule on a day."""
    begun = sa.or_(table.c.valid_from.is_(None), table.c.valid_from <= day)
    return begun, sa.or_(table.c.valid_to.is_(None), table.c.valid_to > day)


def among(model: type[SQLModel], codes: Collection[str] | None) -> tuple[sa.ColumnElement[bool], ...]:
    """Conditions for the rows of some codes, few enough for one IN; none for None."""
    return () if codes is None else (table_of(model).c.code.in_(codes),)


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
