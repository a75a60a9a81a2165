"""How soon a question meets an FAQ entry that was just approved, with many of them and the whole catalogue.

    MOTCUA_DATA_DIR=… python bench/faq_update.py [--entries N] [--rounds N]

The database must hold the full catalogue; a copy of it is published to. The entries are our own wordings with every
fourth word exchanged. Measured is from the beginning of the approval to the first look-up that finds the entry, in
seconds by the clock and of CPU of this process, what the process holds after the first and after the last, and how long
one search takes then.

The exit code is 1 when half took more than 0.3 s of CPU, or when memory grew: what is replaced must be let go.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from fresh import memory_now, settings_for
from growth import SEED, altered
from systems import NotWholeError, copied_data, whole

from bot.app import App, build_app
from bot.settings import Settings
from bot.steady import settle
from knowledge.catalogue import publish
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.clock import now, vietnam_day
from knowledge.database import Database, open_database
from knowledge.faq.entry import FaqEntry, FaqText
from knowledge.language.normalise import normalise
from knowledge.search.finder import find
from knowledge.wordings import load_wordings

MOST_SECONDS, TARGET = 120.0, 0.3  # of CPU
GROWN = 1.05  # memory after all rounds, beside that after the first few: pages that the allocator keeps
WORDINGS = 3  # of an entry
NAP = 0.005
SETTLED = 3  # rounds until the memory of the index before is there to be used again


def entries(count: int) -> list[FaqEntry]:
    chance = random.Random(SEED)
    said = [text for one in load_wordings().procedures.values() for text in one.wordings]
    words = [word for text in said for word in text.split()]
    return [
        entry_of(number, [altered(text, words, chance) for text in chance.sample(said, WORDINGS)])
        for number in range(1, count + 1)
    ]


def entry_of(number: int, wordings: Sequence[str]) -> FaqEntry:
    text = FaqText(wordings=tuple(wordings), answer="Thử.")
    return FaqEntry(id=number, revision=1, text=text, author="bench", approver="bench", approved_on=vietnam_day(now()))


def approve(database: Database, new: Sequence[FaqEntry]) -> None:
    with database.session(writing=True) as session:
        publish(session, ChangeSet(faqs=tuple(new)), Origin(kind=EditionKind.FAQ), now=now())


def seen_after(app: App, entry: FaqEntry) -> tuple[float, float]:
    """Seconds by the clock, and of CPU, until the entry is found."""
    begun, begun_cpu = time.perf_counter(), time.process_time()
    approve(app.database, [entry])
    app.library.look()
    while not is_found(app, entry):
        time.sleep(NAP)
        if time.perf_counter() - begun > MOST_SECONDS:
            raise TimeoutError(f"the entry was not seen within {MOST_SECONDS:.0f} s")
    return time.perf_counter() - begun, time.process_time() - begun_cpu


def is_found(app: App, entry: FaqEntry) -> bool:
    snapshot = app.library.current()
    if snapshot.faqs.get(entry.code) != entry:
        return False
    return entry.code in find(normalise(entry.text.title), snapshot.index).codes


class Round(NamedTuple):
    wall: float  # seconds
    cpu: float
    held: float  # MiB of the process


def rounds(app: App, first: int, count: int) -> Iterator[Round]:
    for number in range(first, first + count):
        wall, cpu = seen_after(app, entry_of(number, (f"quầy số {number} còn mở cửa trưa nay không",)))
        yield Round(wall, cpu, memory_now().held)


def main() -> int:
    arguments = _arguments()
    try:
        with copied_data(Settings()) as data:
            database = open_database(settings_for(data).database)
            approve(database, entries(arguments.entries))
            database.close()
            app = build_app(settings_for(data))
            settle()  # as `motcua serve` does
            whole(app.library.index)
            found = list(rounds(app, arguments.entries + 1, SETTLED + arguments.rounds))
            _print_search(app)
            app.close()
    except NotWholeError as error:
        print(error, file=sys.stderr)
        return 2
    return _print_rounds(found)


def _print_rounds(found: Sequence[Round]) -> int:
    measured, held = found[SETTLED:], found[SETTLED - 1].held
    wall, cpu = (median(each) for each in zip(*((each.wall, each.cpu) for each in measured), strict=True))
    grown = measured[-1].held / held
    print(f"approved to found, {len(measured)} times: {wall:.2f} s by the clock, {cpu:.2f} s of CPU in the median")
    print(f"memory {held:.0f} MiB before, {measured[-1].held:.0f} MiB after, at most {memory_now().peak:.0f} MiB")
    is_met = cpu < TARGET and grown < GROWN
    print("met" if is_met else f"MISSED: below {TARGET} s of CPU, and no more than {GROWN:.2f} of the memory before")
    return 0 if is_met else 1


def _print_search(app: App) -> None:
    texts = [normalise(entry.text.title) for entry in entries(200)]
    took = []
    for text in texts:
        begun = time.thread_time()
        find(text, app.library.index)
        took.append(1000 * (time.thread_time() - begun))
    print(f"one search: {median(took):.2f} ms CPU; {memory_now().held:.0f} MiB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10_000, help="FAQ entries that are there before")
    parser.add_argument("--rounds", type=int, default=40, help="entries approved one after another")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
