"""Finding a procedure without a conversation: by words, by field, by level."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from bot.web.limits import WITHIN_RATE
from bot.web.listing import Wanted, code_in, fields_asked_often, list_fields, list_procedures
from bot.web.pages import page
from bot.web.site import SiteOf
from knowledge.procedure import Level

router = APIRouter(dependencies=[WITHIN_RATE], include_in_schema=False)

QUERY_CHARACTERS = 300  # a search is a few words; what is longer belongs to the assistant
PAGE_DIGITS = 4  # 4,647 procedures make 233 pages

Text = Annotated[str, Query()]


def wanted_of(q: Text = "", linh_vuc: Text = "", cap: Text = "", trang: Text = "") -> Wanted:
    """Addresses are typed and cut by people: what makes no sense in one is left out, never an error."""
    is_number = trang.isascii() and trang.isdigit() and len(trang) <= PAGE_DIGITS
    return Wanted(
        query=" ".join(q.split())[:QUERY_CHARACTERS],
        field=linh_vuc.strip(),
        level=Level(cap) if cap in set(Level) else None,
        page=max(1, int(trang)) if is_number else 1,
    )


@router.get("/tim")
def search_page(request: Request, site: SiteOf, wanted: Annotated[Wanted, Depends(wanted_of)]) -> Response:
    index = site.app.library.current().index
    if code := code_in(wanted.query, index):
        return RedirectResponse(f"/tthc/{code}", 303)
    if wanted.is_empty:
        fields = list_fields(index)
        return page(request, "fields.html.j2", fields=fields, often=fields_asked_often(fields))
    return page(request, "search.html.j2", query=wanted.query, listing=list_procedures(index, wanted))
