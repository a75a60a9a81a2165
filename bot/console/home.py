"""The first page: what is to be done now."""

from collections.abc import Iterable

import msgspec
from fastapi import APIRouter
from starlette.responses import HTMLResponse

from bot.channels.state import told_to_staff
from bot.console.entering import Desk, DeskOf
from bot.console.faq_review import to_review
from bot.console.late import HOME
from bot.console.waiting import look_for_new, worked_at
from knowledge.clock import vietnam_day
from knowledge.faq.desk import Card
from knowledge.faq.kept import kept_cards
from knowledge.petitions import count_open
from knowledge.takeovers import Takeover, takeovers_of
from knowledge.waiting import Group, groups

TOP = 5  # of each list: the rest is one tap away

router = APIRouter(include_in_schema=False)


class ToDo(msgspec.Struct, frozen=True):
    talks: tuple[Takeover, ...]
    to_approve: tuple[Card, ...]
    to_review: tuple[Card, ...]
    waiting: tuple[Group, ...]
    petitions: int  # that nobody has handed on or closed


@router.get(HOME)
def home(desk: DeskOf) -> HTMLResponse:
    look_for_new(desk)
    own = [card for card in kept_cards(desk.site.app.database) if desk.who.serves(card.text.commune)]
    with desk.session() as session:
        review = to_review(session, own, vietnam_day(desk.site.app.clock()))
        worked = worked_at(desk, session)
        found = groups(session, commune=desk.who.commune, worked=worked)
        stopped = told_to_staff(session, desk.site.app.clock())
        talks = takeovers_of(session, desk.who.login, desk.act.at)
        petitions = count_open(session, desk.who.commune)
    todo = ToDo(tuple(talks), tuple(_to_approve(desk, own)), tuple(review), tuple(found), petitions)
    return desk.page("home", todo=todo, top=TOP, worked=worked, stopped=stopped, now=desk.site.app.clock())


def _to_approve(desk: Desk, own: Iterable[Card]) -> Iterable[Card]:
    """What others wrote, for those who approve; for the rest their own that wait for it."""
    for card in own:
        is_mine = card.newest.author == desk.who.login
        if card.awaits_approval and is_mine is not desk.who.may_approve:
            yield card
