"""What a browser's chat has said so far: bounded, and gone when the conversation is forgotten."""

from datetime import datetime, timedelta

import msgspec

from bot.conversation.messages import Answer
from bot.workers.shelf import LocalShelf, Shelf
from knowledge.clock import Clock

CHATS = 1_000  # with TURNS and some 4 kB a turn about 40 MB when every place is taken
TURNS = 10  # a page of ten answers is already more than a person scrolls back
NAME = "turns:"


class Turn(msgspec.Struct, frozen=True):
    """One question as the citizen sees it, and its answer."""

    asked: str
    answer: Answer
    at: datetime  # aware, UTC


Turns = tuple[Turn, ...]


class Transcripts:
    """Turns by chat id; on a shelf of our own the chat longest silent goes first. Safe to use from several threads."""

    def __init__(self, lifetime: timedelta, clock: Clock, shelf: Shelf | None = None) -> None:
        self._lifetime, self._clock = lifetime, clock
        self._shelf = shelf or LocalShelf(CHATS)

    def of(self, chat: str) -> Turns:
        return _decoded(self._shelf.get(NAME + chat, self._clock()))

    def add(self, chat: str, turn: Turn) -> Turns:
        """Keep a turn; gives the whole conversation with it."""

        def added(before: bytes | None) -> tuple[bytes, Turns]:
            turns = (*_decoded(before), turn)[-TURNS:]
            return msgspec.msgpack.encode(turns), turns

        return self._shelf.change(NAME + chat, added, self._clock(), self._lifetime)

    def forget(self, chat: str) -> None:
        self._shelf.drop(NAME + chat)

    def sweep(self) -> None:
        """Drop what is past its time, also when nobody asks any more."""
        self._shelf.sweep(self._clock())


def _decoded(value: bytes | None) -> Turns:
    return _DECODER.decode(value) if value else ()


_DECODER = msgspec.msgpack.Decoder(Turns)
