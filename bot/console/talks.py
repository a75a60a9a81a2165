"""A private chat taken over: staff write in it themselves, the assistant keeps quiet, and their answers are learned."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec
from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.channels.names import CHANNEL_NAMES
from bot.console.entering import Desk, DeskOf, GlanceOf, to
from bot.console.waiting import LIST, Number, shown_group
from bot.console.words import moment
from bot.conversation.privacy import hashed, mask
from knowledge import lessons, takeovers
from knowledge.askers import Asker, asker_of, forget_asker
from knowledge.lessons import Lesson
from knowledge.outbox import put_for
from knowledge.questions import Turn, turns_of
from knowledge.staff_words import KEYS, StaffWord, WordKind, tell
from knowledge.takeovers import Takeover, UnknownTakeoverError, takeover
from knowledge.waiting_groups import UnknownGroupError, asked_in
from knowledge.waiting_groups import group as waiting_group
from knowledge.waiting_work import settle

TALKS = "/can-bo/tro-chuyen"
LETTERS = 2_000

router = APIRouter(include_in_schema=False)


class Line(msgspec.Struct, frozen=True):
    """One message of the talk. `by` is whose it is: citizen, bot or staff."""

    by: str
    at: datetime
    text: str


@router.post(LIST + "/{number}/tiep-quan")
def begin_talk(desk: DeskOf, number: Number) -> Response:
    try:
        with desk.session(writing=True) as session:
            waiting_group(session, number, desk.who.commune)
            shown = {each.exchange for each in asked_in(session, number, desk.who.commune)}
            asker = asker_of(session, desk.number("luot")) if desk.number("luot") in shown else None
            talk = _begun(desk, session, asker) if asker else None
    except UnknownGroupError as error:
        raise HTTPException(404) from error
    if talk is None:
        return shown_group(
            desk, number, "Người hỏi trong nhóm hoặc không còn nhắn lại được, nên chưa trò chuyện riêng."
        )
    desk.site.app.orders.forget()
    return to(f"{TALKS}/{talk}")


def _begun(desk: Desk, session: Session, asker: Asker) -> int | None:
    """The number of the takeover; None for somebody who asked in a group."""
    turns = _turns(desk, session, asker.channel, asker.chat)
    if asker.exchange not in {turn.exchange for turn in turns}:
        return None
    return takeovers.take_over(session, asker.channel, asker.chat, desk.act, _until(desk))


@router.get(TALKS + "/{number}")
def talk_page(desk: DeskOf, number: Number) -> HTMLResponse:
    return _talk_page(desk, number)


def _talk_page(desk: Desk, number: int, refused: str = "", typed: str = "") -> HTMLResponse:
    with desk.session() as session:
        talk = _talk(desk, session, number)
        lines = _lines(desk, session, talk)
    return desk.page(
        "talk",
        status_code=400 if refused else 200,
        talk=talk,
        channel=CHANNEL_NAMES.get(talk.channel, talk.channel),
        lines=lines,
        is_open=talk.until > desk.act.at,
        once=secrets.token_hex(8),
        refused=refused,
        typed=typed,
    )


@router.get(TALKS + "/{number}/tin")
def talk_lines(desk: GlanceOf, number: Number) -> HTMLResponse:
    """The messages alone, for the page that looks for new ones by itself."""
    with desk.session() as session:
        talk = _talk(desk, session, number)
        lines = _lines(desk, session, talk)
    return desk.page("talk_lines", lines=lines)


@router.post(TALKS + "/{number}/noi")
def say(desk: DeskOf, number: Number) -> Response:
    text = desk.field("loi").strip()
    if not text or len(text) > LETTERS:
        return _talk_page(desk, number, f"Viết từ 1 đến {LETTERS} chữ.", text)
    with desk.session(writing=True) as session:
        talk = _talk(desk, session, number)
        takeovers.take_over(session, talk.channel, talk.chat, desk.act, _until(desk))
        word = StaffWord(kind=WordKind.SAID, at=desk.act.at, text=text, commune=desk.who.commune)
        asker = Asker(exchange=0, channel=talk.channel, chat=talk.chat, question="")
        tell(session, [asker], word, f"said:{number}:{desk.field('mot_lan')[:32]}")
        forget_asker(session, talk.channel, talk.chat)
        _learn(desk, session, talk, text)
    desk.site.app.orders.forget()
    return to(f"{TALKS}/{number}")


@router.post(TALKS + "/{number}/ket-thuc")
def end_talk(desk: DeskOf, number: Number) -> Response:
    with desk.session(writing=True) as session:
        talk = _talk(desk, session, number)
        takeovers.give_back(session, number, desk.act)
    desk.site.app.orders.forget()
    return to(f"/can-bo/hoi-dap/{talk.faq}" if talk.faq else LIST, "ket-thuc")


def _learn(desk: Desk, session: Session, talk: Takeover, text: str) -> None:
    """The answer with the question before it becomes a draft; what is said besides is added to that."""
    turns = _turns(desk, session, talk.channel, talk.chat)
    asked = next((turn for turn in turns if lessons.asks(turn.question)), None)
    if asked is None:
        return
    if asked.exchange == talk.exchange:
        if talk.faq:
            lessons.learn_more(session, talk.faq, mask(text), desk.act)
        return
    origin = f"trò chuyện trực tiếp qua {CHANNEL_NAMES.get(talk.channel, talk.channel)} lúc {moment(desk.act.at)}"
    faq = lessons.learn(session, Lesson(asked.question, mask(text), origin), desk.act)
    takeovers.note_answer(session, talk.id, asked.exchange, faq)
    if faq:
        settle(session, asked.exchange, faq, desk.act)


def _talk(desk: Desk, session: Session, number: int) -> Takeover:
    """Another's talk is as absent as one that never was: what is said there is between two people."""
    try:
        talk = takeover(session, number)
    except UnknownTakeoverError as error:
        raise HTTPException(404) from error
    if talk.login != desk.who.login:
        raise HTTPException(404)
    return talk


def _turns(desk: Desk, session: Session, channel: str, chat: str) -> Sequence[Turn]:
    return turns_of(session, channel, hashed(f"{channel}:{chat}", desk.site.app.secret))


def _lines(desk: Desk, session: Session, talk: Takeover) -> list[Line]:
    """The oldest first."""
    return sorted(_said(desk, session, talk), key=lambda line: line.at)


def _said(desk: Desk, session: Session, talk: Takeover) -> Iterator[Line]:
    for turn in reversed(_turns(desk, session, talk.channel, talk.chat)):
        yield Line("citizen", turn.asked_at, turn.question)
        if turn.shown:
            yield Line("bot", turn.asked_at, turn.shown)
    for message in reversed(put_for(session, talk.channel, talk.chat, KEYS)):
        word = msgspec.json.decode(message.body, type=StaffWord)
        yield Line("staff", word.at, word.text or "Đã hẹn giờ trả lời.")


def _until(desk: Desk) -> datetime:
    return desk.act.at + timedelta(minutes=desk.site.settings.takeover_minutes)
