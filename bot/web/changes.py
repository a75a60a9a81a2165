"""What changed between two editions, for staff and everybody else: the last change first."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from bot.web.limits import WITHIN_RATE
from bot.web.pages import page
from bot.web.site import SiteOf
from knowledge.catalogue import edition_number
from knowledge.clock import vietnam_day
from knowledge.edition_diff import Difference, EditionDiff, ProcedureChange, diff
from knowledge.what_changed import TITLES, change_in_words, field_name

router = APIRouter(dependencies=[WITHIN_RATE], include_in_schema=False)

MOST = 300  # procedures on one page: a quarter's decisions change 1,018, a first import everything

Text = Annotated[str, Query()]
DIGITS = 9  # of an edition's number


class Line(msgspec.Struct, frozen=True):
    field: str
    change: str


class Changed(msgspec.Struct, frozen=True):
    code: str
    name: str
    lines: tuple[Line, ...]


class Block(msgspec.Struct, frozen=True):
    """Changes of one kind; `more` are left out."""

    title: str
    count: int
    procedures: tuple[Changed, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.procedures)


@router.get("/thay-doi")
def changes_page(request: Request, site: SiteOf, tu: Text = "", den: Text = "") -> HTMLResponse:
    """`tu` and `den` are numbers of editions; without them the current edition beside the one before."""
    with site.app.database.session() as session:
        current = edition_number(session)
        after = _number(den, current)
        before = _number(tu, max(after - 1, 0))
        if max(before, after) > current:
            raise HTTPException(404)
        found = diff(session, before, after, vietnam_day(site.app.clock()))
    return page(request, "changes.html.j2", diff=found, blocks=blocks_of(found), current=current)


def _number(text: str, otherwise: int) -> int:
    """Addresses are typed and cut by people: what is no number is left out."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else otherwise


def blocks_of(found: EditionDiff) -> tuple[Block, ...]:
    return tuple(
        Block(TITLES[kind], len(changes), tuple(map(_changed, changes[:MOST])))
        for kind in Difference
        if (changes := found.of_kind(kind))
    )


def _changed(change: ProcedureChange) -> Changed:
    lines = (Line(field_name(each.field), change_in_words(each.before, each.after)) for each in change.fields)
    return Changed(change.code, change.name, tuple(lines))
