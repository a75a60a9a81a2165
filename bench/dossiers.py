"""Dossiers at size: importing registers while the ledger grows, and looking one up among a million.

    python bench/dossiers.py --rows 100000 --steps 3
    python bench/dossiers.py --rows 100000 --steps 10 --url postgresql://user@host/bench
    python bench/dossiers.py --rows 1000000 --row-bytes 500

Each step imports a register of as many new dossiers while somebody else writes twenty times a second, then a thousand
are looked up by code, as a citizen does: the whole desk with its limits, and the ledger alone. `--row-bytes` makes
longer rows, such as a register of 500 MB. `--guesses` tries all 10,000 factors of one code from ever new chats.
The exit code is 1 when a look-up in the ledger misses its target.
"""

import argparse
import csv
import random
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Self

from bot.conversation.messages import Chat
from bot.dossiers.desk import Desk
from bot.dossiers.outcomes import FactorAsked, Request, Told
from bot.dossiers.registers.importing import import_register
from knowledge.channel_marks import is_first
from knowledge.database import Database, open_database, sqlite_url
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import find_dossier

TARGET = 5.0  # milliseconds, p99 of the ledger's look-up
LOOKED_UP = 1_000
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
KEYS = Keys("bench")
HEADINGS = ("Mã hồ sơ", "Tên TTHC", "Chủ hồ sơ", "Số điện thoại", "Cơ quan giải quyết", "Ngày tiếp nhận",
            "Ngày hẹn trả", "Trạng thái")  # fmt: skip
STATUSES = ("Được tiếp nhận", "Đang xử lý", "Yêu cầu bổ sung giấy tờ", "Đã xử lý xong", "Đã trả kết quả")
A_DAY = 1_000  # dossiers of one agency and day


class Asker(NamedTuple):
    chat: Chat
    user: str = ""


def code_of(number: int) -> str:
    day, rest = divmod(number, A_DAY)
    issued = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(days=day)
    return f"H24.999-{issued:%y%m%d}-{rest:04}"


def write_register(path: Path, first: int, rows: int, row_bytes: int) -> None:
    note = "ghi chú " * (max(0, row_bytes - 150) // 10)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow((*HEADINGS, "Ghi chú"))
        for number in range(first, first + rows):
            status = STATUSES[number % len(STATUSES)]
            writer.writerow((code_of(number), "Đăng ký khai sinh", "Nguyễn Văn Mẫu", f"0000{number % 10_000:04}00",
                             "UBND xã Ví Dụ", "20/11/2026 08:00", "25/11/2026 08:00", status, note))  # fmt: skip


class Beside:
    """Somebody who writes into the same database meanwhile, and how long he waits for his turn."""

    def __init__(self, database: Database) -> None:
        self._database, self._is_over = database, threading.Event()
        self._thread = threading.Thread(target=self._write)
        self.waits: list[float] = []  # seconds

    def _write(self) -> None:
        number = 0
        while not self._is_over.wait(0.05):
            begun = time.perf_counter()
            is_first(self._database, f"bench-{id(self)}-{(number := number + 1)}", NOW)
            self.waits.append(time.perf_counter() - begun)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self._thread.join()


class Took(NamedTuple):
    """Milliseconds by the clock, and of CPU in this thread: on a busy machine only the latter says much."""

    wall: float
    cpu: float


def measured(act: Callable[[], object]) -> Took:
    wall, cpu = time.perf_counter(), time.thread_time()
    act()
    return Took(1000 * (time.perf_counter() - wall), 1000 * (time.thread_time() - cpu))


def look_up(database: Database, count: int, chance: random.Random) -> tuple[list[Took], list[Took]]:
    """Times of the ledger alone and of the whole desk, each with its own codes and chats."""
    desk = Desk(database, KEYS, pause=lambda _seconds: None)

    def in_ledger(code: str) -> None:
        with database.session() as session:
            assert find_dossier(session, code)

    def at_desk(code: str, chat: str) -> None:
        assert isinstance(desk.serve(Request(code), Asker(Chat("bench", chat)), NOW), Told | FactorAsked)

    ledger, whole = [], []
    for number in range(LOOKED_UP):
        ledger.append(measured(lambda: in_ledger(code_of(chance.randrange(count)))))
        code = code_of((number * 7919 * A_DAY + number) % count)
        whole.append(measured(lambda code=code, number=number: at_desk(code, f"{count}-{number}")))
    return ledger, whole


def p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def told(times: list[Took]) -> str:
    wall, cpu = [each.wall for each in times], [each.cpu for each in times]
    return f"median {statistics.median(wall):.2f} ms, p99 {p99(wall):.2f} ms (CPU {p99(cpu):.2f})"


def guess(database: Database) -> None:
    desk, code = Desk(database, KEYS, pause=lambda _seconds: None), code_of(1_234)
    revealed = 0
    for number in range(10_000):
        asker = Asker(Chat("bench", f"guess-{number}"), f"address-{number}")
        outcome = desk.serve(Request(code, factor=f"{(number + 5_000) % 10_000:04}"), asker, NOW)
        revealed += isinstance(outcome, Told)
    print(f"10,000 factors guessed from 10,000 chats: {revealed} revealed")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--steps", type=int, default=1)
    options.add_argument("--row-bytes", type=int, default=0)
    options.add_argument("--url", default="")
    options.add_argument("--guesses", action="store_true")
    wanted = options.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(wanted.url or sqlite_url(Path(folder) / "bench.sqlite3"))
        register, chance = Path(folder) / "register.csv", random.Random(7)
        for step in range(wanted.steps):
            write_register(register, step * wanted.rows, wanted.rows, wanted.row_bytes)
            begun, cpu = time.perf_counter(), time.thread_time()
            with Beside(database) as beside, import_register(register, database, KEYS, NOW):
                took, cpu = time.perf_counter() - begun, time.thread_time() - cpu
            count = (step + 1) * wanted.rows
            ledger, whole = look_up(database, count, chance)
            missed |= p99([each.wall for each in ledger]) > TARGET
            print(f"{count:>9,} dossiers  {register.stat().st_size / 1e6:.0f} MB imported in {took:.1f} s "
                  f"(CPU {cpu:.1f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB), "
                  f"a writer beside waited {max(beside.waits):.2f} s at most  "
                  f"ledger {told(ledger)}  desk {told(whole)}", flush=True)  # fmt: skip
        if wanted.guesses:
            guess(database)
        database.close()
    sys.exit(missed)


if __name__ == "__main__":
    main()
