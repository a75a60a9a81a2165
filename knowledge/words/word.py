"""What citizens say and what it means: a wording points to a procedure, a short form stands for words."""

import re
from enum import StrEnum

from knowledge.procedure import CODE, InvalidValueError, Value

PREFIX = "word-"  # of codes in the index, beside procedures (1.001193) and FAQ entries (faq-3)
LONGEST_WORDING, LONGEST_MEANING = 120, 80  # letters
SHORT_FORM = re.compile(r"[^\W_]{2,15}")  # one word; in chat the longest met has eight letters


class WordKind(StrEnum):
    WORDING = "wording"
    SHORT_FORM = "short_form"


class WordText(Value, frozen=True, kw_only=True):
    """`means` is the code of a procedure, or the words that a short form stands for. `commune`: "" for the city."""

    kind: WordKind
    said: str
    means: str
    commune: str = ""

    def __post_init__(self) -> None:
        if not self.said.strip() or len(self.said) > LONGEST_WORDING or len(self.means) > LONGEST_MEANING:
            raise InvalidValueError("word: what is said is empty, or something is too long")
        if self.kind is WordKind.WORDING and not CODE.fullmatch(self.means):
            raise InvalidValueError(f"word: {self.means!r} is no code of a procedure")
        if self.kind is WordKind.SHORT_FORM and not (SHORT_FORM.fullmatch(self.said) and self.means.strip()):
            raise InvalidValueError(f"word: {self.said!r} is no short form: one word of 2 to 15 letters and digits")


class StaffWord(Value, frozen=True, kw_only=True):
    """A published one: who proposed and who approved it."""

    id: int
    text: WordText
    author: str
    approver: str

    @property
    def code(self) -> str:
        return code_of(self.id)


def code_of(number: int) -> str:
    return f"{PREFIX}{number}"


def is_word(code: str) -> bool:
    return code.startswith(PREFIX)
