"""When to speak in a group and when to keep silent: the same for every channel. Pure: a message, what it was read as,
the room, and out comes one decision with its name.

RULES are asked in order and the first that has a decision wins; the last one always has.
"""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

import msgspec

from bot.conversation.group_warning import holds_personal_data
from bot.conversation.group_words import Ask, calls_by_name, is_nudge, looks_back
from bot.conversation.messages import Ending, Family, family_of
from bot.conversation.room import Role, Room, Said

# Of 360 constructed questions and talk outside the stream (bench/), these bounds let 1 in 100 messages that need no
# answer through; unasked we answer only what is both a question in words and one we know.
SURE = 0.70  # certainty of a question
SURE_OF_A_WISH = 0.90  # a wish alone is answered only when nothing is left to ask
LIKELY = 0.20  # of a question that is certainly about a procedure, which one it is may be asked back
ABOUT_A_PROCEDURE = 0.85
HEARD_OF = 0.10  # of what is called out to us: below, it is no question of ours
WAIT = timedelta(seconds=20)  # a person of the office may be faster
WAIT_OF_A_WISH = timedelta(seconds=90)  # mostly the question itself follows
SHORT = 12  # words; to staff who have just spoken with somebody such an answer is theirs
QUIET_UNLESS_SAID = timedelta(hours=8)

CALLED_FOR = frozenset(
    {Ending.EMERGENCY, Ending.SELF_HARM, Ending.HELP, Ending.OFFICER, Ending.NO_DATA, Ending.ERROR, Ending.UNREADABLE}
)  # besides answers and choices: what somebody who calls us gets in a group


class Voice(StrEnum):
    SPEAK = "speak"
    WAIT = "wait"  # speak after a while, unless somebody else does or the author goes on
    WARN = "warn"  # for its author alone where the channel can
    SILENT = "silent"


class Reason(StrEnum):
    """Why: counted, logged without the text, and printed by `group-replay`."""

    CALLED = "called"
    REOPENED = "reopened"
    QUESTION = "question"
    WISH = "wish"
    FOLLOW_UP = "follow_up"
    PERSONAL_DATA = "personal_data"
    FEEDBACK = "feedback"
    STAFF = "staff"
    COMMAND = "command"
    QUIET = "quiet"
    ONLY_CALLED = "only_called"
    TO_SOMEBODY = "to_somebody"
    WITH_STAFF = "with_staff"
    ANSWERED = "answered"
    NOT_OURS = "not_ours"
    TALK = "talk"
    UNFINISHED = "unfinished"
    UNSURE = "unsure"
    OVERTAKEN = "overtaken"
    EDITED = "edited"  # and nothing of it concerns us
    SWITCHED_OFF = "switched_off"


class Decision(msgspec.Struct, frozen=True):
    """`text` is what is answered: the message, both halves of a question, or the question it points to."""

    voice: Voice
    reason: Reason
    text: str = ""
    wait: timedelta = timedelta()


class Reading(msgspec.Struct, frozen=True):
    """What a message means by itself: see bot.conversation.group_turn."""

    ending: Ending
    certainty: float = 0.0
    about_procedure: float = 0.0  # chance
    is_talk: bool = False  # it says nothing but a greeting, thanks and the like
    words: int = 0

    @property
    def offers(self) -> bool:
        return family_of(self.ending) in {Family.ANSWER, Family.CHOOSE}

    @property
    def is_sure(self) -> bool:
        return self.offers and (
            self.certainty >= SURE or (self.certainty >= LIKELY and self.about_procedure >= ABOUT_A_PROCEDURE)
        )


class Heard(msgspec.Struct, frozen=True):
    """A message that is to be judged. `text` is what it asks together with what its author said before."""

    said: Said
    text: str
    reading: Reading  # of `text`
    ask: Ask
    goes_on: bool = False  # it asks something more about what we told its author a moment ago


Rule = Callable[[Heard, Room], Decision | None]


def judge(heard: Heard, room: Room) -> Decision:
    for rule in RULES:
        decision = rule(heard, room)
        if decision is not None:
            return decision
    raise AssertionError("the last rule always decides")


def silent(reason: Reason) -> Decision:
    return Decision(Voice.SILENT, reason)


def of_staff(heard: Heard, _room: Room) -> Decision | None:
    is_staff = heard.said.role is not Role.CITIZEN
    return silent(Reason.STAFF) if is_staff and not heard.said.calls_us else None


