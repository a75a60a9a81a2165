"""A local stand-in for the national portal, over real HTTP, that replays records and misbehaves on demand."""

import json
import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, cast

from portal_records import Record, envelope, listed, shuffled

LIST = "/submitting/formality/list-all-public-formality-by-citizen"
DETAIL = "/configuring/formality/get-formality-by-citizen"
REJECTED = b"<html><head><title>Request Rejected</title></head><body>Request Rejected</body></html>"

Misbehaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        portal = cast("PortalServer", self.server).portal
        portal.note(self.path, question, dict(self.headers))
        misbehave = portal.next_trouble(self.path, question)
        if misbehave:
            misbehave(self)
        else:
            self.answer(portal.answer(self.path, question))

    def answer(self, value: Any, status: int = 201) -> None:
        self.send(json.dumps(value, ensure_ascii=False).encode(), status)

    def send(self, body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", headers.pop("length", str(len(body))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silence."""


class PortalServer(ThreadingHTTPServer):
    daemon_threads = True
    portal: "FakePortal"


class FakePortal:
    """What the server knows and what it was asked; change `records` between two runs."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = {record["id"]: record for record in records}
        self.only_listed: list[Record] = []
        self.asked: list[tuple[str, Record]] = []
        self.headers: list[dict[str, str]] = []
        self.base = ""
        self.total: int | None = None  # what it says there are, when that is not true
        self.cap = 1_000  # items a page at most, whatever is asked for
        self.shuffles = random.Random(1)
        self._troubles: dict[str, deque[Misbehaviour]] = {}
        self._lock = Lock()

    def trouble(self, where: str, *misbehaviours: Misbehaviour) -> None:
        """The next answers about an id, or of the list when `where` is "list"."""
        self._troubles.setdefault(where, deque()).extend(misbehaviours)

    def next_trouble(self, path: str, question: Record) -> Misbehaviour | None:
        with self._lock:
            waiting = self._troubles.get("list" if path == LIST else question.get("id", ""))
            return waiting.popleft() if waiting else None

    def note(self, path: str, question: Record, headers: dict[str, str]) -> None:
        with self._lock:
            self.asked.append((path, question))
            self.headers.append(headers)

    def asked_for(self, path: str) -> list[Record]:
        return [question for asked, question in self.asked if asked == path]

    @property
    def details_asked(self) -> list[str]:
        return sorted(question["id"] for question in self.asked_for(DETAIL))

    def answer(self, path: str, question: Record) -> Record:
        return self._page(question) if path == LIST else self._detail(question["id"])

    def _detail(self, key: str) -> Record:
        record = self.records.get(key)
        return envelope(record and shuffled(record, self.shuffles))

    def _page(self, question: Record) -> Record:
        keys = [*(item["id"] for item in self.only_listed), *self.records]
        begin = keys.index(question["lastId"]) + 1 if question["lastId"] else 0
        page = keys[begin : begin + min(question["limit"], self.cap)]
        last = page[-1] if page else question["lastId"]
        total = len(keys) if self.total is None else self.total
        return envelope({"items": [self._item(key) for key in page], "lastId": last, "total": total})

    def _item(self, key: str) -> Record:
        own = [item for item in self.only_listed if item["id"] == key]
        if own:
            return own[0]
        record = self.records[key]
        return listed(record["code"], id=key, name=record["name"], state=record["state"], type=record["type"])


@contextmanager
def serving(portal: FakePortal) -> Iterator[FakePortal]:
    with PortalServer(("127.0.0.1", 0), Handler) as server:
        server.portal = portal
        portal.base = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield portal
        server.shutdown()
        thread.join()


# Misbehaviours


def status(code: int, **headers: str) -> Misbehaviour:
    return lambda handler: handler.send(b'{"code":"BUSY"}', code, **headers)


def web_page(handler: Handler) -> None:
    """The guard's page comes with HTTP 200, and at times calls itself JSON."""
    handler.send(REJECTED, 200, "text/html; charset=utf-8")


def web_page_as_json(handler: Handler) -> None:
    handler.send(REJECTED, 200)


def login(handler: Handler) -> None:
    handler.send(b"", 302, Location="https://sso.dancuquocgia.gov.vn/auth?client=dvcqg")


def cut_off(handler: Handler) -> None:
    """The connection ends before the body does."""
    handler.send(b'{"code":"OK","data":{"id":"', 201, length="100000")
    handler.close_connection = True


def half(handler: Handler) -> None:
    """A whole answer in HTTP, half of one in JSON."""
    handler.send(b'{"code":"OK","data":{"id":"a","co', 201)


def hang_up(handler: Handler) -> None:
    handler.close_connection = True


def says(value: Any, code: int = 201) -> Misbehaviour:
    return lambda handler: handler.answer(value, code)
