"""Question, Answer, Choice, Chat: the whole language between channels and the rest."""

from datetime import datetime
from enum import StrEnum

import msgspec

from knowledge.procedure import Aspect


class Ending(StrEnum):
    """The named way a turn ended; each has its template and its count."""

    PROCEDURE = "procedure"
    ASPECT = "aspect"
    FAQ = "faq"
    CHOICE = "choice"
    UNSURE = "unsure"
    DOSSIER = "dossier"
    DOSSIER_CODE = "dossier_code"
    DOSSIER_TOLD = "dossier_told"
    DOSSIER_MISSING = "dossier_missing"
    DOSSIER_FACTOR = "dossier_factor"
    DOSSIER_PAUSED = "dossier_paused"
    DOSSIER_PRIVATE = "dossier_private"
    DOSSIER_ELSEWHERE = "dossier_elsewhere"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    COMMUNE_CHOSEN = "commune_chosen"
    OFFICER = "officer"
    OUT_OF_SCOPE = "out_of_scope"
    COMPLAINT = "complaint"
    LEGAL_ADVICE = "legal_advice"
    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    INTRODUCTION = "introduction"  # what we are and what is kept, once in each chat
    FEEDBACK = "feedback"
    FEEDBACK_AGAIN = "feedback_again"  # nothing in it is new
    FORGOTTEN = "forgotten"
    UNREADABLE = "unreadable"
    PERSONAL_DATA = "personal_data"  # in a group: its author is warned
    SWITCHED_OFF = "switched_off"  # the channel, by an administrator
    NO_DATA = "no_data"
    UNKNOWN = "unknown"
    SILENCE = "silence"
    ERROR = "error"


class Family(StrEnum):
    """What `ask --batch` counts endings under."""

    ANSWER = "answer"
    CHOOSE = "choose"
    DOSSIER = "dossier"
    DECLINE = "decline"
    SILENT = "silent"
    ERROR = "error"


_FAMILIES = {
    Ending.PROCEDURE: Family.ANSWER,
    Ending.ASPECT: Family.ANSWER,
    Ending.FAQ: Family.ANSWER,
    Ending.CHOICE: Family.CHOOSE,
    Ending.UNSURE: Family.CHOOSE,
    **{ending: Family.DOSSIER for ending in Ending if ending.startswith("dossier")},
    Ending.SILENCE: Family.SILENT,
    Ending.ERROR: Family.ERROR,
}


def family_of(ending: Ending) -> Family:
    return _FAMILIES.get(ending, Family.DECLINE)


class Chat(msgspec.Struct, frozen=True):
    """Where a turn takes place. `key` is unique over all channels and is never shown."""

    channel: str
    id: str
    is_group: bool = False

    @property
    def key(self) -> str:
        return f"{self.channel}:{self.id}"

    @property
    def address(self) -> str:
        """Where it is told something later: a person of a group in the group."""
        return self.id.rpartition("/")[0] if self.is_group else self.id


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a citizen wrote (or tapped: `action` is what the offered Choice carried, see bot.answers.actions)."""

    text: str
    chat: Chat
    asked_at: datetime  # aware, UTC
    commune: str = ""  # five-digit code, if the channel knows it
    action: str = ""
    user: str = ""  # whom the channel knows behind the chat (a user's id, an address): limits count by it too


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Something to tap: an action sent back as Question.action (at most 64 bytes), or a link."""

    label: str
    action: str = ""
    url: str = ""


class Span(msgspec.Struct, frozen=True):
    """A run of text inside a block; the leaf that a channel escapes."""

    text: str
    bold: bool = False
    url: str = ""


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    SOURCE = "source"  # the fine print: decision and day of the data


class Block(msgspec.Struct, frozen=True):
    """A unit that no channel cuts inside; a heading and a source have one line, others may have more."""

    kind: BlockKind
    lines: tuple[tuple[Span, ...], ...]

    @property
    def plain(self) -> str:
        mark = "• " if self.kind is BlockKind.BULLETS else ""
        return "\n".join(mark + "".join(span.text for span in line) for line in self.lines)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What we said, and why. `procedures` are the ranked candidates, best first, whatever the ending."""

    ending: Ending
    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()
    procedures: tuple[str, ...] = ()
    faq: str | None = None
    aspect: Aspect = Aspect.GENERAL
    confidence: float = 0.0
    edition: int = 0

    @property
    def plain(self) -> str:
        """The answer as text, blocks parted by an empty line."""
        return "\n\n".join(block.plain for block in self.blocks)
