"""The daily digest of a group: ordered by an administrator, counted as the day goes, told in the evening."""

from datetime import datetime

from bot.answers.layout import lay_out
from bot.app import App
from bot.conversation.messages import Answer, Ending, Family, family_of
from knowledge.group_digest import Digest, is_wanted, note, want, want_no_more

CHANNELS = frozenset({"telegram", "zalo_bot", "zalo_oa"})  # which can write to a group unasked
SHOWN = 5


class DayOf:
    """What one group wants of it; the database is asked once."""

    def __init__(self, app: App, channel: str, group: str) -> None:
        self._app, self._channel, self._group = app, channel, group
        self._is_wanted: bool | None = None if channel in CHANNELS else False

    def order(self, now: datetime, *, is_wanted: bool) -> None:
        if self._channel not in CHANNELS:
            return
        self._is_wanted = is_wanted
        with self._app.database.session(writing=True) as session:
            if is_wanted:
                want(session, self._channel, self._group, now)
            else:
                want_no_more(session, self._channel, self._group)

    def answered(self, answer: Answer, now: datetime) -> None:
        """Count an answer about a procedure."""
        index, code = self._app.library.current().index, next(iter(answer.procedures), "")
        if family_of(answer.ending) is Family.ANSWER and index.holds(code) and self._wanted():
            note(self._app.database, self._channel, self._group, now, index.name_of(code))

    def unanswered(self, now: datetime) -> None:
        """Count a question that we kept silent about because we were not sure."""
        if self._wanted():
            note(self._app.database, self._channel, self._group, now)

    def _wanted(self) -> bool:
        if self._is_wanted is None:
            with self._app.database.session() as session:
                self._is_wanted = is_wanted(session, self._channel, self._group)
        return self._is_wanted


def digest_told(digest: Digest) -> Answer:
    often = sorted(digest.asked.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"{name}: {count} lần" for name, count in often[:SHOWN]]
    others = len(often) - len(lines)
    blocks = lay_out("group_digest", lines=lines, others=others, unanswered=digest.unanswered)
    return Answer(ending=Ending.HELP, blocks=blocks)
