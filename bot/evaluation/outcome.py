"""Asking every labelled question the way a citizen would, and what came of it."""

import time
from collections.abc import Iterable, Iterator

import msgspec

from bot.app import App
from bot.conversation.messages import Answer, Chat, Ending, Family, Question, family_of
from bot.conversation.reply import reply_to
from bot.evaluation.labelled import Labelled
from bot.evaluation.left_out import LeftOut, leave_out
from knowledge.procedure import Level
from knowledge.search.index import Index

NOWHERE = "not in the catalogue"  # field and level of a procedure that this edition does not hold


class Outcome(msgspec.Struct, frozen=True):
    """A labelled question, what was answered, and how long the whole of `reply_to` took.

    `field` and `level` are those of the first right procedure, empty where there is none to find.
    """

    question: Labelled
    ending: Ending
    procedures: tuple[str, ...]  # ranked, best first
    aspect: str
    confidence: float
    milliseconds: float
    field: str = ""
    level: str = ""  # the lowest at which it is done
    left_out: LeftOut | None = None  # when that was asked for and there is a record to leave out

    @property
    def family(self) -> Family:
        return family_of(self.ending)

    @property
    def is_answered(self) -> bool:
        return self.family is Family.ANSWER

    @property
    def is_right(self) -> bool:
        return bool(self.procedures) and self.procedures[0] in self.question.right

    @property
    def is_wrong_answer(self) -> bool:
        return self.is_answered and not (self.question.asks_for_procedure and self.is_right)


def ask_all(questions: Iterable[Labelled], app: App, *, leaving_out: bool = False) -> Iterator[Outcome]:
    """Each question in a chat of its own; a follow-up after the message it follows."""
    for number, question in enumerate(questions):
        chat = Chat("evaluation", f"{number}:{question.id}")
        now = app.clock()
        if question.context:
            reply_to(Question(text=question.context, chat=chat, asked_at=now), app)
        started = time.perf_counter()
        answer = reply_to(Question(text=question.text, chat=chat, asked_at=now), app)
        outcome = _outcome(question, answer, 1000 * (time.perf_counter() - started), app.library.index)
        app.memories.forget(chat.key)
        yield (
            msgspec.structs.replace(outcome, left_out=leave_out(question, app.library.index))
            if leaving_out
            else outcome
        )


def _outcome(question: Labelled, answer: Answer, milliseconds: float, index: Index) -> Outcome:
    field, level = _place_of(question, index)
    return Outcome(
        question=question,
        ending=answer.ending,
        procedures=answer.procedures,
        aspect=answer.aspect,
        confidence=answer.confidence,
        milliseconds=milliseconds,
        field=field,
        level=level,
    )


def _place_of(question: Labelled, index: Index) -> tuple[str, str]:
    """Field and lowest level of the first right procedure."""
    if not question.asks_for_procedure:
        return "", ""
    if not index.holds(question.gold[0]):
        return NOWHERE, NOWHERE
    entry = index.entries[index.position[question.gold[0]]]
    return entry.field, next((level for level in Level if level in entry.levels), Level.OTHER)
