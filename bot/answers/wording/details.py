"""The rest of a procedure in words: steps, conditions, result, forms, filing online, law."""

import re

from bot.answers.wording import all_papers, prose
from bot.answers.wording.amounts import capitalised, day
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Channel, Decision, LegalBasis

NO_STEPS = "Danh mục chưa ghi các bước; hỏi nơi nộp trước khi đi."
SHUFFLED = (
    "Các bước trong danh mục quốc gia bị lỗi chữ ở bản gốc; xem trên Cổng Dịch vụ công quốc gia hoặc hỏi nơi nộp."
)
NO_CONDITIONS = "Danh mục không ghi điều kiện riêng."
NO_RESULT = "Danh mục chưa ghi kết quả nhận được; hỏi nơi nộp."
NO_FORMS = "Danh mục không kèm mẫu đơn; xin mẫu ở nơi nộp."
NOT_ONLINE = "Danh mục quốc gia không ghi cách nộp trực tuyến; bạn nộp hồ sơ giấy."
ONLINE = "Nộp được trên Cổng Dịch vụ công quốc gia (dichvucong.gov.vn): mở trang của thủ tục này."
WHOLLY_ONLINE = "Làm trực tuyến được từ đầu đến cuối."
NO_LAW = "Danh mục chưa ghi văn bản pháp luật."
NO_SUBJECTS = "Danh mục chưa ghi ai được làm thủ tục này; hỏi nơi nộp."
NOTHING_STATED = {NO_STEPS, NO_CONDITIONS, NO_RESULT, NO_LAW, NO_SUBJECTS, SHUFFLED}  # words that leave one asking

_NO_CONDITIONS = re.compile(r"(?:không(?: có| quy định| yêu cầu)?|\W)*", re.IGNORECASE)
_PERSON = re.compile(r"công dân|người|cá nhân", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:quyết định\s*)?(?:số\s*:?\s*)*", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?/[\w./-]*\w")


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
    """Attached form files; else the papers that are forms."""
    attached = all_papers.form_files(known.procedure)
    return attached or (*(f"{name}." for name in all_papers.forms_named(known)), NO_FORMS)


def online(known: KnownProcedure) -> tuple[str, ...]:
    if Channel.ONLINE not in {row.channel for row in known.procedure.channels}:
        return (NOT_ONLINE,)
    return (ONLINE, *((WHOLLY_ONLINE,) if known.procedure.is_full_process else ()))


def who(known: KnownProcedure) -> tuple[str, ...]:
    """People before bodies."""
    subjects = sorted(known.procedure.subjects, key=lambda subject: not _PERSON.match(subject))
    return tuple(capitalised(prose.plain(subject)) for subject in subjects) or (NO_SUBJECTS,)


def law(known: KnownProcedure) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_cited, known.procedure.legal_bases))) or (NO_LAW,)


def _cited(basis: LegalBasis) -> str:
    """The name with its number, which many names already contain."""
    number, name = prose.plain(basis.number), prose.plain(basis.name)
    bare = _NUMBER.search(number)
    is_said = bare is not None and bare[0] in name
    return capitalised(name if is_said or not number else f"{name} ({number})" if name else number)


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
