"""What of our own became old when the rules changed: plain words, wordings, fee rules, posters and FAQ entries, with
the reason.

Nothing is changed by itself: a person reads, mends and publishes.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from knowledge.catalogue import checklists, everything_on, patched_on
from knowledge.faq.stale import old_faqs
from knowledge.fee_rules import FeeRule
from knowledge.folding import CityLayer, Folded
from knowledge.layer_store import fee_rules
from knowledge.procedure import Checklist, Decision, Procedure, Value
from knowledge.starter import load_starter
from knowledge.what_changed import field_name
from knowledge.wordings import Wordings
from knowledge.words.indexing import wordings_in
from knowledge.words.published import published_words
from knowledge.words.word import StaffWord

_RESTATED = {"paper_groups", "steps", "conditions", "results"}  # fields of the record that plain words restate


class Ours(StrEnum):
    PLAIN_WORDS = "plain_words"
    WORDING = "wording"
    FEE_RULE = "fee_rule"
    POSTER = "poster"
    FAQ = "faq"


class Stale(Value, frozen=True):
    """One thing to look at. `what` names it, `reason` says in Vietnamese why."""

    kind: Ours
    code: str
    what: str
    reason: str


def stale_on(session: Session, day: date, wordings: Wordings) -> list[Stale]:
    """Everything to look at as of a day, by kind and code."""
    return in_order([*stale_in(session, everything_on(session, day), wordings), *stale_of_staff(session, day)])


def stale_in(session: Session, everything: Iterable[Folded], wordings: Wordings) -> list[Stale]:
    """What hangs on the catalogue and its layers alone; `everything` is what `everything_on` reads."""
    folded = {each.procedure.code: each for each in everything}
    plain = checklists(session)
    written = {procedure.code: procedure for procedure in load_starter().procedures}
    return [
        *_plain_words(folded, plain, written),
        *_wordings(folded, wordings),
        *_fee_rules(folded, fee_rules(session)),
        *_posters(folded),
    ]


def stale_of_staff(session: Session, day: date) -> list[Stale]:
    """Words and FAQ entries: only a decision ends what they are about, so the catalogue need not be read."""
    words = wordings_in(published_words(session).values())
    return [*_staff_words(patched_on(session, day) if words else {}, words), *_faqs(session)]


def in_order(stale: Iterable[Stale]) -> list[Stale]:
    return sorted(stale, key=lambda each: (list(Ours).index(each.kind), each.code))


def _plain_words(
    folded: Mapping[str, Folded], plain: Mapping[str, Checklist], written: Mapping[str, Procedure]
) -> Iterator[Stale]:
    for code, checklist in plain.items():
        for reason in _why_old(folded.get(code), written.get(code)):
            yield Stale(kind=Ours.PLAIN_WORDS, code=code, what=checklist.name, reason=reason)


def _why_old(folded: Folded | None, written: Procedure | None) -> Iterator[str]:
    """`written` is the record that the words were written from, where they are those that come with motcua."""
    if folded is None:
        yield "danh mục không còn thủ tục này"
        return
    city, record = folded.city, folded.procedure
    if city.ended:
        fate = f"được thay bằng {city.ended.successor}" if city.ended.successor else "bị bãi bỏ"
        yield f"{fate} từ {city.ended.since:%d/%m/%Y}{_by(city.ended.decision)}"
        return
    if city.time:
        yield f"thời hạn theo quyết định mới từ {city.time.since:%d/%m/%Y}{_by(city.time.decision)}"
    for field in sorted(_RESTATED & set(city.patched)):
        ground = city.patched[field]
        yield f"{field_name(field).lower()} theo quyết định mới từ {ground.since:%d/%m/%Y}{_by(ground.decision)}"
    if city.amended and city.amended.since > record.data_day:
        yield f"thủ tục sửa đổi từ {city.amended.since:%d/%m/%Y}{_by(city.amended.decision)}"
    if written and not city.patched and _number(written) != _number(record):
        yield f"viết theo Quyết định {_number(written)}, danh mục nay theo {_number(record)}"


def _wordings(folded: Mapping[str, Folded], wordings: Wordings) -> Iterator[Stale]:
    for worded in wordings.procedures.values():
        each = folded.get(worded.code)
        if each is not None and each.city.ended:
            ended = each.city.ended
            reason = f"thủ tục hết hiệu lực từ {ended.since:%d/%m/%Y}{_by(ended.decision)}"
            yield Stale(kind=Ours.WORDING, code=worded.code, what=worded.name, reason=reason)


def _staff_words(folded: Mapping[str, Folded], words: Iterable[StaffWord]) -> Iterator[Stale]:
    for word in words:
        each = folded.get(word.text.means)
        if each is not None and each.city.ended:
            reason = f"thủ tục hết hiệu lực từ {each.city.ended.since:%d/%m/%Y}{_by(each.city.ended.decision)}"
            yield Stale(kind=Ours.WORDING, code=word.text.means, what=f"{word.text.said} ({word.code})", reason=reason)


def _faqs(session: Session) -> Iterator[Stale]:
    for entry, reason in old_faqs(session):
        yield Stale(kind=Ours.FAQ, code=entry.code, what=entry.text.title, reason=reason)


def _fee_rules(folded: Mapping[str, Folded], rules: Iterable[FeeRule]) -> Iterator[Stale]:
    for rule in rules:
        for code in rule.codes:
            reason = _why_old_fee(folded[code].city, rule.valid_from) if code in folded else ""
            if reason:
                yield Stale(kind=Ours.FEE_RULE, code=code, what=rule.key, reason=reason)


def _why_old_fee(city: CityLayer, valid_from: date | None) -> str:
    if city.ended:
        return f"mức thu còn áp dụng cho mã đã hết hiệu lực từ {city.ended.since:%d/%m/%Y}"
    if city.fee and (valid_from is None or city.fee.since > valid_from):
        return f"quyết định mới ghi mức thu từ {city.fee.since:%d/%m/%Y}{_by(city.fee.decision)}: cần so lại"
    return ""


def _posters(folded: Mapping[str, Folded]) -> Iterator[Stale]:
    """A scanned poster opens today's rule all the same; what is printed on it is old."""
    for code, each in folded.items():
        if not each.procedure.is_commune:
            continue
        if each.city.ended:
            reason = f"áp phích in thủ tục hết hiệu lực từ {each.city.ended.since:%d/%m/%Y}"
            yield Stale(kind=Ours.POSTER, code=code, what=each.procedure.name, reason=reason)
        elif renamed := each.city.patched.get("name"):
            reason = f"áp phích in tên cũ; tên mới từ {renamed.since:%d/%m/%Y}{_by(renamed.decision)}"
            yield Stale(kind=Ours.POSTER, code=code, what=each.procedure.name, reason=reason)


def _by(decision: Decision) -> str:
    return f" (Quyết định {decision.number})" if decision.number else ""


def _number(procedure: Procedure) -> str:
    return procedure.decision.number.strip() if procedure.decision else "(không ghi)"
