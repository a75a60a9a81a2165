"""What fills the outbox by the clock, and tidies what a process left behind that died."""

from bot.dossiers.registers.turns import finish_abandoned
from knowledge.clock import Clock
from knowledge.database import Database
from knowledge.dossiers.following import remind_due


def do_chores(database: Database, clock: Clock) -> None:
    finish_abandoned(database, clock())
    with database.session(writing=True) as session:
        remind_due(session, clock())
