"""A group's turn: what was heard is read, judged, and answered now, after a while, or not at all.

One `GroupTalk` a group; its channel hands it the messages in order and asks, when time has passed, what is due.
"""

from datetime import datetime, timedelta

import msgspec

from bot.answers.actions import parse_action
from bot.answers.case import Case, open_case
from bot.answers.decide import decide
from bot.answers.layout import lay_out
from bot.app import App
from bot.conversation.commands import read_command
from bot.conversation.feedback import OF_ANOTHER, says_wrong
from bot.conversation.group import QUIET_UNLESS_SAID, Decision, Heard, Reading, Reason, Voice, judge, silent
from bot.conversation.group_commands import Command, Order, command_in
from bot.conversation.group_digest import DayOf
from bot.conversation.group_warning import holds_personal_data, warning
from bot.conversation.group_words import Ask, ask_in, handles_in, is_nudge, without_placeholders
from bot.conversation.learning import learn_from
from bot.conversation.memory import NOTHING, Memory
from bot.conversation.messages import Answer, Chat, Ending, Family, Question, family_of
from bot.conversation.reply import reply_to
from bot.conversation.room import Role, Room, Said
from bot.conversation.standing_orders import StandingOrders
from bot.operation.standing_aside import is_off
from bot.quiet_hours import QuietHours
from knowledge.language.kinds import Force
from knowledge.language.normalise import normalise

TOLD_WITHIN = timedelta(minutes=15)
FRAGMENT_FROM = 0.3  # chance of being about a procedure: below, it is no half of a question
_LEANING = frozenset("ma thi vay con the va nhung hay a nen roi".split())


class Turn(msgspec.Struct, frozen=True):
    """What became of a message; `answer` is None for silence."""

    said: Said
    decision: Decision
    answer: Answer | None = None


class _Held(msgspec.Struct, frozen=True):
    due: datetime
    heard: Heard
    decision: Decision


