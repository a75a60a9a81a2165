"""What fills the outbox by the clock, and tidies what a process left behind that died."""

import sqlalchemy as sa
import structlog

from bot.dossiers.registers.turns import finish_abandoned
from knowledge.clock import Clock
from knowledge.database import Database
from knowledge.dossiers.following import remind_due

log = structlog.get_logger()


def do_chores(database: Database, clock: Clock) -> None:
    """A database that cannot be written is tried again in the next round."""
    try:
        finish_abandoned(database, clock())
        with database.session(writing=True) as session:
            remind_due(session, clock())
    except sa.exc.OperationalError as error:
        log.warning("the outbox was not looked after", reason=type(error).__name__)
