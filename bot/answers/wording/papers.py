"""Which papers to bring, in words: for everybody, by case, and those that the office looks up itself."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from bot.answers.wording import prose
from bot.answers.wording.amounts import capitalised
from bot.answers.wording.section import Section, letters, whole_lines
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Checklist, Paper, PaperGroup, PaperUse, PlainPaper, Procedure

NONE_STATED = "Danh mục chưa ghi giấy tờ phải nộp; hỏi nơi nộp trước khi đi."
SHORTENED = "Có tên giấy tờ được viết gọn: đọc đủ ở “Tất cả giấy tờ” trước khi đi."
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
_DEPENDS = re.compile(r"trường hợp|\bnếu\b|\bđối với\b|không phải nộp|thay thế", re.IGNORECASE)


class PapersInWords(msgspec.Struct, frozen=True):
    """Lines of the first message. `uncounted` papers have no name short enough to be a line."""

    everybody: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    looked_up: str = ""
    uncounted: int = 0
    are_shortened: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.everybody or self.cases or self.uncounted)


# The first message


def in_words(known: KnownProcedure, *, brief: bool = False) -> PapersInWords:
    """`brief` leaves out what may serve instead."""
    if known.checklist is not None and known.checklist.papers:
        return _of_checklist(known.checklist, brief=brief)
    return _of_record(known.procedure)


def _of_checklist(checklist: Checklist, *, brief: bool) -> PapersInWords:
    brought = [paper for paper in checklist.papers if paper.use is not PaperUse.LOOKED_UP]
    looked_up = [paper.name for paper in checklist.papers if paper.use is PaperUse.LOOKED_UP and not paper.when]
    by_case: dict[str, list[str]] = {}
    for paper in brought:
        if _has_case(paper):
            by_case.setdefault(paper.when, []).append(plain_line(paper, brief=brief))
    return PapersInWords(
        everybody=tuple(capitalised(plain_line(paper, brief=brief)) for paper in brought if not _has_case(paper)),
        cases=tuple(f"{capitalised(case)}: {'; '.join(lines)}" for case, lines in by_case.items()),
        looked_up="; ".join(looked_up),
    )


def _has_case(paper: PlainPaper) -> bool:
    return bool(paper.when) and paper.when not in _IF_ANY


def plain_line(paper: PlainPaper, *, brief: bool = False) -> str:
    remarks = [quantity(paper.name, paper.originals, paper.copies)]
    if paper.use is PaperUse.SHOW:
        remarks.append("để cán bộ xem")
    if paper.when in _IF_ANY:
        remarks.append("nếu có")
    line = _remarked(paper.name, remarks)
    return line if brief or not paper.instead else f"{line}. Hoặc: {prose.plain(paper.instead)}"


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
        lines = [_record_line(paper, group.use) for paper in group.papers if not paper.is_note]
        are_shortened |= any(line.is_shortened for line in lines)
        if case := case_of(group):
            cases.extend(_case_line(case, lines))
            continue
        uncounted += sum(not line.text for line in lines)
        everybody |= {line.text: None for line in lines if line.text and not line.case}
        cases += [f"{line.case}: {line.text}" for line in lines if line.text and line.case]
    return PapersInWords(
        everybody=tuple(everybody), cases=tuple(cases), uncounted=uncounted, are_shortened=are_shortened
    )


class _Line(msgspec.Struct, frozen=True):
    text: str
    case: str = ""
    is_shortened: bool = False


def _record_line(paper: Paper, use: PaperUse | None) -> _Line:
    remarks = [quantity(prose.plain(paper.name), paper.originals, paper.copies)]
    if use is PaperUse.SHOW:
        remarks.append("để cán bộ xem")
    if (told := _CASE_THEN_PAPER.match(prose.plain(paper.name))) and (name := prose.short(told["paper"])):
        return _Line(_remarked(name, remarks), case=capitalised(told["case"]), is_shortened=name != told["paper"])
    name, rest = prose.shortened(paper.name)
    whole = prose.plain(paper.name)
    if name and rest and _DEPENDS.search(rest):
        remarks.append("tùy trường hợp")
    if not name and len(whole) <= WHOLE_LETTERS and prose.is_sound(whole):
        name = whole
    return _Line(capitalised(_remarked(name, remarks)) if name else "", is_shortened=len(rest) > 0)


def case_of(group: PaperGroup) -> str:
    """The case a group of papers is for; "" when its heading only says that papers follow."""
    heading = prose.plain(group.heading)
    if not _WORD.search(heading) or _GENERAL_HEADING.match(heading):
        return ""
    case = _CASE_CLOSING.sub("", _CASE_OPENING.sub("", heading))
    return capitalised(prose.short(case, MANY_LETTERS) or "Trường hợp khác")


def _case_line(case: str, lines: list[_Line]) -> Iterator[str]:
    if not lines:
        return
    named = "; ".join(line.text for line in lines)
    is_short = all(line.text for line in lines) and len(named) <= MANY_LETTERS
    yield f"{case}: {named}" if is_short else f"{case}: {len(lines)} giấy tờ"


def fitted(papers: PapersInWords, room: int) -> tuple[Section, ...]:
    """The sections of the first message within a room of letters: whole lines, and how many were left out."""
    everybody = whole_lines(papers.everybody, room)
    room -= letters(everybody)
    is_cut = len(everybody) < len(papers.everybody)
    cases = () if is_cut else whole_lines(papers.cases, room)
    left_papers = len(papers.everybody) - len(everybody) + papers.uncounted
    left = _left_out(left_papers, len(papers.cases) - len(cases))
    sections = [
        Section(everybody, label="Mang theo"),
        Section(cases, label="Chỉ khi thuộc trường hợp sau" if everybody else "Mang theo, tùy trường hợp của bạn"),
        Section(_closing(papers, left), listed=False),
    ]
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
    papers = _of_checklist(checklist, brief=False)
    looked_up = (papers.looked_up,) if papers.looked_up else ()
    sections = (
        Section(papers.everybody, label="Mang theo"),
        Section(papers.cases, label="Chỉ khi thuộc trường hợp sau"),
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
