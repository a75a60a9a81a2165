"""Asking every labelled question the way a citizen would, and what came of it."""

import time
from collections.abc import Iterable, Iterator

import msgspec

from bot.app import App
from bot.conversation.messages import Answer, Chat, Family, Question, family_of
from bot.conversation.reply import reply_to
from bot.evaluation.labelled import Labelled
from knowledge.language.kinds import chances_of_kinds
from knowledge.language.normalise import normalise
from knowledge.search.finder import find
from knowledge.search.weights import load_weights


class Outcome(msgspec.Struct, frozen=True):
    """A labelled question, what was answered, and how long the whole of `reply_to` took."""

    question: Labelled
    family: Family
    procedures: tuple[str, ...]  # ranked, best first
    aspect: str
    confidence: float
    milliseconds: float

    @property
    def is_answered(self) -> bool:
        return self.family is Family.ANSWER

    @property
    def is_right(self) -> bool:
        return bool(self.procedures) and self.procedures[0] in self.question.right

    @property
    def is_wrong_answer(self) -> bool:
        return self.is_answered and not (self.question.asks_for_procedure and self.is_right)


def ask_all(questions: Iterable[Labelled], app: App) -> Iterator[Outcome]:
    """Each question in a chat of its own; a follow-up after the message it follows."""
    for number, question in enumerate(questions):
        chat = Chat("evaluation", f"{number}:{question.id}")
        now = app.clock()
        if question.context:
            reply_to(Question(text=question.context, chat=chat, asked_at=now), app)
        started = time.perf_counter()
        answer = reply_to(Question(text=question.text, chat=chat, asked_at=now), app)
        yield _outcome(question, answer, 1000 * (time.perf_counter() - started))
        app.memories.forget(chat.key)


def _outcome(question: Labelled, answer: Answer, milliseconds: float) -> Outcome:
    return Outcome(
        question=question,
        family=family_of(answer.ending),
        procedures=answer.procedures,
        aspect=answer.aspect,
        confidence=answer.confidence,
        milliseconds=milliseconds,
    )


def answered_by_a_twin(questions: Iterable[Labelled], app: App, threshold: float) -> list[tuple[Labelled, str]]:
    """Leave one out: with the right records taken away, which questions would still be answered, and with what.

    `threshold` is of the certainty by which `bot.answers.decide` answers.
    """
    index = app.library.index
    twins: list[tuple[Labelled, str]] = []
    for question in questions:
        if question.kind == "procedure" and question.gold:
            text = normalise(question.text)
            findings = find(text, index, without=question.right)
            certainty = load_weights().certainty_of(findings.confidence, chances_of_kinds(text)["procedure"])
            if findings.candidates and certainty >= threshold:
                twins.append((question, findings.codes[0]))
    return twins
