"""Choosing which lines about papers the first message has room for."""

import msgspec

from bot.answers.wording.papers import Line, PapersInWords
from bot.answers.wording.section import Look, Section, letters

NONE_STATED = "Danh mục chưa ghi giấy tờ phải nộp; hỏi nơi nộp trước khi đi."
CASES = "Chỉ khi thuộc trường hợp sau"
DEPENDS = "Mang theo, tùy trường hợp của bạn"


def fitted(papers: PapersInWords, room: int) -> tuple[Section, ...]:
    """The sections of the first message within a room of letters: whole lines, and how many were left out.

    What serves instead of a paper that one may lack is worth more than the later cases; the cases go first, from the
    last, and what everybody brings only when even that does not fit. Room that is left says what else may serve.
    """
    sections = _with_lacking(papers, room) or _lines_alone(papers, room)
    left = room - sum(map(letters, sections))
    for line in sorted((*papers.everybody, *papers.cases), key=_is_less_wanted):
        times = sum(section.lines.count(line.text) for section in sections)
        if line.instead and times and times * len(line.instead) <= left:
            sections = tuple(_with(section, line) for section in sections)
            left -= times * len(line.instead)
    return sections


def _with_lacking(papers: PapersInWords, room: int) -> tuple[Section, ...]:
    """Everybody's papers, what serves instead of those that one may lack, and one case at least; () if they do not
    fit."""
    lacking = [line for line in papers.everybody if line.may_lack]
    for cases in range(len(papers.cases), min(len(papers.cases), 1) - 1, -1):
        sections = _kept(papers, len(papers.everybody), cases)
        for line in lacking:
            sections = tuple(_with(section, line) for section in sections)
        if sum(map(letters, sections)) <= room:
            return sections
    return ()


def _lines_alone(papers: PapersInWords, room: int) -> tuple[Section, ...]:
    kept = [(len(papers.everybody), cases) for cases in range(len(papers.cases), -1, -1)]
    kept += [(everybody, 0) for everybody in range(len(papers.everybody) - 1, -1, -1)]
    tried = (_kept(papers, everybody, cases) for everybody, cases in kept)
    return next((sections for sections in tried if sum(map(letters, sections)) <= room), _kept(papers, 0, 0))


def _is_less_wanted(line: Line) -> tuple[bool, bool]:
    """What serves instead matters most to somebody who lacks a paper, least where only filing online does without."""
    return not line.may_lack, "trực tuyến" in line.instead


def _with(section: Section, line: Line) -> Section:
    lines = tuple(line.full if text == line.text else text for text in section.lines)
    return msgspec.structs.replace(section, lines=lines)


def _kept(papers: PapersInWords, everybody: int, cases: int) -> tuple[Section, ...]:
    """The sections with the first so many lines for everybody and the first so many cases."""
    left_papers = len(papers.everybody) - everybody + papers.uncounted
    left = _left_out(left_papers, len(papers.cases) - cases, is_more=bool(everybody or cases))
    usual = CASES if papers.everybody else DEPENDS
    sections = (
        Section(tuple(line.text for line in papers.everybody[:everybody]), label=papers.label),
        Section(tuple(line.text for line in papers.cases[:cases]), label=papers.cases_label or usual),
        Section(_closing(papers, left), look=Look.PLAIN),
    )
    return tuple(section for section in sections if section.lines)


def _left_out(papers: int, cases: int, *, is_more: bool) -> str:
    """Of papers none of which is named "nữa" would say that some were."""
    said = ", ".join([*([f"{papers} giấy tờ"] if papers else []), *([f"{cases} trường hợp"] if cases else [])])
    if not said:
        return ""
    return f"Còn {said} nữa: xem “Tất cả giấy tờ”." if is_more else f"Cần {said}: xem “Tất cả giấy tờ”."


def _closing(papers: PapersInWords, left: str) -> tuple[str, ...]:
    if papers.is_empty:
        return (NONE_STATED,)
    hint = "" if left else papers.hint
    looked_up = f"Không cần mang, cán bộ tự tra: {papers.looked_up}." if papers.looked_up else ""
    return tuple(filter(None, (left, hint, looked_up)))
