"""Choosing which lines about papers the first message has room for."""

import msgspec

from bot.answers.wording.papers import SHOWN, Line, PapersInWords
from bot.answers.wording.section import Look, Section, letters

NONE_STATED = "Danh mục chưa ghi giấy tờ phải nộp; hỏi nơi nộp trước khi đi."
CASES = "Chỉ khi thuộc trường hợp sau"
DEPENDS = "Mang theo, tùy trường hợp của bạn"


def fitted(papers: PapersInWords, room: int) -> tuple[Section, ...]:
    """The sections of the first message within a room of letters: whole lines, and how many were left out.

    The cases go first, from the last; what everybody brings goes only when even that does not fit. Room that is left
    says what may serve instead.
    """
    kept = [(len(papers.everybody), cases) for cases in range(len(papers.cases), -1, -1)]
    kept += [(everybody, 0) for everybody in range(len(papers.everybody) - 1, -1, -1)]
    tried = (_kept(papers, everybody, cases) for everybody, cases in kept)
    sections = next((sections for sections in tried if sum(map(letters, sections)) <= room), _kept(papers, 0, 0))
    left = room - sum(map(letters, sections))
    for line in sorted((*papers.everybody, *papers.cases), key=_is_less_wanted):
        times = sum(section.lines.count(line.text) for section in sections)
        if line.instead and times and times * len(line.instead) <= left:
            sections = tuple(_with(section, line) for section in sections)
            left -= times * len(line.instead)
    return sections


def _is_less_wanted(line: Line) -> tuple[bool, bool]:
    """What serves instead matters most for papers to hand in, least where only filing online does without."""
    return "trực tuyến" in line.instead, SHOWN in line.text


def _with(section: Section, line: Line) -> Section:
    lines = tuple(line.full if text == line.text else text for text in section.lines)
    return msgspec.structs.replace(section, lines=lines)


def _kept(papers: PapersInWords, everybody: int, cases: int) -> tuple[Section, ...]:
    """The sections with the first so many lines for everybody and the first so many cases."""
    left_papers = len(papers.everybody) - everybody + papers.uncounted
    left = _left_out(left_papers, len(papers.cases) - cases)
    sections = (
        Section(tuple(line.text for line in papers.everybody[:everybody]), label="Mang theo"),
        Section(tuple(line.text for line in papers.cases[:cases]), label=CASES if papers.everybody else DEPENDS),
        Section(_closing(papers, left), look=Look.PLAIN),
    )
    return tuple(section for section in sections if section.lines)


def _left_out(papers: int, cases: int) -> str:
    said = ", ".join([*([f"{papers} giấy tờ"] if papers else []), *([f"{cases} trường hợp"] if cases else [])])
    return f"Còn {said} nữa: xem “Tất cả giấy tờ”." if said else ""


def _closing(papers: PapersInWords, left: str) -> tuple[str, ...]:
    if papers.is_empty:
        return (NONE_STATED,)
    hint = "" if left else papers.hint
    looked_up = f"Không cần mang, cán bộ tự tra: {papers.looked_up}." if papers.looked_up else ""
    return tuple(filter(None, (left, hint, looked_up)))
