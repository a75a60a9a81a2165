"""A browser that an account was opened in before: a sealed cookie, for it alone and for the page of logging in.

Attempts from such a browser are counted by themselves, all others by the account (OWASP: Slow Down Online Guessing
Attacks with Device Cookies): who guesses from a thousand addresses is slowed, and does not slow the officer down.
"""

import hashlib
import secrets
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.web.seal import Seal

MARK = "browser"  # what is sealed begins with it
KEPT = timedelta(days=90)  # from the last time it logged in


def known_as(request: Request, seal: Seal, login: str) -> str:
    """What a browser is called for this account, "" for one it was never opened in."""
    match (seal.open(request.cookies.get(_cookie(login), "")) or "").split(" "):
        case [mark, whose, name] if mark == MARK and whose == login:
            return name
    return ""


def make_known(request: Request, response: Response, seal: Seal, login: str, path: str) -> None:
    name = known_as(request, seal, login) or secrets.token_hex(8)
    response.set_cookie(
        _cookie(login),
        seal.close(f"{MARK} {login} {name}"),
        max_age=int(KEPT.total_seconds()),
        path=path,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def _cookie(login: str) -> str:
    """One for each account: colleagues share a computer."""
    return f"may_{hashlib.sha256(login.encode()).hexdigest()[:12]}"
