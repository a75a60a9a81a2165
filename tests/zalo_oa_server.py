"""A server of Zalo for an Official Account, on loopback: behaves like the real one, and misbehaves when told to
(CHANNELS 3 and 8). Its refresh tokens work once, its old access tokens die, its windows follow a given clock.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from aiohttp import web

OA, APP = "2000000000000000001", "1000000000000000001"
APP_SECRET, OA_SECRET = "secret-of-the-app", "secret-of-the-webhook"
CODE = "code-of-a-consent"
CUT, PAGE, HALF, SLOW = "cut", "<html>502 Bad Gateway</html>", "half", "slow"
CHAT, GROUP, TEMPLATE = "/v3.0/oa/message/cs", "/v3.0/oa/group/message", "/v3.0/oa/message/template"
TOKEN = "/v4/oa/access_token"


def failure(code: int) -> dict[str, Any]:
    return {"error": code, "message": "?"}


def sign(body: bytes, timestamp: str) -> str:
    return "mac=" + sha256(APP.encode() + body + timestamp.encode() + OA_SECRET.encode()).hexdigest()


class Refused(Exception):  # noqa: N818  an answer, not an error
    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class OaServer:
    """`sent` are accepted bodies with their path; `script` holds what a path answers next instead of working."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.script: dict[str, deque[Any]] = defaultdict(deque)
        self.media: dict[str, bytes] = {}
        self.acted: dict[str, datetime] = {}  # nobody here: wrote a moment ago
        self.forms = {"buttons"}  # taken; others are refused with -233
        self.access, self.refresh, self.number = "", "", 0
        self.groups: set[str] = set()
        self.refuses_first: int | None = None  # the code with which each citizen's first message is refused
        self.refused: set[str] = set()
        self.arrived, self.sleeping = asyncio.Event(), asyncio.Event()  # the first message sent; the first slow one
        self.base, self._clock = "", clock

    def texts(self, chat: str) -> list[str]:
        return [body["message"]["text"] for _, body in self.sent if "message" in body and chat in _recipient(body)]

    def buttons(self) -> list[dict[str, Any]]:
        """Under the last message, in either form."""
        payload = self.sent[-1][1]["message"].get("attachment", {}).get("payload", {})
        in_list = [button for element in payload.get("elements", ()) for button in element["buttons"]]
        return [*payload.get("buttons", ()), *in_list]

    def named(self, path: str) -> list[dict[str, Any]]:
        return [body for name, body in self.calls if name == path]

    def next(self, path: str, *answers: Any) -> None:
        self.script[path].extend(answers)

    def issue(self) -> dict[str, Any]:
        self.number += 1
        self.access, self.refresh = f"access-{self.number}", f"refresh-{self.number}"
        return {"access_token": self.access, "refresh_token": self.refresh, "expires_in": "90000"}

    async def token(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.calls.append((TOKEN, form))
        if self.script[TOKEN]:
            return await self._scripted(request, self.script[TOKEN].popleft())
        if request.headers.get("secret_key") != APP_SECRET or form["app_id"] != APP:
            return web.json_response(failure(-14004))
        given = form.get("refresh_token", form.get("code"))
        if given not in {self.refresh, CODE}:
            return web.json_response(failure(-14020))
        return web.json_response(self.issue())

    async def api(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.calls.append((request.path, body))
        script = self.script[request.path]
        if script and (scripted := script.popleft()) is not None:  # None: this one is taken
            return await self._scripted(request, scripted)
        try:
            data = self._accept(request, body)
        except Refused as refused:
            return web.json_response(failure(refused.code))
        return web.json_response({"data": data, "error": 0, "message": "Success"})

    def _accept(self, request: web.Request, body: dict[str, Any]) -> dict[str, Any]:
        if not self.access or request.headers.get("access_token") != self.access:
            raise Refused(-216)
        checks = {CHAT: self._check_chat, GROUP: self._check_group, TEMPLATE: self._check_template}
        checks[request.path](body)
        self.sent.append((request.path, body))
        self.arrived.set()
        left = {"dailyQuota": "500", "remainingQuota": "499"} if request.path == TEMPLATE else {"remain": "7"}
        return {"message_id": f"m{len(self.sent)}", "quota": left}

    def _check_chat(self, body: dict[str, Any]) -> None:
        message, citizen = body["message"], body["recipient"]["user_id"]
        if self.refuses_first and citizen not in self.refused:
            self.refused.add(citizen)
            raise Refused(self.refuses_first)
        _check_length(message["text"])
        age = self._clock() - self.acted.get(citizen, self._clock())
        if age > timedelta(days=7):
            raise Refused(-230)
        payload = message.get("attachment", {}).get("payload")
        if payload is not None:
            form = "list" if "elements" in payload else "buttons"
            if form not in self.forms:
                raise Refused(-233)
            _check_buttons(payload)

    def _check_group(self, body: dict[str, Any]) -> None:
        if body["recipient"]["group_id"] not in self.groups:
            raise Refused(-403)
        if "attachment" in body["message"]:
            raise Refused(-201)
        _check_length(body["message"]["text"])

    def _check_template(self, body: dict[str, Any]) -> None:
        hour = (self._clock() + timedelta(hours=7)).hour
        if not 6 <= hour < 22:
            raise Refused(-133)
        data = body["template_data"]
        if len(data["ma_ho_so"]) > 30 or len(data["trang_thai"]) > 30 or len(data["ngay_tra"]) > 20:
            raise Refused(-201)
        if len(body["tracking_id"]) > 48:
            raise Refused(-201)

    async def _scripted(self, request: web.Request, scripted: Any) -> web.StreamResponse:
        assert request.transport is not None
        if scripted == CUT:
            request.transport.close()
            return web.Response()
        if scripted == SLOW:
            self.sleeping.set()
            await asyncio.Event().wait()
        if scripted == HALF:
            return web.Response(text='{"error": 0, "da', content_type="application/json")
        if isinstance(scripted, str):
            return web.Response(text=scripted, status=502, content_type="text/html")
        return web.json_response(scripted)

    async def file(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=self.media[request.match_info["name"]])


def _recipient(body: dict[str, Any]) -> tuple[str, ...]:
    return tuple(body["recipient"].values())


def _check_length(text: str) -> None:
    if not text:
        raise Refused(-201)
    if len(text.encode("utf-16-le")) // 2 > 2000:
        raise Refused(-210)


def _check_buttons(payload: dict[str, Any]) -> None:
    elements = payload.get("elements", ())
    if any(not element["title"] or not element["subtitle"] for element in elements):
        raise Refused(-201)
    buttons = [*payload.get("buttons", ()), *(button for element in elements for button in element["buttons"])]
    if len(buttons) > 5 or any(len(button["title"]) > 100 or len(button["payload"]) > 1000 for button in buttons):
        raise Refused(-210)


@asynccontextmanager
async def serving(clock: Callable[[], datetime]) -> AsyncIterator[OaServer]:
    server = OaServer(clock)
    app = web.Application(client_max_size=16 * 1024**2)
    app.router.add_post(TOKEN, server.token)
    for path in (CHAT, GROUP, TEMPLATE):
        app.router.add_post(path, server.api)
    app.router.add_get("/media/{name}", server.file)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()
