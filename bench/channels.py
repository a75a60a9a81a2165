"""Updates a second through each webhook to the sent reply, and how long one takes at half of that, beside an empty
handler on the same server in the same run; and how soon each webhook says 200 (Zalo waits two seconds for an Official
Account's, Telegram repeats after some thirty).

Three processes on loopback: a platform that takes every message at once, the product with its limits of sending
lifted (Telegram allows 30 messages a second), and this one, which brings updates over 40 connections. Each update is
a question of another chat. A reply counts when the platform has it.
"""

import argparse
import asyncio
import hashlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import msgspec
from aiohttp import web

CONNECTIONS = 40  # Telegram's own default
SECRET = "only-for-measuring"
OA, OA_APP = "2000000000000000001", "4000000000000000001"
TOKEN_FOR = timedelta(hours=25)
EMPTY = "/empty"
QUESTIONS = Path(__file__).parent / "questions" / "everyday.jsonl"


class Hook(NamedTuple):
    """A channel as its platform sees it. `body` makes an update of a number and a text, `sign` the header that proves
    who brings it, `chat` the name under which the reply goes out."""

    name: str
    path: str
    body: Callable[[int, str], dict[str, Any]]
    sign: Callable[[bytes, dict[str, Any]], dict[str, str]]
    chat: Callable[[int], str]


def secret_in(header: str) -> Callable[[bytes, dict[str, Any]], dict[str, str]]:
    return lambda _raw, _body: {header: SECRET}


def signed(raw: bytes, body: dict[str, Any]) -> dict[str, str]:
    mac = hashlib.sha256(OA_APP.encode() + raw + body["timestamp"].encode() + SECRET.encode()).hexdigest()
    return {"X-ZEvent-Signature": f"mac={mac}"}


def telegram_body(number: int, text: str) -> dict[str, Any]:
    who = {"id": number, "is_bot": False, "first_name": "Lan"}
    message = {"message_id": number, "date": int(time.time()), "chat": {"id": number, "type": "private"}}
    return {"update_id": number, "message": {**message, "from": who, "text": text}}


def zalo_bot_body(number: int, text: str) -> dict[str, Any]:
    chat = f"{number:020x}"
    said = {"message_id": f"m{number}", "date": int(time.time() * 1000), "text": text}
    people = {"chat": {"id": chat, "chat_type": "PRIVATE"}, "from": {"id": chat, "display_name": "Lan"}}
    return {"event_name": "message.text.received", "message": {**said, **people}}


def zalo_oa_body(number: int, text: str) -> dict[str, Any]:
    people = {"sender": {"id": str(number)}, "recipient": {"id": OA}, "user_id_by_app": str(number)}
    said = {"message": {"msg_id": f"m{number}", "text": text}, "timestamp": str(int(time.time() * 1000))}
    return {"app_id": OA_APP, "event_name": "user_send_text", **people, **said}


HOOKS = (
    Hook("Telegram", "/telegram/webhook", telegram_body, secret_in("X-Telegram-Bot-Api-Secret-Token"), str),
    Hook("Zalo Bot", "/zalo-bot/webhook", zalo_bot_body, secret_in("X-Bot-Api-Secret-Token"), "{:020x}".format),
    Hook("Zalo OA", "/zalo-oa/webhook", zalo_oa_body, signed, str),
)


# The platform


async def _serve_platform(port: int) -> None:
    arrived: dict[str, float] = {}

    async def answer(request: web.Request) -> web.Response:
        if request.match_info["method"] == "sendMessage":
            fields = await (request.json() if request.content_type == "application/json" else request.post())
            arrived.setdefault(str(fields["chat_id"]), time.monotonic())
        about = {"id": 700, "is_bot": True, "first_name": "Bot", "username": "bot", "account_name": "Bot"}
        message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
        result = about if request.match_info["method"] == "getMe" else message
        if request.match_info["method"] not in {"getMe", "sendMessage"}:
            return web.json_response({"ok": True, "result": True})
        return web.json_response({"ok": True, "result": result})

    async def answer_account(request: web.Request) -> web.Response:
        fields = await request.json()
        arrived.setdefault(fields["recipient"]["user_id"], time.monotonic())
        return web.json_response({"error": 0, "message": "Success", "data": {"message_id": "1"}})

    async def tell(_request: web.Request) -> web.Response:
        return web.json_response(arrived)

    app = web.Application()
    app.router.add_get("/arrived", tell)
    app.router.add_route("*", "/bot{token}/{method}", answer)
    app.router.add_post("/v3.0/oa/message/cs", answer_account)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


