"""What a question about one aspect, or about several at once, is told of a procedure, within the room of a message."""

from collections.abc import Sequence

import msgspec

from bot.answers.actions import View
from bot.answers.card import name_of
from bot.answers.facts import Facts
from bot.answers.layout import lay_out
from bot.answers.pages import PAGES
from bot.answers.wording import changes, details, paper_room, papers, places, prose
from bot.answers.wording.section import Look, Section, letters, within
from bot.conversation.messages import Block
from knowledge.catalogue import KnownProcedure

ASPECT_LETTERS = 80  # labels and line breaks around one aspect
OTHERS_LETTERS = 50  # the words around the other cases offered
ANY = 100_000  # letters: room for every word


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The words about one aspect: lines under its label, papers in sections of their own. `left` lines are behind
    `button`."""

    label: str
    button: str
    lines: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    is_numbered: bool = False
    left: int = 0


def aspects_told(
    known: KnownProcedure, facts: Facts, views: Sequence[View], room: int, *, others: str = ""
) -> tuple[Block, ...]:
    """The views in their order, then the name and the source; `others`: the other cases to be offered."""
    name, source = name_of(known, facts), details.source(known)
    notices = changes.notices(known, facts)
    taken = len(name) + len(source) + sum(map(len, notices)) + ASPECT_LETTERS * len(views)
    taken += len(others) + OTHERS_LETTERS if others else 0
    needs = [_letters_of(known, facts, view) for view in views]
    shares = zip(views, _shared(room - taken, needs), strict=True)
    told = [_told(known, facts, view, share) for view, share in shares]
    return lay_out("aspect", aspects=told, name=name, notices=notices, source=source, others=others)


def _shared(room: int, needs: Sequence[int]) -> list[int]:
    """Room for each: what it needs, or an equal part of what the lesser ones leave."""
    shares = [0] * len(needs)
    smallest_first = sorted(range(len(needs)), key=lambda at: needs[at])
    for others, at in zip(range(len(needs), 0, -1), smallest_first, strict=True):
        shares[at] = min(needs[at], room // others)
        room -= shares[at]
    return shares


def _letters_of(known: KnownProcedure, facts: Facts, view: View) -> int:
    if view is View.DOCUMENTS:
        return sum(map(letters, paper_room.fitted(papers.in_words(known), ANY)))
    return letters(Section(PAGES[view].brief(known, facts)))


def _told(known: KnownProcedure, facts: Facts, view: View, room: int) -> Told:
    page = PAGES[view]
    if view is View.DOCUMENTS:
        fitted = paper_room.fitted(papers.in_words(known), room)
        return Told(label=page.label, button=page.button, sections=fitted)
    every = page.brief(known, facts)
    lines, left = _fitting(every, room)
    return Told(
        label=places.label(known) if view is View.PLACE else page.label,
        button=page.button,
        lines=(" ".join(lines),) if page.look is Look.PLAIN else lines or (f"xem “{page.button}”.",),
        is_numbered=page.look is Look.NUMBERED and lines[:1] == every[:1],
        left=left if lines else 0,
    )


def _fitting(lines: tuple[str, ...], room: int) -> tuple[tuple[str, ...], int]:
    """The first lines that fit and how many are left; of a first line that does not, its first sentences."""
    sections, left = within((Section(lines),), room)
    if sections and sections[0].lines:
        return sections[0].lines, left
    sections, _ = within((Section(prose.sentences(lines[0])),), room)
    return (sections[0].lines if sections else ()), len(lines)
