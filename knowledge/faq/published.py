"""The entries that an edition holds: reading them, and writing the next edition's."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.changeset import content_digest
from knowledge.faq.entry import FaqEntry
from knowledge.tables import FaqVersion
from knowledge.versions import close_rows, insert_rows, open_rows, table_of

_ENTRY = msgspec.json.Decoder(FaqEntry)


@lru_cache(maxsize=20_000)  # versions are never changed; 2 kB each, and reading one takes five times as long as this
def entry_in(body: str) -> FaqEntry:
    return _ENTRY.decode(body)


def published(session: Session) -> dict[str, FaqEntry]:
    """code → entry in the current edition, whatever the day."""
    table = table_of(FaqVersion)
    bodies = session.connection().execute(
        sa.select(table.c.body).where(table.c.closed_in.is_(None)).order_by(table.c.id)
    )
    return {entry.code: entry for entry in map(entry_in, bodies.scalars())}


def published_on(session: Session, day: date) -> dict[str, FaqEntry]:
    """Those that are an answer on a day."""
    return {code: entry for code, entry in published(session).items() if entry.text.holds_on(day)}


def published_one(session: Session, code: str) -> FaqEntry | None:
    table = table_of(FaqVersion)
    query = sa.select(table.c.body).where(table.c.closed_in.is_(None), table.c.key == code)
    body = session.connection().execute(query).scalar()
    return entry_in(body) if body else None


def put_faqs(session: Session, entries: Iterable[FaqEntry], withdrawn: Iterable[str], number: int) -> None:
    """Put entries in place of the present ones of their codes; those of the codes `withdrawn` end."""
    by_code = {entry.code: entry for entry in entries}
    present = open_rows(session, FaqVersion, "key", [*by_code, *withdrawn])
    close_rows(session, FaqVersion, [row["id"] for rows in present.values() for row in rows], number)
    rows = [
        {
            "key": code,
            "digest": content_digest(entry),
            "opened_in": number,
            "closed_in": None,
            "body": msgspec.json.encode(entry).decode(),
        }
        for code, entry in by_code.items()
    ]
    insert_rows(session, FaqVersion, rows)
