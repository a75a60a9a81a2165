"""`motcua group-replay`: a recorded group through the manners of groups; one decision a message (DESIGN §6).

The file tells no times: messages come a minute apart, so that a wish has until the next message but one to be finished
by its author. Each day is a group of its own.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from bot.app import App
from bot.conversation.group import Reason, Voice, silent
from bot.conversation.group_turn import GroupTalk, Turn
from bot.conversation.room import Role, Said
from bot.replay.lines import Line

CHANNEL = "replay"
US = "@bot"
APART = timedelta(minutes=1)
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)  # eight o'clock of a working day in Việt Nam
MOST_PROCEDURES = 5
KEPT = 400  # messages of a day to which a reply may point

OVERTAKEN = silent(Reason.OVERTAKEN)


class Replayed(msgspec.Struct, frozen=True):
    line: Line
    turn: Turn

    @property
    def spoke(self) -> bool:
        return self.turn.answer is not None

    @property
    def row(self) -> dict[str, Any]:
        answer, decision = self.turn.answer, self.turn.decision
        return {
            "day": self.line.day,
            "seq": self.line.seq,
            "spoke": self.spoke,
            "ending": answer.ending if answer else "silence",
            "reason": decision.reason,
            "procedures": answer.procedures[:MOST_PROCEDURES] if answer else (),
            "text": answer.plain if answer else "",
        }


def replay(lines: Iterable[Line], app: App) -> Iterator[Replayed]:
    """What became of each message, in the order of the file."""
    settled: dict[tuple[int | str, int | str], Replayed] = {}
    order: deque[tuple[int | str, int | str]] = deque()

    def noted() -> Iterator[Line]:
        for line in lines:
            order.append((line.day, line.seq))
            yield line

    for replayed in _settled(noted(), app):
        settled[replayed.line.day, replayed.line.seq] = replayed
        while order and order[0] in settled:
            yield settled.pop(order.popleft())


def _settled(lines: Iterable[Line], app: App) -> Iterator[Replayed]:
    """The same in the order in which it was settled."""
    day: _Day | None = None
    for line in lines:
        if day is None or day.number != line.day:
            if day:
                yield from day.end()
            day = _Day(line.day, app)
        yield from day.hear(line)
    if day:
        yield from day.end()


class _Day:
    """A day of a group: its talk, its clock, the lines that wait or that a reply may point to."""

    def __init__(self, number: int | str, app: App) -> None:
        self.number = number
        self._talk = GroupTalk(app, CHANNEL, f"day-{number}")
        self._at = START
        self._lines: dict[str, Line] = {}
        self._waiting: dict[str, Turn] = {}

    def hear(self, line: Line) -> Iterator[Replayed]:
        self._at += APART
        yield from self._ripe()
        said = self._said(line)
        self._lines[said.id] = line
        while len(self._lines) > KEPT:
            self._lines.pop(next(iter(self._lines)))
        turn = self._talk.hear(said)
        if turn.decision.voice is Voice.WAIT:
            self._waiting[said.id] = turn
        else:
            yield Replayed(line, turn)

    def end(self) -> Iterator[Replayed]:
        self._at += 10 * APART
        yield from self._ripe()

    def _ripe(self) -> Iterator[Replayed]:
        """What has waited until now, and what somebody else or its author made needless meanwhile."""
        for turn in self._talk.due(self._at):
            self._waiting.pop(turn.said.id)
            yield Replayed(self._lines[turn.said.id], turn)
        held = self._talk.held
        for known in [each for each in self._waiting if each not in held]:
            turn = self._waiting.pop(known)
            yield Replayed(self._lines[known], msgspec.structs.replace(turn, decision=OVERTAKEN))

    def _said(self, line: Line) -> Said:
        quoted = self._lines.get(str(line.reply_to)) if line.reply_to is not None else None
        return Said(
            id=str(line.seq),
            author=line.author,
            at=self._at,
            text=line.text.replace(US, " ").strip(),
            role=_role_of(line.author),
            calls_us=US in line.text.split(),
            reply_to=str(line.reply_to) if line.reply_to is not None else "",
            reply_author=quoted.author if quoted else "",
            quoted=quoted.text if quoted else "",
        )


def _role_of(author: str) -> Role:
    return next((role for start, role in _ROLES.items() if author.startswith(start)), Role.CITIZEN)


_ROLES = {"staff": Role.STAFF, "bot_admin": Role.ADMIN, "admin": Role.ADMIN}
