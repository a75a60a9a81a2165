"""Which papers to bring, in words: for everybody, by case, and those that the office looks up itself."""

import re
from collections.abc import Iterable

import msgspec

from bot.answers.wording import prose
from bot.answers.wording.amounts import capitalised
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Checklist, Paper, PaperGroup, PaperUse, PlainPaper, Procedure

BRING = "Mang theo"
CASES_ALONE = "Giấy tờ tùy trường hợp của bạn"
OTHER_CASES = "Trường hợp khác có giấy tờ riêng"
COUNTED = "Giấy tờ của từng trường hợp: xem “Tất cả giấy tờ”."
SHORTENED = "Có tên giấy tờ được viết gọn: đọc đủ ở “Tất cả giấy tờ” trước khi đi."
SHOWN = "để cán bộ xem"
MANY_LETTERS = 200  # a case whose papers take more than this is named with their number only
FIRST_CASE_LETTERS = 450  # the papers of the first case, where every case has its own
WHOLE_LETTERS = 240  # a name without a sensible border is shown whole up to this, else only counted

_IF_ANY = {"nếu có", "có", "(nếu có)"}
_SAYS_KIND = re.compile(r"\bbản (?:chính|gốc|sao|chụp|phô)", re.IGNORECASE)
FORM = re.compile(r"^(?:tờ khai|đơn|phiếu|bản khai|giấy đề nghị|văn bản đề nghị|mẫu|tờ trình)\b", re.IGNORECASE)
_GENERAL_HEADING = re.compile(
    r"^(?:các )?(?:thành ph[ầâ][nm]|bao gồm|gồm|giấy tờ (?:phải|xuất|cần)|các giấy tờ|số lượng|lưu ý|ghi chú|"
    r"\d+ bộ|nộp trực tiếp, trực tuyến|theo quy định (?:tại|của)[^:]*(?:cụ thể|như sau)?$)|"
    r"^hồ sơ(?!.*(?:trường hợp|đối với))",
    re.IGNORECASE,
)
_NO_PAPER = re.compile(r"^(?:số lượng|lưu ý|ghi chú|thành phần hồ sơ)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2}")
_CASE_OPENING = re.compile(r"^(?:đối với trường hợp|đối với|trong trường hợp|trường hợp)\s+(?!\d)", re.IGNORECASE)
_CASE_CLOSING = re.compile(r",?\s*(?:(?:thành phần )?hồ sơ )?\b(?:bao )?gồm$", re.IGNORECASE)
_CONSEQUENCE = re.compile(r",?\s(?:thì )?(?:phải (?:làm|thực hiện)|hồ sơ (?:bao )?gồm)\b", re.IGNORECASE)
_CASE_THEN_PAPER = re.compile(
    r"^(?:đối với trường hợp|trong trường hợp|trường hợp|đối với) (?P<case>.{8,120}?),? "
    r"(?:thì )?(?:phải có|phải nộp|nộp thêm|nộp|thì có|cần có) (?P<paper>.+)$",
    re.IGNORECASE,
)
_CITATION = re.compile(r"[\s,(]*(?:được )?(?:ban hành|quy định|theo|kèm)\b[^.;]*[.;)]*", re.IGNORECASE)
_DEPENDS = re.compile(r"trường hợp|\bnếu\b|\bđối với\b|không phải nộp|thay thế", re.IGNORECASE)


class Line(msgspec.Struct, frozen=True):
    """A line of the first message, and what may serve instead of the paper, where there is room to say it."""

    text: str
    instead: str = ""

    @property
    def full(self) -> str:
        return f"{self.text}{self.instead}"

    @property
    def may_lack(self) -> bool:
        """Whether what serves instead helps somebody without the paper: a form is at the counter, what is only shown
        one has."""
        is_at_hand = SHOWN in self.text or FORM.match(self.text) is not None
        return bool(self.instead) and not is_at_hand and "trực tuyến" not in self.instead


class PapersInWords(msgspec.Struct, frozen=True):
    """Lines of the first message. `uncounted` papers have no name short enough to be a line."""

    everybody: tuple[Line, ...] = ()
    cases: tuple[Line, ...] = ()
    looked_up: str = ""
    uncounted: int = 0
    hint: str = ""  # what the lines themselves leave unsaid
    label: str = BRING
    cases_label: str = ""  # "" for the usual one

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
        remarks.append(SHOWN)
    if paper.when in _IF_ANY:
        remarks.append("nếu có")
    return remarked(paper.name, remarks)


def _instead(paper: PlainPaper) -> str:
    return f". Hoặc: {prose.plain(paper.instead)}" if paper.instead else ""


def remarked(name: str, remarks: Iterable[str]) -> str:
    said = ", ".join(filter(None, remarks))
    if name.endswith(")"):
        return f"{name}, {said}" if said else name
    return f"{name} ({said})" if said else name


