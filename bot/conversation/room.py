"""A group as it is heard: who said what lately, what is open, and whether we were asked to be quiet.

Bounded, whatever a group says: old messages and people who fell silent are forgotten first. Nothing is written down.
"""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from bot.quiet_hours import QuietHours
from knowledge.staff.accounts import Who

MOST_PEOPLE = 300  # of a group, whose last words are kept
JOINED_WITHIN = timedelta(minutes=10)  # the halves of a question
LONGEST_FRAGMENT = 300  # characters
TALKING = timedelta(minutes=4)  # after staff spoke to somebody his next short words are for them
KEPT_ANSWERS = 50


class Role(StrEnum):
    CITIZEN = "citizen"
    STAFF = "staff"
    ADMIN = "admin"
    BOT = "bot"  # another one


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A message as a channel hands it on. `text` has our own mention taken out, `names` are the others it mentions;
    `reply_to` and `reply_author` are of the message it answers, `quoted` what stood in it."""

    id: str
    author: str
    at: datetime
    text: str
    role: Role = Role.CITIZEN
    calls_us: bool = False  # by mention, command or reply to us
    reply_to: str = ""
    reply_author: str = ""
    quoted: str = ""
    names: tuple[str, ...] = ()
    teacher: Who | None = None  # whose answer to a citizen this is, where it may be learned from


class Trail(msgspec.Struct, frozen=True):
    """What one person of the group said last and is waiting for."""

    fragment: str = ""  # said and not answered, perhaps the first half of a question
    question: str = ""  # the last one
    at: datetime | None = None
    is_answered: bool = False  # by us or by staff
    staff_at: datetime | None = None  # when staff spoke to him


NOBODY = Trail()


class Room:
    """State of one group; not for several threads at once: its channel hands it one message after another."""

    def __init__(self, quiet_hours: QuietHours | None = None) -> None:
        self._quiet_hours = quiet_hours
        self.quiet_until: datetime | None = None
        self.is_only_called = False
        self.last_answered = ""  # the question, whoever asked it
        self._people: OrderedDict[str, Trail] = OrderedDict()
        self._told: OrderedDict[str, datetime] = OrderedDict()

    def trail(self, author: str) -> Trail:
        return self._people.get(author, NOBODY)

    def is_silenced(self, now: datetime) -> bool:
        """Whether somebody told us to be quiet."""
        return self.quiet_until is not None and now < self.quiet_until

    def is_left_in_peace(self, now: datetime) -> bool:
        """Whether nothing is answered unasked: it is night, or we are to speak only when called."""
        return self.is_only_called or self.is_night(now)

    def is_night(self, now: datetime) -> bool:
        return self._quiet_hours is not None and self._quiet_hours.hold(now)

    def fragment_of(self, author: str, now: datetime) -> str:
        """What the same person left unfinished a moment ago."""
        trail = self.trail(author)
        is_fresh = trail.at is not None and now - trail.at <= JOINED_WITHIN
        return trail.fragment if is_fresh and not trail.is_answered else ""

    def staff_is_with(self, author: str, now: datetime) -> bool:
        at = self.trail(author).staff_at
        return at is not None and now - at <= TALKING

    def heard(self, author: str, now: datetime, *, fragment: str = "", question: str = "") -> None:
        """Note what somebody said: what may become a question, or one that waits for an answer."""
        before = self.trail(author)
        self._note(
            author,
            msgspec.structs.replace(
                before,
                at=now,
                fragment=fragment[-LONGEST_FRAGMENT:],
                question=question or before.question,
                is_answered=before.is_answered and not question and not fragment,
            ),
        )

    def taken_back(self, author: str) -> None:
        """What somebody said last was changed: it is no half of anything."""
        if before := self._people.get(author):
            self._note(author, msgspec.structs.replace(before, fragment=""))

    def answered(self, author: str, question: str, now: datetime) -> None:
        before = self.trail(author)
        self.last_answered = asked = question or before.question
        self._note(author, msgspec.structs.replace(before, at=now, fragment="", question=asked, is_answered=True))

    def staff_spoke_to(self, authors: Iterator[str] | tuple[str, ...], now: datetime) -> None:
        for author in authors:
            if before := self._people.get(author):
                self._note(author, msgspec.structs.replace(before, fragment="", is_answered=True, staff_at=now))

    def told_before(self, what: str, now: datetime, within: timedelta) -> bool:
        """Whether the same was told here a short while ago; notes that it is told now."""
        at = self._told.pop(what, None)
        self._told[what] = now
        if len(self._told) > KEPT_ANSWERS:
            self._told.popitem(last=False)
        return at is not None and now - at <= within

    def _note(self, author: str, trail: Trail) -> None:
        self._people[author] = trail
        self._people.move_to_end(author)
        if len(self._people) > MOST_PEOPLE:
            self._people.popitem(last=False)
