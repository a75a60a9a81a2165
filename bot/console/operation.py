"""For administrators: announcements with a period, channels off and on. All workers obey within seconds."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.channels.names import CHANNEL_NAMES
from bot.channels.state import told_to_staff
from bot.console.entering import Desk, DeskOf, to
from bot.console.words import REFUSED
from knowledge.catalogue import names_known
from knowledge.operation import announcements as notices
from knowledge.operation.announcements import UnknownAnnouncementError
from knowledge.operation.reading import Problem, Typed, read
from knowledge.operation.switches import switch_off, switch_on
from knowledge.staff.accounts import NotAllowedError

ADDRESS = "/can-bo/van-hanh"
REASON_LETTERS = 300
SHOWN_FOR = timedelta(days=92)  # how long an announcement that is over stays on the page; the audit keeps all
CHANNEL_FIELD = "kenh-"  # before the name of a channel: a form's field for each

router = APIRouter(prefix=ADDRESS, include_in_schema=False)

Number = Annotated[int, Path(ge=1, le=999_999_999)]


@router.get("")
def operation_page(desk: DeskOf) -> HTMLResponse:
    return _page(_admin(desk), Typed())


def _admin(desk: Desk) -> Desk:
    """The page is as absent for others as one that never was."""
    if not desk.who.is_admin:
        raise HTTPException(404)
    return desk


def _page(
    desk: Desk, typed: Typed, problems: tuple[Problem, ...] = (), refused: str = "", reasons: tuple[str, str] = ("", "")
) -> HTMLResponse:
    """`reasons`: a channel and the reason that was typed for it, where it was refused."""
    now = desk.site.app.clock()
    with desk.session() as session:
        found = notices.announcements(session, since=now - SHOWN_FOR)
        stopped = told_to_staff(session, now)
    return desk.page(
        "operation",
        status_code=400 if problems or refused else 200,
        typed=typed,
        problems={problem.field: problem.message for problem in reversed(problems)},
        refused=refused,
        reasons=dict([reasons]),
        channels=CHANNEL_NAMES,
        stopped=stopped,
        found=[each for each in found if desk.who.serves("") or each.communes == (desk.who.commune,)],
        now=now,
    )


@router.post("/thong-bao")
def announce(desk: DeskOf) -> Response:
    typed, act = _typed(_admin(desk)), desk.act
    with desk.session() as session:
        known = names_known(session)
    announcement, problems = read(typed, act.at, known.__contains__)
    if announcement is None:
        return _page(desk, typed, problems)
    try:
        with desk.session(writing=True) as session:
            notices.announce(session, announcement, act)
    except NotAllowedError as error:
        return _page(desk, typed, refused=REFUSED[type(error).__name__])
    desk.site.app.orders.forget()
    return to(ADDRESS, "thong-bao")


def _typed(desk: Desk) -> Typed:
    """What the form carries; an administrator of a commune announces to it alone."""
    return Typed(
        text=desk.field("noi_dung"),
        begins=desk.field("tu"),
        ends=desk.field("den"),
        channels=tuple(name for name in CHANNEL_NAMES if desk.field(CHANNEL_FIELD + name)),
        communes=desk.who.commune or desk.field("noi"),
        procedures=desk.field("thu_tuc"),
    )


@router.post("/thong-bao/{number}/dung")
def end_announcement(desk: DeskOf, number: Number) -> Response:
    try:
        with _admin(desk).session(writing=True) as session:
            notices.end_announcement(session, number, desk.act)
    except (UnknownAnnouncementError, NotAllowedError) as error:
        raise HTTPException(404) from error
    desk.site.app.orders.forget()
    return to(ADDRESS, "dung-thong-bao")


@router.post("/kenh")
def switch(desk: DeskOf) -> Response:
    """Off needs a reason; the second of two who switch finds it done."""
    channel, is_off = _admin(desk).field("kenh"), desk.field("viec") == "tat"
    reason = " ".join(desk.field("ly_do").split())[:REASON_LETTERS]
    if channel not in CHANNEL_NAMES:
        raise HTTPException(404)
    if is_off and not reason:
        return _page(desk, Typed(), refused=f"Bạn ghi lý do tắt kênh {CHANNEL_NAMES[channel]}.")
    try:
        with desk.session(writing=True) as session:
            (switch_off if is_off else switch_on)(session, channel, reason, desk.act)
    except NotAllowedError as error:
        return _page(desk, Typed(), refused=REFUSED[type(error).__name__], reasons=(channel, reason))
    desk.site.app.orders.forget()
    return to(ADDRESS, "tat-kenh" if is_off else "bat-kenh")
