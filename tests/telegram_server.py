"""A Bot API server on loopback that behaves like Telegram's and misbehaves when told to (CHANNELS part 8).

It refuses what the real one refuses, records what it was sent, and gives scripted answers before its own.
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from typing import Any

from aiogram.types import ChatMemberAdministrator
from aiohttp import web

TOKEN = "700:test"
ME: dict[str, Any] = {
    "id": 700,
    "is_bot": True,
    "first_name": "Trợ lý",
    "username": "tro_ly_bot",
    "can_read_all_group_messages": True,
}
ALLOWED_TAGS = {"b", "i", "a", "code", "pre", "u", "s"}
CUT, HALF = "cut", "half"
SLOW, TAKEN = "slow", "taken"  # does what it is asked and says so when it is awake; does it and never says so
PAGE, NO_TEXT = "<html>502 Bad Gateway</html>", b"\xff\xfe\x00 no text"
FLOOD = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 7"}


def flood(seconds: int) -> dict[str, Any]:
    return {**FLOOD, "parameters": {"retry_after": seconds}}


def failure(code: int, description: str = "?", **parameters: Any) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": description, "parameters": parameters}


# What a server, or a proxy before it, may answer instead of what was asked for
MISHAPS: dict[str, Any] = {
    "connection cut": CUT,
    "a page of a proxy": PAGE,
    "half an answer": HALF,
    "no text": NO_TEXT,
    "server error": failure(500, "Internal Server Error"),
    "error without words": {"ok": False, "error_code": 502},
    "told to wait": flood(3),
    "flood without a time": failure(429, "Too Many Requests"),
    "a list": [],
    "a text": "null",
    "no list": {"ok": True, "result": "x"},
    "nothing": {"ok": True, "result": None},
    "an empty list": {"ok": True, "result": []},
}


class Refused(Exception):  # noqa: N818  an answer, not an error
    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


class BotServer:
    """`sent` are the messages a chat got, in order; `script` holds what a method answers next instead of working."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.sent: list[dict[str, Any]] = []
        self.script: dict[str, deque[Any]] = defaultdict(deque)
        self.updates: deque[Any] = deque()
        self.is_polled_by_another = False
        self.idle, self.stirred = asyncio.Event(), asyncio.Event()  # a poll found nothing; it is to look again
        self.sleeping, self.awake = asyncio.Event(), asyncio.Event()  # a slow answer is waited for; it may come
        self.floods_first: int | None = None  # seconds that each chat is told to wait at its first message
        self.flooded: set[str] = set()
        self.fault: dict[str, Any] = {}  # what getWebhookInfo tells of deliveries that failed
        self.administrators: dict[int, list[int]] = {}
        self.files: dict[str, bytes] = {}
        self.webhook: dict[str, Any] = {}
        self.token = TOKEN
        self.base = ""
        self._numbers: dict[int, int] = defaultdict(lambda: 1_000)

    def texts(self, chat: int) -> list[str]:
        return [message["text"] for message in self.sent if int(message["chat_id"]) == chat]

    def named(self, method: str) -> list[dict[str, Any]]:
        return [fields for name, fields in self.calls if name == method]

    def next(self, method: str, *answers: Any) -> None:
        self.script[method].extend(answers)

    # The methods

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        method, fields = request.match_info["method"], await _fields(request)
        self.calls.append((method, fields))
        scripted = self.script[method].popleft() if self.script[method] else None
        if scripted == SLOW:
            self.sleeping.set()
            await self.awake.wait()
            return self._work(method, fields)
        if scripted == TAKEN:
            self._work(method, fields)
        if scripted is not None:
            return await self._scripted(request, scripted)
        if method == "getUpdates":
            await self._something_to_bring(fields)
        return self._work(method, fields)

    async def _scripted(self, request: web.Request, scripted: Any) -> web.StreamResponse:
        if scripted in (CUT, TAKEN):
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if scripted == HALF:
            return web.Response(text='{"ok": true, "resu', content_type="application/json")
        if isinstance(scripted, bytes):
            return web.Response(body=scripted, content_type="application/json", charset="utf-8")
        if isinstance(scripted, str):
            return web.Response(text=scripted, status=502, content_type="text/html")
        status = scripted.get("error_code", 200) if isinstance(scripted, dict) else 200
        return web.json_response(scripted, status=status)

    async def _something_to_bring(self, fields: dict[str, Any]) -> None:
        """A long poll: until there is an update, or the bot is polled by another program."""
        self._confirm(int(fields.get("offset", 0)))
        while not (self.updates or self.is_polled_by_another or self.webhook.get("url")):
            self.idle.set()
            self.stirred.clear()
            await self.stirred.wait()

    def bring(self, *updates: Any) -> None:
        self.updates.extend(updates)
        self.idle.clear()
        self.stirred.set()

    def polled_by_another(self) -> None:
        self.is_polled_by_another = True
        self.stirred.set()

    def _confirm(self, offset: int) -> None:
        """What has a number below is never brought again; what has none stays, as nobody can confirm it."""
        self.updates = deque(each for each in self.updates if _number(each) is None or (_number(each) or 0) >= offset)

    def _work(self, method: str, fields: dict[str, Any]) -> web.Response:
        try:
            result = getattr(self, f"on_{_snake(method)}", lambda _fields: True)(fields)
        except Refused as refused:
            return web.json_response(refused.body, status=refused.body["error_code"])
        return web.json_response({"ok": True, "result": result})

    def on_get_me(self, _fields: dict[str, Any]) -> Any:
        return ME

    def on_get_updates(self, fields: dict[str, Any]) -> Any:
        if self.webhook.get("url"):
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        if self.is_polled_by_another:
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        self._confirm(int(fields.get("offset", 0)))
        return list(self.updates)[: int(fields.get("limit", 100))]

    def on_get_webhook_info(self, _fields: dict[str, Any]) -> Any:
        url = self.webhook.get("url", "")
        return {"url": url, "has_custom_certificate": False, "pending_update_count": 0, **self.fault}

    def on_set_webhook(self, fields: dict[str, Any]) -> Any:
        if not fields["url"].startswith("https://"):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = fields
        return True

    def on_delete_webhook(self, _fields: dict[str, Any]) -> Any:
        self.webhook = {}
        return True

    def on_get_chat_administrators(self, fields: dict[str, Any]) -> Any:
        ids = self.administrators.get(int(fields["chat_id"]), [])
        return [_administrator(each) for each in ids]

    def on_answer_callback_query(self, fields: dict[str, Any]) -> Any:
        if fields["callback_query_id"] == "old":
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        return True

    def on_get_file(self, fields: dict[str, Any]) -> Any:
        content = self.files[fields["file_id"]]
        return {"file_id": fields["file_id"], "file_unique_id": "u", "file_size": len(content), "file_path": "p"}

    def on_send_message(self, fields: dict[str, Any]) -> Any:
        read = _read(fields["text"])
        if len(read.encode("utf-16-le")) // 2 > 4096:
            raise Refused(400, "Bad Request: message is too long")
        if not read.strip():
            raise Refused(400, "Bad Request: message text is empty")
        _check_buttons(fields.get("reply_markup"))
        if self.floods_first and fields["chat_id"] not in self.flooded:
            self.flooded.add(fields["chat_id"])
            raise Refused(429, "Too Many Requests", retry_after=self.floods_first)
        self.sent.append({**fields, "text": read})
        chat = int(fields["chat_id"])
        self._numbers[chat] += 1
        number = 0 if "ephemeral_message_parameters" in fields else self._numbers[chat]
        kind = "private" if chat > 0 else "supergroup"
        return {"message_id": number, "date": 1_795_330_800, "chat": {"id": chat, "type": kind}, "text": read}

    async def file(self, request: web.Request) -> web.StreamResponse:
        assert request.match_info["token"] == self.token
        return web.Response(body=next(iter(self.files.values())))