def called(heard: Heard, room: Room) -> Decision | None:
    """Who calls us gets what we have; insults and what is not ours get nothing: a group is no place to argue."""
    said = heard.said
    if not said.calls_us:
        return None
    if (looks_back(said.text) or is_nudge(said.text)) and not heard.reading.is_sure:
        asked = said.quoted if said.reply_to else room.trail(said.author).question
        return Decision(Voice.SPEAK, Reason.CALLED, asked) if asked else silent(Reason.NOT_OURS)
    ending, reading = heard.reading.ending, heard.reading
    is_ours = reading.offers or ending in CALLED_FOR or family_of(ending) is Family.DOSSIER
    is_unknown = ending is Ending.UNKNOWN and reading.certainty >= HEARD_OF
    if is_ours or is_unknown or heard.goes_on:
        return Decision(Voice.SPEAK, Reason.CALLED, heard.text)
    if holds_personal_data(said.text):  # whatever else it is, its author should learn of it
        return Decision(Voice.WARN, Reason.PERSONAL_DATA, heard.text)
    return silent(Reason.NOT_OURS)


def told_to_be_quiet(heard: Heard, room: Room) -> Decision | None:
    """By an administrator, who sees to the group himself meanwhile."""
    return silent(Reason.QUIET) if room.is_silenced(heard.said.at) else None


def personal_data(heard: Heard, room: Room) -> Decision | None:
    """At night too: quiet hours are for answers, and what lies open does more harm the longer it lies."""
    if not holds_personal_data(heard.said.text):
        return None
    is_question = heard.ask is Ask.QUESTION and heard.reading.is_sure and not _is_for_another(heard)
    is_answered = is_question and not room.is_left_in_peace(heard.said.at)
    return Decision(Voice.SPEAK if is_answered else Voice.WARN, Reason.PERSONAL_DATA, heard.text)


def left_in_peace(heard: Heard, room: Room) -> Decision | None:
    if room.is_night(heard.said.at):
        return silent(Reason.QUIET)
    return silent(Reason.ONLY_CALLED) if room.is_only_called else None


def to_somebody(heard: Heard, _room: Room) -> Decision | None:
    return silent(Reason.TO_SOMEBODY) if _is_for_another(heard) else None


def _is_for_another(heard: Heard) -> bool:
    said = heard.said
    is_reply = bool(said.reply_to) and said.reply_author != said.author
    return is_reply or bool(said.names) or calls_by_name(said.text)


def nudge(heard: Heard, room: Room) -> Decision | None:
    """What was put to somebody by name opens to all when its author asks “ai biết không ạ”; what is answered stays."""
    if not is_nudge(heard.said.text):
        return None
    trail = room.trail(heard.said.author)
    if trail.question and not trail.is_answered:
        return Decision(Voice.WAIT, Reason.REOPENED, trail.question, WAIT)
    return silent(Reason.ANSWERED if trail.question else Reason.UNFINISHED)


def with_staff(heard: Heard, room: Room) -> Decision | None:
    is_theirs = room.staff_is_with(heard.said.author, heard.said.at) and heard.reading.words <= SHORT
    return silent(Reason.WITH_STAFF) if is_theirs else None


def talk(heard: Heard, _room: Room) -> Decision | None:
    return silent(Reason.TALK) if heard.reading.is_talk else None


def question(heard: Heard, _room: Room) -> Decision | None:
    if heard.ask is not Ask.QUESTION:
        return None
    if heard.goes_on:
        return Decision(Voice.WAIT, Reason.FOLLOW_UP, heard.text, WAIT)
    return Decision(Voice.WAIT, Reason.QUESTION, heard.text, WAIT) if heard.reading.is_sure else None


def wish(heard: Heard, _room: Room) -> Decision | None:
    is_sure = heard.reading.offers and heard.reading.certainty >= SURE_OF_A_WISH
    if heard.ask is not Ask.WISH or not is_sure:
        return None
    return Decision(Voice.WAIT, Reason.WISH, heard.text, WAIT_OF_A_WISH)


def nothing_to_say(heard: Heard, _room: Room) -> Decision:
    return silent(Reason.UNFINISHED if heard.ask is not Ask.QUESTION else Reason.UNSURE)


RULES: tuple[Rule, ...] = (
    of_staff,
    called,
    told_to_be_quiet,
    personal_data,  # before everything else that keeps silent: its author should learn of it
    left_in_peace,
    to_somebody,
    nudge,
    with_staff,
    talk,
    question,
    wish,
    nothing_to_say,
)
