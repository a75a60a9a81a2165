"""The product as its operator runs it, one process or several: nothing lost, nothing answered twice, one memory."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from bot.channels.telegram.post import AT_ONCE
from telegram_server import TOKEN, BotServer, serving

ROOT = Path(__file__).resolve().parents[3]
SECRET, HOOK = "a-secret", "/telegram/webhook"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
ASKS = ("làm giấy khai sinh cho con cần giấy tờ gì", "đăng ký kết hôn cần gì", "đăng ký tạm trú cần gì")
ANEW = httpx.Limits(max_keepalive_connections=0)  # each request over a connection of its own
PATIENCE = 240  # seconds for several processes to start or to be replaced on a busy machine


@pytest.fixture
async def telegram() -> AsyncIterator[BotServer]:
    async with serving() as server:
        yield server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """A running `motcua serve`."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.url = process, f"http://127.0.0.1:{port}"

    @property
    def workers(self) -> list[psutil.Process]:
        """The processes that answer, without those that only watch."""
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]

    async def is_up(self, client: httpx.AsyncClient) -> bool:
        try:
            return (await client.get(f"{self.url}/health")).status_code == 200
        except httpx.TransportError:
            return False

    async def wait(self) -> None:
        async with httpx.AsyncClient() as client:
            await until(lambda: self.is_up(client))


async def until(is_so: Any) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await is_so():  # noqa: ASYNC110  it happens in other processes
            await asyncio.sleep(0.05)


@contextmanager
def running(folder: Path, telegram: BotServer, workers: int, database: str = "", valkey: str = "") -> Iterator[Service]:
    port = free_port()
    settings = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": database,
        "VALKEY_URL": valkey,
        "SECRET": "for tests only",
        "PUBLIC_URL": "https://motcua.example.vn",
        "RATE_PER_MINUTE": "30",
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_SECRET": SECRET,
        "TELEGRAM_API": telegram.base,
    }
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | {f"MOTCUA_{name}": said for name, said in settings.items()}
    command = [sys.executable, "-m", "bot", "serve", "--port", str(port), "--workers", str(workers)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            yield Service(process, port)
        finally:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()


def update(number: int, chat: int, text: str) -> dict[str, Any]:
    who = {"id": chat, "is_bot": False, "first_name": "Lan"}
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "from": who, "text": text}
    return {"update_id": number, "message": message}


async def brought(service: Service, updates: list[dict[str, Any]]) -> None:
    """Each update twice at the same moment, each over its own connection; again until it is taken, as Telegram does."""

    async def bring(each: dict[str, Any], client: httpx.AsyncClient) -> None:
        async def is_taken() -> bool:
            with suppress(httpx.TransportError):
                return (await client.post(service.url + HOOK, json=each, headers=HEADERS)).status_code == 200
            return False

        await until(is_taken)

    async with httpx.AsyncClient(limits=ANEW, timeout=60) as client:
        await asyncio.gather(*(bring(each, client) for each in updates for _ in range(2)))


async def answered(telegram: BotServer, count: int) -> None:
    async def is_so() -> bool:
        return len(telegram.sent) >= count

    await until(is_so)


@pytest.fixture(params=["one process, SQLite", "three processes, PostgreSQL and Valkey"])
def deployment(request: pytest.FixtureRequest) -> dict[str, Any]:
    if request.param.startswith("one"):
        return {"workers": 1}
    names = {"database": "postgres_url", "valkey": "valkey_url"}
    return {"workers": 3} | {name: request.getfixturevalue(fixture) for name, fixture in names.items()}


async def test_each_update_is_answered_once_each_conversation_remembered_and_a_dead_process_replaced(
    deployment: dict[str, Any], tmp_path: Path, telegram: BotServer
) -> None:
    with running(tmp_path, telegram, **deployment) as service:
        await service.wait()
        await all_are_answered_once(service, telegram)
        await the_web_remembers_and_limits(service)
        if deployment["workers"] > 1:
            await the_lead_is_taken_over(service, telegram)


async def all_are_answered_once(service: Service, telegram: BotServer) -> None:
    chats = range(1, 11)
    await brought(service, [update(chat, chat, ASKS[chat % 3]) for chat in chats])
    await answered(telegram, 10)
    await brought(service, [update(100 + chat, chat, "mất bao nhiêu tiền") for chat in chats])
    await answered(telegram, 20)
    for chat in chats:
        first, second = telegram.texts(chat)
        name = ("khai sinh", "kết hôn", "tạm trú")[chat % 3]
        assert (name in first.lower(), name in second.lower()) == (True, True)
    assert len(telegram.named("setWebhook")) == 1


async def the_web_remembers_and_limits(service: Service) -> None:
    """Each request comes to whichever process is next."""
    async with httpx.AsyncClient(limits=ANEW, timeout=60, follow_redirects=True) as client:
        for asked in (ASKS[0], "mất bao nhiêu tiền"):
            page = (await client.post(f"{service.url}/hoi", data={"text": asked})).text
        assert page.count('class="turn') >= 2
        statuses = [(await client.get(f"{service.url}/gioi-thieu")).status_code for _ in range(60)]
    assert 429 in statuses
    assert statuses.count(200) < 50  # limits of their own would let nearly all through


async def the_lead_is_taken_over(service: Service, telegram: BotServer) -> None:
    """All are answered once, but for what was on its way in the moment of the death: nobody can know whether it
    arrived, so it is not sent again."""
    chats, before = range(201, 231), len(telegram.sent)
    bringing = asyncio.create_task(brought(service, [update(chat, chat, ASKS[chat % 3]) for chat in chats]))
    await answered(telegram, before + 3)
    leader = next(worker for worker in service.workers if any(holds(worker, telegram)))
    leader.send_signal(signal.SIGKILL)
    await bringing
    await brought(service, [update(1_000, 99, ASKS[0])])

    async def is_over() -> bool:
        return bool(telegram.texts(99)) and sum(bool(telegram.texts(chat)) for chat in chats) >= len(chats) - AT_ONCE

    await until(is_over)
    assert max(len(telegram.texts(chat)) for chat in chats) == 1


def holds(worker: psutil.Process, telegram: BotServer) -> Iterator[bool]:
    """Whether a process has a connection to the Bot API: only the one with the lead has."""
    port = int(telegram.base.rpartition(":")[2])
    return (bool(each.raddr) and each.raddr.port == port for each in worker.net_connections("tcp"))
