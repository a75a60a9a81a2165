"""What a chat last spoke of, kept for a set time and bounded in number; nothing here is ever written down."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

import msgspec

from bot.answers.verdict import Option
from bot.conversation.messages import Choice
from bot.dossiers.outcomes import CodeAsked, FactorAsked, Missing, Outcome, Request, Told
from knowledge.procedure import Aspect

MOST_PROVEN = 20  # codes; more are asked for again
MOST_CHATS = 50_000  # some 500 bytes each: 25 MB at the most


class Memory(msgspec.Struct, frozen=True):
    """The subject of a conversation: the procedure it is about, the choices offered last, the commune."""

    subject: str = ""  # code
    said: str = ""  # the message that brought the subject up
    aspect: Aspect = Aspect.GENERAL
    offered: tuple[Option, ...] = ()
    choices: tuple[Choice, ...] = ()  # all that stood under the last answer, in the order of their numbers
    rounds: int = 0  # how often in a row the citizen was asked to choose
    commune: str = ""
    dossier: str = ""  # the code spoken of last
    awaits_code: bool = False  # a code was asked for
    wish: str = ""  # what the second factor is waited for, see bot.dossiers.outcomes.Wish
    proven: tuple[str, ...] = ()  # codes whose second factor was given


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
    """Memories by chat key; the oldest go first when there are too many."""

    def __init__(self, keep: timedelta) -> None:
        self._keep = keep
        self._lock = Lock()
        self._memories: OrderedDict[str, tuple[datetime, Memory]] = OrderedDict()

    def recall(self, chat: str, now: datetime) -> Memory:
        """What the chat spoke of; the commune outlives the subject."""
        with self._lock:
            at, memory = self._memories.get(chat, (now, NOTHING))
        return memory if now - at <= self._keep else Memory(commune=memory.commune)

    def remember(self, chat: str, memory: Memory, now: datetime) -> None:
        with self._lock:
            self._memories[chat] = (now, memory)
            self._memories.move_to_end(chat)
            while len(self._memories) > MOST_CHATS:
                self._memories.popitem(last=False)

    def forget(self, chat: str) -> None:
        with self._lock:
            self._memories.pop(chat, None)
