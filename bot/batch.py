"""`motcua ask --batch`: questions from a file of JSON lines, one answer line each (DESIGN §6, a stable contract)."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import msgspec

from bot.app import App
from bot.conversation.messages import Answer, Chat, Question, family_of
from bot.conversation.reply import reply_to
from knowledge.communes import find_communes

CHANNEL = "batch"
MOST_PROCEDURES = 5

Advance = Callable[[], None]


class AskedLine(msgspec.Struct, frozen=True):
    """One input line. `context` is the citizen's previous message, answered first in the same chat."""

    id: str | int
    text: str
    context: str | None = None
    commune: str | None = None  # five-digit code, or a name that only one commune has
    group: Any = None  # whatever is true to Python: asked in a group


class Problem(msgspec.Struct, frozen=True):
    """A line that could not be asked."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class BatchReport(msgspec.Struct, frozen=True):
    answered: int
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        problems = f", {len(self.problems)} lines could not be read" if self.problems else ""
        return f"{self.answered} answered{problems}"


def run_batch(source: Path, out: TextIO, app: App, advance: Advance = lambda: None) -> BatchReport:
    """Answer every line that can be read, in order. Raises OSError when `source` cannot be."""
    answered, problems = 0, []
    for number, asked in _read(source):
        if isinstance(asked, Problem):
            problems.append(asked)
        else:
            out.write(msgspec.json.encode(_answered(number, asked, app)).decode() + "\n")
            answered += 1
        advance()
    return BatchReport(answered, tuple(problems))


def count_lines(source: Path) -> int:
    with source.open("rb") as lines:
        return sum(bool(line.strip()) for line in lines)


def _read(source: Path) -> Iterator[tuple[int, AskedLine | Problem]]:
    decoder = msgspec.json.Decoder(AskedLine)
    with source.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            text = line.removeprefix(b"\xef\xbb\xbf").strip()  # a mark some editors put before the first line
            if not text:
                continue
            try:
                yield number, decoder.decode(text)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                yield number, Problem(number, str(error))


def _answered(number: int, asked: AskedLine, app: App) -> dict[str, Any]:
    chat = Chat(CHANNEL, str(number), is_group=bool(asked.group))  # the line's own: two lines may have one id
    if asked.context:
        _ask(asked.context, asked, chat, app)
    started = time.perf_counter()
    answer = _ask(asked.text, asked, chat, app)
    milliseconds = round(1_000 * (time.perf_counter() - started), 3)
    app.memories.forget(chat.key)
    return {"id": asked.id, **row_of(answer), "milliseconds": milliseconds}


def _ask(text: str, asked: AskedLine, chat: Chat, app: App) -> Answer:
    return reply_to(Question(text=text, chat=chat, asked_at=app.clock(), commune=code_of(asked.commune or "")), app)


def code_of(commune: str) -> str:
    """The five-digit code of a commune given by code or by a name; "" for what names none, or several."""
    found = () if commune.isdecimal() else find_communes(commune)
    return commune if commune.isdecimal() else found[0].code if len(found) == 1 else ""


def row_of(answer: Answer) -> dict[str, Any]:
    """An answer in the keys of the contract."""
    return {
        "ending": answer.ending,
        "family": family_of(answer.ending),
        "procedures": answer.procedures[:MOST_PROCEDURES],
        "faq": answer.faq,
        "aspect": answer.aspect,
        "confidence": round(answer.confidence, 4),
        "text": answer.plain,
    }
