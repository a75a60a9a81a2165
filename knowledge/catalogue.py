"""Publishing editions of the catalogue and reading procedures out of them.

A procedure version lives in two times: the editions in which we knew it, `[opened_in, closed_in)`,
and the days on which it is the rule, `[valid_from, valid_to)`. Publishing closes rows and opens
others, whole or not at all; nothing is ever changed in place, so any past edition can be read again.

    CatalogueError
    ├── NothingToPublishError   the change set is empty: the edition stays as it is
    ├── UnknownEditionError     there is no edition of that number to go back to
    └── PublishConflictError    another process published at the same moment; try again
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, select

from knowledge.changeset import Change, ChangeKind, ChangeSet, EditionKind, Origin, Original
from knowledge.procedure import Checklist, Procedure, Value
from knowledge.tables import ChecklistVersion, Edition, ProcedureVersion
from knowledge.versions import (
    VERSIONED,
    Row,
    close_rows,
    holds_on,
    insert_rows,
    open_rows,
    restore_rows,
    table_of,
)


class CatalogueError(Exception):
    """Publishing was refused; nothing was changed."""


class NothingToPublishError(CatalogueError):
    pass


class UnknownEditionError(CatalogueError):
    pass


class PublishConflictError(CatalogueError):
    pass


class KnownProcedure(Value, frozen=True):
    """A procedure as of a day, with the plain layer over it."""

    procedure: Procedure
    checklist: Checklist | None
    edition: int

    @property
    def plain_name(self) -> str:
        return self.checklist.name if self.checklist else self.procedure.name


def content_digest(value: Value) -> str:
    """Digest of a value's content; its lists are expected in canonical order already."""
    return hashlib.blake2b(msgspec.json.encode(value), digest_size=16).hexdigest()


# Reading


def current_edition(session: Session) -> Edition | None:
    return session.exec(select(Edition).order_by(col(Edition.number).desc()).limit(1)).first()


def edition_number(session: Session) -> int:
    """The number of the current edition, 0 when nothing has been published."""
    return session.exec(select(sa.func.coalesce(sa.func.max(Edition.number), 0))).one()


def history(session: Session) -> Sequence[Edition]:
    """All editions, newest first."""
    return session.exec(select(Edition).order_by(col(Edition.number).desc())).all()


def current_digests(session: Session) -> dict[str, str]:
    """formality_id -> digest of the version without an end, for telling what a file changes."""
    rows = session.exec(
        select(ProcedureVersion.formality_id, ProcedureVersion.digest).where(
            col(ProcedureVersion.closed_in).is_(None), col(ProcedureVersion.valid_to).is_(None)
        )
    )
    return dict(rows.all())


def procedure_on(session: Session, code: str, day: date, commune: str = "") -> KnownProcedure | None:  # noqa: ARG001
    """The procedure of a code (or a formality id) as of a day in the current edition, layers applied.

    `commune` (five digits) picks the commune's layer; no commune has one yet.
    """
    body = _stored_on(session, "body", code, day)
    if body is None:
        return None
    procedure = msgspec.json.decode(body, type=Procedure)
    return KnownProcedure(
        procedure=procedure, checklist=checklist_of(session, procedure.code), edition=edition_number(session)
    )


def originals_of(session: Session, code: str, day: date) -> tuple[Original, ...]:
    """What the publisher wrote where cleaning changed it, in the version that `procedure_on` reads."""
    stored = _stored_on(session, "originals", code, day)
    return msgspec.json.decode(stored, type=tuple[Original, ...]) if stored else ()


def _stored_on(session: Session, column: str, code: str, day: date) -> str | None:
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


def checklist_of(session: Session, code: str) -> Checklist | None:
    body = session.exec(
        select(ChecklistVersion.body).where(ChecklistVersion.code == code, col(ChecklistVersion.closed_in).is_(None))
    ).first()
    return msgspec.json.decode(body, type=Checklist) if body else None


def procedures_on(session: Session, day: date) -> Iterator[Procedure]:
    """Every procedure that is the rule on a day in the current edition, by code."""
    table = table_of(ProcedureVersion)
    query = sa.select(table.c.body).where(table.c.closed_in.is_(None), *holds_on(table, day)).order_by(table.c.code)
    decoder = msgspec.json.Decoder(Procedure)
    for body in session.connection().execute(query).scalars():
        yield decoder.decode(body)


def checklists(session: Session) -> dict[str, Checklist]:
    """code -> plain layer, in the current edition."""
    bodies = session.exec(select(ChecklistVersion.body).where(col(ChecklistVersion.closed_in).is_(None)))
    found = [msgspec.json.decode(body, type=Checklist) for body in bodies]
    return {checklist.code: checklist for checklist in found}


# Publishing


def publish(session: Session, changes: ChangeSet, origin: Origin, *, now: datetime) -> Edition:
    """Make the next edition of a change set, in the caller's transaction.

    Raises NothingToPublishError and PublishConflictError; the caller's transaction is then rolled
    back and the edition before stays current.
    """
    if changes.is_empty:
        raise NothingToPublishError("nothing differs from the current edition")
    edition = _claim_next(session, changes, origin, now)
    _replace_procedures(session, changes.changes, edition.number)
    _replace_checklists(session, changes.checklists, edition.number)
    return edition


def go_back(session: Session, target: int, *, now: datetime, reason: str = "") -> Edition:
    """Publish the next edition with exactly what edition `target` held.

    Raises UnknownEditionError when there is no such edition or it is the current one.
    """
    number = edition_number(session)
    if not 1 <= target < number:
        before = f"those before the current one are 1 to {number - 1}" if number > 1 else "there is no edition before"
        raise UnknownEditionError(f"cannot go back to edition {target}: {before}")
    origin = Origin(kind=EditionKind.GO_BACK, restores=target, reason=reason)
    edition = _claim_next(session, ChangeSet(), origin, now)
    then = session.get_one(Edition, target)
    edition.data_day, edition.digest = then.data_day, then.digest
    for model in VERSIONED:
        restore_rows(session, model, target, edition.number)
    return edition


def _claim_next(session: Session, changes: ChangeSet, origin: Origin, now: datetime) -> Edition:
    """Insert the edition row: of two publishers only one can take the number."""
    edition = Edition(
        number=edition_number(session) + 1,
        published_at=now,
        kind=origin.kind,
        source=origin.source,
        digest=origin.digest,
        data_day=origin.data_day,
        reason=origin.reason,
        restores=origin.restores,
        new=changes.count(ChangeKind.NEW),
        amended=changes.count(ChangeKind.AMENDED),
        repealed=changes.count(ChangeKind.REPEALED),
        unchanged=changes.unchanged,
    )
    try:
        session.add(edition)
        session.flush()
    except (sa.exc.IntegrityError, sa.exc.OperationalError) as error:
        raise PublishConflictError(
            f"edition {edition.number} is being published by another process; wait until it is done and try again"
        ) from error
    return edition


def _replace_procedures(session: Session, changes: Sequence[Change], number: int) -> None:
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


def _replace_checklists(session: Session, replacements: Sequence[Checklist], number: int) -> None:
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
