"""A Zalo Bot server on loopback that behaves like the real one and misbehaves when told to (CHANNELS 2 and 8).

It refuses what the real one refuses, records what it was sent, and gives scripted answers before its own.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

TOKEN = "12345:zalo-test"
METHODS = {
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "sendPhoto",
    "sendChatAction",
}
STYLES = {"b", "i", "u", "s"}
CUT, PAGE, HALF, SILENT = "cut", "<html>403 Forbidden</html>", "half", "silent"


def failure(code: int, *, name: str = "error_code") -> dict[str, Any]:
    return {"ok": False, name: code, "description": "?"}


class Refused(Exception):  # noqa: N818  an answer, not an error
    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class ZaloBotServer:
    """`sent` are the messages a chat got, in order; `script` holds what a method answers next instead of working."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.sent: list[dict[str, Any]] = []
        self.script: dict[str, deque[Any]] = defaultdict(deque)
        self.updates: deque[dict[str, Any]] = deque()
        self.media: dict[str, bytes] = {}
        self.webhook: dict[str, Any] = {}
        self.verification: dict[str, Any] = {"ok": True, "outcome": "webhook.ok"}
        self.token = TOKEN
        self.quota: int | None = None
        self.refuses_first: int | None = None  # the code with which each chat's first message is refused
        self.refused: set[str] = set()
        self.is_honest = True  # errors bear their code as HTTP status too; the real one does both
        self.idle = asyncio.Event()  # set when a poll ended without anything
        self.arrived = asyncio.Event()  # set by the first message sent
        self.base = ""

    def texts(self, chat: str) -> list[str]:
        return [message["text"] for message in self.sent if message["chat_id"] == chat]

    def named(self, method: str) -> list[dict[str, Any]]:
        return [parameters for name, parameters in self.calls if name == method]

    def next(self, method: str, *answers: Any) -> None:
        self.script[method].extend(answers)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method, parameters = request.match_info["method"], await _parameters(request)
        self.calls.append((method, parameters))
        script = self.script[method]
        if script and (scripted := script.popleft()) is not None:  # None: this one is taken
            return await self._scripted(request, scripted)
        try:
            result = self._method(request)(parameters)
        except Refused as refused:
            return self._json(failure(refused.code))
        return self._json({"ok": True} if result is None else {"ok": True, "result": result})

    def _method(self, request: web.Request) -> Callable[[dict[str, Any]], Any]:
        if request.match_info["token"] != self.token:
            raise Refused(401)
        if request.match_info["method"] not in METHODS:
            raise Refused(404)
        found: Callable[[dict[str, Any]], Any] = getattr(self, f"on_{request.match_info['method']}")
        return found

    async def _scripted(self, request: web.Request, scripted: Any) -> web.StreamResponse:
        assert request.transport is not None
        if scripted == CUT:
            request.transport.close()
            return web.Response()
        if scripted == HALF:
            return web.Response(text='{"ok": true, "resu', content_type="application/json")
        if scripted == SILENT:
            await asyncio.Event().wait()
        if isinstance(scripted, str):
            return web.Response(text=scripted, status=502, content_type="text/html")
        return self._json(scripted)

    def _json(self, body: Any) -> web.Response:
        code = body.get("error_code", body.get("errorCode", 200)) if isinstance(body, dict) else 200
        return web.json_response(body, status=code if self.is_honest else 200)

    # The methods

    def on_getMe(self, _parameters: dict[str, Any]) -> Any:  # noqa: N802  the platform's names
        return {"id": "1", "account_name": "bot.thu", "account_type": "BASIC", "display_name": "Bot Phường Mẫu"}

    def on_getUpdates(self, _parameters: dict[str, Any]) -> Any:  # noqa: N802
        if self.webhook.get("url"):
            raise Refused(400)
        if not self.updates:
            self.idle.set()
            raise Refused(408)
        return self.updates.popleft()

    def on_setWebhook(self, parameters: dict[str, Any]) -> Any:  # noqa: N802
        is_good = parameters["url"].startswith("https://") and 8 <= len(parameters["secret_token"]) <= 256
        if not is_good:
            raise Refused(400)
        self.webhook = parameters
        return {"url": parameters["url"], "updated_at": 1, "verification": self.verification}

    def on_deleteWebhook(self, _parameters: dict[str, Any]) -> Any:  # noqa: N802
        self.webhook = {}
        return {"url": "", "updated_at": 1}

    def on_getWebhookInfo(self, _parameters: dict[str, Any]) -> Any:  # noqa: N802
        if not self.webhook:
            raise Refused(404)
        return {"url": self.webhook["url"], "updated_at": 1}

    def on_sendMessage(self, parameters: dict[str, Any]) -> Any:  # noqa: N802
        text = parameters["text"]
        if not 1 <= len(text.encode("utf-16-le")) // 2 <= 2000:
            raise Refused(400)
        for style in parameters.get("text_styles", ()):
            if style["start"] + style["len"] > len(text.encode("utf-16-le")) // 2 or not set(style["st"]) <= STYLES:
                raise Refused(400)
        if self.quota is not None and len(self.sent) >= self.quota:
            raise Refused(429)
        if self.refuses_first and parameters["chat_id"] not in self.refused:
            self.refused.add(parameters["chat_id"])
            raise Refused(self.refuses_first)
        self.sent.append(parameters)
        self.arrived.set()
        return {"message_id": f"m{len(self.sent)}", "date": 1}

    def on_sendChatAction(self, _parameters: dict[str, Any]) -> Any:  # noqa: N802
        return None

    async def file(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=self.media[request.match_info["name"]])


async def _parameters(request: web.Request) -> dict[str, Any]:
    found: dict[str, Any] = await request.json() if request.can_read_body else {}
    return found


@asynccontextmanager
async def serving() -> AsyncIterator[ZaloBotServer]:
    server = ZaloBotServer()
    app = web.Application(client_max_size=16 * 1024**2)
    app.router.add_post("/bot{token}/{method}", server.answer)
    app.router.add_get("/media/{name}", server.file)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()
