"""Waiting questions: what waits most on top, and one of them with all that was asked and all that may answer it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Path, Query
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from bot.console.entering import Desk, DeskOf
from bot.console.faq_work import TRY
from bot.console.look import look_of, near_words
from bot.console.trial import try_entry
from bot.office import office_time
from knowledge import waiting as waits
from knowledge import waiting_work as work
from knowledge.faq.entry import MOST_WORDINGS, WORDING_LETTERS, FaqText
from knowledge.faq.reading import Problem, Typed
from knowledge.search.alike import Meaning, meaning_of
from knowledge.staff.accounts import Account, accounts
from knowledge.waiting import Asked, Group, Status, UnknownGroupError

LIST = "/can-bo/cau-hoi"
MINE = "cua-toi"

router = APIRouter(prefix=LIST, include_in_schema=False)

Number = Annotated[int, Path(ge=1, le=999_999_999)]


def look_for_new(desk: Desk) -> None:
    """Group what was asked since somebody looked last. Two at once: the second leaves it to the first."""
    try:
        with desk.session(writing=True) as session:
            waits.collect(session, meaning_in(desk))
    except (sa.exc.IntegrityError, sa.exc.OperationalError):
        return


def meaning_in(desk: Desk) -> Callable[[str], Meaning]:
    return partial(meaning_of, index=desk.site.app.library.current().index)


def worked_at(desk: Desk, session: Session) -> Callable[[datetime], timedelta]:
    """How long somebody has waited since a moment, in hours of work."""
    return office_time(session, desk.site.app.settings, desk.who.commune).worked(desk.site.app.clock())


@router.get("")
def groups_page(desk: DeskOf, loc: Annotated[str, Query()] = "") -> HTMLResponse:
    look_for_new(desk)
    status = Status(loc) if loc in set(Status) else Status.WAITING
    with desk.session() as session:
        worked = worked_at(desk, session)
        found = waits.groups(session, status, desk.who.commune, worked=worked)
    is_mine = loc == MINE
    shown = [each for each in found if each.assignee == desk.who.login] if is_mine else found
    return desk.page(
        "waiting_list",
        found=shown,
        status=status,
        chosen=MINE if is_mine else status.value,
        worked=worked,
        now=desk.site.app.clock(),
    )


@router.get("/{number}")
def group_page(desk: DeskOf, number: Number) -> HTMLResponse:
    return shown_group(desk, number)


def shown_group(  # noqa: PLR0913  what a form shows
    desk: Desk,
    number: int,
    refused: str = "",
    *,
    typed: Typed | None = None,
    text: FaqText | None = None,
    problems: Sequence[Problem] = (),
    status_code: int = 200,
) -> HTMLResponse:
    """A group with its form, and what was typed into it."""
    values = _about(desk, number)
    group, asked = values["group"], values["asked"]
    return desk.page(
        "waiting_group",
        status_code=400 if refused and status_code == 200 else status_code,  # noqa: PLR2004  the code for all is well
        typed=typed or Typed(wordings="\n".join(wordings_of(group.question, asked)), commune=desk.who.commune),
        look=look_of(text, desk) if text else None,
        problems={problem.field: problem.message for problem in reversed(problems)},
        near=near_words(group.question, desk),
        refused=refused,
        now=desk.site.app.clock(),
        trial=try_entry(text, desk.site.app) if text and desk.field("viec") == TRY else None,
        sends_late=desk.field("gui") == "duyet",
        only_replies=bool(desk.field("chi_tra_loi")),
        **values,
    )


def _about(desk: Desk, number: int) -> dict[str, Any]:
    own = desk.who.commune
    try:
        with desk.session() as session:
            group = waits.group(session, number, own)
            askers = {each.exchange for each in work.reachable(session, number)}
            return {
                "group": group,
                "asked": waits.asked_in(session, number, own),
                "askers": askers,
                "similar": _similar(desk, session, group),
                "staff": _staff(desk, session),
                "worked": worked_at(desk, session),
            }
    except UnknownGroupError as error:
        raise HTTPException(404) from error


def _similar(desk: Desk, session: Session, group: Group) -> list[Group]:
    if group.status is not Status.WAITING:
        return []
    return work.similar(session, group, meaning_in(desk), desk.who.commune)


def _staff(desk: Desk, session: Session) -> list[Account]:
    """Whose task it may become: the city's staff and those of the same commune."""
    return [each for each in accounts(session) if each.is_active and each.commune in {"", desk.who.commune}]


def wordings_of(question: str, asked: Sequence[Asked]) -> list[str]:
    """Different ways in which it was asked, each once, without those that carry masked data."""
    lines = (" ".join(text.split()) for text in (question, *(each.text for each in asked)))
    fitting = (line for line in lines if line and len(line) <= WORDING_LETTERS and "[" not in line)
    return list(dict.fromkeys(fitting))[:MOST_WORDINGS]
