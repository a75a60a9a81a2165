"""The rest of a procedure in words: steps, conditions, result, forms, filing online, law."""

import re

from bot.answers.wording import papers, prose
from bot.answers.wording.amounts import capitalised, day
from bot.answers.wording.section import Section
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Channel, Decision

NO_STEPS = "Danh mục chưa ghi các bước; hỏi nơi nộp trước khi đi."
SHUFFLED = (
    "Các bước trong danh mục quốc gia bị lỗi chữ ở bản gốc; xem trên Cổng Dịch vụ công quốc gia hoặc hỏi nơi nộp."
)
NO_CONDITIONS = "Danh mục không ghi điều kiện riêng."
NO_RESULT = "Danh mục chưa ghi kết quả nhận được; hỏi nơi nộp."
NO_FORMS = "Danh mục không kèm mẫu đơn; xin mẫu ở nơi nộp."
NOT_ONLINE = "Danh mục quốc gia không ghi cách nộp trực tuyến; bạn nộp hồ sơ giấy."
ONLINE = "Vào Cổng Dịch vụ công quốc gia (dichvucong.gov.vn), đăng nhập bằng tài khoản VNeID rồi mở thủ tục này."
WHOLLY_ONLINE = "Làm trực tuyến được từ đầu đến cuối."
NO_LAW = "Danh mục chưa ghi văn bản pháp luật."
NO_SUBJECTS = "Danh mục chưa ghi ai được làm thủ tục này; hỏi nơi nộp."

_NO_CONDITIONS = re.compile(r"(?:không(?: có| quy định| yêu cầu)?|\W)*", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:số\s*:?\s*)+", re.IGNORECASE)
_FORM_NAMED = re.compile(r"\bmẫu\b|tờ khai|\bđơn\b", re.IGNORECASE)


def steps(known: KnownProcedure) -> tuple[str, ...]:
    if known.checklist and known.checklist.steps:
        return known.checklist.steps
    texts = [
        step.text if not step.name else f"{step.name.rstrip('.: ')}: {step.text}" for step in known.procedure.steps
    ]
    if not all(map(prose.is_sound, texts)):
        return (SHUFFLED,)
    return tuple(map(capitalised, prose.steps(texts))) or (NO_STEPS,)


def conditions(known: KnownProcedure) -> tuple[str, ...]:
    if known.checklist and known.checklist.conditions:
        return known.checklist.conditions
    if not has_conditions(known):
        return (NO_CONDITIONS,)
    return tuple(capitalised(prose.unmarked(line)) for line in prose.lines(known.procedure.conditions))


def has_conditions(known: KnownProcedure) -> bool:
    ours = known.checklist is not None and bool(known.checklist.conditions)
    return ours or not _NO_CONDITIONS.fullmatch(known.procedure.conditions)


def result(known: KnownProcedure) -> tuple[str, ...]:
    if known.checklist and known.checklist.result:
        return (f"{known.checklist.result.rstrip('.')}.",)
    return tuple(f"{capitalised(prose.plain(name))}." for name in known.procedure.results) or (NO_RESULT,)


def forms(known: KnownProcedure) -> tuple[str, ...]:
    """Attached form files; else the papers that name a form."""
    attached = papers.form_files(known.procedure)
    if attached:
        return attached
    named = known.checklist.papers if known.checklist else ()
    lines = tuple(f"{paper.name}." for paper in named if _FORM_NAMED.search(paper.name))
    return (*lines, NO_FORMS)


def online(known: KnownProcedure) -> tuple[str, ...]:
    if Channel.ONLINE not in {row.channel for row in known.procedure.channels}:
        return (NOT_ONLINE,)
    return (ONLINE, *((WHOLLY_ONLINE,) if known.procedure.is_full_process else ()))


def who(known: KnownProcedure) -> tuple[str, ...]:
    return tuple(map(capitalised, known.procedure.subjects)) or (NO_SUBJECTS,)


def law(known: KnownProcedure) -> tuple[str, ...]:
    cited = (": ".join(filter(None, (basis.number, basis.name))) for basis in known.procedure.legal_bases)
    return tuple(dict.fromkeys(map(prose.plain, cited))) or (NO_LAW,)


def source(known: KnownProcedure) -> str:
    """What an answer rests on: "Theo Quyết định 163/QĐ-BTP · dữ liệu đến 18/07/2026"."""
    decision = known.procedure.decision
    ground = (
        f"Theo Quyết định {decision_number(decision)}"
        if decision
        else "Theo Cơ sở dữ liệu quốc gia về thủ tục hành chính"
    )
    return f"{ground} · dữ liệu đến {day(known.procedure.data_day)}"


def decision_number(decision: Decision) -> str:
    """The number without the words and spaces some publishers type before it ("SỐ 64/QĐ-NHNN")."""
    return re.sub(r"\s+", "", _NUMBERED.sub("", decision.number.strip()))


def section(lines: tuple[str, ...], label: str = "") -> tuple[Section, ...]:
    return (Section(lines, label),)
