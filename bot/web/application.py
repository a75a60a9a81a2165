"""The web application: pages, interface, styles and errors put together, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import anyio
from fastapi import APIRouter, FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.app import App
from bot.channels.tally import Tally
from bot.web import (
    changes,
    chat,
    following,
    kiosk,
    leaflet,
    old_addresses,
    picture,
    replies,
    search,
    service,
    switches,
    telegram,
    tv,
    widget,
    zalo_bot,
    zalo_oa,
)
from bot.web.api import payloads
from bot.web.api import routes as api
from bot.web.body_limit import BodyLimit
from bot.web.duties import do_duties
from bot.web.errors import handle_errors
from bot.web.security import SecurityHeaders
from bot.web.site import Site, make_site
from bot.web.templating import STATIC
from bot.web.watching import watch_for_ever
from bot.workers.lead import Lead, lead_on
from bot.workers.patience import again_and_again
from bot.workers.table import TableShelf

PAGES: tuple[APIRouter, ...] = (
    chat.router,
    picture.router,
    replies.router,
    following.router,
    leaflet.router,
    search.router,
    changes.router,
    switches.router,
    service.router,
    old_addresses.router,
    api.router,
    payloads.router,
    widget.router,
    tv.router,
    kiosk.router,
    telegram.router,
    zalo_bot.router,
    zalo_oa.router,
)

STARTING_SECONDS = 10  # a platform that cannot be reached does not hold the pages up for longer
SWEEP_SECONDS = 60.0  # how long a forgotten conversation may outlive its time


class KeptForGood(StaticFiles):
    """Their addresses carry a mark of their content: nobody need ask again."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


class WebApplication(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        """The headers go around everything, the page of an unforeseen error included."""
        return SecurityHeaders(super().build_middleware_stack())

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = api.describe_values(super().openapi())
        return self.openapi_schema


def build_web(app: App) -> FastAPI:
    """The ASGI application over a running `App`; it opens no port and reads no setting of its own."""
    from bot.console.pages import open_console  # here: its pages are made with what this package has

    web = WebApplication(
        title="motcua",
        summary="Papers, fees, times and places of administrative procedures in Hải Phòng",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        lifespan=_running,
    )
    web.state.site, web.state.tally = make_site(app), Tally(app)
    web.state.news = tv.LastNews()
    web.add_middleware(BodyLimit)
    web.add_middleware(widget.WidgetOrigins, origins=app.settings.widget_origins)
    handle_errors(web)
    for router in PAGES:
        web.include_router(router)
    open_console(web)
    web.mount("/static", KeptForGood(directory=STATIC), name="static")
    return web


@asynccontextmanager
async def _running(web: FastAPI) -> AsyncIterator[None]:
    """What goes on beside the pages, in each process or in the one with the lead."""
    site: Site = web.state.site
    web.state.arrived, web.state.telegram = asyncio.Event(), None
    web.state.zalo_bot_arrived, web.state.zalo_oa_arrived = asyncio.Event(), asyncio.Event()
    lead, begun = Lead(TableShelf(site.app.database), site.app.clock), anyio.Event()
    async with anyio.create_task_group() as tasks:
        for chore in (site.transcripts.sweep, web.state.tally.flush):
            tasks.start_soon(again_and_again, chore, SWEEP_SECONDS)
        tasks.start_soon(watch_for_ever, site.app.library)
        tasks.start_soon(lead_on, lead, partial(do_duties, web), begun)
        with anyio.move_on_after(STARTING_SECONDS):
            await begun.wait()
        yield
        tasks.cancel_scope.cancel()
