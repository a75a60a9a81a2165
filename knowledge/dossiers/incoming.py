"""What a register tells, on its way into the ledger: laid down in parts, accepted at once, taken in part by part.

No transaction is longer than one part, so that nobody who writes beside it waits for long; and still a register counts
whole or not at all: until it is accepted nothing of it counts, and from then on it is taken in to its end, by whoever
comes next if this process dies.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.dossier_tables import DossierRegister, DossierRegisterPart
from knowledge.dossiers.ledger import Change, Update
from knowledge.dossiers.taking_in import take_in
from knowledge.versions import table_of

REGISTER, PART = table_of(DossierRegister), table_of(DossierRegisterPart)
ABANDONED = timedelta(hours=1)  # a million dossiers take half of it

_ENCODER, _DECODER = msgspec.json.Encoder(), msgspec.json.Decoder(tuple[Update, ...])


def begin(session: Session, now: datetime) -> int:
    """Room for a new register; what was laid down by a process that died, and never accepted, goes."""
    never = (REGISTER.c.is_accepted.is_(False), REGISTER.c.begun_at < now - ABANDONED)
    for number in session.connection().scalars(sa.select(REGISTER.c.id).where(*never)).all():
        drop(session, number)
    made = sa.insert(REGISTER).values(begun_at=now, is_accepted=False).returning(REGISTER.c.id)
    return int(session.connection().execute(made).scalar_one())


def lay_down(session: Session, register: int, updates: Sequence[Update]) -> None:
    """One part; its dossiers are in no other part of the register."""
    session.connection().execute(sa.insert(PART).values(parent=register, body=_ENCODER.encode(updates).decode()))


def accept(session: Session, register: int) -> None:
    session.connection().execute(sa.update(REGISTER).where(REGISTER.c.id == register).values(is_accepted=True))


def drop(session: Session, register: int) -> None:
    session.connection().execute(sa.delete(PART).where(PART.c.parent == register))
    session.connection().execute(sa.delete(REGISTER).where(REGISTER.c.id == register))


def take_part(session: Session, register: int) -> list[Change] | None:
    """Take one part of an accepted register in; what it changed, None if there was none left.

    Two may do so at once: each takes another part.
    """
    counts = (REGISTER.c.id == register, REGISTER.c.is_accepted)
    query = sa.select(PART, REGISTER.c.begun_at).join(REGISTER).where(*counts).order_by(PART.c.id)
    part = session.connection().execute(query.limit(1).with_for_update(of=PART, skip_locked=True)).first()
    if part is None:
        session.connection().execute(sa.delete(REGISTER).where(*counts, ~_has_parts()))
        return None
    session.connection().execute(sa.delete(PART).where(PART.c.id == part.id))
    return take_in(session, _DECODER.decode(part.body), part.begun_at)


def _has_parts() -> sa.Exists:
    return sa.exists().where(PART.c.parent == REGISTER.c.id)


def accepted(session: Session, before: datetime) -> list[int]:
    """Registers begun before a time that are not all taken in yet, the oldest first."""
    query = sa.select(REGISTER.c.id).where(REGISTER.c.is_accepted, REGISTER.c.begun_at < before)
    return list(session.connection().scalars(query.order_by(REGISTER.c.id)))
