"""The ledger of dossiers: what the systems show, joined as it comes in, found by any of a dossier's codes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.dossier_tables import DossierCode, DossierFollow, DossierRecord, DossierStep
from knowledge.dossiers.dossier import Dossier, Entry, Shown, Step
from knowledge.dossiers.joining import join, keep
from knowledge.dossiers.moments import moment_of
from knowledge.dossiers.spans import begun_on, ended_on
from knowledge.procedure import Value
from knowledge.versions import chunks, table_of

DOSSIER, CODE, STEP = table_of(DossierRecord), table_of(DossierCode), table_of(DossierStep)
FOLLOW = table_of(DossierFollow)
CARRIED = ("factors", "to_add", "to_pay")  # what many exports lack stays as an earlier one told it

# One statement each: an IN made anew for every chunk refers to itself and to its values, and an import of many chunks
# would hold all their codes until Python looks for such rings.
_THESE: sa.BindParameter[Any] = sa.bindparam("these", expanding=True)
_NUMBERS = sa.select(CODE.c.code, CODE.c.dossier).where(CODE.c.code.in_(_THESE))
_BODIES = sa.select(DOSSIER.c.id, DOSSIER.c.body).where(DOSSIER.c.id.in_(_THESE))
_FORGET_CODES = sa.delete(CODE).where(CODE.c.code.in_(_THESE))
_STEPS = sa.select(STEP.c.dossier, STEP.c.at, STEP.c.status, STEP.c.system).where(STEP.c.dossier.in_(_THESE))


class Known(Value, frozen=True, kw_only=True):
    """A dossier as the ledger holds it. `read_at` is aware; `steps` are in the order of their times."""

    id: int
    dossier: Dossier
    read_at: datetime
    steps: tuple[Step, ...] = ()


class Change(Value, frozen=True, kw_only=True):
    """What one save did to a dossier; `before` is None for a new one."""

    id: int
    before: Dossier | None
    after: Dossier


class Update(Value, frozen=True, kw_only=True):
    """What came in about one dossier at once. A `partial` one tells only some fields: the rest stay."""

    entries: tuple[Entry, ...]
    steps: tuple[Step, ...] = ()
    partial: bool = False


class _Held(msgspec.Struct):
    """A dossier being worked on."""

    id: int | None
    before: Dossier | None
    absorbed: tuple[int, ...]  # ids of others that turned out to be the same


def find_dossier(session: Session, code: str) -> Known | None:
    """The dossier that answers to a canonical code, with its steps."""
    query = sa.select(DOSSIER).join(CODE, CODE.c.dossier == DOSSIER.c.id).where(CODE.c.code == code)
    row = session.connection().execute(query).mappings().first()
    return _known(session, row) if row else None


def of_several_systems(session: Session) -> Iterator[Dossier]:
    """The dossiers that more than one entry tells of, by code."""
    query = sa.select(DOSSIER.c.body).where(DOSSIER.c.flagged).order_by(DOSSIER.c.code)
    rows = session.connection().execution_options(yield_per=500).execute(query)
    return (decoded(row.body) for row in rows)


def is_empty(session: Session) -> bool:
    return session.connection().scalar(sa.select(DOSSIER.c.id).limit(1)) is None


def dossier_by_id(session: Session, number: int) -> Known | None:
    row = session.connection().execute(sa.select(DOSSIER).where(DOSSIER.c.id == number)).mappings().first()
    return _known(session, row) if row else None


def forget_dossiers(session: Session, numbers: Sequence[int]) -> None:
    """With their codes, their history and who followed them."""
    for table in (CODE, STEP, FOLLOW):
        session.connection().execute(sa.delete(table).where(table.c.dossier.in_(numbers)))
    session.connection().execute(sa.delete(DOSSIER).where(DOSSIER.c.id.in_(numbers)))


def _known(session: Session, row: Mapping[Any, Any]) -> Known:
    steps = session.connection().execute(
        sa.select(STEP).where(STEP.c.dossier == row["id"]).order_by(STEP.c.at, STEP.c.id)
    )
    dossier = decoded(row["body"])
    told = (
        Step(code=dossier.code, at=s.at, status=s.status, unit=s.unit, system=s.system, is_exact=s.is_exact)
        for s in steps
    )
    return Known(id=row["id"], dossier=dossier, read_at=row["read_at"], steps=tuple(told))


def decoded(body: str) -> Dossier:
    return _DECODER.decode(body)


_DECODER = msgspec.json.Decoder(Dossier)


def save(session: Session, updates: Sequence[Update], now: datetime, *, is_asked: bool = False) -> list[Change]:
    """Take in updates, each about one dossier; gives what changed. Saving the same again changes nothing.

    `is_asked`: the source was asked just now, so that also an unchanged dossier is as of `now`.
    """
    return [change for chunk in chunks(updates) for change in _save_chunk(session, chunk, now, is_asked=is_asked)]


def _save_chunk(session: Session, updates: Sequence[Update], now: datetime, *, is_asked: bool) -> list[Change]:
    ids, bodies = _held(session, updates)
    writer = _Writer(session, now)
    for update in updates:
        codes = [code for entry in update.entries for code in entry.codes]
        found = tuple(dict.fromkeys(ids[code] for code in codes if code in ids))
        held = _Held(found[0] if found else None, bodies.get(found[0]) if found else None, found[1:])
        after = _merged(update, [bodies[number] for number in found])
        number = writer.put(held, after, is_asked=is_asked)
        writer.note_steps(number, held.before, after, update.steps)
        bodies[number] = after
        ids |= dict.fromkeys(after.codes, number)
    writer.finish()
    return writer.changes


def _held(session: Session, updates: Iterable[Update]) -> tuple[dict[str, int], dict[int, Dossier]]:
    """The dossiers that the codes of updates already name."""
    codes = list({code for update in updates for entry in update.entries for code in entry.codes})
    ids: dict[str, int] = {}
    for chunk in chunks(codes):
        rows = session.connection().execute(_NUMBERS, {"these": chunk})
        ids |= {row.code: row.dossier for row in rows}
    bodies: dict[int, Dossier] = {}
    for numbers in chunks(list(set(ids.values()))):
        rows = session.connection().execute(_BODIES, {"these": numbers})
        bodies |= {row.id: decoded(row.body) for row in rows}
    return ids, bodies


def _merged(update: Update, held: Sequence[Dossier]) -> Dossier:
    earlier = [entry for dossier in held for entry in dossier.entries]
    by_key = {(entry.system, entry.code): entry for entry in earlier}
    news = [_carried(entry, by_key.get((entry.system, entry.code)), update) for entry in update.entries]
    return join(keep([*earlier, *news], lambda entry: entry).items)


def _carried(entry: Entry, before: Entry | None, update: Update) -> Entry:
    """An entry with what an earlier one of the same system told and it leaves out."""
    if before is None:
        return entry
    names = (*Shown.__struct_fields__, "factors", "other_codes") if update.partial else CARRIED
    missing = {name: getattr(before, name) for name in names if getattr(entry, name) in (None, "", ())}
    return msgspec.structs.replace(entry, **missing)


class _Writer:
    """Collects the rows of one chunk, so that a hundred thousand dossiers need some hundred statements."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._connection = session.connection()
        self._now = now
        self._steps: list[dict[str, Any]] = []
        self._rows: dict[int, dict[str, Any]] = {}
        self._new: set[int] = set()
        self._codes: dict[str, int] = {}
        self._next = self._highest() + 1
        self.changes: list[Change] = []

    def _highest(self) -> int:
        return int(self._connection.scalar(sa.select(sa.func.coalesce(sa.func.max(DOSSIER.c.id), 0))) or 0)

    def put(self, held: _Held, after: Dossier, *, is_asked: bool) -> int:
        """Note a dossier for writing if it changed; gives its id."""
        number = self._next if held.id is None else held.id
        for other in held.absorbed:
            self._absorb(other, number)
        if held.before != after or is_asked:
            self._rows[number] = self._row(number, after)
        if held.before != after:
            self.changes.append(Change(id=number, before=held.before, after=after))
            before = held.before.codes if held.before else ()
            self._codes |= {code: number for code in after.codes if code not in before or held.absorbed}
        if held.id is None:
            self._new.add(number)
            self._next += 1
        return number

    def _row(self, number: int, dossier: Dossier) -> dict[str, Any]:
        body = msgspec.json.encode(dossier).decode()
        return {
            "id": number,
            "code": dossier.code,
            "due": dossier.due,
            "status": dossier.status,
            "begun": begun_on(dossier),
            "ended": ended_on(dossier),
            "agency": dossier.agency,
            "flagged": len(dossier.entries) > 1,
            "read_at": self._now,
            "body": body,
        }

    def _absorb(self, other: int, number: int) -> None:
        """Two dossiers turn out to be one: what hung on the other hangs on this one."""
        self.finish()
        self._connection.execute(sa.update(STEP).where(STEP.c.dossier == other).values(dossier=number))
        self._connection.execute(sa.delete(CODE).where(CODE.c.dossier == other))
        both = sa.select(FOLLOW.c.chat).where(FOLLOW.c.dossier == number)
        self._connection.execute(sa.delete(FOLLOW).where(FOLLOW.c.dossier == other, FOLLOW.c.chat.in_(both)))
        self._connection.execute(sa.update(FOLLOW).where(FOLLOW.c.dossier == other).values(dossier=number))
        self._connection.execute(sa.delete(DOSSIER).where(DOSSIER.c.id == other))

    def note_steps(self, number: int, before: Dossier | None, after: Dossier, told: Sequence[Step]) -> None:
        """The steps told, and that a system now shows another status than it did."""
        earlier = {(e.system, e.code): e.status for e in before.entries} if before else {}
        seen = (
            Step(
                code=e.code,
                at=e.updated or moment_of(self._now),
                status=e.status,
                unit=e.agency,
                system=e.system,
                is_exact=False,
            )
            for e in after.entries
            if e.status and earlier.get((e.system, e.code)) != e.status
        )
        covered = {(step.status, step.system) for step in told}
        for step in (*told, *(step for step in seen if (step.status, step.system) not in covered)):
            names = ("at", "status", "unit", "system", "is_exact")
            self._steps.append({"dossier": number} | {name: getattr(step, name) for name in names})

    def finish(self) -> None:
        rows = self._rows.values()
        self._insert(DOSSIER, [row for row in rows if row["id"] in self._new])
        self._update([row for row in rows if row["id"] not in self._new])
        self._move_codes()
        self._insert(STEP, list(self._unknown_steps()))
        self._rows, self._codes, self._steps, self._new = {}, {}, [], set()

    def _insert(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        for chunk in chunks(rows):
            self._connection.execute(sa.insert(table), chunk)

    def _update(self, rows: list[dict[str, Any]]) -> None:
        if rows:
            values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in rows[0] if name != "id"}
            query = sa.update(DOSSIER).where(DOSSIER.c.id == sa.bindparam("new_id")).values(values)
            self._connection.execute(query, [{f"new_{name}": value for name, value in row.items()} for row in rows])

    def _move_codes(self) -> None:
        for chunk in chunks(list(self._codes)):
            self._connection.execute(_FORGET_CODES, {"these": chunk})
        self._insert(CODE, [{"code": code, "dossier": number} for code, number in self._codes.items()])

    def _unknown_steps(self) -> Iterator[dict[str, Any]]:
        """The steps that are not there yet: repeats and late arrivals are normal."""
        numbers = list({step["dossier"] for step in self._steps} - self._new)
        known = set()
        for chunk in chunks(numbers):
            known |= {tuple(row) for row in self._connection.execute(_STEPS, {"these": chunk})}
        for step in self._steps:
            key = (step["dossier"], step["at"], step["status"], step["system"])
            if key not in known:
                known.add(key)
                yield step
