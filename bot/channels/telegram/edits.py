"""Messages that were changed after they were sent. Telegram also tells of changes that nobody sees (a preview was made,
a place moves on): only another text that leads to another answer is answered anew, as a reply to it."""

import re
from collections import OrderedDict
from datetime import datetime, timedelta

import msgspec

from bot.channels.telegram.reading import Incoming
from bot.conversation.messages import Answer
from knowledge.clock import Clock

MOST_KEPT = 5_000
MOST_ANSWERS = 3  # to one message, whatever becomes of it
SECOND = timedelta(seconds=1)  # Telegram's times have whole ones
_WORD = re.compile(r"\w+")


class _Given(msgspec.Struct, frozen=True):
    """What a message got: hashes of its words and of the answer's blocks, no text."""

    words: int
    blocks: tuple[int, ...]
    at: datetime
    times: int


class Edits:
    """In the process that answers. What was sent before it began may have been answered already: it is left alone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since = clock() - SECOND
        self._given: OrderedDict[tuple[int, int], _Given] = OrderedDict()

    def may_matter(self, incoming: Incoming) -> bool:
        """Whether a changed message may deserve an answer."""
        given = self._given.get((incoming.chat, incoming.message))
        if given is None:
            return incoming.sent_at >= self._since
        return given.times < MOST_ANSWERS and given.words != words_of(incoming)

    def is_answered(self, incoming: Incoming) -> bool:
        return (incoming.chat, incoming.message) in self._given

    def is_news(self, chat: int, message: int, answer: Answer) -> bool:
        """Whether the message did not get the same answer before."""
        given = self._given.get((chat, message))
        return given is None or not _ends_alike(given.blocks, _hashes(answer))

    def note(self, incoming: Incoming, message: int, answer: Answer) -> None:
        """The message, of this chat, was answered; its words are known where it is `incoming` itself."""
        key = incoming.chat, message
        before = self._given.pop(key, None)
        words = words_of(incoming) if message == incoming.message else 0
        self._given[key] = _Given(words, _hashes(answer), self._clock(), before.times + 1 if before else 1)
        if len(self._given) > MOST_KEPT:
            _, oldest = self._given.popitem(last=False)
            self._since = max(self._since, oldest.at)


def words_of(incoming: Incoming) -> int:
    return hash((incoming.command, *_WORD.findall(incoming.text.casefold())))


def _hashes(answer: Answer) -> tuple[int, ...]:
    return tuple(map(hash, answer.blocks))


def _ends_alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether they are the same but for what stands before one of them: who we are, that it was told above."""
    shared = min(len(one), len(other))
    return one[-shared:] == other[-shared:] if shared else one == other