def quantity(name: str, originals: int, copies: int) -> str:
    """As in "2 bản chính, 1 bản sao"; a name that says the kind itself only gets a number above one."""
    if _SAYS_KIND.search(name) or FORM.match(name):
        count = max(originals, copies)
        return f"{count} bản" if count > 1 else ""
    if not copies:
        return "bản chính" if originals == 1 else f"{originals} bản chính" if originals else ""
    if not originals:
        return "bản sao" if copies == 1 else f"{copies} bản sao"
    return f"{originals} bản chính, {copies} bản sao"


def _of_record(procedure: Procedure) -> PapersInWords:
    everybody: dict[str, None] = {}  # in order, each once: the same paper may stand in several groups
    cases: list[_Case] = []
    uncounted, hint = 0, ""
    for group in procedure.paper_groups:
        lines = [_published(paper, group.use) for paper in group.papers if _is_paper(paper)]
        case = case_of(group)
        if case and lines:
            cases.append(_Case(case, tuple(line.text for line in lines)))
            continue
        uncounted += sum(not line.text for line in lines)
        everybody |= {line.text: None for line in lines if line.text and not line.case}
        cases += [_Case(line.case, (line.text,)) for line in lines if line.text and line.case]
        hint = hint or (SHORTENED if any(line.is_shortened for line in lines) else "")
    forms_first = tuple(map(Line, sorted(everybody, key=lambda text: FORM.match(text) is None)))
    if cases and not forms_first and not any(case.is_short for case in cases):
        return _by_case(cases, uncounted)
    return PapersInWords(
        everybody=forms_first,
        cases=tuple(Line(case.told) for case in cases),
        uncounted=uncounted,
        hint=hint if all(case.is_short for case in cases) else COUNTED,
    )


class _Case(msgspec.Struct, frozen=True):
    """A case with its papers, "" for those without a short name."""

    name: str
    papers: tuple[str, ...]

    @property
    def is_short(self) -> bool:
        return all(self.papers) and len("; ".join(self.papers)) <= MANY_LETTERS

    @property
    def told(self) -> str:
        """The papers by name if they are few and short, else their number."""
        return f"{self.name}: {'; '.join(self.papers) if self.is_short else f'{len(self.papers)} giấy tờ'}"


def _by_case(cases: list[_Case], uncounted: int) -> PapersInWords:
    """Where every case has papers of its own, too many to list: those of the first, which publishers begin with
    because it is the usual one, if they have short names; and what the other cases are."""
    first, *others = cases
    is_told = not others or (all(first.papers) and len("; ".join(first.papers)) <= FIRST_CASE_LETTERS)
    names = dict.fromkeys(case.name for case in (others if is_told else cases))
    return PapersInWords(
        everybody=tuple(map(Line, filter(None, dict.fromkeys(first.papers)))) if is_told else (),
        label=f"{BRING}, nếu là: {first.name}" if is_told else BRING,
        cases=tuple(map(Line, names)),
        cases_label=OTHER_CASES if is_told else CASES_ALONE,
        uncounted=uncounted + (first.papers.count("") if is_told else 0),
        hint=COUNTED,
    )


def _is_paper(paper: Paper) -> bool:
    """Remarks pose as papers, most with no quantity, some with one."""
    return not paper.is_note and not _NO_PAPER.match(prose.plain(paper.name))


class _Published(msgspec.Struct, frozen=True):
    text: str
    case: str = ""
    is_shortened: bool = False


def _published(paper: Paper, use: PaperUse | None) -> _Published:
    whole = prose.plain(paper.name)
    if (told := _CASE_THEN_PAPER.match(whole)) and (name := prose.short(told["paper"])):
        text = remarked(name, _remarks(name, paper, use))
        return _Published(text, case=capitalised(told["case"]), is_shortened=name != told["paper"])
    name, rest = prose.shortened(paper.name)
    remarks = _remarks(whole, paper, use)
    if name and rest and _DEPENDS.search(rest):
        remarks.append("tùy trường hợp")
    if not name and len(whole) <= WHOLE_LETTERS and prose.is_sound(whole):
        name = whole
    text = capitalised(remarked(name, remarks)) if name else ""
    return _Published(text, is_shortened=bool(rest) and _CITATION.fullmatch(rest) is None)


def _remarks(name: str, paper: Paper, use: PaperUse | None) -> list[str]:
    return [quantity(name, paper.originals, paper.copies), *([SHOWN] if use is PaperUse.SHOW else [])]


def case_of(group: PaperGroup) -> str:
    """The case a group of papers is for; "" when its heading only says that papers follow."""
    heading = prose.plain(group.heading)
    is_remark = heading.startswith("(") and heading.endswith(")") and len(heading) > MANY_LETTERS
    if not _WORD.search(heading) or _GENERAL_HEADING.match(heading) or is_remark:
        return ""
    case = _CASE_CLOSING.sub("", _CASE_OPENING.sub("", heading))
    return capitalised(prose.short(case, MANY_LETTERS) or _beginning(case))


def _beginning(case: str) -> str:
    """The first words of a long condition, up to where its consequence begins or as many as name it."""
    condition = _CONSEQUENCE.split(case)[0]
    if len(condition) <= MANY_LETTERS:
        return condition.rstrip(" ,;:")
    return f"{condition[:MANY_LETTERS].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
