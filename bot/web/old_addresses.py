"""Addresses that stand on posters and in old links: of the portal before 12/2025, and of its pages by id."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from bot.web.limits import WITHIN_RATE
from bot.web.reading import known_on
from bot.web.site import Site, SiteOf

router = APIRouter(dependencies=[WITHIN_RATE], include_in_schema=False)

Text = Annotated[str, Query()]


@router.get("/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html")
def by_code(site: SiteOf, ma_thu_tuc: Text = "") -> RedirectResponse:
    return _to_leaflet(site, ma_thu_tuc)


@router.get("/thu-tuc-hanh-chinh/{formality_id}")
def by_id(site: SiteOf, formality_id: str) -> RedirectResponse:
    return _to_leaflet(site, formality_id)


@router.get("/tim-kiem-thu-tuc-hanh-chinh")
def by_filing_form(site: SiteOf, formalityId: Text = "") -> RedirectResponse:  # noqa: N803  the portal's own name
    return _to_leaflet(site, formalityId)


def _to_leaflet(site: Site, name: str) -> RedirectResponse:
    known = known_on(site, name.strip())
    if known is None:
        raise HTTPException(404)
    return RedirectResponse(f"/tthc/{known.procedure.code}", 302)
