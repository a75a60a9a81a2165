"""Making a page: the template with what every page shows."""

from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from bot.web.site import site_of
from bot.web.visitor import visitor_of
from knowledge.communes import commune_of

CHANNEL = "web"


def page(
    request: Request, template: str, *, status_code: int = 200, headers: dict[str, str] | None = None, **values: Any
) -> HTMLResponse:
    site = site_of(request)
    visitor = visitor_of(request, site)
    orders, chosen = site.app.ordered, visitor.commune or site.settings.commune
    shared = {
        "site": site,
        "visitor": visitor,
        "commune": commune_of(chosen),
        "announced": orders.announced(CHANNEL, chosen, site.app.clock()),
        "is_off": CHANNEL in orders.off,
        "back": address_of(request),
    }
    html = site.templates.get_template(template).render({**shared, **values})
    return HTMLResponse(html, status_code, headers)


def address_of(request: Request) -> str:
    """Where a switch leads back to: the page itself, or the first one when the page answers a form."""
    if request.method != "GET":
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
