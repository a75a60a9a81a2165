"""What a browser's chat has said so far: in memory only, bounded, and gone when the conversation is forgotten."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

import msgspec

from bot.conversation.messages import Answer
from knowledge.clock import Clock

CHATS = 1_000  # with TURNS and some 4 kB a turn about 40 MB when every place is taken
TURNS = 10  # a page of ten answers is already more than a person scrolls back


class Turn(msgspec.Struct, frozen=True):
    """One question as the citizen sees it, and its answer."""

    asked: str
    answer: Answer
    at: datetime  # aware, UTC


class Transcripts:
    """Turns by chat id, the chat longest silent first; safe to use from several threads."""

    def __init__(self, lifetime: timedelta, clock: Clock) -> None:
        self._lifetime = lifetime
        self._clock = clock
        self._chats: OrderedDict[str, tuple[Turn, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, chat: str) -> tuple[Turn, ...]:
        with self._lock:
            self._sweep()
            return self._chats.get(chat, ())

    def add(self, chat: str, turn: Turn) -> tuple[Turn, ...]:
        """Keep a turn; gives the whole conversation with it."""
        with self._lock:
            self._sweep()
            turns = (*self._chats.pop(chat, ()), turn)[-TURNS:]
            self._chats[chat] = turns
            if len(self._chats) > CHATS:
                self._chats.popitem(last=False)
            return turns

    def forget(self, chat: str) -> None:
        with self._lock:
            self._chats.pop(chat, None)

    def sweep(self) -> None:
        """Drop what is past its time, also when nobody asks any more."""
        with self._lock:
            self._sweep()

    def _sweep(self) -> None:
        oldest = self._clock() - self._lifetime
        while self._chats and next(iter(self._chats.values()))[-1].at <= oldest:
            self._chats.popitem(last=False)

    def __len__(self) -> int:
        return len(self._chats)