# The product


async def _nothing() -> None:
    pass


def _consented(app: Any) -> None:
    """Rights of the account for the time of the measurement."""
    from bot.channels.zalo_oa.tokens import Pair
    from knowledge.channel_tokens import Kept, keep

    sealed = app.sealing.seal(msgspec.json.encode(Pair("bench", "bench"))).decode()
    with app.database.session() as session:
        keep(session, OA, Kept(sealed, app.clock(), app.clock() + TOKEN_FOR))


def _serve_product(port: int) -> None:
    import uvicorn
    from fastapi import Response

    from bot.app import build_app
    from bot.channels.telegram import post
    from bot.logs import log_to_stderr
    from bot.settings import Settings
    from bot.steady import settle
    from bot.web import build_web

    log_to_stderr("WARNING")
    post.PER_SECOND = 1_000_000
    app = build_app(Settings())
    _consented(app)
    product = build_web(app)
    product.add_api_route(EMPTY, _nothing, methods=["POST"], response_class=Response)
    settle()
    uvicorn.run(product, port=port, log_level="warning", access_log=False, timeout_keep_alive=600)


# Measuring


class Figures(NamedTuple):
    """Milliseconds at half load: to the reply, and to the webhook's 200."""

    per_second: float
    median: float
    p99: float
    taken: float  # p99 of the 200


class Bench:
    def __init__(self, session: aiohttp.ClientSession, product: str, platform: str, texts: Sequence[str]) -> None:
        self._session, self._product, self._platform, self._texts = session, product, platform, texts
        self._next = 1

    async def measured(self, hook: Hook, count: int) -> Figures:
        """At full speed, then as many at half of it."""
        begun = time.monotonic()
        started = await self._bring(hook, count, 0.0)
        arrived = await self._arrived(hook, started)
        per_second = count / (max(arrived.values()) - begun)
        return await self._at(hook, count, per_second)

    async def _at(self, hook: Hook, count: int, per_second: float) -> Figures:
        said: list[float] = []
        started = await self._bring(hook, count, 2 / per_second, said)
        arrived = await self._arrived(hook, started)
        took = [arrived[number] - at for number, at in started.items()]
        return Figures(per_second, 1000 * statistics.median(took), _p99(took), _p99(said))

    async def empty(self, hook: Hook, count: int, per_second: float) -> Figures:
        """The same bodies to a handler that does nothing; its times at `per_second`, as many as of the webhook."""
        hook = hook._replace(path=EMPTY)
        begun = time.monotonic()
        await self._bring(hook, count, 0.0)
        full = count / (time.monotonic() - begun)
        took: list[float] = []
        await self._bring(hook, count, 1 / per_second, took)
        return Figures(full, 1000 * statistics.median(took), _p99(took), _p99(took))

    async def _bring(self, hook: Hook, count: int, apart: float, took: list[float] | None = None) -> dict[int, float]:
        """Post so many, `apart` seconds from each other; when each was to be brought."""
        numbers = range(self._next, self._next + count)
        self._next += count
        begun = time.monotonic()
        starts = {number: begun + at * apart for at, number in enumerate(numbers)}
        free = asyncio.Semaphore(CONNECTIONS)

        async def bring(number: int) -> None:
            await asyncio.sleep(starts[number] - time.monotonic())
            async with free:
                starts[number] = starts[number] if apart else time.monotonic()
                body = hook.body(number, self._texts[number % len(self._texts)])
                raw = msgspec.json.encode(body)
                headers = {"Content-Type": "application/json", **hook.sign(raw, body)}
                async with self._session.post(self._product + hook.path, data=raw, headers=headers) as response:
                    assert response.status == 200, response.status
                if took is not None:
                    took.append(time.monotonic() - starts[number])

        await asyncio.gather(*(bring(number) for number in numbers))
        return starts

    async def _arrived(self, hook: Hook, numbers: dict[int, float]) -> dict[int, float]:
        while True:
            async with self._session.get(f"{self._platform}/arrived") as response:
                arrived = await response.json()
            found = {number: arrived[hook.chat(number)] for number in numbers if hook.chat(number) in arrived}
            if len(found) == len(numbers):
                return found
            await asyncio.sleep(0.2)


