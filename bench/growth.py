"""How building, finding and memory grow with more procedures and more wordings.

Ten times the catalogue are nine altered copies beside it, wordings included; further wordings are altered copies of
those that are there. To alter is to exchange every fourth word for one drawn from all words, common ones more often.
"""

import random
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from fresh import Memory, memory_now, settings_for

from knowledge.clock import now, vietnam_day
from knowledge.database import open_database
from knowledge.language.normalise import normalise
from knowledge.search.building import build_index
from knowledge.search.finder import find
from knowledge.search.index import Entry
from knowledge.search.loading import load_entries
from knowledge.wordings import ProcedureWordings, Wordings, load_wordings

COPIES, FURTHER = (1, 10), (0, 10_000, 100_000)
EXCHANGED = 4  # every fourth word
SEED = 7


class Grown(NamedTuple):
    procedures: int
    texts: int  # names and wordings
    build_seconds: float  # CPU
    find_milliseconds: float  # CPU, median
    memory: Memory


def measure_grown(data: Path, copies: int, further: int, texts: Sequence[str]) -> Grown:
    """Build an index of that size in this process and ask it; to be run in a fresh process."""
    entries, wordings = _grow(_entries(data), load_wordings(), copies, further)
    begun = time.process_time()
    index = build_index(entries, wordings)
    built = time.process_time() - begun
    took = []
    for text in texts:
        begun = time.thread_time()
        find(normalise(text), index)
        took.append(1000 * (time.thread_time() - begun))
    return Grown(len(entries), len(index.wordings), built, statistics.median(took), memory_now())


def _entries(data: Path) -> list[Entry]:
    database = open_database(settings_for(data).database)
    with database.session() as session:
        entries = load_entries(session, vietnam_day(now()))
    database.close()
    return entries


def _grow(entries: list[Entry], wordings: Wordings, copies: int, further: int) -> tuple[list[Entry], Wordings]:
    chance = random.Random(SEED)
    words = [word for text in _texts(entries, wordings) for word in text.split()]
    said = dict(wordings.procedures)
    all_entries = list(entries)
    for copy in range(1, copies):
        for entry in entries:
            code = f"{copy}-{entry.code}"
            all_entries.append(msgspec.structs.replace(entry, code=code, name=altered(entry.name, words, chance)))
            if own := wordings.procedures.get(entry.code):
                said[code] = _copied(own, code, words, chance)
    for one in chance.choices([*wordings.procedures.values()], k=further):
        more = altered(chance.choice(one.wordings or (one.name,)), words, chance)
        said[one.code] = msgspec.structs.replace(said[one.code], wordings=(*said[one.code].wordings, more))
    return all_entries, Wordings(said, wordings.families)


def _texts(entries: Iterable[Entry], wordings: Wordings) -> Iterator[str]:
    yield from (entry.name for entry in entries)
    for one in wordings.procedures.values():
        yield from (one.name, *one.wordings)


def _copied(one: ProcedureWordings, code: str, words: Sequence[str], chance: random.Random) -> ProcedureWordings:
    texts = tuple(altered(text, words, chance) for text in one.wordings)
    return ProcedureWordings(code, altered(one.name, words, chance), texts)


def altered(text: str, words: Sequence[str], chance: random.Random) -> str:
    begin = chance.randrange(EXCHANGED)
    return " ".join(chance.choice(words) if at % EXCHANGED == begin else word for at, word in enumerate(text.split()))
