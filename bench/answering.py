"""How well and how fast questions are answered, beside simple peers over the same procedures, in one run.

    MOTCUA_DATA_DIR=… python bench/answering.py QUESTIONS.jsonl [QUESTIONS.jsonl ...]

The database must hold the full catalogue; a copy of it is asked, so that nothing is written to it.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from fresh import first_answer, in_fresh_process, memory_after, settings_for
from growth import COPIES, FURTHER, measure_grown
from plot import draw
from side_by_side import Run, compare
from systems import SCAN, WHOLE, WITH_WORDINGS, NotWholeError, copied_data, held, ours, peers, whole

from bot.app import App, build_app
from bot.evaluation.labelled import LabelError, Labelled, read_labelled
from bot.settings import Settings
from knowledge.search.building import build_index
from knowledge.wordings import load_wordings

STARTS, BUILDS = 3, 3
ASKED_FOR_MEMORY, ASKED_GROWN = 500, 200
FASTER, START_SECONDS, PEAK_MIB = 20, 5, 400  # what must be met: times, seconds, MiB
MEDIAN, P99 = 2, 10  # milliseconds of a whole reply, by the clock


class Target(NamedTuple):
    says: str
    is_met: bool


def main() -> int:
    arguments = _arguments()
    try:
        questions = read_labelled(arguments.questions)
        with copied_data(Settings()) as data:
            targets = [*_side_by_side(data, questions, arguments), *_process(data, questions)]
            if arguments.growth:
                _growth(data, questions)
    except (LabelError, NotWholeError) as error:
        print(error, file=sys.stderr)
        return 2
    for says, is_met in targets:
        print(f"{'met' if is_met else 'MISSED'}: {says}")
    return 0 if all(target.is_met for target in targets) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, nargs="+", help="labelled questions, JSON lines")
    parser.add_argument("--rounds", type=int, default=2, help="how often every question is asked (default 2)")
    parser.add_argument("--wordings", action="store_true", help="the peers over names with our wordings, too (slow)")
    parser.add_argument("--growth", action="store_true", help="also build and ask grown catalogues (minutes)")
    parser.add_argument("--svg", type=Path, help="draw quality against time into this file")
    return parser.parse_args()


def _side_by_side(data: Path, questions: Sequence[Labelled], arguments: argparse.Namespace) -> Iterator[Target]:
    app = build_app(settings_for(data))
    index = whole(app.library.index)
    about = sum(question.kind == "procedure" and bool(question.gold) for question in questions)
    subject = f"{len(questions)} questions, {about} of them about {len(held(index)):,} procedures"
    print(f"{subject}; {len(index.wordings):,} names and wordings")
    runs = compare([*ours(app), *peers(index, with_wordings=arguments.wordings)], questions, arguments.rounds)
    _print_runs(runs)
    if arguments.svg:
        arguments.svg.parent.mkdir(parents=True, exist_ok=True)
        arguments.svg.write_text(draw(runs, subject), "utf-8")
    yield from _reply_targets(runs)
    _print_build(app)
    app.close()


def _reply_targets(runs: Mapping[str, Run]) -> Iterator[Target]:
    """Against the scan of the texts that motcua itself searches, where that was measured."""
    scan = next(name for name in (SCAN + WITH_WORDINGS, SCAN) if name in runs)
    faster = runs[scan].median_cpu / runs[WHOLE].median_cpu
    yield Target(
        f"a whole reply {faster:.1f} times faster than one scan by {scan}, at least {FASTER}", faster >= FASTER
    )
    median, p99 = np.percentile(runs[WHOLE].wall, [50, 99])
    yield Target(f"a whole reply: median {median:.1f} ms, below {MEDIAN}", median <= MEDIAN)
    yield Target(f"a whole reply: p99 {p99:.1f} ms, below {P99}", p99 <= P99)


def _print_runs(runs: Mapping[str, Run]) -> None:
    print(f"\n{'':<32}{'median':>10}{'p99':>10}{'CPU':>10}{'× reply':>9}{'first':>9}{'in three':>10}")
    for name, run in runs.items():
        median, p99 = np.percentile(run.wall, [50, 99])
        ratio = run.median_cpu / runs[WHOLE].median_cpu
        times = f"{median:7.2f} ms{p99:7.2f} ms{run.median_cpu:7.2f} ms{ratio:9.2f}"
        print(f"{name:<32}{times}{run.first:7.1f} %{run.in_three:8.1f} %")


def _print_build(app: App) -> None:
    entries, wordings = app.library.index.entries, load_wordings()
    took = []
    for _ in range(BUILDS):
        begun = time.thread_time()
        build_index(entries, wordings)
        took.append(time.thread_time() - begun)
    print(f"\nbuilding the index: {statistics.median(took):.2f} s CPU")


def _process(data: Path, questions: Sequence[Labelled]) -> Iterator[Target]:
    """Start and memory, each in fresh processes."""
    starts = [first_answer(data, questions[0].text) for _ in range(STARTS)]
    wall, cpu = (statistics.median(times) for times in zip(*starts, strict=True))
    print(f"`motcua ask` from its start to its end: {wall:.2f} s, {cpu:.2f} s CPU")
    yield Target(f"start to first answer {cpu:.1f} s CPU, below {START_SECONDS}", cpu < START_SECONDS)
    texts = [*islice(cycle(question.text for question in questions), ASKED_FOR_MEMORY)]
    memory = in_fresh_process(memory_after, data, texts)
    print(f"after {ASKED_FOR_MEMORY} questions: {memory.held:.0f} MiB, {memory.peak:.0f} MiB at the most")
    yield Target(f"peak memory {memory.peak:.0f} MiB, below {PEAK_MIB}", memory.peak < PEAK_MIB)


def _growth(data: Path, questions: Sequence[Labelled]) -> None:
    texts = [question.text for question in questions][:ASKED_GROWN]
    print("\n| procedures | further wordings | texts | build, s CPU | find, ms CPU | memory, MiB | peak, MiB |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    for copies in COPIES:
        for further in FURTHER:
            grown = in_fresh_process(measure_grown, data, copies, further, texts)
            size = f"| {grown.procedures:,} | {further:,} | {grown.texts:,}"
            cost = f"{grown.build_seconds:.1f} | {grown.find_milliseconds:.2f}"
            print(f"{size} | {cost} | {grown.memory.held:.0f} | {grown.memory.peak:.0f} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
