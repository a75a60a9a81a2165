"""The words of staff that an edition holds."""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.changeset import content_digest
from knowledge.tables import WordVersion
from knowledge.versions import close_rows, insert_rows, open_rows, table_of
from knowledge.words.word import StaffWord

_WORD = msgspec.json.Decoder(StaffWord)


def published_words(session: Session) -> dict[str, StaffWord]:
    """code → word in the current edition."""
    table = table_of(WordVersion)
    query = sa.select(table.c.body).where(table.c.closed_in.is_(None)).order_by(table.c.id)
    return {word.code: word for word in map(_WORD.decode, session.connection().scalars(query))}


def put_words(session: Session, words: Iterable[StaffWord], withdrawn: Iterable[str], number: int) -> None:
    """Put words in place of the present ones of their codes; those of the codes `withdrawn` end."""
    by_code = {word.code: word for word in words}
    present = open_rows(session, WordVersion, "key", [*by_code, *withdrawn])
    close_rows(session, WordVersion, [row["id"] for rows in present.values() for row in rows], number)
    rows = [
        {
            "key": code,
            "digest": content_digest(word),
            "opened_in": number,
            "closed_in": None,
            "body": msgspec.json.encode(word).decode(),
        }
        for code, word in by_code.items()
    ]
    insert_rows(session, WordVersion, rows)
