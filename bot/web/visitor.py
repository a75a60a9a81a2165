"""What a browser tells about its visitor: three cookies, each set only when the visitor does something."""

from typing import Annotated

import msgspec
from fastapi import Depends, Request
from starlette.responses import Response

from bot.web.seal import Seal
from bot.web.site import SiteOf
from knowledge.communes import commune_of

CHAT_COOKIE = "phien"
COMMUNE_COOKIE = "xa"
SIZE_COOKIE = "co_chu"
LARGE = "lon"
YEAR_SECONDS = 365 * 24 * 3600


class Visitor(msgspec.Struct, frozen=True):
    chat: str = ""  # id of the conversation, "" before the first question
    commune: str = ""  # five digits, "" before one was chosen
    is_large: bool = False  # wants text of 22 px


def visitor_of(request: Request, site: SiteOf) -> Visitor:
    cookies = request.cookies
    commune = cookies.get(COMMUNE_COOKIE, "")
    return Visitor(
        chat=site.seal.open(cookies.get(CHAT_COOKIE, "")) or "",
        commune=commune if commune_of(commune) else "",
        is_large=cookies.get(SIZE_COOKIE) == LARGE,
    )


VisitorOf = Annotated[Visitor, Depends(visitor_of)]


def keep_chat(response: Response, request: Request, seal: Seal, chat: str, seconds: int | None = None) -> None:
    """For as long as the browser stays open, or so many seconds; the server forgets earlier."""
    _keep(response, request, CHAT_COOKIE, seal.close(chat), seconds)


def keep_choice(response: Response, request: Request, cookie: str, value: str) -> None:
    """A choice of the visitor, kept for a year; an empty one is taken back."""
    if value:
        _keep(response, request, cookie, value, YEAR_SECONDS)
    else:
        response.delete_cookie(cookie)


def _keep(response: Response, request: Request, cookie: str, value: str, seconds: int | None = None) -> None:
    is_https = request.url.scheme == "https"
    response.set_cookie(cookie, value, max_age=seconds, httponly=True, samesite="lax", secure=is_https)


def safe_return(path: str) -> str:
    """Where to go back to: a page of this server, never another one's."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_ours else "/"
