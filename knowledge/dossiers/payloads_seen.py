"""Which payloads were taken in: by digest, so that nothing of them is kept."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.dossier_tables import PayloadSeen
from knowledge.versions import table_of

SEEN = table_of(PayloadSeen)
KEPT = timedelta(days=400)  # a replay brings an older state than any dossier of that age is in


def is_new(session: Session, digest: str, now: datetime) -> bool:
    """Note a payload; False if it was noted before."""
    connection = session.connection()
    connection.execute(sa.delete(SEEN).where(SEEN.c.at < now - KEPT))
    if connection.scalar(sa.select(SEEN.c.digest).where(SEEN.c.digest == digest)) is not None:
        return False
    connection.execute(sa.insert(SEEN).values(digest=digest, at=now))
    return True
