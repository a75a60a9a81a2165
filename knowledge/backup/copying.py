"""Rows from one database to another, table by table, in one transaction on either side."""

from collections.abc import Callable, Iterable

import sqlalchemy as sa

from knowledge.all_tables import METADATA

CHUNK = 500  # rows; a procedure has some 30 kB
# What is of the moment is neither copied nor replaced: who is logged in, what is in hand, tokens that serve once.
MOMENTARY = frozenset(
    (
        "staff_session",
        "takeover",
        "shelf",
        "inbox",
        "dossier_attempt",
        "dossier_register",
        "dossier_register_part",
        "channel_token",
    )
)

Progress = Callable[[int], None]  # rows done since the last call


def lasting() -> list[sa.Table]:
    """Tables whose rows a backup holds, each after those that it refers to."""
    return [table for table in METADATA.sorted_tables if table.name not in MOMENTARY]


def count(connection: sa.Connection, tables: Iterable[sa.Table]) -> dict[str, int]:
    return {
        table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables
    }


def copy_rows(source: sa.Connection, target: sa.Connection, progress: Progress) -> None:
    """Into empty tables."""
    for table in lasting():
        found = source.execute(sa.select(table), execution_options={"yield_per": CHUNK})
        for rows in found.mappings().partitions():
            target.execute(sa.insert(table), [dict(row) for row in rows])
            progress(len(rows))


def empty(target: sa.Connection) -> None:
    """What is of the moment goes only where it belongs to accounts that are replaced."""
    for table in (*_bound_to_others(), *reversed(lasting())):
        target.execute(sa.delete(table))


def _bound_to_others() -> list[sa.Table]:
    momentary = (METADATA.tables[name] for name in MOMENTARY)
    return [table for table in momentary if any(key.column.table.name not in MOMENTARY for key in table.foreign_keys)]


def hold(target: sa.Connection) -> None:
    """Nobody else writes until the end of the transaction; PostgreSQL's readers read on. SQLite does so by itself."""
    if target.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
        target.execute(sa.text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))


def count_on(target: sa.Connection) -> None:
    """Numbers of new rows begin after those that were copied; undone with the transaction."""
    if target.dialect.name != "postgresql":
        return
    for table in lasting():
        column = table.autoincrement_column
        if column is None:
            continue
        sequence = target.execute(sa.select(sa.func.pg_get_serial_sequence(table.name, column.name))).scalar()
        following = (target.execute(sa.select(sa.func.max(column))).scalar() or 0) + 1
        if sequence:
            target.execute(sa.text(f"ALTER SEQUENCE {sequence} RESTART WITH {following}"))
