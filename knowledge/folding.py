"""How the city's decisions lie over the national record on a day (ADR 12).

Patches are kept apart from the record, so that neither the order in which decisions are read nor a new copy of the
catalogue can lose one: what is the rule on a day is folded anew at every reading.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from knowledge.patches import Patch, PatchStatus
from knowledge.procedure import Checklist, Decision, LegalBasis, PaperGroup, Procedure, Step, Value

NOT_STATED = "?"  # issuer code of a procedure that only a decision names: no ministry's, no province's


class Ground(Value, frozen=True):
    """Why something is said: the decision, and the first day of it."""

    decision: Decision
    since: date


class Stated(Ground, frozen=True):
    """What the city's decision says in a field."""

    text: str


class StatedTime(Ground, frozen=True):
    """The two time limits of a decision; `statutory` is "" where a younger national record says it."""

    statutory: str = ""
    shortened: str = ""


class Ended(Ground, frozen=True):
    """From when and by what a procedure is no longer the rule; `successor` is "" for a mere repeal."""

    successor: str = ""


class CityLayer(Value, frozen=True):
    """What the city's decisions lay over the national record on a day, each field with its ground.

    `patched` names the fields of the record itself that a decision stated ("name"); `coming` are the rows whose day is
    still to come, soonest first.
    """

    time: StatedTime | None = None
    fee: Stated | None = None
    place: Stated | None = None
    online: Stated | None = None
    patched: dict[str, Ground] = msgspec.field(default_factory=dict)
    ended: Ended | None = None
    amended: Ground | None = None  # the newest amendment that is younger than the record
    coming: tuple[Patch, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == NO_LAYER


NO_LAYER = CityLayer()


class Folded(Value, frozen=True):
    """A procedure with the decisions of the city over it."""

    procedure: Procedure
    city: CityLayer = NO_LAYER


def in_order(patches: Iterable[Patch]) -> list[Patch]:
    """By day of effect, then by day and number of the decision: whatever order they were published in."""
    order = list(PatchStatus)
    return sorted(
        patches,
        key=lambda patch: (
            patch.effective,
            patch.decision.day or date.min,
            patch.decision.number,
            order.index(patch.status),
        ),
    )


def fold(
    record: Procedure | None, patches: Sequence[Patch], day: date, record_ended: date | None = None
) -> Folded | None:
    """The procedure of a code as of a day; None when there is none.

    `record` is the national record that is the rule on the day, `record_ended` the day on which the last one ended: an
    older decision does not bring back what a complete copy of the catalogue dropped.
    """
    ordered = in_order(patches)
    present = [patch for patch in ordered if patch.effective <= day]
    base = record or _thin(present, record_ended)
    if base is None:
        return None
    city = CityLayer(ended=_ended(present), coming=tuple(patch for patch in ordered if patch.effective > day))
    for patch in present:
        if not patch.ends:
            base, city = _laid_over(base, city, patch)
    return Folded(procedure=base, city=city)


def ended_by(patches: Iterable[Patch], day: date) -> Ended | None:
    """What ended a procedure before or on a day, also one of which nothing else is known."""
    return _ended([patch for patch in in_order(patches) if patch.effective <= day])


def _ended(present: Sequence[Patch]) -> Ended | None:
    """The last end that no later row made undone: an amendment revives nothing, only `new` does."""
    last = next((patch for patch in reversed(present) if patch.status is not PatchStatus.AMENDED), None)
    if last is None or not last.ends:
        return None
    return Ended(since=last.effective, decision=last.decision, successor=last.successor)


def _thin(present: Sequence[Patch], record_ended: date | None) -> Procedure | None:
    """A procedure that no copy of the catalogue holds yet, made of the decision that brought it; or the mere name of
    one that a decision ended."""
    named = next((patch for patch in reversed(present) if patch.name), None)
    opening = next((patch for patch in reversed(present) if patch.status is not PatchStatus.AMENDED), None)
    if named is None or opening is None or (record_ended is not None and opening.effective < record_ended):
        return None
    return Procedure(
        formality_id=named.code,
        code=named.code,
        name=named.name,
        field=named.field,
        issuer=opening.decision.issuer,
        issuer_code=NOT_STATED,
        data_day=opening.decision.day or opening.effective,
        levels=named.levels,
        decision=opening.decision,
    )


def _laid_over(base: Procedure, city: CityLayer, patch: Patch) -> tuple[Procedure, CityLayer]:
    is_old = _is_older(patch, base)
    if is_old and base.issuer_code.startswith("H"):  # the city's own record, which has its decisions in it already
        return base, city
    city = replace(
        city,
        time=_time(patch, is_old=is_old) or city.time,
        fee=_stated(patch, patch.fee_text) or city.fee,
    )
    if is_old:
        return base, city
    city = replace(
        city,
        place=_stated(patch, "; ".join(patch.place)) or city.place,
        online=_stated(patch, patch.online_level or "") or city.online,
        amended=Ground(decision=patch.decision, since=patch.effective)
        if patch.status is PatchStatus.AMENDED
        else city.amended,
    )
    return _patched(base, city, patch)


def _is_older(patch: Patch, record: Procedure) -> bool:
    """Whether the record rests on a younger decision than the patch, which then no longer speaks for the nation."""
    return bool(
        record.decision and record.decision.day and patch.decision.day and record.decision.day > patch.decision.day
    )


def _time(patch: Patch, *, is_old: bool) -> StatedTime | None:
    if not patch.states_time:
        return None
    return StatedTime(
        decision=patch.decision,
        since=patch.effective,
        statutory="" if is_old else patch.time_statutory,
        shortened=patch.time_shortened,
    )


def _stated(patch: Patch, text: str) -> Stated | None:
    return Stated(text=text, decision=patch.decision, since=patch.effective) if text else None


def _patched(base: Procedure, city: CityLayer, patch: Patch) -> tuple[Procedure, CityLayer]:
    """The fields of the record itself that the decision states."""
    fields = {field: value for field, value in _fields(patch) if value and value != getattr(base, field)}
    grounds = {field: Ground(decision=patch.decision, since=patch.effective) for field in fields}
    return replace(base, **fields, decision=patch.decision), replace(city, patched={**city.patched, **grounds})


def _fields(patch: Patch) -> Iterator[tuple[str, Any]]:
    yield "name", patch.name
    yield "field", patch.field
    yield "levels", patch.levels
    yield "legal_bases", tuple(LegalBasis(number=number) for number in patch.legal_bases)
    yield "paper_groups", (PaperGroup(papers=patch.papers),) if patch.papers else ()
    yield "steps", tuple(Step(text=text) for text in patch.steps)
    yield "subjects", patch.subjects
    yield "executing", patch.agencies
    yield "results", patch.results
    yield "conditions", patch.conditions


# Plain words beside decisions


def still_true(checklist: Checklist | None, city: CityLayer) -> Checklist | None:
    """Our plain words without those about fields that a decision has stated since: they restate an older text."""
    if checklist is None or city.is_empty:
        return checklist
    old = {field: empty for field, (by, empty) in _RESTATED.items() if by in city.patched}
    return replace(checklist, **old, **({"time": ""} if city.time else {}))


_RESTATED: dict[str, tuple[str, Any]] = {
    "papers": ("paper_groups", ()),
    "steps": ("steps", ()),
    "conditions": ("conditions", ()),
    "result": ("results", ""),
}
