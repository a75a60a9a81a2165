"""The first page: what is to be done now."""

import msgspec
from fastapi import APIRouter
from starlette.responses import HTMLResponse

from bot.channels.state import told_to_staff
from bot.console.approvals import entries_to_approve, words_to_approve
from bot.console.entering import DeskOf
from bot.console.faq_review import to_review
from bot.console.late import HOME
from bot.console.waiting import PAGE_TURN, worked_at
from bot.console.word_work import names_of_procedures
from bot.operation.grouping import group_some
from knowledge.clock import vietnam_day
from knowledge.faq.desk import Card
from knowledge.faq.kept import kept_cards
from knowledge.petitions import PetitionState, count_petitions
from knowledge.takeovers import Takeover, takeovers_of
from knowledge.waiting_groups import Group, Wanted, groups_of, own_places, ranked
from knowledge.words.desk import WordCard, word_cards

TOP = 5  # of each list: the rest is one tap away

router = APIRouter(include_in_schema=False)


class ToDo(msgspec.Struct, frozen=True, kw_only=True):
    talks: tuple[Takeover, ...]
    to_approve: tuple[Card, ...]
    words_to_approve: tuple[WordCard, ...]
    to_review: tuple[Card, ...]
    waiting: tuple[Group, ...]  # the first of `waits`
    waits: int
    late: int  # promises that are over
    petitions: int  # that nobody has handed on or closed


@router.get(HOME)
def home(desk: DeskOf) -> HTMLResponse:
    group_some(desk.site.app, PAGE_TURN)
    own = [card for card in kept_cards(desk.site.app.database) if desk.who.serves(card.text.commune)]
    with desk.session() as session:
        entries = entries_to_approve(desk, session, own)
        words = words_to_approve(desk, session, word_cards(session))
        review = to_review(session, own, vietnam_day(desk.site.app.clock()))
        worked = worked_at(desk, session)
        places = own_places(desk.who.commune)
        numbers = ranked(session, Wanted(places=places), worked)
        late = ranked(session, Wanted(places=places, late_at=desk.act.at), worked)
        waiting = groups_of(session, numbers[:TOP], places)
        stopped = told_to_staff(session, desk.site.app.clock())
        talks = takeovers_of(session, desk.who.login, desk.act.at)
        petitions = count_petitions(session, PetitionState.OPEN, desk.who.commune)
    todo = ToDo(
        talks=tuple(talks),
        to_approve=tuple(entries),
        words_to_approve=tuple(words),
        to_review=tuple(review),
        waiting=tuple(waiting),
        waits=len(numbers),
        late=len(late),
        petitions=petitions,
    )
    return desk.page(
        "home",
        todo=todo,
        top=TOP,
        worked=worked,
        stopped=stopped,
        now=desk.site.app.clock(),
        name_of=names_of_procedures(desk),
    )
