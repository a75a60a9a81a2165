"""Forgetting what is past its time, once a day at night, by the process with the lead."""

from datetime import time, timedelta

import sqlalchemy as sa
import structlog

from bot.settings import Settings
from knowledge.channel_marks import forget_before, is_first, is_set
from knowledge.clock import VIETNAM, Clock
from knowledge.database import Database
from knowledge.retention import Keeping, prune

AT = time(2, 0)  # in Việt Nam: hardly anybody asks then; a server that was off does it when it is on again
DONE = "pruned:"  # before the day, in the marks

log = structlog.get_logger()


def keeping_of(settings: Settings) -> Keeping:
    return Keeping(**{name: getattr(settings, f"keep_{name}") for name in Keeping.__struct_fields__})


def prune_if_due(database: Database, settings: Settings, clock: Clock) -> bool:
    """Whether today's turn was ours: it is taken once a day, whichever process asks and however often."""
    now = clock()
    local = now.astimezone(VIETNAM)
    done = f"{DONE}{local.date()}"
    if local.time() < AT or is_set(database, done) or not is_first(database, done, now):
        return False
    try:
        with database.session(writing=True) as session:
            forget_before(session, DONE, now - timedelta(days=7))
        gone = prune(database, keeping_of(settings), now)
        log.info("what is past its time was forgotten", **gone)
    except sa.exc.OperationalError as error:  # a database that others hold: tomorrow it is tried again
        log.warning("what is past its time was not all forgotten", reason=type(error).__name__)
    return True
