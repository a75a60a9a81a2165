"""What else is done with a waiting question: whose task it is, by when, what belongs together, and leaving it."""

from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa
from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.entering import Desk, DeskOf, to
from bot.console.waiting import LIST, Number, shown_group
from bot.console.words import REFUSED
from bot.office import office_time
from knowledge import waiting_sorting as sorting
from knowledge import waiting_work as work
from knowledge.waiting_groups import UnknownGroupError
from knowledge.waiting_past import merged_into
from knowledge.waiting_work import WorkError

REASON_LETTERS, MOMENT_DIGITS = 300, 10
TICK = "nhom-"  # before the number of a group, in the names of boxes
PROMISES = {"4": 4, "8": 8, "16": 16, "40": 40}  # hours of work

router = APIRouter(prefix=LIST, include_in_schema=False)

Deed = Callable[[Session], object]


@router.post("/{number}/giao")
def assign_group(desk: DeskOf, number: Number) -> Response:
    return _done(desk, number, lambda session: sorting.assign(session, number, desk.field("cho"), desk.act), "giao")


@router.post("/{number}/hen")
def promise_group(desk: DeskOf, number: Number) -> Response:
    hours = PROMISES.get(desk.field("gio"))
    if hours is None:
        return shown_group(desk, number, "Bạn chọn hẹn trong bao lâu.")

    def promise(session: Session) -> None:
        office = office_time(session, desk.site.app.settings, desk.who.commune)
        work.promise(
            session, number, office.after(desk.act.at, hours), desk.act, instead_of=_moment(desk.field("truoc"))
        )

    return _done(desk, number, promise, "hen")


def _moment(text: str) -> datetime | None:
    """The promise that the form was made with, in seconds since 1970."""
    is_number = text.isascii() and text.isdigit() and len(text) <= MOMENT_DIGITS
    return datetime.fromtimestamp(int(text), UTC) if is_number and int(text) else None


@router.post("/{number}/gop")
def merge_groups(desk: DeskOf, number: Number) -> Response:
    ticked = (name.removeprefix(TICK) for name in desk.form if name.startswith(TICK))
    others = [int(each) for each in ticked if each.isascii() and each.isdigit() and len(each) <= 9]  # noqa: PLR2004  an integer column
    if not others:
        return shown_group(desk, number, "Bạn đánh dấu ít nhất một câu để gộp.")
    return _done(desk, number, lambda session: sorting.merge(session, number, others, desk.act), "gop")


@router.post("/{number}/tach")
def split_group(desk: DeskOf, number: Number) -> Response:
    exchange = desk.number("luot")
    return _done(desk, number, lambda session: sorting.split(session, number, exchange, desk.act), "tach")


@router.post("/{number}/bo-qua")
def dismiss_group(desk: DeskOf, number: Number) -> Response:
    reason = " ".join(desk.field("ly_do").split())[:REASON_LETTERS]
    if not reason:
        return shown_group(desk, number, "Bạn ghi lý do bỏ qua để người sau hiểu.")
    return _done(desk, number, lambda session: work.dismiss(session, number, reason, desk.act), "bo-qua", LIST)


@router.post("/{number}/mo-lai")
def reopen_group(desk: DeskOf, number: Number) -> Response:
    return _done(desk, number, lambda session: work.reopen(session, number, desk.act), "mo-lai")


def _done(desk: Desk, number: int, deed: Deed, said: str, back: str = "") -> Response:
    """Do it in one transaction, and tell on a page; what somebody else did meanwhile is told on the group's own."""
    try:
        with desk.session(writing=True) as session:
            deed(session)
    except UnknownGroupError as error:
        return _joined(desk, number, error)
    except (WorkError, sa.exc.OperationalError) as error:
        return shown_group(desk, number, REFUSED[type(error).__name__], status_code=409)
    return to(back or f"{LIST}/{number}", said)


def _joined(desk: Desk, number: int, error: UnknownGroupError) -> Response:
    """The page of what it has joined, with the reason that was typed, if any."""
    with desk.session() as session:
        other = merged_into(session, number)
    if other is None:
        raise HTTPException(404) from error
    return shown_group(desk, other, REFUSED["MergedError"], status_code=409)
