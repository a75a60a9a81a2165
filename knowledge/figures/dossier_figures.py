"""Dossiers of a period in the columns of Biểu 06/VPCP/KSTT, by field, and by what stands in no column.

received = carried over + online + direct or by post = resolved + pending; carried over = what the period before left.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.communes import find_communes
from knowledge.dossiers.ledger import DOSSIER
from knowledge.dossiers.moments import Moment
from knowledge.dossiers.sensitive import is_sensitive
from knowledge.figures.dossier_places import (
    PENDING,
    RESOLVED,
    Apart,
    Counts,
    Origin,
    Outcome,
    Place,
    apart,
    is_carried_on,
    place_in,
)
from knowledge.figures.fields import Fields
from knowledge.figures.scope import Page, Scope
from knowledge.language.syllables import fold
from knowledge.procedure import Value

AT_ONCE = 1_000  # rows held while reading
_DECODER = msgspec.json.Decoder(Counts)


class Line(Value, frozen=True, kw_only=True):
    """One row of the form: where dossiers came from and where they stand, each counted by itself."""

    origins: Mapping[Origin, int]
    outcomes: Mapping[Outcome, int]

    @property
    def received(self) -> int:
        return sum(self.origins.values())

    @property
    def resolved(self) -> int:
        return sum(self.outcomes.get(each, 0) for each in RESOLVED)

    @property
    def pending(self) -> int:
        return sum(self.outcomes.get(each, 0) for each in PENDING)


class DossierFigures(Value, frozen=True, kw_only=True):
    """`lines` by field of procedures, "" for an unknown one. `left_before` is what the period before left pending;
    `no_channel` are those counted as direct because their register tells no channel."""

    lines: Mapping[str, Line]
    total: Line
    apart: Mapping[Apart, int]
    statuses: Mapping[int | None, int]
    left_before: int
    no_channel: int

    @property
    def adds_up(self) -> bool:
        rows = (*self.lines.values(), self.total)
        return (
            all(row.received == row.resolved + row.pending for row in rows)
            and self.total.received == sum(row.received for row in self.lines.values())
            and self.total.origins.get(Origin.CARRIED, 0) == self.left_before
        )


class DossierRow(Value, frozen=True, kw_only=True):
    """A dossier without its code; `procedure` is "" where its very name tells something about a person."""

    procedure: str
    field: str
    counts: Counts
    place: Place | None
    apart: Apart | None


class Wanted(Value, frozen=True, kw_only=True):
    """Which dossiers of a period: of a column, of a field (None: any), of a status (-1: any, None: unknown)."""

    column: str = "received"
    field: str | None = None
    status: int | None = -1


# Columns of the form, and what stands apart, by what belongs in them.
COLUMNS: Mapping[str, frozenset[str]] = {
    "all": frozenset((*Outcome, *Apart)),
    "received": frozenset(Outcome),
    "resolved": frozenset(RESOLVED),
    "pending": frozenset(PENDING),
    **{each: frozenset({each}) for each in (*Origin, *Outcome, *Apart)},
    "no_channel": frozenset({"no_channel"}),
}


def dossier_figures(session: Session, scope: Scope, now: Moment) -> DossierFigures:
    lines: dict[str, tuple[Counter[Origin], Counter[Outcome]]] = {}
    total: tuple[Counter[Origin], Counter[Outcome]] = Counter(), Counter()
    aparts: Counter[Apart] = Counter()
    statuses: Counter[int | None] = Counter()
    left_before = no_channel = 0
    for field, counts, place, why in _placed(session, scope, now):
        statuses[counts.status] += 1
        if why is not None:
            aparts[why] += 1
        if place is None:
            continue
        for origins, outcomes in (lines.setdefault(field, (Counter(), Counter())), total):
            origins[place.origin] += 1
            outcomes[place.outcome] += 1
        left_before += is_carried_on(counts, scope.period.before)
        no_channel += _tells_no_channel(counts, place)
    return DossierFigures(
        lines={field: _line(lines[field]) for field in sorted(lines, key=lambda name: (not name, fold(name)))},
        total=_line(total),
        apart=aparts,
        statuses=statuses,
        left_before=left_before,
        no_channel=no_channel,
    )


def dossier_rows(
    session: Session, scope: Scope, now: Moment, wanted: Wanted, page: Page, sensitive: tuple[str, ...] = ()
) -> Sequence[DossierRow]:
    """By the day they were received. `sensitive` are further kinds of procedures to hide."""
    found = (
        DossierRow(
            procedure="" if is_sensitive(counts.procedure, sensitive) else counts.procedure,
            field=field,
            counts=counts,
            place=place,
            apart=why,
        )
        for field, counts, place, why in _placed(session, scope, now)
        if _is_wanted(wanted, field, counts, place, why)
    )
    return list(islice(found, page.skipped, page.skipped + page.size))


def _line(counted: tuple[Counter[Origin], Counter[Outcome]]) -> Line:
    origins, outcomes = counted
    return Line(origins=dict(origins), outcomes=dict(outcomes))


def _is_wanted(wanted: Wanted, field: str, counts: Counts, place: Place | None, why: Apart | None) -> bool:
    is_of = wanted.field in {None, field} and wanted.status in {-1, counts.status}
    stands: set[str] = {why} if why else set()
    if place is not None:
        stands |= {place.origin, place.outcome}
        stands |= {"no_channel"} if _tells_no_channel(counts, place) else set()
    return is_of and not stands.isdisjoint(COLUMNS[wanted.column])


def _tells_no_channel(counts: Counts, place: Place) -> bool:
    return counts.channel is None and place.origin is Origin.DIRECT


def _placed(session: Session, scope: Scope, now: Moment) -> Iterator[tuple[str, Counts, Place | None, Apart | None]]:
    fields = Fields(session)
    for counts in _touched(session, scope):
        why = apart(counts, now)
        place = None if why else place_in(counts, scope.period, now)
        yield fields.of(counts), counts, place, why


def _touched(session: Session, scope: Scope) -> Iterator[Counts]:
    """The dossiers that were in hand on a day of the period."""
    first, last = scope.period.first.isoformat(), scope.period.last.isoformat()
    ended = DOSSIER.c.ended
    query = sa.select(DOSSIER.c.begun, DOSSIER.c.body).where(
        DOSSIER.c.begun != "", DOSSIER.c.begun <= last, sa.or_(ended.is_(None), ended >= first)
    )
    if scope.commune:
        query = query.where(DOSSIER.c.agency.in_(_agencies_of(session, scope.commune)))
    ordered = query.order_by(DOSSIER.c.begun, DOSSIER.c.id).execution_options(yield_per=AT_ONCE)
    for row in session.connection().execute(ordered):
        yield msgspec.structs.replace(_DECODER.decode(row.body), begun=row.begun)


def _agencies_of(session: Session, commune: str) -> list[str]:
    """As registers write them: a register names an office, not a commune."""
    agencies = session.connection().scalars(sa.select(DOSSIER.c.agency).distinct())
    return [agency for agency in agencies if _commune_named(agency) == commune]


@cache
def _commune_named(agency: str) -> str:
    found = find_communes(agency)
    return found[0].code if len(found) == 1 else ""
