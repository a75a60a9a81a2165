"""Waiting questions: what most people asked on top, one form to answer, or a reason to leave it."""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.console.entering import Desk, DeskOf, to
from bot.console.look import near_words
from knowledge import waiting as waits
from knowledge.faq.entry import MOST_WORDINGS, WORDING_LETTERS
from knowledge.faq.reading import Typed
from knowledge.search.alike import meaning_of
from knowledge.waiting import Asked, Status, UnknownGroupError

LIST = "/can-bo/cau-hoi"
REASON_LETTERS = 300
KEPT_MEANINGS = 20_000  # of questions, some 500 bytes each

router = APIRouter(prefix=LIST, include_in_schema=False)

Number = Annotated[int, Path(ge=1, le=999_999_999)]


def look_for_new(desk: Desk) -> None:
    """Group what was asked since somebody looked last. Two at once: the second leaves it to the first."""
    index = desk.site.app.library.current().index
    meaning = lru_cache(KEPT_MEANINGS)(partial(meaning_of, index=index))
    try:
        with desk.session(writing=True) as session:
            waits.collect(session, meaning)
    except (sa.exc.IntegrityError, sa.exc.OperationalError):
        return


@router.get("")
def groups_page(desk: DeskOf, loc: Annotated[str, Query()] = "") -> HTMLResponse:
    look_for_new(desk)
    status = Status(loc) if loc in set(Status) else Status.WAITING
    with desk.session() as session:
        found = waits.groups(session, status, desk.who.commune)
    return desk.page("waiting_list", found=found, status=status, now=desk.site.app.clock())


@router.get("/{number}")
def group_page(desk: DeskOf, number: Number) -> HTMLResponse:
    return _group_page(desk, number)


def _group_page(desk: Desk, number: int, refused: str = "") -> HTMLResponse:
    try:
        with desk.session() as session:
            group, asked = waits.group(session, number), waits.asked_in(session, number)
    except UnknownGroupError as error:
        raise HTTPException(404) from error
    typed = Typed(wordings="\n".join(wordings_of(group.question, asked)), commune=desk.who.commune)
    return desk.page(
        "waiting_group",
        status_code=400 if refused else 200,
        group=group,
        asked=asked,
        typed=typed,
        near=near_words(group.question, desk),
        refused=refused,
        now=desk.site.app.clock(),
    )


def wordings_of(question: str, asked: Sequence[Asked]) -> list[str]:
    """Different ways in which it was asked, each once, without those that carry masked data."""
    lines = (" ".join(text.split()) for text in (question, *(each.text for each in asked)))
    fitting = (line for line in lines if line and len(line) <= WORDING_LETTERS and "[" not in line)
    return list(dict.fromkeys(fitting))[:MOST_WORDINGS]


@router.post("/{number}/bo-qua")
def dismiss_group(desk: DeskOf, number: Number) -> Response:
    reason = " ".join(desk.field("ly_do").split())[:REASON_LETTERS]
    if not reason:
        return _group_page(desk, number, "Bạn ghi lý do bỏ qua để người sau hiểu.")
    try:
        with desk.session(writing=True) as session:
            waits.dismiss(session, number, reason, desk.act)
    except UnknownGroupError as error:
        raise HTTPException(404) from error
    return to(LIST, "bo-qua")


@router.post("/{number}/mo-lai")
def reopen_group(desk: DeskOf, number: Number) -> Response:
    with desk.session(writing=True) as session:
        waits.reopen(session, number)
    return to(f"{LIST}/{number}", "mo-lai")
