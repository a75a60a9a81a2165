"""A register into the ledger in short turns: who writes beside it waits for one of them at most."""

import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime

from knowledge.database import Database
from knowledge.dossiers import incoming
from knowledge.dossiers.ledger import Change, Update
from knowledge.dossiers.taking_in import LEDGER

# SQLite lets those who wait look for a free moment at most every 0.1 s, and knows no queue: without a gap an import
# would come first for minutes. With one of a sixth of a turn they get in within some ten looks.
GAP = 0.02  # seconds


def accept(database: Database, parts: Iterable[list[Update]], now: datetime) -> int:
    """Lay a register down in parts and accept it; its number. If anything fails nothing of it counts."""
    with database.session(writing=True) as session:
        register = incoming.begin(session, now)
    with ExitStack() as undo:
        undo.callback(_drop, database, register)
        for part in parts:
            with database.session() as session:
                incoming.lay_down(session, register, part)
        with database.session() as session:
            incoming.accept(session, register)
        undo.pop_all()
    return register


def _drop(database: Database, register: int) -> None:
    with database.session() as session:
        incoming.drop(session, register)


def take_in(database: Database, register: int) -> Iterator[list[Change]]:
    """What each part changes, as it is taken in."""
    while True:
        with database.queueing(LEDGER) as session:
            changes = incoming.take_part(session, register)
        if changes is None:
            return
        yield changes
        time.sleep(GAP)


def finish_abandoned(database: Database, now: datetime) -> None:
    """Take in what processes that died had accepted."""
    finish(database, now - incoming.ABANDONED)


def finish(database: Database, before: datetime) -> None:
    """Take in what is left of registers begun before a time."""
    with database.session() as session:
        registers = incoming.accepted(session, before)
    for register in registers:
        for _changes in take_in(database, register):
            pass
