"""Updates from any source into the ledger, and word of what changed to those who follow it: one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from knowledge.dossiers.following import tell_changes
from knowledge.dossiers.ledger import Change, Update, save

LEDGER = "ledger"  # what a transaction that takes in queues behind: two of one dossier must see each other


def take_in(session: Session, updates: Sequence[Update], now: datetime, *, is_asked: bool = False) -> list[Change]:
    changes = save(session, updates, now, is_asked=is_asked)
    tell_changes(session, changes, now)
    return changes