def _p99(seconds: Sequence[float]) -> float:
    """In milliseconds."""
    return 1000 * sorted(seconds)[int(0.99 * len(seconds))]


@asynccontextmanager
async def _running(data: Path) -> AsyncIterator[tuple[str, str]]:
    ports = [_free_port() for _ in range(2)]
    product, platform = (f"http://127.0.0.1:{port}" for port in ports)
    settings = {
        "DATA_DIR": str(data),
        "DATABASE_URL": os.environ.get("MOTCUA_DATABASE_URL", ""),
        "PUBLIC_URL": "https://motcua.example.vn",
        "TELEGRAM_TOKEN": "700:bench",
        "TELEGRAM_SECRET": SECRET,
        "TELEGRAM_API": platform,
        "ZALO_BOT_TOKEN": "700:bench",
        "ZALO_BOT_SECRET": SECRET,
        "ZALO_BOT_API": platform,
        "ZALO_BOT_QUOTA": "0",
        "ZALO_OA": OA,
        "ZALO_OA_APP": OA_APP,
        "ZALO_OA_APP_SECRET": SECRET,
        "ZALO_OA_SECRET": SECRET,
        "ZALO_OA_API": platform,
        "ZALO_OA_LOGIN": platform,
    }
    environment = os.environ | {f"MOTCUA_{name}": said for name, said in settings.items()}
    parts = [("--product", ports[0]), ("--platform", ports[1])]
    with ExitStack() as stack:
        for name, port in reversed(parts):
            stack.enter_context(_process(name, port, environment))
        yield product, platform


@contextmanager
def _process(name: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen([sys.executable, __file__, name, str(port)], env=environment) as process:
        try:
            yield
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _until_up(session: aiohttp.ClientSession, url: str) -> None:
    while True:
        try:
            async with session.get(f"{url}/health") as response:
                if response.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.2)


async def _measure(data: Path, count: int) -> None:
    texts = [msgspec.json.decode(line)["text"] for line in QUESTIONS.read_bytes().splitlines()]
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with _running(data) as (product, platform), aiohttp.ClientSession(connector=connector) as session:
        await _until_up(session, product)
        bench = Bench(session, product, platform, texts)
        print(f"{'':>22} {'a second':>9} {'at half load: median ms':>24} {'p99 ms':>8} {'200 after, p99 ms':>18}")
        for hook in HOOKS:
            await bench.measured(hook, count // 5)  # everything is loaded once
            figures = await bench.measured(hook, count)
            _show(hook.name, figures)
            _show("an empty handler", await bench.empty(hook, count, figures.per_second / 2))


def _show(name: str, figures: Figures) -> None:
    rate, median, p99, taken = figures
    print(f"{name:>22} {rate:>9.1f} {median:>24.1f} {p99:>8.1f} {taken:>18.1f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000, help="updates a measurement")
    parser.add_argument("--platform", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--product", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.platform:
        asyncio.run(_serve_platform(chosen.platform))
    elif chosen.product:
        _serve_product(chosen.product)
    else:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_measure(Path(os.environ.get("MOTCUA_DATA_DIR") or folder), chosen.count))


if __name__ == "__main__":
    main()
