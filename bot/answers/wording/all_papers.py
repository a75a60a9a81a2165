"""Every paper of a procedure, behind its button: our plain list, then the papers as published; and the forms."""

from collections.abc import Iterable, Iterator

from bot.answers.wording import prose
from bot.answers.wording.amounts import capitalised
from bot.answers.wording.paper_room import CASES
from bot.answers.wording.papers import FORM, in_words, quantity, remarked
from bot.answers.wording.section import Section
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Paper, PaperGroup, Procedure


def all_sections(known: KnownProcedure) -> tuple[Section, ...]:
    """Every paper as published, under its heading, notes folded to the end; our plain list first where there is one."""
    plain = _plain_sections(known) if known.checklist else ()
    published = tuple(_group_sections(known.procedure.paper_groups))
    if known.procedure.is_starter:
        return plain or published
    notes = tuple(
        _quoted(paper.name) for group in known.procedure.paper_groups for paper in group.papers if paper.is_note
    )
    folded = (Section(notes, label="Ghi chú của danh mục"),) if notes else ()
    official = (Section((), label="Đầy đủ theo danh mục quốc gia"),) if plain and published else ()
    return (*plain, *official, *published, *folded)


def _plain_sections(known: KnownProcedure) -> tuple[Section, ...]:
    words = in_words(known)
    looked_up = (words.looked_up,) if words.looked_up else ()
    sections = (
        Section(tuple(line.full for line in words.everybody), label="Mang theo"),
        Section(tuple(line.full for line in words.cases), label=CASES),
        Section(looked_up, label="Không cần mang, cán bộ tự tra"),
    )
    return tuple(section for section in sections if section.lines)


def _group_sections(groups: Iterable[PaperGroup]) -> Iterator[Section]:
    for group in groups:
        lines = tuple(_full_line(paper) for paper in group.papers if not paper.is_note)
        if lines:
            yield Section(lines, label=prose.spelled_out(group.heading.strip(" *-:")))


def _full_line(paper: Paper) -> str:
    return remarked(_quoted(paper.name), [quantity(prose.plain(paper.name), paper.originals, paper.copies)])


def _quoted(text: str) -> str:
    return capitalised(prose.plain(text))


def form_files(procedure: Procedure) -> tuple[str, ...]:
    """The names of attached form files with the paper each belongs to."""
    papers = {paper.name: paper for group in procedure.paper_groups for paper in group.papers if paper.forms}
    return tuple(
        f"{capitalised(prose.short(name) or prose.plain(name))}: tệp {', '.join(paper.forms)}"
        for name, paper in papers.items()
    )


def forms_named(known: KnownProcedure) -> tuple[str, ...]:
    """The papers to bring that are forms to fill in, by name."""
    if known.checklist is not None and known.checklist.papers:
        names = [paper.name for paper in known.checklist.papers]
    else:
        every = (paper.name for group in known.procedure.paper_groups for paper in group.papers)
        names = [prose.short(name) for name in every]
    return tuple(dict.fromkeys(capitalised(name) for name in names if FORM.match(name)))
