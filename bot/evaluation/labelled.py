"""Labelled questions, one JSON object a line; what is wrong with a line is said with its number."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

PROCEDURE_KINDS = frozenset({"procedure", "followup"})


class LabelError(Exception):
    """A file of labelled questions cannot be used; the message names the file, the line and the remedy."""


class Labelled(msgspec.Struct, frozen=True):
    """A question and what is right: `gold` codes, best first (any counts as right), `acceptable` ones also serve.

    `context` is the citizen's message before it, for a follow-up.
    """

    id: str
    text: str
    style: str = ""
    kind: str = "procedure"
    aspect: str = "general"
    gold: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    context: str | None = None
    note: str | None = None

    @property
    def asks_for_procedure(self) -> bool:
        return self.kind in PROCEDURE_KINDS and bool(self.gold)

    @property
    def right(self) -> frozenset[str]:
        return frozenset(self.gold) | frozenset(self.acceptable)


def read_labelled(paths: list[Path]) -> list[Labelled]:
    """All questions of the files, in order; raises LabelError."""
    questions = [question for path in paths for question in _read(path)]
    if not questions:
        raise LabelError(
            f"{', '.join(map(str, paths))}: no questions: each line must be a JSON object with id and text"
        )
    return questions


def _read(path: Path) -> Iterator[Labelled]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise LabelError(f"{path}: cannot be read: {error.strerror}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=Labelled)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise LabelError(f"{path}, line {number}: {error}; mend or remove the line") from error
