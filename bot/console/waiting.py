"""One waiting question, with all that was asked and all that may answer it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.console.doubts import Look
from bot.console.entering import Desk, DeskOf, to
from bot.console.faq_work import TRY
from bot.console.look import look_of, near_words
from bot.console.telling import told_to
from bot.console.trial import try_entry
from bot.console.words import FIELDS, TYPED
from bot.office import office_time
from knowledge import waiting_groups as waits
from knowledge import waiting_sorting as sorting
from knowledge import waiting_work as work
from knowledge.faq.entry import MOST_WORDINGS, WORDING_LETTERS, FaqText
from knowledge.faq.reading import Problem, Typed
from knowledge.search.alike import Meaning, meaning_of
from knowledge.waiting import Status
from knowledge.waiting_groups import Asked, Group, UnknownGroupError
from knowledge.waiting_past import last_answer, merged_into

LIST = "/can-bo/cau-hoi"
PAGE_TURN = 50  # exchanges that a page groups itself: the process with the lead does the rest

router = APIRouter(prefix=LIST, include_in_schema=False)

Number = Annotated[int, Path(ge=1, le=999_999_999)]


class GoneError(HTTPException):
    """There is no such question, or not for them."""

    def __init__(self) -> None:
        super().__init__(404)


def meaning_in(desk: Desk) -> Callable[[str], Meaning]:
    return partial(meaning_of, index=desk.site.app.library.current().index)


def worked_at(desk: Desk, session: Session) -> Callable[[datetime], timedelta]:
    """How long somebody has waited since a moment, in hours of work."""
    return office_time(session, desk.site.app.settings, desk.who.commune).worked(desk.site.app.clock())


@router.get("/{number}")
def group_page(desk: DeskOf, number: Number) -> Response:
    try:
        return shown_group(desk, number)
    except GoneError:
        with desk.session() as session:
            other = merged_into(session, number)
        if other is None:
            raise
        return to(f"{LIST}/{other}", "gop-roi")


def shown_group(  # noqa: PLR0913  what a form shows
    desk: Desk,
    number: int,
    refused: str = "",
    *,
    typed: Typed | None = None,
    text: FaqText | None = None,
    problems: Sequence[Problem] = (),
    doubted: Look | None = None,
    status_code: int = 200,
) -> HTMLResponse:
    """A group with its form, and what was typed into it. Raises GoneError."""
    values = _about(desk, number)
    group, asked, askers = values["group"], values["asked"], values["askers"]
    is_waiting = group.status is Status.WAITING
    return desk.page(
        "waiting_group",
        status_code=400 if refused and status_code == 200 else status_code,  # noqa: PLR2004  the code for all is well
        typed=typed or Typed(wordings="\n".join(wordings_of(group.question, asked)), commune=desk.who.commune),
        unsent={} if is_waiting else _unsent(desk, typed),
        look=look_of(text, desk) if text and is_waiting else None,
        told=list(told_to(askers, text, desk)) if text and is_waiting else [],
        problems={problem.field: problem.message for problem in reversed(problems)},
        doubted=doubted,
        near=near_words(group.question, desk),
        refused=refused,
        now=desk.site.app.clock(),
        trial=try_entry(text, desk.site.app) if text and desk.field("viec") == TRY else None,
        sends_late=desk.field("gui") == "duyet",
        only_replies=bool(desk.field("chi_tra_loi")),
        reason=desk.field("ly_do"),
        **{**values, "askers": {each.exchange for each in askers}},
    )


def _about(desk: Desk, number: int) -> dict[str, Any]:
    own = desk.who.commune
    with desk.session() as session:
        try:
            group = waits.group(session, number, own)
        except UnknownGroupError as error:
            raise GoneError from error
        return {
            "group": group,
            "answer": last_answer(session, number) if group.status in {Status.ANSWERED, Status.DRAFTED} else "",
            "asked": waits.asked_in(session, number, own),
            "askers": work.reachable(session, number),
            "similar": _similar(desk, session, group),
            "staff": sorting.colleagues(session, number, desk.act),
            "worked": worked_at(desk, session),
        }


def _unsent(desk: Desk, typed: Typed | None) -> Mapping[str, str]:
    """What was typed into a form that is not there any more, by its labels."""
    fields = {FIELDS[name]: getattr(typed, name) for name in FIELDS} if typed else {}
    return {label: value for label, value in {**fields, TYPED["ly_do"]: desk.field("ly_do")}.items() if value}


def _similar(desk: Desk, session: Session, group: Group) -> list[Group]:
    if group.status is not Status.WAITING:
        return []
    return sorting.similar(session, group, meaning_in(desk), desk.who.commune)


def wordings_of(question: str, asked: Sequence[Asked]) -> list[str]:
    """Different ways in which it was asked, each once, without those that carry masked data."""
    lines = (" ".join(text.split()) for text in (question, *(each.text for each in asked)))
    fitting = (line for line in lines if line and len(line) <= WORDING_LETTERS and "[" not in line)
    return list(dict.fromkeys(fitting))[:MOST_WORDINGS]
