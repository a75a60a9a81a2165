"""Refusing bodies that no question needs, before they are read."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 64 * 1024  # a question of 2,000 characters takes at most 18 kB in a form
LARGER = {
    "/anh": 32 * 1024**2,  # photos of new phones have 4 to 12 MB; what is too large to be read is told in the chat
    "/api/v1/dossiers/payloads": 8 * 1024**2,  # 5,000 dossiers of some 1.5 kB
    "/can-bo/hoi-dap/bang-tinh": 16 * 1024**2,  # 10,000 entries take some 3 MB
    "/can-bo/tu-ngu/bang-tinh": 16 * 1024**2,
    "/telegram/webhook": 1024**2,
    "/zalo-bot/webhook": 1024**2,
    "/zalo-oa/webhook": 1024**2,
}
CONSOLE, CONSOLE_BYTES = "/can-bo/", 512 * 1024  # an entry with thirty wordings takes at most 90 kB in a form


class BodyLimit:
    """Raises 413 inside the route that reads the body; its error page is then made as any other."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken, most = announced_bytes(scope), most_bytes(scope.get("path", ""))

        async def receive_within_limit() -> Message:
            nonlocal taken
            if taken > most:  # it says so itself: nothing of it is read
                raise HTTPException(413)
            message = await receive()
            taken += len(message.get("body", b"")) if not announced_bytes(scope) else 0
            if taken > most:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_within_limit if scope["type"] == "http" else receive, send)


def most_bytes(path: str) -> int:
    return LARGER.get(path, CONSOLE_BYTES if path.startswith(CONSOLE) else BODY_BYTES)


def announced_bytes(scope: Scope) -> int:
    """The length a request announces (the server holds it to that), 0 when it sends chunks."""
    if scope["type"] != "http":
        return 0
    announced = Headers(scope=scope).get("content-length", "")
    return int(announced[:18]) if announced.isascii() and announced.isdigit() else 0
