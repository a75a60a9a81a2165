"""The form for groups: at most 300 characters and the address of the page."""

from collections.abc import Iterator

from bot.answers import faqs
from bot.answers.actions import View
from bot.answers.card import name_of
from bot.answers.endings import Written, address_of, written
from bot.answers.facts import Facts
from bot.answers.layout import lay_out, length
from bot.answers.pages import PAGES, VIEW_OF, VIEWS
from bot.answers.verdict import Part, Verdict
from bot.answers.wording import changes, fees, papers, places, prose, times
from bot.conversation.messages import Block, Ending
from knowledge.catalogue import KnownProcedure

GROUP_MESSAGE = 300  # characters, the address apart: more pushes the talk of the others off the screen
NAME = 180  # of these for the name
PAPERS = 160  # of these for the papers


def shortened(ending: Ending, verdict: Verdict, facts: Facts, public_url: str = "") -> Written:
    if ending is Ending.FAQ and facts.faq:
        return faqs.short(facts.faq, GROUP_MESSAGE)
    if ending not in {Ending.PROCEDURE, Ending.ASPECT}:
        blocks, choices = written(ending, verdict, facts, public_url)
        return _first_blocks(blocks), choices
    part = next(part for part in verdict.parts if part.code in facts.known)
    known = facts.known[part.code]
    lines = (_line(known, part, facts),)
    return lay_out("short", lines=lines, address=address_of(known, public_url)), ()


def _first_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Whole blocks as long as they fit, always the first."""
    count = next((count for count in range(len(blocks), 1, -1) if length(blocks[:count]) <= GROUP_MESSAGE), 1)
    return blocks[:count]


def _line(known: KnownProcedure, part: Part, facts: Facts) -> str:
    """The name, then what was asked, then as much more as fits."""
    line = f"{name_of(known, facts, most=NAME)}."
    for piece in _pieces(known, part, facts):
        if len(line) + 1 + len(piece) <= GROUP_MESSAGE:
            line = f"{line} {piece}"
    return line


def _pieces(known: KnownProcedure, part: Part, facts: Facts) -> Iterator[str]:
    if known.city.ended:
        yield changes.ended(known.city.ended)
        return
    if part.aspects:
        room = (GROUP_MESSAGE - len(name_of(known, facts, most=NAME))) // len(part.aspects)
        yield from (_in_brief(known, VIEW_OF[aspect], facts, room) for aspect in part.aspects)
        return
    if part.aspect in VIEWS:
        page = PAGES[VIEWS[part.aspect]]
        label, *more = page.brief(known, facts)
        yield from (f"{page.label}: {label}", *more)
        return
    if brought := _papers(known):
        yield f"Mang theo: {brought}."
    yield f"Lệ phí: {fees.summary(known, facts.day)[0]}"
    yield f"Bao lâu: {times.summary(known)[0]}"
    yield f"{places.label(known)}: {places.summary(known)[0]}"
    yield from changes.notices(known, facts)


def _in_brief(known: KnownProcedure, view: View, facts: Facts, room: int) -> str:
    """One of several aspects: its first words at least, and more within a room of letters."""
    label = places.label(known) if view is View.PLACE else PAGES[view].label
    papers_alone = (f"{_papers(known)}.",)
    lines = papers_alone if view is View.DOCUMENTS else PAGES[view].brief(known, facts)
    return f"{label}: {' '.join(prose.fitting(lines, room - len(label)))}"


def _papers(known: KnownProcedure) -> str:
    """The papers everybody brings, as many as fit, and how many more there are."""
    words = papers.in_words(known)
    names = [line.text for line in words.everybody]
    while names and len("; ".join(names)) > PAPERS:
        names.pop()
    more = len(words.everybody) - len(names) + len(words.cases) + words.uncounted
    listed = "; ".join(names)
    if not listed:
        return f"{more} loại giấy tờ" if more else ""
    return f"{listed} và {more} giấy tờ tùy trường hợp" if more else listed
