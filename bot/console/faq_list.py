"""Entries by state and by words, as citizens type them."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from bot.console.approvals import APPROVE, entries_to_approve
from bot.console.entering import DeskOf
from bot.console.faq_review import to_review
from bot.console.paging import pages_of
from bot.console.searching import MOST_OF_IT, QUERY_LETTERS, sought, words_in
from knowledge.clock import vietnam_day
from knowledge.faq.desk import Card, State
from knowledge.faq.entry import PREFIX, FaqText, code_of
from knowledge.faq.kept import kept_cards
from knowledge.language.normalise import Text
from knowledge.search.finder import find
from knowledge.search.index import Index

PAGE = 50
REVIEW = "review"  # beside the states: what is in use and to be looked at again
MOST_FOUND, LEAST_MEANT = 8, 0.1  # candidates looked at; how likely one is meant among them
KEPT = 20_000  # entries whose words are kept, some 3 kB each at the most

router = APIRouter(include_in_schema=False)


@router.get("/can-bo/hoi-dap")
def entries_page(
    desk: DeskOf,
    q: Annotated[str, Query()] = "",
    loc: Annotated[str, Query()] = "",
) -> HTMLResponse:
    known = kept_cards(desk.site.app.database)
    every = [card for card in known if not card.text.commune or desk.who.serves(card.text.commune)]
    with desk.session() as session:
        approve = {card.id for card in entries_to_approve(desk, session, every)}
        review = {card.id for card in to_review(session, every, vietnam_day(desk.site.app.clock()))}
    found = matching(every, q[:QUERY_LETTERS], desk.site.app.library.current().index)
    state = State(loc) if loc in set(State) else None
    kept = {REVIEW: review, APPROVE: approve}.get(loc)
    shown = [card for card in found if state in {None, card.state} and (kept is None or card.id in kept)]
    pages = pages_of(desk.request, len(shown), PAGE)
    return desk.page(
        "faq_list",
        query=q[:QUERY_LETTERS].strip(),
        state=state or (loc if kept is not None else ""),
        review=sum(card.id in review for card in found),
        approve=sum(card.id in approve for card in found),
        counts=Counter(card.state.value for card in found),
        every=len(found),
        found=shown[pages.skip : pages.skip + PAGE],
        pages=pages,
    )


def matching(every: Sequence[Card], query: str, index: Index) -> Sequence[Card]:
    """Those that the words of a query mean as the bot understands them, nearest first; a number is an entry's own.

    Short forms, typing without diacritics and slips are read as in a chat. An entry is near that has most of the words,
    by how rare they are, and one that the bot itself would find.
    """
    asked, named = sought(query, index), query.strip().removeprefix(PREFIX)
    if asked is None:
        return every
    if named.isascii() and named.isdigit():
        return [card for card in every if str(card.id) == named]
    found = _found(asked.text, index)
    shares = {card.id: asked.share(_words_of(card.text)) for card in every}
    near = [card for card in every if shares[card.id] >= MOST_OF_IT or code_of(card.id) in found]
    return sorted(near, key=lambda card: (shares[card.id] < 1, code_of(card.id) not in found, -shares[card.id]))


def _found(text: Text, index: Index) -> frozenset[str]:
    """Entries in use that the bot takes for meant."""
    if not text.folded:
        return frozenset()
    candidates = find(text, index).candidates[:MOST_FOUND]
    return frozenset(each.code for each in candidates if each.probability >= LEAST_MEANT)


@lru_cache(KEPT)
def _words_of(text: FaqText) -> frozenset[str]:
    return words_in(" ".join((*text.wordings, text.answer, *text.procedures)))
