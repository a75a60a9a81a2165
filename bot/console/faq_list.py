"""Entries by state and by words, as citizens type them."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from bot.console.entering import DeskOf
from knowledge.faq.desk import Card, State, cards
from knowledge.faq.entry import PREFIX, FaqText
from knowledge.language.syllables import fold

PAGE = 50
QUERY_LETTERS = 200
KEPT = 20_000  # entries whose words are kept, some 3 kB each at the most

_WORD = re.compile(r"\w+")

router = APIRouter(include_in_schema=False)


@router.get("/can-bo/hoi-dap")
def entries_page(
    desk: DeskOf,
    q: Annotated[str, Query()] = "",
    loc: Annotated[str, Query()] = "",
    trang: Annotated[str, Query()] = "",
) -> HTMLResponse:
    with desk.session() as session:
        every = [card for card in cards(session) if not card.text.commune or desk.who.serves(card.text.commune)]
    found = matching(every, q[:QUERY_LETTERS])
    state = State(loc) if loc in set(State) else None
    shown = [card for card in found if state in {None, card.state}]
    pages = max(1, -(-len(shown) // PAGE))
    number = min(pages, max(1, int(trang))) if trang.isascii() and trang.isdigit() and len(trang) < 5 else 1  # noqa: PLR2004  pages
    return desk.page(
        "faq_list",
        query=q[:QUERY_LETTERS].strip(),
        state=state or "",
        counts=Counter(card.state.value for card in found),
        every=len(found),
        found=shown[(number - 1) * PAGE : number * PAGE],
        number=number,
        pages=pages,
    )


def matching(every: Sequence[Card], query: str) -> Sequence[Card]:
    """Those that have every word of a query, in any order and without diacritics; a number is an entry's own."""
    wanted = _words(query)
    if not wanted:
        return every
    named = query.strip().removeprefix(PREFIX)
    if named.isascii() and named.isdigit():
        return [card for card in every if str(card.id) == named]
    return [card for card in every if wanted <= _words_of(card.text)]


@lru_cache(KEPT)
def _words_of(text: FaqText) -> frozenset[str]:
    return _words(" ".join((*text.wordings, text.answer, *text.procedures)))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))
