"""What differs between two editions as of a day, per procedure and field."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from knowledge.fee_rules import FeeRule
from knowledge.folding import Folded, fold
from knowledge.patches import Patch
from knowledge.procedure import Checklist, Procedure, Value
from knowledge.tables import ChecklistVersion, CommuneVersion, FeeRuleVersion, PatchVersion, ProcedureVersion
from knowledge.value_words import same_items
from knowledge.versions import chunks, held_in, holds_on, table_of

IGNORED = {"formality_id", "code", "data_day", "is_starter"}  # the same, or true of the copy and not of the procedure


class Difference(StrEnum):
    NEW = "new"  # the later edition alone knows it
    GONE = "gone"  # the earlier one alone
    ENDED = "ended"  # repealed or replaced by a decision
    REVIVED = "revived"
    CHANGED = "changed"


class FieldChange(Value, frozen=True):
    """A field of the record ("name"), of the city's layer ("city.time"), of our plain words ("plain.steps") or "fees";
    values as JSON would hold them, None where there is none."""

    field: str
    before: Any = None
    after: Any = None


class ProcedureChange(Value, frozen=True):
    code: str
    name: str
    field: str
    kind: Difference
    levels: tuple[str, ...] = ()
    is_asked_often: bool = False  # has plain words
    fields: tuple[FieldChange, ...] = ()


class EditionDiff(Value, frozen=True):
    """`communes` are codes of communes whose own page changed."""

    before: int
    after: int
    day: date
    procedures: tuple[ProcedureChange, ...] = ()
    communes: tuple[str, ...] = ()

    def of_kind(self, *kinds: Difference) -> tuple[ProcedureChange, ...]:
        return tuple(change for change in self.procedures if change.kind in kinds)


class State(Value, frozen=True):
    """Everything that one edition holds of a procedure."""

    folded: Folded
    checklist: Checklist | None = None
    fees: tuple[str, ...] = ()  # rules as JSON, without the other codes they cover


def diff(session: Session, before: int, after: int, day: date) -> EditionDiff:
    """By code. Editions may be compared in either direction; reads only what was touched between them."""
    first, last = sorted((before, after))
    codes = _touched_codes(session, first, last)
    old, new = (_states(session, number, day, codes) for number in (before, after))
    found = (_change(code, old.get(code), new.get(code)) for code in sorted(codes))
    return EditionDiff(
        before=before,
        after=after,
        day=day,
        procedures=tuple(change for change in found if change is not None),
        communes=tuple(sorted(_touched(session, CommuneVersion, "key", first, last))),
    )


def _touched_codes(session: Session, first: int, last: int) -> set[str]:
    codes = set().union(
        *(_touched(session, model, "code", first, last) for model in (ProcedureVersion, PatchVersion, ChecklistVersion))
    )
    bodies = _touched(session, FeeRuleVersion, "body", first, last)
    return codes.union(*(msgspec.json.decode(body, type=FeeRule).codes for body in bodies))


def _touched(session: Session, model: type[SQLModel], column: str, first: int, last: int) -> set[str]:
    """Of rows opened or closed after edition `first` and up to `last`."""
    table = table_of(model)
    opened = sa.and_(table.c.opened_in > first, table.c.opened_in <= last)
    closed = sa.and_(table.c.closed_in > first, table.c.closed_in <= last)
    query = sa.select(table.c[column]).where(sa.or_(opened, closed))
    return set(session.connection().execute(query).scalars())


def _states(session: Session, number: int, day: date, codes: Iterable[str]) -> dict[str, State]:
    records = {each.code: each for each in _held(session, ProcedureVersion, Procedure, number, codes, day)}
    patches: dict[str, list[Patch]] = {}
    for patch in _held(session, PatchVersion, Patch, number, codes):
        patches.setdefault(patch.code, []).append(patch)
    plain = {each.code: each for each in _held(session, ChecklistVersion, Checklist, number, codes)}
    fees = _fees(session, number)
    folded = {code: fold(records.get(code), patches.get(code, ()), day) for code in codes}
    return {
        code: State(folded=each, checklist=plain.get(code), fees=tuple(fees.get(code, ())))
        for code, each in folded.items()
        if each is not None
    }


def _held(
    session: Session,
    model: type[SQLModel],
    kind: type[Any],
    number: int,
    codes: Iterable[str],
    day: date | None = None,
) -> Iterator[Any]:
    table, decoder = table_of(model), msgspec.json.Decoder(kind)
    on_day = holds_on(table, day) if day else ()
    for chunk in chunks(sorted(codes)):
        query = sa.select(table.c.body).where(table.c.code.in_(chunk), *held_in(table, number), *on_day)
        yield from map(decoder.decode, session.connection().execute(query).scalars())


def _fees(session: Session, number: int) -> dict[str, list[str]]:
    table = table_of(FeeRuleVersion)
    query = sa.select(table.c.body).where(*held_in(table, number)).order_by(table.c.key)
    fees: dict[str, list[str]] = {}
    for body in session.connection().execute(query).scalars():
        rule = msgspec.json.decode(body, type=FeeRule)
        for code in rule.codes:
            fees.setdefault(code, []).append(msgspec.json.encode(rule.fee).decode())
    return fees


def _change(code: str, old: State | None, new: State | None) -> ProcedureChange | None:
    shown = new or old
    if shown is None:
        return None
    before, after = _fields(old), _fields(new)
    fields = tuple(
        FieldChange(field=field, before=before.get(field), after=after.get(field))
        for field in sorted(before.keys() | after.keys())
        if not same_items(before.get(field), after.get(field))
    )
    if not fields:
        return None
    procedure = shown.folded.procedure
    return ProcedureChange(
        code=code,
        name=procedure.name,
        field=procedure.field,
        kind=_kind(old, new),
        levels=tuple(level.value for level in procedure.levels),
        is_asked_often=shown.checklist is not None,
        fields=fields if old and new else (),
    )


def _kind(old: State | None, new: State | None) -> Difference:
    if new is None:
        return Difference.GONE
    was, is_now = (state is not None and state.folded.city.ended is not None for state in (old, new))
    if was != is_now:
        return Difference.ENDED if is_now else Difference.REVIVED
    return Difference.CHANGED if old else Difference.NEW


def _fields(state: State | None) -> Mapping[str, Any]:
    if state is None:
        return {}
    procedure, city = state.folded.procedure, state.folded.city
    record = {key: value for key, value in msgspec.to_builtins(procedure).items() if key not in IGNORED}
    layer = {f"city.{key}": value for key, value in msgspec.to_builtins(city).items() if key != "patched"}
    plain = msgspec.to_builtins(state.checklist) if state.checklist else {}
    ours = {f"plain.{key}": value for key, value in plain.items() if key != "code"}
    fees = {"fees": [msgspec.json.decode(fee) for fee in state.fees]} if state.fees else {}
    return {**record, **layer, **ours, **fees}