def _administrator(user: int) -> dict[str, Any]:
    rights = [name for name, field in ChatMemberAdministrator.model_fields.items() if field.annotation is bool]
    about = {"id": user, "is_bot": user == ME["id"], "first_name": "Quản trị"}
    return {"status": "administrator", "user": about, **dict.fromkeys(rights, False)}


def _number(update: Any) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else None


def _snake(method: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in method)


async def _fields(request: web.Request) -> dict[str, Any]:
    form = await request.post()
    return {name: _nested(str(value)) for name, value in form.items()}


def _nested(value: str) -> Any:
    return json.loads(value) if value[:1] in {"{", "["} else value


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self.open = "", 0

    def handle_starttag(self, tag: str, _attributes: Any) -> None:
        if tag not in ALLOWED_TAGS:
            raise Refused(400, f"Bad Request: can't parse entities: Unsupported start tag {tag!r}")
        self.open += 1

    def handle_endtag(self, _tag: str) -> None:
        self.open -= 1

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.open:
        raise Refused(400, "Bad Request: can't parse entities: Can't find end tag")
    return reader.text


def _check_buttons(markup: dict[str, Any] | None) -> None:
    for row in (markup or {}).get("inline_keyboard", ()):
        for button in row:
            if len(button.get("callback_data", "x").encode()) > 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
            if not button.get("url", "https://").startswith("https://"):
                raise Refused(400, "Bad Request: BUTTON_URL_INVALID")


@asynccontextmanager
async def serving() -> AsyncIterator[BotServer]:
    server = BotServer()
    app = web.Application(client_max_size=16 * 1024**2)
    app.router.add_route("*", "/bot{token}/{method}", server.answer)
    app.router.add_get("/file/bot{token}/{path}", server.file)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()
