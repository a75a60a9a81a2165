"""Figures that only a fresh process can give: the way to the first answer, and memory. Linux only (reads /proc)."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.app import build_app
from bot.conversation.messages import Chat, Question
from bot.conversation.reply import reply_to
from bot.settings import Settings

CHECKOUT = Path(__file__).parents[1]

Result = TypeVar("Result")


class Start(NamedTuple):
    wall: float  # seconds
    cpu: float


class Memory(NamedTuple):
    """MiB of a process, shared libraries included."""

    peak: float
    held: float


def settings_for(data: Path) -> Settings:
    """The embedded database of a folder, whatever the environment names."""
    return Settings(data_dir=data, database_url="")


def first_answer(data: Path, question: str) -> Start:
    """`motcua ask` from its start to its end, the Python interpreter included."""
    begun, begun_cpu = time.perf_counter(), _cpu_of_children()
    command = [sys.executable, "-m", "bot", "ask", question]
    here = os.environ | {"MOTCUA_DATA_DIR": str(data), "MOTCUA_DATABASE_URL": ""}
    subprocess.run(command, env=here, cwd=CHECKOUT, check=True, capture_output=True)
    return Start(time.perf_counter() - begun, _cpu_of_children() - begun_cpu)


def memory_after(data: Path, texts: Sequence[str]) -> Memory:
    """What a bot holds that has answered these questions, each in a chat of its own."""
    app = build_app(settings_for(data))
    for number, text in enumerate(texts):
        reply_to(Question(text=text, chat=Chat("bench", str(number)), asked_at=app.clock()), app)
    app.close()
    return memory_now()


def memory_now() -> Memory:
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
    peak, held = (int(fields[name].split()[0]) / 1024 for name in ("VmHWM", "VmRSS"))
    return Memory(peak, held)


def in_fresh_process(work: Callable[..., Result], *arguments: object) -> Result:
    """Spawned, not forked: a fork would begin with our memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
