"""What staff tell somebody who waits, and how it goes into the outbox."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec
from sqlmodel import Session

from knowledge.askers import Asker
from knowledge.outbox import Message, put
from knowledge.procedure import Value

KEYS = "staff:"  # what the keys of all words of staff begin with
REVISITED = frozenset({"web", "terminal"})  # nothing rings there, also in quiet hours


class WordKind(StrEnum):
    ANSWERED = "answered"
    PROMISED = "promised"
    SAID = "said"  # in a chat that staff took over


class StaffWord(Value, frozen=True, kw_only=True):
    """The body of a message: `text` in the markup of answers, `question` (masked) is what it answers, `by` is the
    moment that was promised, `commune` whose office speaks ("" for the city's)."""

    kind: WordKind
    at: datetime
    question: str = ""
    text: str = ""
    procedures: tuple[tuple[str, str], ...] = ()  # code and name, as buttons
    commune: str = ""
    by: datetime | None = None


def tell(session: Session, askers: Iterable[Asker], word: StaffWord, occasion: str) -> int:
    """Put a word for each of those who wait, quoting his own question; how many they are.

    The same word on the same occasion to the same question is put once.
    """
    messages = [
        _message(each, msgspec.structs.replace(word, question=each.question), f"{occasion}:{each.exchange}")
        for each in askers
    ]
    if messages:
        put(session, messages, word.at)
    return len(messages)


def _message(asker: Asker, word: StaffWord, key: str) -> Message:
    return Message(
        key=f"{KEYS}{key}",
        channel=asker.channel,
        chat=asker.chat,
        body=msgspec.json.encode(word).decode(),
        not_before=word.at,
    )
