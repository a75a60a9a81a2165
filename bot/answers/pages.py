"""What a question about one aspect, or a button, shows of a procedure."""

from collections.abc import Callable

import msgspec

from bot.answers.actions import View
from bot.answers.facts import Facts
from bot.answers.wording import details, fees, papers, places, times
from bot.answers.wording.section import Section
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Aspect

Lines = Callable[[KnownProcedure, Facts], tuple[str, ...]]
Sections = Callable[[KnownProcedure, Facts], tuple[Section, ...]]


class Page(msgspec.Struct, frozen=True):
    """How an aspect is told: in a few lines when asked for, in full behind its button."""

    label: str
    button: str
    brief: Lines
    full: Sections


def _one_section(lines: Lines) -> Sections:
    def sections(known: KnownProcedure, facts: Facts) -> tuple[Section, ...]:
        return (Section(lines(known, facts)),)

    return sections


def _page(label: str, button: str, words: Callable[[KnownProcedure], tuple[str, ...]]) -> Page:
    """A page that is told in the same lines in brief and in full."""

    def lines(known: KnownProcedure, _facts: Facts) -> tuple[str, ...]:
        return words(known)

    return Page(label, button, lines, _one_section(lines))


def _papers(known: KnownProcedure, _facts: Facts) -> tuple[Section, ...]:
    return papers.all_sections(known)


def _place_sections(known: KnownProcedure, facts: Facts) -> tuple[Section, ...]:
    return (Section(places.summary(known, facts.commune)), *places.who_sections(known.procedure)[1:])


PAGES: dict[View, Page] = {
    View.DOCUMENTS: Page("Mang theo", "Xem đủ giấy tờ", lambda _known, _facts: (), _papers),
    View.ALL_PAPERS: Page("Tất cả giấy tờ", "Tất cả giấy tờ", lambda _known, _facts: (), _papers),
    View.FEE: Page(
        "Lệ phí",
        "Lệ phí",
        lambda known, facts: fees.summary(known, facts.day),
        lambda known, facts: fees.all_sections(known, facts.day),
    ),
    View.TIME: Page(
        "Bao lâu",
        "Thời gian",
        lambda known, _facts: times.summary(known),
        lambda known, _facts: times.all_sections(known),
    ),
    View.PLACE: Page("Nộp ở", "Nơi nộp", lambda known, facts: places.summary(known, facts.commune), _place_sections),
    View.STEPS: _page("Cách làm", "Các bước", details.steps),
    View.CONDITIONS: _page("Điều kiện", "Điều kiện", details.conditions),
    View.RESULT: _page("Nhận được", "Kết quả", details.result),
    View.FORM: _page("Mẫu đơn, tờ khai", "Mẫu đơn", details.forms),
    View.ONLINE: _page("Nộp trực tuyến", "Cách nộp trực tuyến", details.online),
    View.WHO: Page(
        "Ai làm được",
        "Ai làm",
        lambda known, _facts: details.who(known),
        lambda known, _facts: places.who_sections(known.procedure) or (Section((details.NO_SUBJECTS,)),),
    ),
    View.LEGAL: _page("Căn cứ pháp lý", "Căn cứ pháp lý", details.law),
}

VIEWS: dict[Aspect, View] = {
    Aspect.FEE: View.FEE,
    Aspect.TIME: View.TIME,
    Aspect.PLACE: View.PLACE,
    Aspect.STEPS: View.STEPS,
    Aspect.CONDITIONS: View.CONDITIONS,
    Aspect.RESULT: View.RESULT,
    Aspect.FORM: View.FORM,
    Aspect.ONLINE: View.ONLINE,
    Aspect.WHO: View.WHO,
    Aspect.LEGAL: View.LEGAL,
}
