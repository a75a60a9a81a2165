"""Rows of records and plain layers: reading those of the current edition, and writing the next one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.changeset import Change, content_digest
from knowledge.procedure import Checklist, Procedure
from knowledge.tables import ChecklistVersion, ProcedureVersion
from knowledge.versions import Row, chunks, close_rows, holds_on, insert_rows, open_rows, table_of


def stored_on(session: Session, column: str, code: str, day: date) -> str | None:
    """By code, else by formality id. One key at a time: a search by either key at once would use no index."""
    table = table_of(ProcedureVersion)
    query = sa.select(table.c[column]).where(table.c.closed_in.is_(None), *holds_on(table, day))
    for key in (table.c.code, table.c.formality_id):
        stored: str | None = (
            session.connection().execute(query.where(key == code).order_by(table.c.id).limit(1)).scalar()
        )
        if stored is not None:
            return stored
    return None


def bodies_on(session: Session, day: date, codes: Iterable[str] | None = None) -> Iterator[str]:
    """Records that are the rule on a day, by code; only those of some codes, in no order, if these are given."""
    table = table_of(ProcedureVersion)
    query = sa.select(table.c.body).where(table.c.closed_in.is_(None), *holds_on(table, day))
    if codes is None:
        yield from session.connection().execute(query.order_by(table.c.code)).scalars()
        return
    for chunk in chunks(sorted(codes)):
        yield from session.connection().execute(query.where(table.c.code.in_(chunk))).scalars()


def codes_on(session: Session, day: date) -> set[str]:
    table = table_of(ProcedureVersion)
    query = sa.select(table.c.code).where(table.c.closed_in.is_(None), *holds_on(table, day))
    return set(session.connection().execute(query).scalars())


def record_ended_on(session: Session, code: str, day: date) -> date | None:
    """The day on which the last record of a code ended, none being the rule on `day`."""
    table = table_of(ProcedureVersion)
    query = sa.select(sa.func.max(table.c.valid_to)).where(
        table.c.closed_in.is_(None), table.c.code == code, table.c.valid_to <= day
    )
    ended: date | None = session.connection().execute(query).scalar()
    return ended


# Writing


def put_procedures(session: Session, changes: Sequence[Change], number: int) -> None:
    present = open_rows(session, ProcedureVersion, "formality_id", [change.formality_id for change in changes])
    closed: list[int] = []
    opened: list[Row] = []
    for change in changes:
        for row in present.get(change.formality_id, ()):
            if _reaches(row, change.effective):
                closed.append(row["id"])
                if _begins_before(row, change.effective):
                    opened.append({**row, "valid_to": change.effective, "opened_in": number})
        if change.procedure is not None:
            opened.append(_version(change.procedure, change, number))
    close_rows(session, ProcedureVersion, closed, number)
    insert_rows(session, ProcedureVersion, opened)


def _reaches(row: Row, effective: date | None) -> bool:
    """Whether a row is still the rule on the day of the change or later."""
    return row["valid_to"] is None or effective is None or row["valid_to"] > effective


def _begins_before(row: Row, effective: date | None) -> bool:
    return effective is not None and (row["valid_from"] is None or row["valid_from"] < effective)


def _version(procedure: Procedure, change: Change, number: int) -> dict[str, Any]:
    return {
        "formality_id": procedure.formality_id,
        "code": procedure.code,
        "name": procedure.name,
        "field": procedure.field,
        "issuer_code": procedure.issuer_code,
        "levels": ",".join(procedure.levels),
        "digest": change.digest or content_digest(procedure),
        "valid_from": change.effective,
        "valid_to": None,
        "opened_in": number,
        "closed_in": None,
        "body": msgspec.json.encode(procedure).decode(),
        "originals": msgspec.json.encode(change.originals).decode() if change.originals else "",
    }


def put_checklists(session: Session, replacements: Sequence[Checklist], number: int) -> None:
    present = open_rows(session, ChecklistVersion, "code", [checklist.code for checklist in replacements])
    close_rows(session, ChecklistVersion, [row["id"] for rows in present.values() for row in rows], number)
    rows = [
        {
            "code": checklist.code,
            "digest": content_digest(checklist),
            "opened_in": number,
            "closed_in": None,
            "body": msgspec.json.encode(checklist).decode(),
        }
        for checklist in replacements
    ]
    insert_rows(session, ChecklistVersion, rows)
