"""Pages for people and machines around the service: what this is, whether it lives, what may be crawled."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.responses import HTMLResponse, PlainTextResponse

from bot.web.limits import WITHIN_RATE
from bot.web.pages import page
from bot.web.site import SiteOf
from knowledge.catalogue import current_edition
from knowledge.clock import vietnam_day

router = APIRouter(include_in_schema=False)

ROBOTS = """User-agent: *
Disallow: /hoi
Disallow: /anh
Disallow: /xoa
Disallow: /theo-doi/
Disallow: /tin-moi
Disallow: /kiosk
Disallow: /tv
Disallow: /co-chu
Disallow: /api/
Disallow: /tim?
"""


@router.get("/gioi-thieu", dependencies=[WITHIN_RATE])
def about_page(request: Request, site: SiteOf) -> HTMLResponse:
    with site.app.database.session() as session:
        edition = current_edition(session)
    return page(request, "about.html.j2", data_day=edition.data_day if edition else None)


@router.get("/robots.txt")
def robots() -> PlainTextResponse:
    return PlainTextResponse(ROBOTS, headers={"Cache-Control": "public, max-age=86400"})


@router.get("/health")
def health(site: SiteOf) -> JSONResponse:
    """Reads the edition from the database: a database that is gone gives 503 through the error pages."""
    site.transcripts.sweep()
    with site.app.database.session() as session:
        edition = current_edition(session)
    today = vietnam_day(site.app.clock())
    data_day = edition.data_day if edition else None
    return JSONResponse(
        {
            "status": "ok" if edition else "empty",
            "database": "ok",
            "edition": edition.number if edition else 0,
            "published_at": edition.published_at.isoformat() if edition else None,
            "data_day": data_day.isoformat() if data_day else None,
            "data_age_days": (today - data_day).days if data_day else None,
        }
    )
