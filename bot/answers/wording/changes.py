"""What changed or will change about a procedure, each with its day and decision."""

from collections.abc import Iterator

from bot.answers.facts import Facts
from bot.answers.succession import Why
from bot.answers.wording import prose, times
from bot.answers.wording.amounts import day
from knowledge.catalogue import KnownProcedure
from knowledge.folding import Ended
from knowledge.patches import Patch, PatchStatus
from knowledge.procedure import Decision

MOST_COMING = 2  # in a message: later ones are on the page
NO_LONGER = "Không nộp hồ sơ theo thủ tục này nữa; hỏi Trung tâm Phục vụ hành chính công việc bạn cần làm."


def notices(known: KnownProcedure, facts: Facts) -> tuple[str, ...]:
    """Sentences before the answer: whose place it takes, as of which day it is, what was amended, what is coming."""
    return (
        *_instead(known, facts),
        *_as_of(known, facts),
        *_amended(known),
        *(f"{said}." for said in map(coming, known.city.coming[:MOST_COMING])),
    )


def ended(how: Ended, *, what: str = "Thủ tục này") -> str:
    fate = f"đã được thay bằng thủ tục mã {how.successor}" if how.successor else "đã bị bãi bỏ"
    return f"{what} {fate} từ {day(how.since)}{by(how.decision)}."


def coming(patch: Patch) -> str:
    """One row of a decision whose day is still to come: "Từ 01/03/2027: thủ tục này bị bãi bỏ, theo Quyết định …"."""
    return f"Từ {day(patch.effective)}: {_told(patch)}{by(patch.decision, before=', theo')}"


def by(decision: Decision, *, before: str = " theo") -> str:
    return f"{before} Quyết định {decision.number}" if decision.number else ""


def _told(patch: Patch) -> str:
    if patch.status is PatchStatus.REPEALED:
        return "thủ tục này bị bãi bỏ"
    if patch.status is PatchStatus.REPLACED:
        return f"thay bằng thủ tục mã {patch.successor}"
    if patch.states_time:
        time = times.both(patch.time_statutory, patch.time_shortened)
        return f"thời hạn {time[:1].lower()}{time[1:]}"  # "Ngay trong ngày" goes on in a sentence
    return "có hiệu lực" if patch.status is PatchStatus.NEW else "thủ tục này có sửa đổi"


def _instead(known: KnownProcedure, facts: Facts) -> Iterator[str]:
    instead = facts.instead.get(known.procedure.code)
    if instead is None:
        return
    asked = instead.asked
    how = asked.city.ended
    if instead.why is Why.REPLACED and how:
        name = prose.short(asked.plain_name) or f"mã {asked.procedure.code}"
        yield f"Thay cho “{name}” (mã {asked.procedure.code}), hết hiệu lực từ {day(how.since)}{by(how.decision)}."
    else:
        yield f"Ở Hải Phòng áp dụng thủ tục riêng của thành phố, không theo mã chung {asked.procedure.code}."


def _as_of(known: KnownProcedure, facts: Facts) -> Iterator[str]:
    if not facts.is_as_of:
        return
    decision = known.procedure.decision
    yield f"Theo quy định của ngày {day(facts.day)}."
    if decision and decision.day and decision.day > facts.day:
        yield f"Dữ liệu chỉ có bản theo Quyết định ngày {day(decision.day)}; quy định trước đó, hỏi nơi nộp."


def _amended(known: KnownProcedure) -> Iterator[str]:
    """That the papers shown are older than an amendment, unless the decision stated them itself."""
    amended = known.city.amended
    is_older = amended is not None and amended.since > known.procedure.data_day
    if amended and is_older and "paper_groups" not in known.city.patched:
        yield (
            f"Thủ tục này được sửa đổi từ {day(amended.since)}{by(amended.decision)}; giấy tờ ghi ở đây theo bản "
            "trước, hỏi lại nơi nộp trước khi đi."
        )
