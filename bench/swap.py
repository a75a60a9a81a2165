"""How long answers wait while a new edition is built beside the old one and swapped in.

    MOTCUA_DATA_DIR=… python bench/swap.py QUESTIONS.jsonl [--askers N] [--rounds N]

The database must hold the full catalogue; a copy of it is asked and published to. Citizens ask without a break while
nothing happens (before) and while an edition is published, noticed, built and swapped in (during). The publisher is a
process of its own, as people use it. A watcher who only sleeps a millisecond at a time notes how late he wakes up.
"Held" is the part of that in which this process was computing: the rest is the machine's, busy with other things. It is
what the target is about; answers also wait for the disk, before as during.
"""

import argparse
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Self

import numpy as np
from fresh import in_fresh_process, settings_for
from systems import NotWholeError, copied_data, whole

from bot.app import App, build_app
from bot.conversation.messages import Chat, Question
from bot.conversation.reply import reply_to
from bot.evaluation.labelled import LabelError, read_labelled
from bot.settings import Settings
from bot.steady import settle
from knowledge.catalogue import procedures_on, publish
from knowledge.changeset import Change, ChangeKind, ChangeSet, EditionKind, Origin
from knowledge.clock import now, vietnam_day
from knowledge.database import open_database

QUIET_SECONDS, MOST_SECONDS = 5.0, 60.0
NAP = 0.001  # seconds
MOST_PAUSE = 50  # milliseconds


@dataclass
class Heard:
    """Milliseconds that each answer took, that the watcher woke too late, and the part of it that this process held."""

    answers: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)


class Crowd:
    """Threads that ask, and one that watches, until the end of the `with` block."""

    def __init__(self, app: App, texts: Sequence[str], askers: int) -> None:
        self._app, self._texts = app, texts
        self._heard, self._is_over = Heard(), threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(at,)) for at in range(askers)]
        self._threads.append(threading.Thread(target=self._watch))

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def listen(self) -> Heard:
        """What is heard from now on."""
        self._heard = Heard()
        return self._heard

    def _ask(self, at: int) -> None:
        for number, text in enumerate(cycle(self._texts[at:] + self._texts[:at])):
            if self._is_over.is_set():
                return
            question = Question(text=text, chat=Chat("bench", f"{at}-{number}"), asked_at=self._app.clock())
            begun = time.perf_counter()
            reply_to(question, self._app)
            self._heard.answers.append(1000 * (time.perf_counter() - begun))

    def _watch(self) -> None:
        while not self._is_over.is_set():
            begun, begun_cpu = time.perf_counter(), time.process_time()
            time.sleep(NAP)
            late, used = time.perf_counter() - begun - NAP, time.process_time() - begun_cpu
            self._heard.late.append(1000 * late)
            self._heard.held.append(1000 * min(late, used))


def publish_one(data: Path) -> None:
    """One amended procedure makes the next edition."""
    database = open_database(settings_for(data).database)
    with database.session(writing=True) as session:
        procedure = next(procedures_on(session, vietnam_day(now())))
        amended = Change(
            kind=ChangeKind.AMENDED, formality_id=procedure.formality_id, procedure=procedure, effective=None
        )
        publish(session, ChangeSet(changes=(amended,)), Origin(kind=EditionKind.CATALOGUE), now=now())
    database.close()


def swap(app: App, data: Path, crowd: Crowd) -> tuple[Heard, Heard, float]:
    """What was heard before and during a swap, and how many seconds that one took."""
    before = crowd.listen()
    time.sleep(QUIET_SECONDS)
    edition, begun, during = app.library.edition, time.perf_counter(), crowd.listen()
    in_fresh_process(publish_one, data)
    while app.library.edition == edition and time.perf_counter() - begun < MOST_SECONDS:
        time.sleep(0.05)
    took = time.perf_counter() - begun
    time.sleep(1)  # the first answers from the new edition read their records anew
    crowd.listen()
    return before, during, took


def main() -> int:
    arguments = _arguments()
    try:
        texts = [question.text for question in read_labelled(arguments.questions)]
        with copied_data(Settings()) as data:
            longest = max(_rounds(data, texts, arguments))
    except (LabelError, NotWholeError) as error:
        print(error, file=sys.stderr)
        return 2
    is_met = longest < MOST_PAUSE
    print(f"{'met' if is_met else 'MISSED'}: the interpreter held for {longest:.0f} ms at the most, below {MOST_PAUSE}")
    return 0 if is_met else 1


def _rounds(data: Path, texts: Sequence[str], arguments: argparse.Namespace) -> Iterator[float]:
    app = build_app(settings_for(data))
    settle()  # as `motcua serve` does
    whole(app.library.index)
    print("milliseconds  answers   median      p99  slowest   late p99  latest   held p99  longest")
    with Crowd(app, texts, arguments.askers) as crowd:
        for _ in range(arguments.rounds):
            before, during, took = swap(app, data, crowd)
            _print("before", before)
            _print("during", during)
            print(f"published to answered from: {took:.1f} s")
            yield max(during.held)
    app.close()


def _print(name: str, heard: Heard) -> None:
    median, p99, slowest = np.percentile(heard.answers, [50, 99, 100])
    late, latest = np.percentile(heard.late, [99, 100])
    held, longest = np.percentile(heard.held, [99, 100])
    answers = f"{len(heard.answers):9}{median:9.1f}{p99:9.1f}{slowest:9.1f}"
    print(f"{name:<12}{answers}{late:11.1f}{latest:8.1f}{held:11.1f}{longest:9.1f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, nargs="+", help="labelled questions, JSON lines")
    parser.add_argument("--askers", type=int, default=1, help="threads that ask at a time (default 1)")
    parser.add_argument("--rounds", type=int, default=3, help="swaps (default 3)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
