"""A running `motcua serve`, the platforms it talks to, and people who write to it through both."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from inspect import isawaitable
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psutil

import telegram_server
import zalo_bot_server

ROOT = Path(__file__).resolve().parents[3]
SECRET = "a-secret-of-the-webhooks"
ANEW = httpx.Limits(max_keepalive_connections=0)  # each request over a connection of its own
PATIENCE = 300  # seconds for several processes to start or to be replaced on a busy machine
SMALL = [str(ROOT / "tests" / "small_service.py")]  # by it many start quickly
WHOLE = ["-m", "bot"]


class Platforms(NamedTuple):
    telegram: telegram_server.BotServer
    zalo: zalo_bot_server.ZaloBotServer

    @property
    def settings(self) -> dict[str, str]:
        return {
            "TELEGRAM_TOKEN": telegram_server.TOKEN,
            "TELEGRAM_SECRET": SECRET,
            "TELEGRAM_API": self.telegram.base,
            "ZALO_BOT_TOKEN": zalo_bot_server.TOKEN,
            "ZALO_BOT_SECRET": SECRET,
            "ZALO_BOT_API": self.zalo.base,
        }


@asynccontextmanager
async def platforms() -> AsyncIterator[Platforms]:
    async with telegram_server.serving() as telegram, zalo_bot_server.serving() as zalo:
        yield Platforms(telegram, zalo)


class Update(NamedTuple):
    """What a platform brings to the webhook, and where it brings it."""

    hook: str
    secret: dict[str, str]
    body: dict[str, Any]


class Writer(NamedTuple):
    """Somebody on one of the platforms."""

    update: Callable[[str, str], Update]  # number and words
    texts: Callable[[], list[str]]  # what he was answered


def on_telegram(who: int, server: telegram_server.BotServer) -> Writer:
    def update(number: str, text: str) -> Update:
        sender = {"id": who, "is_bot": False, "first_name": "Lan"}
        chat = {"id": who, "type": "private"}
        message = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": text}
        body = {"update_id": int(f"{who}{number}"), "message": message}
        return Update("/telegram/webhook", {"X-Telegram-Bot-Api-Secret-Token": SECRET}, body)

    return Writer(update, lambda: server.texts(who))


def on_zalo(who: int, server: zalo_bot_server.ZaloBotServer) -> Writer:
    chat = f"{who:020x}"

    def update(number: str, text: str) -> Update:
        message = {
            "date": 1,
            "chat": {"id": chat, "chat_type": "PRIVATE"},
            "message_id": f"{chat}{number}",
            "from": {"id": chat, "display_name": "Lan", "is_bot": False},
            "text": text,
        }
        body = {"ok": True, "result": {"event_name": "message.text.received", "message": message}}
        return Update("/zalo-bot/webhook", {"X-Bot-Api-Secret-Token": SECRET}, body)

    return Writer(update, lambda: server.texts(chat))


class Service:
    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.url, self._log = process, f"http://127.0.0.1:{port}", log

    @property
    def workers(self) -> list[psutil.Process]:
        """The processes that answer, without those that only watch."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):
                if child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline()):
                    found.append(child)
        return found

    @property
    def unclear(self) -> int:
        """Answers of which the operator was told that they may be lost: on their way when a process died."""
        return sum(map(int, re.findall(r"they may be lost.*?count=(\d+)", self._told)))

    @property
    def leads(self) -> int:
        """How often a process took the lead; more than once where the machine held the first one up for long."""
        return self._told.count("this process has the lead")

    @property
    def _told(self) -> str:
        return re.sub(r"\x1b\[[0-9;]*m", "", self._log.read_text("utf-8"))

    def leaders(self, platforms: Platforms) -> list[psutil.Process]:
        """Only the process with the lead has connections to the platforms."""
        ports = {int(server.base.rpartition(":")[2]) for server in platforms}
        found = []
        for worker in self.workers:
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                if any(each.raddr and each.raddr.port in ports for each in worker.net_connections("tcp")):
                    found.append(worker)
        return found

    async def wait(self) -> None:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:

            async def is_up() -> bool:
                with suppress(httpx.TransportError):
                    return (await client.get(f"{self.url}/health")).status_code == 200
                assert self.process.poll() is None, self._log.read_text("utf-8")
                return False

            await until(is_up)

    async def take(self, updates: Iterable[Update]) -> None:
        """Each twice at the same moment, each over its own connection; again until it is taken, as platforms do."""
        async with httpx.AsyncClient(limits=ANEW, timeout=PATIENCE) as client:

            async def bring(update: Update) -> None:
                async def is_taken() -> bool:
                    with suppress(httpx.TransportError):
                        response = await client.post(self.url + update.hook, json=update.body, headers=update.secret)
                        return response.status_code == 200
                    return False

                await until(is_taken)

            await asyncio.gather(*(bring(update) for update in updates for _ in range(2)))


async def until(is_so: Callable[[], Any]) -> Any:
    """What is found at last; it happens in other processes, which tell us nothing."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = is_so()
            if found := (await found) if isawaitable(found) else found:
                return found
            await asyncio.sleep(0.05)


@contextmanager
def running(program: list[str], workers: int, folder: Path, **settings: str) -> Iterator[Service]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment |= {f"MOTCUA_{name}": said for name, said in {"DATA_DIR": str(folder), **settings}.items()}
    command = [sys.executable, *program, "serve", "--port", str(port), "--workers", str(workers)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            yield Service(process, port, folder / "log")
        finally:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(60)
            process.kill()
