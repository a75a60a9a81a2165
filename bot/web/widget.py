"""The script for communes' own sites, and which of them may ask from their pages."""

from fastapi import APIRouter
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.templating import STATIC

ASKED_FROM_ELSEWHERE = frozenset({"/api/v1/ask", "/api/v1/forget"})  # all that the widget needs
PREFLIGHT_SECONDS = 3600  # a site taken off the list is refused within the hour

SCRIPT_HEADERS = {
    "Cache-Control": "public, max-age=3600",  # other sites hold its address: no mark of its content can stand there
    "Access-Control-Allow-Origin": "*",  # so that `integrity` and `crossorigin` may be given; it holds nothing secret
    "Cross-Origin-Resource-Policy": "cross-origin",
}

router = APIRouter(include_in_schema=False)


@router.get("/widget.js")
def widget_script() -> FileResponse:
    return FileResponse(STATIC / "widget.js", headers=SCRIPT_HEADERS)


class WidgetOrigins:
    """Lets pages of the named sites read two answers of the interface; no cookie ever counts there.

    `origins` by comma; none: nothing is answered to pages of other sites, as browsers have it by themselves.
    """

    def __init__(self, app: ASGIApp, origins: str) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app,
            allow_origins=[origin for origin in origins.split(",") if origin],
            allow_methods=["POST"],
            allow_headers=["Content-Type"],
            max_age=PREFLIGHT_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_shared = scope["type"] == "http" and scope["path"] in ASKED_FROM_ELSEWHERE
        await (self._shared if is_shared else self._app)(scope, receive, send)
