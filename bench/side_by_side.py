"""Several systems on the same questions, turn by turn, so that a busy machine slows all of them alike."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.evaluation.labelled import Labelled

WARM_UP = 25  # questions before the clock runs: models are read at the first use
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
    """Each question to each system in turn; who begins changes from question to question."""
    for system in systems:
        for question in questions[:WARM_UP]:
            system.ask(system.prepare(question))
    runs = {system.name: Run() for system in systems}
    for at, question in enumerate([*questions] * rounds):
        turn = at % len(systems)
        for system in (*systems[turn:], *systems[:turn]):
            runs[system.name].ask(system, question)
    return runs
