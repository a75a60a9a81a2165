"""What to bring, as lists that can be ticked: our plain checklist first, the papers as published after it. Pure."""

from collections.abc import Iterable

import msgspec

from bot.answers.wording import papers, prose
from bot.answers.wording.amounts import capitalised
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Checklist, Paper, PaperGroup, PaperUse, PlainPaper


class Item(msgspec.Struct, frozen=True):
    """One paper on a list: its name, how many ("bản chính"), and what else there is to know."""

    name: str
    remark: str = ""
    instead: str = ""
    forms: tuple[str, ...] = ()


class Case(msgspec.Struct, frozen=True):
    """Papers under one heading: "" for everybody."""

    heading: str
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()  # the publisher's remarks between the papers, folded away


class ToBring(msgspec.Struct, frozen=True):
    everybody: tuple[Item, ...] = ()
    cases: tuple[Case, ...] = ()
    looked_up: tuple[str, ...] = ()
    not_needed: str = ""
    is_as_published: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.everybody or self.cases)


def to_bring(known: KnownProcedure) -> ToBring:
    """The list to tick: the plain one where there is one, else what the record has."""
    if known.checklist is not None and known.checklist.papers:
        return _of_checklist(known.checklist)
    published = [case for case in published_papers(known.procedure.paper_groups) if case.items]
    everybody = tuple(item for case in published if not case.heading for item in case.items)
    return ToBring(everybody, tuple(case for case in published if case.heading), is_as_published=True)


def _of_checklist(checklist: Checklist) -> ToBring:
    brought = [paper for paper in checklist.papers if paper.use is not PaperUse.LOOKED_UP]
    by_case: dict[str, list[Item]] = {}
    for paper in brought:
        by_case.setdefault(paper.when, []).append(_plain_item(paper))
    return ToBring(
        everybody=tuple(by_case.pop("", ())),
        cases=tuple(Case(capitalised(when), tuple(items)) for when, items in by_case.items()),
        looked_up=tuple(_looked_up(paper) for paper in checklist.papers if paper.use is PaperUse.LOOKED_UP),
        not_needed=checklist.not_needed,
    )


def _plain_item(paper: PlainPaper) -> Item:
    told = [papers.quantity(paper.name, paper.originals, paper.copies)]
    if paper.use is PaperUse.SHOW:
        told.append("chỉ để cán bộ xem")
    return Item(capitalised(paper.name), ", ".join(filter(None, told)), prose.plain(paper.instead))


def _looked_up(paper: PlainPaper) -> str:
    return f"{paper.name} ({paper.when})" if paper.when else paper.name


def published_papers(groups: Iterable[PaperGroup]) -> tuple[Case, ...]:
    """Every paper as published, under its heading, the rows that are no papers kept apart as notes."""
    return tuple(
        Case(
            heading=capitalised(prose.spelled_out(group.heading.strip(" *-:\n"))),
            items=tuple(_published_item(paper) for paper in group.papers if not paper.is_note),
            notes=tuple(capitalised(prose.plain(paper.name)) for paper in group.papers if paper.is_note),
        )
        for group in groups
    )


def _published_item(paper: Paper) -> Item:
    name = capitalised(prose.plain(paper.name))
    return Item(name, papers.quantity(name, paper.originals, paper.copies), forms=paper.forms)
