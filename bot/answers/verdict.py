"""What was decided about a question, before any words are found for it."""

from enum import StrEnum

import msgspec

from bot.answers.actions import View
from bot.conversation.messages import Ending
from bot.dossiers.outcomes import Request
from knowledge.procedure import Aspect


class Option(msgspec.Struct, frozen=True):
    """One of the choices offered: a procedure under the words in which a person would recognise his case."""

    code: str
    label: str


class Part(msgspec.Struct, frozen=True):
    """One procedure to answer, and what about it: the one aspect, or `aspects` in the order of asking."""

    code: str
    aspect: Aspect = Aspect.GENERAL
    view: View = View.SUMMARY
    aspects: tuple[Aspect, ...] = ()


class Unreadable(StrEnum):
    """Why a message could not be read."""

    EMPTY = "empty"
    WORDLESS = "wordless"  # emoji, stickers, punctuation
    BINARY = "binary"
    TOO_LONG = "too_long"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One named ending with what it needs.

    PROCEDURE and ASPECT have `parts` (two when two things were asked), CHOICE and UNSURE have
    `options` (2-5) and the `question` that splits them. `others` are the cases of the same family
    that were taken not to be meant: the answer offers them. `candidates` are ranked codes. `aspect` is
    the main one, `aspects` are all that were asked for, in their order, where there are several.
    """

    ending: Ending
    aspect: Aspect = Aspect.GENERAL
    aspects: tuple[Aspect, ...] = ()
    confidence: float = 0.0
    parts: tuple[Part, ...] = ()
    question: str = ""
    options: tuple[Option, ...] = ()
    others: tuple[Option, ...] = ()
    candidates: tuple[str, ...] = ()
    commune: str = ""  # five digits, for COMMUNE_CHOSEN
    place_named: str = ""  # an old unit name that was understood, as written in the directory
    unreadable: Unreadable = Unreadable.WORDLESS  # for UNREADABLE
    dossier: Request | None = None  # for DOSSIER
    faq: str = ""  # code of the entry, for FAQ
