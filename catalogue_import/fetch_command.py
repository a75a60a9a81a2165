"""The `motcua catalogue fetch` command."""

import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from catalogue_import.command_line import (
    REFUSED,
    AsJson,
    DatabaseUrl,
    DataDir,
    Province,
    database_address,
    end,
    explained,
    opened,
)
from catalogue_import.fetching.answers import FetchError
from catalogue_import.fetching.fetching import Fetch, Plan, Progress, fetch
from catalogue_import.fetching.portal import BASE, TIMEOUT, Patience, Portal
from catalogue_import.fetching.report import FetchReport
from catalogue_import.fetching.store import Store
from catalogue_import.importing import import_file
from catalogue_import.report import ImportReport
from catalogue_import.settings import Settings
from knowledge.clock import now, vietnam_day

# What the portal's own pages send, and who we are.
HEADERS = {
    "Accept": "application/json, text/plain, */*",
    "Accept-Language": "vi-VN",
    "Origin": "https://dichvucong.gov.vn",
    "Referer": "https://dichvucong.gov.vn/",
    "User-Agent": "motcua (catalogue of a public service centre)",
}

Into = Annotated[
    Path | None, typer.Option("--into", help="Folder of the raw answers; default: portal in the data folder.")
]
Address = Annotated[str, typer.Option("--portal", help="Address of the portal's interface.")]
Connections = Annotated[int, typer.Option(min=1, max=4, help="Calls at the same time.")]
Pause = Annotated[float, typer.Option(min=0.1, help="Seconds between two calls of a connection.")]
Days = Annotated[int, typer.Option("--refresh-days", min=0, help="Ask again what was asked so many days ago.")]
Most = Annotated[int, typer.Option(min=0, help="Ask for at most so many details in this run; 0: for all.")]
Publish = Annotated[bool, typer.Option("--publish/--no-publish", help="Publish what was stored.")]


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        tasks = {name: bar.add_task(name, total=None) for name in ("list", "details")}
        yield lambda name, done, total: bar.update(tasks[name], completed=done, total=total)


def fetch_from_portal(  # noqa: PLR0913  each is an option
    *,
    into: Into = None,
    portal: Address = BASE,
    connections: Connections = 2,
    pause: Pause = 0.3,
    refresh_days: Days = 7,
    most: Most = 0,
    publish: Publish = True,
    as_json: AsJson = False,
    province: Province = "H24",
    database_url: DatabaseUrl = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Read the national portal politely into a folder, go on where a run was stopped, then publish what changed."""
    plan = Plan(connections=connections, refresh=timedelta(days=refresh_days), most=most)
    with explained():
        fetched = _fetch(portal, into or data_dir / "portal", plan, pause)
        imported = _publish(fetched, province, database_address(database_url, data_dir)) if publish else None
    if as_json:
        typer.echo(f'{{"fetch": {fetched.to_json()}, "import": {imported.to_json() if imported else "null"}}}')
    else:
        typer.echo("\n".join(map(str, filter(None, (fetched, imported)))))
    if not fetched.is_clean or (imported and imported.is_refused):
        raise typer.Exit(REFUSED)


def _fetch(address: str, folder: Path, plan: Plan, pause: float) -> FetchReport:
    import httpx

    patience = Patience(now, time.sleep, random.Random(), pause)  # noqa: S311  jitter, no secret
    with httpx.Client(headers=HEADERS, timeout=TIMEOUT) as client, _bar() as progress:
        try:
            return fetch(Fetch(Portal(client, address, patience), Store(folder), plan, patience, progress))
        except FetchError as error:
            end(f"{error}. What was fetched is kept in {folder}.", REFUSED)
        except OSError as error:
            end(f"cannot keep answers in {folder}: {error.strerror}. Name a folder that can be written", REFUSED)


def _publish(fetched: FetchReport, province: str, address: str) -> ImportReport:
    """Through the same path as any file, with its bounds; only a whole copy repeals what it lacks."""
    day = vietnam_day(fetched.oldest) if fetched.oldest else None
    settings = Settings(province=province, complete=fetched.is_whole, data_day=day, reason="fetched from the portal")
    with opened(address) as database:
        return import_file(Path(fetched.folder), database, publish=True, clock=now, settings=settings)
