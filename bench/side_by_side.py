"""Several systems on the same questions, block by block, so that a busy machine slows all of them alike."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.evaluation.labelled import Labelled

BLOCK = 20  # questions to one system before it is the next one's turn: caches warm, yet noise hits all alike
FIRST_THREE = 3


def _text_of(question: Labelled) -> str:
    return question.text


@dataclass(frozen=True)
class System:
    """`ask` is timed, `prepare` makes what it is asked; the answer is codes, best first."""

    name: str
    ask: Callable[[Any], Sequence[str]]
    prepare: Callable[[Labelled], Any] = _text_of


@dataclass
class Run:
    """What one system took and found. Times in milliseconds; CPU is that of the asking thread."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)  # of the first right code, over the procedure questions

    def ask(self, system: System, question: Labelled) -> None:
        prepared = system.prepare(question)
        begun, begun_cpu = time.perf_counter(), time.thread_time()
        codes = system.ask(prepared)
        self.cpu.append(1000 * (time.thread_time() - begun_cpu))
        self.wall.append(1000 * (time.perf_counter() - begun))
        if question.kind == "procedure" and question.gold:
            self.places.append(next((at for at, code in enumerate(codes) if code in question.gold), None))

    def share_within(self, first: int) -> float:
        """Percent of the procedure questions whose right code stands among the first ones."""
        return 100 * sum(place is not None and place < first for place in self.places) / max(1, len(self.places))

    @property
    def first(self) -> float:
        return self.share_within(1)

    @property
    def in_three(self) -> float:
        return self.share_within(FIRST_THREE)

    @property
    def median_cpu(self) -> float:
        return float(np.median(self.cpu))


def compare(systems: Sequence[System], questions: Sequence[Labelled], rounds: int) -> dict[str, Run]:
    """Block by block each system in turn; who begins changes from block to block."""
    for system in systems:
        for question in questions[:BLOCK]:  # before the clock runs: models are read at the first use
            system.ask(system.prepare(question))
    runs = {system.name: Run() for system in systems}
    asked = [*questions] * rounds
    for number, start in enumerate(range(0, len(asked), BLOCK)):
        turn = number % len(systems)
        for system in (*systems[turn:], *systems[:turn]):
            for question in asked[start : start + BLOCK]:
                runs[system.name].ask(system, question)
    return runs
