"""What is asked side by side: the whole of motcua, its search alone, and the peers over the same procedures."""

import itertools
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peers import PEERS, Texts, texts_of
from side_by_side import System

from bot.app import App
from bot.conversation.messages import Chat, Question
from bot.conversation.reply import reply_to
from bot.evaluation.labelled import Labelled
from bot.settings import Settings
from knowledge.language.normalise import normalise
from knowledge.search.finder import find
from knowledge.search.index import Entry, Index
from knowledge.wordings import load_wordings

WHOLE, FINDING, SCAN = "motcua, whole reply", "motcua, find alone", "rapidfuzz WRatio"
WITH_WORDINGS = " + wordings"
FEWEST = 4_000  # procedures; the whole catalogue has 4,647


class NotWholeError(Exception):
    """There is no database with the full catalogue; the message has the remedy."""


@contextmanager
def copied_data(settings: Settings) -> Iterator[Path]:
    """A data folder of our own: every answer is recorded, and not in somebody's database."""
    source = settings.data_dir / "motcua.sqlite3"
    if not source.exists():
        raise NotWholeError(f"{source} is not there: name a data folder with the full catalogue in MOTCUA_DATA_DIR")
    with tempfile.TemporaryDirectory() as folder:
        original = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
        copy = sqlite3.connect(Path(folder) / source.name)
        original.backup(copy)
        copy.close()
        original.close()
        yield Path(folder)


def whole(index: Index) -> Index:
    if len(held(index)) < FEWEST:
        raise NotWholeError(
            f"the database holds {len(held(index))} procedures, not the full catalogue: "
            "publish it first (python -m bot catalogue publish details.jsonl.gz)"
        )
    return index


def held(index: Index) -> list[Entry]:
    """What peers search in: not the procedures that only our wordings know."""
    return [entry for entry in index.entries if not entry.is_absent]


def ours(app: App) -> list[System]:
    numbers = itertools.count()

    def opened(question: Labelled) -> Question:
        """In a chat of its own; a follow-up after the message that it follows."""
        chat, now = Chat("bench", str(next(numbers))), app.clock()
        if question.context:
            reply_to(Question(text=question.context, chat=chat, asked_at=now), app)
        return Question(text=question.text, chat=chat, asked_at=now)

    return [
        System(WHOLE, lambda question: reply_to(question, app).procedures, opened),
        System(FINDING, lambda text: find(normalise(text), app.library.index).codes),
    ]


def peers(index: Index, *, with_wordings: bool) -> Iterator[System]:
    """Every installed peer over the official names; then, if wanted, over names and our wordings together."""
    names = texts_of((entry.code, entry.name) for entry in held(index))
    yield from _over(names, "")
    if with_wordings:
        yield from _over(_names_and_wordings(index), WITH_WORDINGS)


def _over(texts: Texts, suffix: str) -> Iterator[System]:
    for peer in PEERS:
        if peer.is_installed:
            yield System(peer.name + suffix, texts.searched_by(peer))
        else:
            print(f"{peer.name} is left out: {peer.package} is not installed (make bench)")


def _names_and_wordings(index: Index) -> Texts:
    said = load_wordings().procedures
    return texts_of(
        (entry.code, text)
        for entry in held(index)
        for text in (entry.name, *((said[entry.code].name, *said[entry.code].wordings) if entry.code in said else ()))
    )
