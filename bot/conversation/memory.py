"""What a chat last spoke of, kept for a set time and bounded in number; where several processes share it, sealed."""

from datetime import date, datetime, timedelta

import msgspec

from bot.answers.verdict import Option
from bot.conversation.messages import Choice
from bot.dossiers.outcomes import CodeAsked, FactorAsked, Missing, Outcome, Request, Told
from bot.workers.shelf import LocalShelf, Shelf, put
from knowledge.procedure import Aspect

MOST_PROVEN = 20  # codes; more are asked for again
MOST_CHATS = 50_000  # some 500 bytes each: 25 MB at the most
SUBJECT, COMMUNE = "subject:", "commune:"
COMMUNE_FOR = timedelta(days=30)
NUMBERS_FOR = timedelta(minutes=10)  # how long a number means what stood under the last answer (CHANNELS 6.1)
INCLUSIVE = timedelta(microseconds=1)  # what is just as old as it may be is still recalled


class Memory(msgspec.Struct, frozen=True):
    """The subject of a conversation: the procedure it is about, the choices offered last, the commune."""

    subject: str = ""  # code
    said: str = ""  # the message that brought the subject up
    aspect: Aspect = Aspect.GENERAL
    aspects: tuple[Aspect, ...] = ()  # all that were asked for, where there were several
    offered: tuple[Option, ...] = ()
    choices: tuple[Choice, ...] = ()  # all that stood under the last answer, in the order of their numbers
    rounds: int = 0  # how often in a row the citizen was asked to choose
    commune: str = ""
    as_of: date | None = None  # the day of filing that was asked about
    dossier: str = ""  # the code spoken of last
    awaits_code: bool = False  # a code was asked for
    wish: str = ""  # what the second factor is waited for, see bot.dossiers.outcomes.Wish
    proven: tuple[str, ...] = ()  # codes whose second factor was given
    is_doubted: bool = False  # the last answer was said to be wrong


NOTHING = Memory()


def with_dossier(memory: Memory, request: Request, outcome: Outcome | None) -> Memory:
    """What a turn at the dossier desk leaves: the code spoken of, whether its factor is waited for, and who proved it.

    After a wrong factor it is still waited for: somebody may have mistyped it.
    """
    if isinstance(outcome, FactorAsked):
        return msgspec.structs.replace(memory, dossier=outcome.code, wish=outcome.wish)
    if isinstance(outcome, Missing) and request.factor:
        return msgspec.structs.replace(memory, dossier=request.code, wish=request.wish)
    if isinstance(outcome, Told):
        codes = outcome.dossier.codes if outcome.is_proven else ()
        proven = tuple(dict.fromkeys((*memory.proven, *codes)))[-MOST_PROVEN:]
        return msgspec.structs.replace(memory, dossier=request.code, proven=proven, wish="")
    return msgspec.structs.replace(memory, dossier="", wish="", awaits_code=isinstance(outcome, CodeAsked))


class MemoryStore:
    """Memories by chat key; on a shelf of our own the oldest go first when there are too many."""

    def __init__(self, keep: timedelta, shelf: Shelf | None = None) -> None:
        self._keep = keep
        self._shelf = shelf or LocalShelf(MOST_CHATS)

    def recall(self, chat: str, now: datetime) -> Memory:
        """What the chat spoke of; the commune outlives the subject, the subject its numbered choices."""
        found = self._shelf.get(SUBJECT + chat, now)
        at, memory = _DECODER.decode(found) if found else (now, NOTHING)
        if found and now - at <= self._keep:
            is_fresh = not memory.choices or now - at <= NUMBERS_FOR
            return memory if is_fresh else msgspec.structs.replace(memory, choices=())
        return Memory(commune=(self._shelf.get(COMMUNE + chat, now) or b"").decode())

    def remember(self, chat: str, memory: Memory, now: datetime) -> None:
        put(self._shelf, SUBJECT + chat, msgspec.msgpack.encode((now, memory)), now, self._keep + INCLUSIVE)
        if memory.commune:
            put(self._shelf, COMMUNE + chat, memory.commune.encode(), now, COMMUNE_FOR)

    def forget(self, chat: str) -> None:
        self._shelf.drop(SUBJECT + chat)
        self._shelf.drop(COMMUNE + chat)


_DECODER = msgspec.msgpack.Decoder(tuple[datetime, Memory])
