"""Which papers to bring, in words: for everybody, by case, and those that the office looks up itself."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from bot.answers.wording import prose
from bot.answers.wording.amounts import capitalised
from bot.answers.wording.section import Section, letters
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Checklist, Paper, PaperGroup, PaperUse, PlainPaper, Procedure

NONE_STATED = "Danh mục chưa ghi giấy tờ phải nộp; hỏi nơi nộp trước khi đi."
SHORTENED = "Có tên giấy tờ được viết gọn: đọc đủ ở “Tất cả giấy tờ” trước khi đi."
CASES = "Chỉ khi thuộc trường hợp sau"
DEPENDS = "Mang theo, tùy trường hợp của bạn"
MANY_LETTERS = 200  # a case whose papers take more than this is named with their number only
WHOLE_LETTERS = 240  # a name without a sensible border is shown whole up to this, else only counted

_IF_ANY = {"nếu có", "có", "(nếu có)"}
_SAYS_KIND = re.compile(r"\bbản (?:chính|gốc|sao|chụp|phô)", re.IGNORECASE)
_IS_FORM = re.compile(r"^(?:tờ khai|đơn|phiếu|bản khai|giấy đề nghị|văn bản đề nghị|mẫu|tờ trình)\b", re.IGNORECASE)
_GENERAL_HEADING = re.compile(
    r"^(?:các )?(?:thành ph[ầâ][nm]|bao gồm|gồm|giấy tờ (?:phải|xuất|cần)|các giấy tờ|số lượng|lưu ý|ghi chú|"
    r"\d+ bộ|nộp trực tiếp, trực tuyến)|^hồ sơ(?!.*(?:trường hợp|đối với))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2}")
_CASE_OPENING = re.compile(r"^(?:đối với trường hợp|đối với|trong trường hợp|trường hợp)\s+(?!\d)", re.IGNORECASE)
_CASE_CLOSING = re.compile(r",?\s*(?:thành phần )?hồ sơ (?:bao )?gồm$", re.IGNORECASE)
_CASE_THEN_PAPER = re.compile(
    r"^(?:trong )?trường hợp (?P<case>.{8,120}?),? "
    r"(?:thì )?(?:phải có|phải nộp|nộp thêm|nộp|thì có|cần có) (?P<paper>.+)$",
    re.IGNORECASE,
)
_CASES = "Chỉ khi thuộc trường hợp sau"
DEPENDS = re.compile(r"trường hợp|\bnếu\b|\bđối với\b|không phải nộp|thay thế", re.IGNORECASE)


class Line(msgspec.Struct, frozen=True):
    """A line of the first message, and what may serve instead of the paper, where there is room to say it."""

    text: str
    instead: str = ""

    @property
    def full(self) -> str:
        return f"{self.text}{self.instead}"


class PapersInWords(msgspec.Struct, frozen=True):
    """Lines of the first message. `uncounted` papers have no name short enough to be a line."""

    everybody: tuple[Line, ...] = ()
    cases: tuple[Line, ...] = ()
    looked_up: str = ""
    uncounted: int = 0
    are_shortened: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.everybody or self.cases or self.uncounted)


# The first message


def in_words(known: KnownProcedure) -> PapersInWords:
    if known.checklist is not None and known.checklist.papers:
        return _of_checklist(known.checklist)
    return _of_record(known.procedure)


def _of_checklist(checklist: Checklist) -> PapersInWords:
    brought = [paper for paper in checklist.papers if paper.use is not PaperUse.LOOKED_UP]
    looked_up = [paper.name for paper in checklist.papers if paper.use is PaperUse.LOOKED_UP and not paper.when]
    by_case: dict[str, list[PlainPaper]] = {}
    for paper in brought:
        if _has_case(paper):
            by_case.setdefault(paper.when, []).append(paper)
    return PapersInWords(
        everybody=tuple(Line(capitalised(_named(paper)), _instead(paper)) for paper in brought if not _has_case(paper)),
        cases=tuple(_plain_case(case, papers) for case, papers in by_case.items()),
        looked_up="; ".join(looked_up),
    )


def _plain_case(case: str, papers: list[PlainPaper]) -> Line:
    """The papers of one case; what may serve instead is said only where the case has a single paper."""
    text = f"{capitalised(case)}: {'; '.join(map(_named, papers))}"
    return Line(text, _instead(papers[0]) if len(papers) == 1 else "")


def _has_case(paper: PlainPaper) -> bool:
    return bool(paper.when) and paper.when not in _IF_ANY


def _named(paper: PlainPaper) -> str:
    remarks = [quantity(paper.name, paper.originals, paper.copies)]
    if paper.use is PaperUse.SHOW:
        remarks.append("để cán bộ xem")
    if paper.when in _IF_ANY:
        remarks.append("nếu có")
    return _remarked(paper.name, remarks)


def _instead(paper: PlainPaper) -> str:
    return f". Hoặc: {prose.plain(paper.instead)}" if paper.instead else ""


def _remarked(name: str, remarks: Iterable[str]) -> str:
    said = ", ".join(filter(None, remarks))
    if name.endswith(")"):
        return f"{name}, {said}" if said else name
    return f"{name} ({said})" if said else name


def quantity(name: str, originals: int, copies: int) -> str:
    """As in "2 bản chính, 1 bản sao"; a name that says the kind itself only gets a number above one."""
    if _SAYS_KIND.search(name) or _IS_FORM.match(name):
        count = max(originals, copies)
        return f"{count} bản" if count > 1 else ""
    if not copies:
        return "bản chính" if originals == 1 else f"{originals} bản chính" if originals else ""
    if not originals:
        return "bản sao" if copies == 1 else f"{copies} bản sao"
    return f"{originals} bản chính, {copies} bản sao"


def _of_record(procedure: Procedure) -> PapersInWords:
    everybody: dict[str, None] = {}  # in order, each once: the same paper may stand in several groups
    cases: list[str] = []
    uncounted, are_shortened = 0, False
    for group in procedure.paper_groups:
        lines = [_published(paper, group.use) for paper in group.papers if not paper.is_note]
        are_shortened |= any(line.is_shortened for line in lines)
        if case := case_of(group):
            cases.extend(_case_line(case, lines))
            continue
        uncounted += sum(not line.text for line in lines)
        everybody |= {line.text: None for line in lines if line.text and not line.case}
        cases += [f"{line.case}: {line.text}" for line in lines if line.text and line.case]
    return PapersInWords(
        everybody=tuple(map(Line, everybody)),
        cases=tuple(map(Line, cases)),
        uncounted=uncounted,
        are_shortened=are_shortened,
    )


class _Published(msgspec.Struct, frozen=True):
    text: str
    case: str = ""
    is_shortened: bool = False


def _published(paper: Paper, use: PaperUse | None) -> _Published:
    remarks = [quantity(prose.plain(paper.name), paper.originals, paper.copies)]
    if use is PaperUse.SHOW:
        remarks.append("để cán bộ xem")
    if (told := _CASE_THEN_PAPER.match(prose.plain(paper.name))) and (name := prose.short(told["paper"])):
        return _Published(_remarked(name, remarks), case=capitalised(told["case"]), is_shortened=name != told["paper"])
    name, rest = prose.shortened(paper.name)
    whole = prose.plain(paper.name)
    if name and rest and _DEPENDS.search(rest):
        remarks.append("tùy trường hợp")
    if not name and len(whole) <= WHOLE_LETTERS and prose.is_sound(whole):
        name = whole
    return _Published(capitalised(_remarked(name, remarks)) if name else "", is_shortened=len(rest) > 0)


def case_of(group: PaperGroup) -> str:
    """The case a group of papers is for; "" when its heading only says that papers follow."""
    heading = prose.plain(group.heading)
    if not _WORD.search(heading) or _GENERAL_HEADING.match(heading):
        return ""
    case = _CASE_CLOSING.sub("", _CASE_OPENING.sub("", heading))
    return capitalised(prose.short(case, MANY_LETTERS) or "Trường hợp khác")


def _case_line(case: str, lines: list[_Published]) -> Iterator[str]:
    if not lines:
        return
    named = "; ".join(line.text for line in lines)
    is_short = all(line.text for line in lines) and len(named) <= MANY_LETTERS
    yield f"{case}: {named}" if is_short else f"{case}: {len(lines)} giấy tờ"


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
    for line in sorted((*papers.everybody, *papers.cases), key=lambda line: "trực tuyến" in line.instead):
        if line.instead and len(line.instead) <= left and any(line.text in section.lines for section in sections):
            sections = tuple(_with(section, line) for section in sections)
            left -= len(line.instead)
    return sections


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
        Section(_closing(papers, left), listed=False),
    )
    return tuple(section for section in sections if section.lines)


def _left_out(papers: int, cases: int) -> str:
    said = ", ".join([*([f"{papers} giấy tờ"] if papers else []), *([f"{cases} trường hợp"] if cases else [])])
    return f"Còn {said} nữa: xem “Tất cả giấy tờ”." if said else ""


def _closing(papers: PapersInWords, left: str) -> tuple[str, ...]:
    if papers.is_empty:
        return (NONE_STATED,)
    hint = SHORTENED if papers.are_shortened and not left else ""
    looked_up = f"Cán bộ tự tra, bạn không phải nộp: {papers.looked_up}." if papers.looked_up else ""
    return tuple(filter(None, (left, hint, looked_up)))


# All papers


def all_sections(known: KnownProcedure) -> tuple[Section, ...]:
    """Every paper as published, under its heading, notes folded to the end; our plain list first where there is one."""
    plain = _plain_sections(known.checklist) if known.checklist else ()
    published = tuple(_group_sections(known.procedure.paper_groups))
    if known.procedure.is_starter:
        return plain or published
    notes = tuple(
        _quoted(paper.name) for group in known.procedure.paper_groups for paper in group.papers if paper.is_note
    )
    folded = (Section(notes, label="Ghi chú của danh mục"),) if notes else ()
    official = (Section((), label="Đầy đủ theo danh mục quốc gia"),) if plain and published else ()
    return (*plain, *official, *published, *folded)


def _plain_sections(checklist: Checklist) -> tuple[Section, ...]:
    papers = _of_checklist(checklist)
    looked_up = (papers.looked_up,) if papers.looked_up else ()
    sections = (
        Section(tuple(line.full for line in papers.everybody), label="Mang theo"),
        Section(tuple(line.full for line in papers.cases), label=CASES),
        Section(looked_up, label="Cán bộ tự tra, bạn không phải nộp"),
    )
    return tuple(section for section in sections if section.lines)


def _group_sections(groups: Iterable[PaperGroup]) -> Iterator[Section]:
    for group in groups:
        lines = tuple(_full_line(paper) for paper in group.papers if not paper.is_note)
        if lines:
            yield Section(lines, label=prose.spelled_out(group.heading.strip(" *-:")))


def _full_line(paper: Paper) -> str:
    return _remarked(_quoted(paper.name), [quantity(prose.plain(paper.name), paper.originals, paper.copies)])


def _quoted(text: str) -> str:
    return capitalised(prose.plain(text))


def form_files(procedure: Procedure) -> tuple[str, ...]:
    """The names of attached form files with the paper each belongs to."""
    papers = {paper.name: paper for group in procedure.paper_groups for paper in group.papers if paper.forms}
    return tuple(
        f"{capitalised(prose.short(name) or prose.plain(name))}: tệp {', '.join(paper.forms)}"
        for name, paper in papers.items()
    )
