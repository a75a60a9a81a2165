"""The list of waiting questions: what waits most on top, by place, task and promise, and by words as citizens type."""

from collections.abc import Sequence
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from sqlmodel import Session
from starlette.responses import HTMLResponse

from bot.console.entering import Desk, DeskOf
from bot.console.paging import pages_of
from bot.console.searching import MOST_OF_IT, QUERY_LETTERS, sought, words_meant
from bot.console.waiting import LIST, PAGE_TURN, worked_at
from bot.operation.grouping import group_some
from knowledge.communes import commune_of
from knowledge.search.index import Index
from knowledge.waiting import Status
from knowledge.waiting_groups import Wanted, groups_of, own_places, places_asking, ranked, texts_of

PAGE = 50
MINE = "cua-toi"  # beside the states
NOBODYS = "chua-giao"
PROMISED, LATE = "co", "qua"  # of the address: with a promise, with one that is over

router = APIRouter(prefix=LIST, include_in_schema=False)


class Chosen(msgspec.Struct, frozen=True):
    """What the address asks for, as far as it is ours."""

    loc: str = ""
    query: str = ""
    place: str = ""
    promise: str = ""

    @property
    def status(self) -> Status:
        return Status(self.loc) if self.loc in set(Status) else Status.WAITING


@router.get("")
def groups_page(
    desk: DeskOf,
    loc: Annotated[str, Query()] = "",
    q: Annotated[str, Query()] = "",
    xa: Annotated[str, Query()] = "",
    hen: Annotated[str, Query()] = "",
) -> HTMLResponse:
    left = group_some(desk.site.app, PAGE_TURN)
    chosen = _chosen(desk, loc, q, xa, hen)
    with desk.session() as session:
        worked, wanted = worked_at(desk, session), _wanted(desk, chosen)
        numbers = ranked(session, wanted, worked)
        if chosen.query:
            index = desk.site.app.library.current().index
            numbers = matching(numbers, texts_of(session, wanted.status), chosen.query, index)
        pages = pages_of(desk.request, len(numbers), PAGE)
        found = groups_of(session, numbers[pages.skip : pages.skip + PAGE], wanted.places)
        places = _places(desk, session)
    return desk.page(
        "waiting_list",
        chosen=chosen,
        found=found,
        whole=len(numbers),
        pages=pages,
        places=places,
        left=left,
        worked=worked,
        now=desk.site.app.clock(),
    )


def _chosen(desk: Desk, loc: str, query: str, place: str, promise: str) -> Chosen:
    is_place = commune_of(place) is not None and desk.who.serves(place)
    return Chosen(
        loc=loc if loc in {MINE, NOBODYS, *Status} else Status.WAITING.value,
        query=query[:QUERY_LETTERS].strip(),
        place=place if is_place else "",
        promise=promise if promise in {PROMISED, LATE} else "",
    )


def _wanted(desk: Desk, chosen: Chosen) -> Wanted:
    return Wanted(
        status=chosen.status,
        places=(chosen.place,) if chosen.place else own_places(desk.who.commune),
        assignee={MINE: desk.who.login, NOBODYS: ""}.get(chosen.loc),
        is_promised=chosen.promise == PROMISED,
        late_at=desk.act.at if chosen.promise == LATE else None,
    )


def _places(desk: Desk, session: Session) -> list[str]:
    """What one may narrow the list to: communes where somebody waits, one's own alone for staff of a commune."""
    return [each for each in places_asking(session) if desk.who.serves(each)]


def matching(numbers: Sequence[int], texts: dict[int, list[str]], query: str, index: Index) -> list[int]:
    """Those in which somebody asked with the words of a query, with all of them first, else in their order; a number
    is a question's own."""
    asked, named = sought(query, index), query.strip()
    if asked is None:
        return list(numbers)
    if named.isascii() and named.isdigit():
        return [number for number in numbers if str(number) == named]
    shares = {
        number: max((asked.share(words_meant(text)) for text in texts.get(number, ())), default=0.0)
        for number in numbers
    }
    near = [number for number in numbers if shares[number] >= MOST_OF_IT]
    return sorted(near, key=lambda number: shares[number] < 1)