class GroupTalk:
    """Not for several threads at once. `private_url` opens a private chat with us."""

    def __init__(
        self, app: App, channel: str, group: str, *, private_url: str = "", quiet_hours: QuietHours | None = None
    ) -> None:
        self._app, self._channel, self._group = app, channel, group
        self._private_url = private_url
        self._room = Room(quiet_hours)
        self._held: dict[str, _Held] = {}
        self._day = DayOf(app, channel, group)
        self._orders = StandingOrders(app, channel, group)

    def hear(self, said: Said) -> Turn:
        """Judge a message; what is to wait is kept and comes out of `due`."""
        if is_off(self._channel, self._app):
            self._held.clear()
            return Turn(said, silent(Reason.SWITCHED_OFF))
        self._orders.recall(self._room, said.at)
        said = msgspec.structs.replace(said, text=without_placeholders(said.text), names=self._names(said))
        command = command_in(said.text, calls_us=said.calls_us) if said.role is Role.ADMIN else None
        if command:
            self._obey(command, said.at)
            return Turn(said, silent(Reason.COMMAND))
        if said.role is not Role.CITIZEN and not said.calls_us:
            self._step_aside(said)
            learn_from(said, self._channel, self._app)
        if said.calls_us and (feedback := self._feedback(said)):
            return feedback
        held = self._held.pop(said.author, None)
        heard = self._read(said, held)
        decision = judge(heard, self._room)
        return self._take(heard, decision)

    def edited(self, said: Said, *, is_open: bool) -> Turn:
        """A message that says something else now. It counts where we are asked, where it was answered (`is_open`) or
        waits to be, and where it holds what should not stand there; what it said before does not."""
        held = self._held.get(said.author)
        was_held = held is not None and held.heard.said.id == said.id
        if was_held:
            del self._held[said.author]
        if not (said.calls_us or is_open or was_held or holds_personal_data(said.text)):
            return Turn(said, silent(Reason.EDITED))
        self._room.taken_back(said.author)
        return self.hear(said)

    def due(self, now: datetime) -> tuple[Turn, ...]:
        """What has waited long enough, answered."""
        ripe = [author for author, held in self._held.items() if held.due <= now]
        return tuple(self._answered(held.heard, held.decision, now) for held in map(self._held.pop, ripe))

    def tapped(self, author: str, action: str) -> Answer | None:
        """What somebody who pressed a button of ours gets: his own subject, whoever was offered it."""
        asked = Question(text="", chat=self._chat(author), asked_at=self._app.clock(), action=action)
        answer = reply_to(asked, self._app) if parse_action(action) else None
        is_silent = answer is None or answer.ending is Ending.SILENCE or holds_personal_data(answer.plain)
        return None if is_silent else answer

    @property
    def next_due(self) -> datetime | None:
        return min((held.due for held in self._held.values()), default=None)

    @property
    def held(self) -> frozenset[str]:
        """Ids of the messages that still wait."""
        return frozenset(held.heard.said.id for held in self._held.values())

    def _names(self, said: Said) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*said.names, *handles_in(said.text))))

    def _obey(self, command: Command, now: datetime) -> None:
        if command.order in {Order.DIGEST, Order.NO_DIGEST}:
            self._day.order(now, is_wanted=command.order is Order.DIGEST)
            return
        room = self._room
        self._held.clear()
        room.is_only_called = command.order is Order.ONLY_CALLED
        span = command.span or QUIET_UNLESS_SAID
        room.quiet_until = now + span if command.order is Order.QUIET else None
        self._orders.keep(room, now)

    def _step_aside(self, said: Said) -> None:
        """A person of the office speaks: what waited is his to answer."""
        spoken_to = tuple(filter(None, (said.reply_author, *said.names)))
        for author in spoken_to or tuple(self._held):
            self._held.pop(author, None)
        self._room.staff_spoke_to(spoken_to, said.at)

    def _feedback(self, said: Said) -> Turn | None:
        """What is said of an answer of ours, which may be another one's; None for any other message. Told once in a
        while: a group that doubts us together is spared as many answers."""
        chat = self._chat(said.author)
        asked = Question(text=said.text, chat=chat, asked_at=said.at, user=f"{self._channel}:{said.author}")
        is_doubt = says_wrong(said.text)
        if not is_doubt and not read_command(asked).action:
            return None
        other = self._room.last_answered
        if is_doubt and other and not self._app.memories.recall(chat.key, said.at).subject:
            asked = msgspec.structs.replace(asked, text=other, action=OF_ANOTHER)
        answer = reply_to(asked, self._app)
        is_told = answer.ending is Ending.FEEDBACK and self._room.told_before(answer.plain, said.at, TOLD_WITHIN)
        if is_told or answer.ending is Ending.SILENCE:
            return Turn(said, silent(Reason.FEEDBACK))
        return Turn(said, Decision(Voice.SPEAK, Reason.FEEDBACK), self._finished(answer, said, said.at))

    def _read(self, said: Said, held: _Held | None) -> Heard:
        """The message by itself, or with what its author said before where it leans on that or is surer so."""
        alone, ask = self._reading(said.text), ask_in(said.text)
        before = held.heard.text if held else self._room.fragment_of(said.author, said.at)
        if before and said.text and not is_nudge(said.text):
            both = f"{before}. {said.text}"
            ask = max(ask, held.heard.ask) if held else ask
            joined = self._reading(both)
            leans = _first_word(said.text) in _LEANING
            if (leans or joined.certainty > alone.certainty) and joined.offers:
                return Heard(said, both, joined, ask)
        return Heard(said, said.text, alone, ask, goes_on=self._goes_on(said))

    def _reading(self, text: str) -> Reading:
        case = self._case(text, NOTHING)
        is_bare = case.says_nothing_new  # "mất bao nhiêu tiền" asks, but about nothing
        return Reading(
            ending=Ending.UNKNOWN if is_bare and case.kind is None else decide(case).ending,
            certainty=0.0 if is_bare else case.certainty,
            about_procedure=case.chances["procedure"],
            is_talk=not case.text.folded or (case.kind is not None and case.kind.force is Force.WHOLE),
            words=len(case.text.folded),
        )

    def _goes_on(self, said: Said) -> bool:
        memory = self._app.memories.recall(self._chat(said.author).key, said.at)
        if not memory.subject or not said.text:
            return False
        case = self._case(said.text, memory)
        return bool(case.findings.asked.aspect.asking) and case.says_nothing_new

    def _case(self, text: str, memory: Memory) -> Case:
        return open_case(text, "", memory, self._app.library.current().index, is_group=True)

    def _chat(self, author: str) -> Chat:
        return Chat(self._channel, f"{self._group}/{author}", is_group=True)

    def _take(self, heard: Heard, decision: Decision) -> Turn:
        said = heard.said
        if decision.voice is Voice.SPEAK:
            return self._answered(heard, decision, said.at)
        if decision.voice is Voice.WARN:
            return Turn(said, decision, warning(said.text, self._private_url))
        if decision.voice is Voice.WAIT:
            self._held[said.author] = _Held(said.at + decision.wait, heard, decision)
        if said.role is Role.CITIZEN:
            self._note(heard, decision)
            if decision.reason is Reason.UNSURE:
                self._day.unanswered(said.at)
        return Turn(said, decision)

    def _note(self, heard: Heard, decision: Decision) -> None:
        """What stays open of a message that was not answered at once."""
        is_question = (
            heard.ask is Ask.QUESTION and decision.reason is not Reason.ANSWERED and not is_nudge(heard.said.text)
        )
        is_half = heard.reading.about_procedure >= FRAGMENT_FROM and not heard.reading.is_talk and not heard.said.names
        self._room.heard(
            heard.said.author,
            heard.said.at,
            fragment=heard.text if is_half and not heard.said.reply_to else "",
            question=heard.text if is_question else "",
        )

    def _answered(self, heard: Heard, decision: Decision, now: datetime) -> Turn:
        said = heard.said
        asked = Question(text=decision.text, chat=self._chat(said.author), asked_at=now)
        answer = reply_to(asked, self._app)
        is_of_use = family_of(answer.ending) in {Family.ANSWER, Family.CHOOSE} or said.calls_us
        if answer.ending is Ending.SILENCE or not is_of_use or holds_personal_data(answer.plain):
            return Turn(said, silent(Reason.UNSURE))
        self._room.answered(said.author, decision.text, now)
        self._day.answered(answer, now)
        return Turn(said, decision, self._finished(answer, said, now))

    def _finished(self, answer: Answer, said: Said, now: datetime) -> Answer:
        """With the word that it was told above, and the one about personal data."""
        if family_of(answer.ending) is Family.ANSWER and self._room.told_before(answer.plain, now, TOLD_WITHIN):
            answer = msgspec.structs.replace(answer, blocks=(*lay_out("repeated"), *answer.blocks))
        if holds_personal_data(said.text):
            told = warning(said.text, self._private_url)
            answer = msgspec.structs.replace(
                answer, blocks=(*answer.blocks, *told.blocks), choices=(*answer.choices, *told.choices)
            )
        return answer


def _first_word(text: str) -> str:
    return next(iter(normalise(text).folded), "")
