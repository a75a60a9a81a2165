"""A message of the outbox in plain words, whoever put it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import msgspec

from bot.conversation.group_digest import digest_told
from bot.conversation.messages import Answer
from bot.conversation.staff_told import staff_told
from bot.dossiers import notices
from knowledge.dossiers.following import Notice, NoticeKind
from knowledge.group_digest import Digest, DigestKind
from knowledge.outbox import Message
from knowledge.staff_words import StaffWord, WordKind


class _Kind(msgspec.Struct):
    kind: str


def told(body: str) -> Answer:
    kind = msgspec.json.decode(body, type=_Kind).kind
    shape, tell = BODIES[kind]
    return tell(msgspec.json.decode(body, type=shape))


def all_told(messages: Iterable[Message]) -> Iterator[tuple[Message, Answer]]:
    """Those that can be read; the rest is being given up where it is sent."""
    for message in messages:
        with suppress(msgspec.MsgspecError, KeyError):
            yield message, told(message.body)


BODIES: dict[str, tuple[type, Callable[[Any], Answer]]] = {
    **dict.fromkeys(NoticeKind, (Notice, notices.told)),
    **dict.fromkeys(WordKind, (StaffWord, staff_told)),
    **dict.fromkeys(DigestKind, (Digest, digest_told)),
}
