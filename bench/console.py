"""Pages of the console under load, and how soon what was approved answers, in one process and in two.

    MOTCUA_DATA_DIR=… python bench/console.py [--exchanges N] [--faqs N] [--waiting N] [--rounds N] [--published N]
        [--without-pages] [--without-postgresql]

The database must hold the full catalogue; a copy of it is filled and served by processes of their own. Each page is
opened by itself first (its CPU is the server's), then by several members of staff at once while citizens ask. Then
entries are approved one after another, over SQLite and, with everything moved there, by two processes over PostgreSQL:
measured is from the click to the first question that each process answers with the entry, and what the processes hold.

The exit code is 1 when a page was refused, or when half of what was approved took longer than a second to be answered.
"""

import argparse
import itertools
import math
import os
import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import NamedTuple

import httpx
from console_filling import fill
from serving import MOST_SECONDS, Server, Staff, moved, postgresql, serving
from systems import NotWholeError, copied_data

from bot.settings import Settings

PAGES = {
    "home": "/can-bo",
    "waiting questions": "/can-bo/cau-hoi",
    "waiting questions, last page": "/can-bo/cau-hoi?trang=9999",
    "waiting questions by words": "/can-bo/cau-hoi?q=khai+sinh",
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
TARGET = 1.0  # seconds from the click to the answer
NAP = 0.03  # between two questions that look for what was approved: asking takes CPU too
CITIZEN_NAP = 0.1
AT_ONCE = 3  # members of staff
NUMBERS = itertools.count(1)  # of the entries that are approved: two with the same words would be taken for each other


class Page(NamedTuple):
    """Milliseconds; a page that was refused took for ever."""

    alone: Sequence[float]
    cpu: float  # of the server, on average
    loaded: Sequence[float]

    @property
    def refused(self) -> int:
        return sum(map(math.isinf, (*self.alone, *self.loaded)))


def pages(server: Server, rounds: int) -> dict[str, Page]:
    with closing(Staff(server, "minh")) as minh:
        alone = {name: _alone(server, minh, path, rounds) for name, path in PAGES.items()}
    loaded = _under_load(server, rounds)
    return {name: Page(*alone[name], loaded[name]) for name in PAGES}


def _alone(server: Server, staff: Staff, path: str, rounds: int) -> tuple[list[float], float]:
    _opened(staff, path)
    begun = server.cpu()
    took = [_opened(staff, path) for _ in range(rounds)]
    return took, 1000 * (server.cpu() - begun) / rounds


def _opened(staff: Staff, path: str) -> float:
    begun = time.perf_counter()
    answered = staff.get(path)
    return math.inf if answered.status_code != httpx.codes.OK else 1000 * (time.perf_counter() - begun)


def _under_load(server: Server, rounds: int) -> dict[str, list[float]]:
    """Three members of staff, each on another page, and a citizen who asks ten times a second."""
    took: dict[str, list[float]] = defaultdict(list)
    is_over = threading.Event()

    def work(start: int) -> None:
        names = [*list(PAGES)[start:], *list(PAGES)[:start]]
        with closing(Staff(server, "minh")) as staff:
            for name in names * rounds:
                took[name].append(_opened(staff, PAGES[name]))

    def ask() -> None:
        with httpx.Client(base_url=server.address, timeout=MOST_SECONDS) as citizen:
            while not is_over.wait(CITIZEN_NAP):
                citizen.post("/api/v1/ask", json=QUESTION)

    with ThreadPoolExecutor(AT_ONCE + 1) as crowd:
        asker = crowd.submit(ask)
        try:
            list(crowd.map(work, range(0, 4 * AT_ONCE, 4)))
        finally:
            is_over.set()
        asker.result()
    return took


class Seen(NamedTuple):
    """Of one process: seconds from the click on "approve" to the first answer with the entry, and of its CPU."""

    wall: float
    cpu: float


def seen_after(publisher: Server, asked: Sequence[Server], count: int) -> dict[Server, list[Seen]]:
    """For each of some entries, approved one after another, and each of the processes asked."""
    found: dict[Server, list[Seen]] = {server: [] for server in asked}
    with ExitStack() as stack:
        lan, hoa = (stack.enter_context(closing(Staff(publisher, login))) for login in ("lan", "hoa"))
        citizens = {
            server: stack.enter_context(httpx.Client(base_url=server.address, timeout=MOST_SECONDS)) for server in asked
        }
        crowd = stack.enter_context(ThreadPoolExecutor(len(asked)))
        for _ in range(count):
            for server, seen in _seen(lan, hoa, citizens, f"quầy số {next(NUMBERS)} có mở cửa trưa nay không", crowd):
                found[server].append(seen)
    return found


def _seen(
    lan: Staff, hoa: Staff, citizens: dict[Server, httpx.Client], wording: str, crowd: ThreadPoolExecutor
) -> Iterator[tuple[Server, Seen]]:
    saved = lan.submit("/can-bo/hoi-dap/moi", wordings=wording, answer="Có, đến 13 giờ.", viec="luu")
    address = saved.headers["location"].partition("?")[0]
    code = f"faq-{address.rpartition('/')[2]}"
    form = hoa.form(address, ban="1", chac="co")  # she has read the page, with its trial run
    for citizen in citizens.values():
        citizen.post("/api/v1/ask", json={"text": wording})  # somebody asks now and then, as elsewhere
    begun, cpu = time.perf_counter(), {server: server.cpu() for server in citizens}
    waiting = {server: crowd.submit(_wait_for, code, wording, citizen) for server, citizen in citizens.items()}
    approved = hoa.post(f"{address}/duyet", data=form)
    if approved.status_code != httpx.codes.SEE_OTHER:
        raise RuntimeError(f"{address} was not approved: {approved.status_code}")
    for server, seen in waiting.items():
        yield server, Seen(seen.result() - begun, server.cpu() - cpu[server])


def _wait_for(code: str, wording: str, citizen: httpx.Client) -> float:
    """The moment at which a process answers with an entry."""
    until = time.perf_counter() + MOST_SECONDS
    while time.perf_counter() < until:
        if citizen.post("/api/v1/ask", json={"text": wording}).json()["faq"] == code:
            return time.perf_counter()
        time.sleep(NAP)
    raise TimeoutError(f"{code} was not answered with within {MOST_SECONDS:.0f} s")


def at_share(share: float, values: Iterable[float]) -> float:
    """The value that so many of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def main() -> int:
    arguments = _arguments()
    is_well = True
    try:
        with copied_data(Settings()) as data, ExitStack() as stack:
            fill(data, arguments.exchanges, arguments.faqs, arguments.waiting)
            print(_machine())
            with serving(data) as server:
                if not arguments.without_pages:
                    is_well &= _print_pages(pages(server, arguments.rounds))
                print(f"\n{SEEN_HEAD}")
                is_well &= _publish({"SQLite, one process": server}, arguments.published)
            if not arguments.without_postgresql:
                url = stack.enter_context(postgresql())
                moved(data, url)
                first, second = (stack.enter_context(serving(data, url)) for _ in range(2))
                both = {"PostgreSQL, the process that approved": first, "PostgreSQL, the other process": second}
                is_well &= _publish(both, arguments.published)
            print(_machine())
    except NotWholeError as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if is_well else 1


HEAD = ("approved to answered", "median, s", "p95, s", "CPU, s", "memory before, MiB", "after, MiB")
SEEN_HEAD = f"| {' | '.join(HEAD)} |\n|---|{'--:|' * (len(HEAD) - 1)}"


def _publish(servers: dict[str, Server], count: int) -> bool:
    """Print how soon each process, the first of which approves, answers; whether half of all were soon enough."""
    asked = list(servers.values())
    seen_after(asked[0], asked, 1)  # the first of a process reads what the others find
    before = {server: server.memory() for server in asked}
    found = seen_after(asked[0], asked, count)
    for name, server in servers.items():
        wall, cpu = zip(*found[server], strict=True)
        figures = (statistics.median(wall), at_share(0.95, wall), statistics.median(cpu))
        line = " | ".join(f"{figure:.2f}" for figure in figures)
        print(f"| {name} | {line} | {before[server]:.0f} | {server.memory():.0f} |", flush=True)
    return all(statistics.median(each.wall for each in seen) < TARGET for seen in found.values())


def _print_pages(found: dict[str, Page]) -> bool:
    """Whether every page came."""
    print("\n| page | CPU, ms | alone, median, ms | p95, ms | under load, median, ms | p95, ms |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, page in found.items():
        figures = (page.cpu, *(at_share(share, each) for each in (page.alone, page.loaded) for share in (0.5, 0.95)))
        print(f"| {name} | {' | '.join(f'{figure:.0f}' for figure in figures)} |")
    for name, page in found.items():
        if page.refused:
            print(f"{name}: refused {page.refused} times", file=sys.stderr)
    return not any(page.refused for page in found.values())


def _machine() -> str:
    return f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exchanges", type=int, default=100_000)
    parser.add_argument("--faqs", type=int, default=10_000)
    parser.add_argument("--waiting", type=int, default=5_000, help="of the exchanges")
    parser.add_argument("--rounds", type=int, default=20, help="times each page is opened, by each member of staff")
    parser.add_argument("--published", type=int, default=20, help="entries approved one after another")
    parser.add_argument("--without-pages", action="store_true", help="measure publishing alone")
    parser.add_argument("--without-postgresql", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
