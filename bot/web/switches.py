"""Choices a visitor makes once: larger text, his commune."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse

from bot.web.limits import WITHIN_RATE
from bot.web.pages import page
from bot.web.visitor import COMMUNE_COOKIE, LARGE, SIZE_COOKIE, keep_choice, safe_return
from knowledge.communes import commune_of, communes_like

router = APIRouter(dependencies=[WITHIN_RATE], include_in_schema=False)

FormText = Annotated[str, Form()]


@router.post("/co-chu")
def choose_size(request: Request, co: FormText = "", ve: FormText = "/") -> RedirectResponse:
    response = RedirectResponse(safe_return(ve), 303)
    keep_choice(response, request, SIZE_COOKIE, LARGE if co == LARGE else "")
    return response


@router.get("/xa-phuong")
def communes_page(request: Request, q: Annotated[str, Query()] = "") -> HTMLResponse:
    return page(request, "communes.html.j2", query=q.strip(), found=communes_like(q))


@router.post("/xa-phuong")
def choose_commune(request: Request, ma: FormText = "") -> RedirectResponse:
    response = RedirectResponse("/", 303)
    keep_choice(response, request, COMMUNE_COOKIE, ma if commune_of(ma) else "")
    return response
