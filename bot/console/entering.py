"""The door of the console: who is at the desk, and whether a form is his own."""

import hmac
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Annotated, Any

import msgspec
from anyio import to_thread
from fastapi import Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from bot.console import words
from bot.console.late import COOKIE, CSRF, PRIVATE, NotEnteredError, csrf_of, late_in
from bot.web.pages import page
from bot.web.site import Site, SiteOf
from knowledge.staff.accounts import Act, Who
from knowledge.staff.sessions import note_use, visit_of


class Desk(msgspec.Struct, frozen=True):
    """A member of staff at work on one request. `form` is what was sent, without files."""

    request: Request
    site: Site
    who: Who
    csrf: str
    form: Mapping[str, str]

    @property
    def act(self) -> Act:
        return Act(self.who, self.site.app.clock())

    @property
    def token(self) -> str:
        return self.request.cookies.get(COOKIE, "")

    @property
    def allows_own(self) -> bool:
        """Whether the settings let the only member of staff of this place approve what he wrote himself."""
        places = self.site.settings.approve_own
        return places == "all" or bool(self.who.commune and self.who.commune in places.split(","))

    def session(self, *, writing: bool = False) -> AbstractContextManager[Session]:
        return self.site.app.database.session(writing=writing)

    def field(self, name: str) -> str:
        return self.form.get(name, "")

    def number(self, name: str) -> int:
        """A number that our own form carried, -1 for anything else."""
        text = self.field(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else -1  # noqa: PLR2004  an integer column

    def page(self, template: str, *, status_code: int = 200, **values: Any) -> HTMLResponse:
        shared: dict[str, Any] = {
            "who": self.who,
            "csrf": self.csrf,
            "allows_own": self.allows_own,
            "words": words,
            "off": self.site.app.ordered.off,
            "said": self.request.query_params.get("xong", ""),
        }
        name = f"can-bo/{template}.html.j2"
        return page(self.request, name, status_code=status_code, headers=PRIVATE, **shared, **values)


async def desk_of(request: Request, site: SiteOf) -> Desk:
    """Raises NotEnteredError."""
    return await _desk_of(request, site)


async def glance_of(request: Request, site: SiteOf) -> Desk:
    """A desk at which a page looks by itself: that keeps nobody logged in who went away. Raises NotEnteredError."""
    return await _desk_of(request, site, is_use=False)


async def _desk_of(request: Request, site: Site, *, is_use: bool = True) -> Desk:
    fields = await fields_of(request) if request.method == "POST" else {}
    token = request.cookies.get(COOKIE, "")
    who = await to_thread.run_sync(_who, site, token, is_use) if token else None
    if who is None:
        raise NotEnteredError(await late_in(request))
    csrf = csrf_of(token)
    if request.method == "POST" and not hmac.compare_digest(fields.get(CSRF, "").encode(), csrf.encode()):
        raise NotEnteredError(await late_in(request), is_other=True)
    return Desk(request, site, who, csrf, fields)


DeskOf = Annotated[Desk, Depends(desk_of)]
GlanceOf = Annotated[Desk, Depends(glance_of)]


async def fields_of(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).multi_items() if isinstance(value, str)}


def _who(site: Site, token: str, is_use: bool) -> Who | None:
    now = site.app.clock()
    with site.app.database.session() as session:
        visit = visit_of(session, token, now)
    if is_use and visit and visit.is_worth_noting:
        note_use(site.app.database, token, now)
    return visit.who if visit else None


def to(address: str, said: str = "") -> RedirectResponse:
    """To a page that tells what was done (`said` is a name in bot.console.words.DONE)."""
    return RedirectResponse(f"{address}?xong={said}" if said else address, 303)
