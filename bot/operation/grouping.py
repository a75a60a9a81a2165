"""Grouping what nobody could answer, a short turn at a time: whoever records an answer waits for one at the most."""

from functools import partial

import sqlalchemy as sa

from bot.app import App
from knowledge.search.alike import meaning_of
from knowledge.waiting import TURN, behind, collect


def group_some(app: App, most: int = TURN) -> int:
    """One turn, if there is anything to look at; how many exchanges are left for the next. Where another process, or
    somebody at the console, has just taken the same ones this turn is left to them."""
    with app.database.session() as session:
        left = behind(session)
    if not left:
        return 0
    try:
        with app.database.session(writing=True) as session:
            collect(session, partial(meaning_of, index=app.library.index), most)
            return behind(session)
    except (sa.exc.IntegrityError, sa.exc.OperationalError):
        return left
