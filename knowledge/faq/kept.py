"""Every entry as staff see it, read once for as long as none changes: 10,000 take a tenth of a second each time."""

from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.catalogue import EditionMark, edition_mark
from knowledge.database import Database
from knowledge.faq.desk import FILES, REVISIONS, Card, cards

READ = 2  # states kept, the present one and one that a slow page still asks for; some 20 MB each with 10,000 entries


class CardsMark(NamedTuple):
    """What every change of an entry changes: it is saved, published or retired."""

    edition: EditionMark | None
    newest: int
    revisions: int
    retired: tuple[int, int]  # how many, and the sum of their numbers


def kept_cards(database: Database) -> tuple[Card, ...]:
    """As `cards`."""
    with database.session() as session:
        mark = cards_mark(session)
    return _cards(database, mark)


def cards_mark(session: Session) -> CardsMark:
    connection = session.connection()
    saved = connection.execute(sa.select(sa.func.max(REVISIONS.c.id), sa.func.count()).select_from(REVISIONS)).one()
    numbers = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(FILES.c.id), 0)).where(FILES.c.is_retired)
    retired = connection.execute(numbers).one()
    return CardsMark(edition_mark(session), saved[0] or 0, saved[1], (retired[0], int(retired[1])))


@lru_cache(READ)
def _cards(database: Database, mark: CardsMark) -> tuple[Card, ...]:  # noqa: ARG001  another mark is another answer
    with database.session() as session:
        return tuple(cards(session))
