"""An FAQ entry as it is written and as it is published."""

from datetime import date

from knowledge.procedure import CODE, InvalidValueError, Value

PREFIX = "faq-"  # of codes in the index, where procedures have theirs (1.001193)
MOST_WORDINGS = 30
MOST_PROCEDURES = 8
WORDING_LETTERS = 200  # a question is a sentence
ANSWER_LETTERS = 3_000  # two messages of the tightest channel


class FaqText(Value, frozen=True, kw_only=True):
    """What staff write. The first wording is the question as it is shown; `answer` is in the markup of answers.

    `commune` is five digits, "" for the whole city. `instead_of` is the city's entry that this one of a commune
    replaces there. It is an answer on the days [valid_from, valid_to]; `review_on` reminds its authors.
    """

    wordings: tuple[str, ...]
    answer: str
    procedures: tuple[str, ...] = ()
    commune: str = ""
    instead_of: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    review_on: date | None = None

    def __post_init__(self) -> None:
        if not self.wordings or not all(self.wordings) or not self.answer:
            raise InvalidValueError("FAQ entry: a question and an answer are needed")
        if len(self.wordings) > MOST_WORDINGS or len(self.procedures) > MOST_PROCEDURES:
            raise InvalidValueError(f"FAQ entry: at most {MOST_WORDINGS} wordings and {MOST_PROCEDURES} procedures")
        if max(map(len, self.wordings)) > WORDING_LETTERS or len(self.answer) > ANSWER_LETTERS:
            raise InvalidValueError("FAQ entry: a wording or the answer is too long")
        if not all(map(CODE.fullmatch, self.procedures)):
            raise InvalidValueError(f"FAQ entry: {self.procedures} are not all codes of procedures")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise InvalidValueError("FAQ entry: it ends before it begins")

    @property
    def title(self) -> str:
        return self.wordings[0]

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class FaqEntry(Value, frozen=True, kw_only=True):
    """A published entry: which revision it is, who wrote and who approved it (names as citizens may not see them)."""

    id: int
    revision: int
    text: FaqText
    author: str
    approver: str
    approved_on: date

    @property
    def code(self) -> str:
        return code_of(self.id)


def code_of(number: int) -> str:
    return f"{PREFIX}{number}"


def number_of(code: str) -> int | None:
    """The number of an entry from its code, None for anything else."""
    digits = code.removeprefix(PREFIX)
    is_ours = code.startswith(PREFIX) and digits.isascii() and digits.isdigit() and len(digits) <= 9  # noqa: PLR2004  an integer column
    return int(digits) if is_ours else None
