"""Publishing editions of the catalogue and reading procedures out of them.

A procedure version lives in two times: the editions in which we knew it, `[opened_in, closed_in)`,
and the days on which it is the rule, `[valid_from, valid_to)`. Publishing closes rows and opens
others, whole or not at all; nothing is ever changed in place, so any past edition can be read again.

    CatalogueError
    ├── NothingToPublishError   the change set is empty: the edition stays as it is
    ├── UnknownEditionError     there is no edition of that number to go back to
    └── PublishConflictError    another process published at the same moment; try again
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from heapq import merge

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, select

from knowledge.changeset import ChangeKind, ChangeSet, EditionKind, Origin, Original
from knowledge.commune_layer import AtCommune, at_commune
from knowledge.communes import Commune, commune_of
from knowledge.faq.published import put_faqs
from knowledge.fee_rules import CityFee, fees_of
from knowledge.folding import NO_LAYER, CityLayer, Ended, Folded, ended_by, fold, still_true
from knowledge.layer_store import (
    commune_layer,
    fee_rules,
    patches_by_code,
    patches_of,
    put_communes,
    put_fee_rules,
    put_patches,
)
from knowledge.patches import Patch
from knowledge.procedure import Checklist, Procedure, Value
from knowledge.record_store import bodies_on, codes_on, put_checklists, put_procedures, record_ended_on, stored_on
from knowledge.tables import ChecklistVersion, Edition, ProcedureVersion
from knowledge.versions import VERSIONED, among, restore_rows, table_of
from knowledge.words.published import put_words

EditionMark = tuple[int, datetime]


class CatalogueError(Exception):
    """Publishing was refused; nothing was changed."""


class NothingToPublishError(CatalogueError):
    pass


class UnknownEditionError(CatalogueError):
    pass


class PublishConflictError(CatalogueError):
    pass


class KnownProcedure(Value, frozen=True):
    """A procedure as of a day with every layer over it: plain words, the city, the citizen's commune.

    `checklist` has only the words that no decision has made old.
    """

    procedure: Procedure
    checklist: Checklist | None
    edition: int
    city: CityLayer = NO_LAYER
    fees: tuple[CityFee, ...] = ()  # the city council's, of any day
    commune: AtCommune | None = None

    @property
    def plain_name(self) -> str:
        return self.checklist.name if self.checklist else self.procedure.name


# Reading


def current_edition(session: Session) -> Edition | None:
    return session.exec(select(Edition).order_by(col(Edition.number).desc()).limit(1)).first()


def edition_mark(session: Session) -> EditionMark | None:
    """Number and time of publication of the current edition: a restored database may hold another one of its number."""
    latest = current_edition(session)
    return (latest.number, latest.published_at) if latest else None


# Asked for every procedure that is looked up: written once, since writing them takes longer than asking.
_NUMBER = sa.select(sa.func.coalesce(sa.func.max(table_of(Edition).c.number), 0))
_CHECKLISTS = table_of(ChecklistVersion)
_CHECKLIST = sa.select(_CHECKLISTS.c.body).where(
    _CHECKLISTS.c.code == sa.bindparam("wanted"), _CHECKLISTS.c.closed_in.is_(None)
)


def edition_number(session: Session) -> int:
    """The number of the current edition, 0 when nothing has been published."""
    return int(session.connection().execute(_NUMBER).scalar_one())


def history(session: Session, most: int | None = None, skip: int = 0) -> Sequence[Edition]:
    """All editions, newest first; or `most` of them behind the first `skip`."""
    return session.exec(select(Edition).order_by(col(Edition.number).desc()).offset(skip).limit(most)).all()


def count_editions(session: Session) -> int:
    return session.exec(select(sa.func.count()).select_from(Edition)).one()


def current_digests(session: Session) -> dict[str, str]:
    """formality_id -> digest of the version without an end, for telling what a file changes."""
    rows = session.exec(
        select(ProcedureVersion.formality_id, ProcedureVersion.digest).where(
            col(ProcedureVersion.closed_in).is_(None), col(ProcedureVersion.valid_to).is_(None)
        )
    )
    return dict(rows.all())


def procedure_on(session: Session, code: str, day: date, commune: str = "") -> KnownProcedure | None:
    """The procedure of a code (or a formality id) as of a day in the current edition, layers applied.

    One that a decision repealed or replaced is given with `city.ended`, as long as its name is known. `commune` (five
    digits) picks the commune's layer.
    """
    record = _record_on(session, code, day)
    code = record.code if record else code
    ended = None if record else record_ended_on(session, code, day)
    folded = fold(record, patches_of(session, code), day, ended)
    if folded is None:
        return None
    procedure, city = folded.procedure, folded.city
    layer = commune_layer(session, commune) if commune else None
    return KnownProcedure(
        procedure=procedure,
        checklist=still_true(checklist_of(session, code), city),
        edition=edition_number(session),
        city=city,
        fees=fees_of(fee_rules(session, code), code),
        commune=at_commune(layer, code, procedure.field),
    )


def commune_now(session: Session, code: str) -> Commune | None:
    """A commune with the contact it told of itself, else with what the directory knows."""
    commune, layer = commune_of(code), commune_layer(session, code)
    if commune is None or layer is None or layer.contact is None:
        return commune
    return msgspec.structs.replace(commune, contact=layer.contact)


def ended_on(session: Session, code: str, day: date) -> Ended | None:
    """What ended a procedure, also one of which nothing but its code is known."""
    return ended_by(patches_of(session, code), day)


def _record_on(session: Session, code: str, day: date) -> Procedure | None:
    body = stored_on(session, "body", code, day)
    return msgspec.json.decode(body, type=Procedure) if body else None


def originals_of(session: Session, code: str, day: date) -> tuple[Original, ...]:
    """What the publisher wrote where cleaning changed it, in the version that `procedure_on` reads."""
    stored = stored_on(session, "originals", code, day)
    return msgspec.json.decode(stored, type=tuple[Original, ...]) if stored else ()


def names_known(session: Session, codes: Collection[str] | None = None) -> dict[str, str]:
    """code → official name of everything, or of some codes, in the current edition, whatever the day."""
    patches = patches_by_code(session, codes)
    names = {patch.code: patch.name for of_code in patches.values() for patch in of_code if patch.name}
    rows = select(ProcedureVersion.code, ProcedureVersion.name).where(
        col(ProcedureVersion.closed_in).is_(None), *among(ProcedureVersion, codes)
    )
    return names | dict(session.exec(rows).all())


def checklist_of(session: Session, code: str) -> Checklist | None:
    body = session.connection().execute(_CHECKLIST, {"wanted": code}).scalar()
    return msgspec.json.decode(body, type=Checklist) if body else None


def procedures_on(session: Session, day: date) -> Iterator[Procedure]:
    """Every procedure that is the rule on a day in the current edition, the city's decisions applied, by code."""
    yield from (folded.procedure for folded in everything_on(session, day) if folded.city.ended is None)


def records_on(session: Session, day: date) -> Iterator[Procedure]:
    """As the publisher has them on a day, without the city's decisions, by code."""
    yield from map(msgspec.json.Decoder(Procedure).decode, bodies_on(session, day))


def everything_on(session: Session, day: date) -> Iterator[Folded]:
    """As `procedures_on`, with the city's layer; those that decisions ended too, as far as their names are known."""
    patches = patches_by_code(session)
    records = records_on(session, day)
    recorded = (fold(record, patches.get(record.code, ()), day) for record in records)
    yield from merge(filter(None, recorded), _unrecorded(session, patches, day), key=lambda each: each.procedure.code)


def patched_on(session: Session, day: date) -> dict[str, Folded]:
    """Of `everything_on` only what decisions speak of, by code: little beside the whole catalogue."""
    patches = patches_by_code(session)
    records = map(msgspec.json.Decoder(Procedure).decode, bodies_on(session, day, patches))
    recorded = (fold(record, patches[record.code], day) for record in records)
    return {each.procedure.code: each for each in (*recorded, *_unrecorded(session, patches, day)) if each}


def _unrecorded(session: Session, patches: Mapping[str, Sequence[Patch]], day: date) -> list[Folded]:
    """Those that no record of the day stands under."""
    codes = sorted(set(patches) - codes_on(session, day)) if patches else []
    found = (fold(None, patches[code], day, record_ended_on(session, code, day)) for code in codes)
    return list(filter(None, found))


def checklists(session: Session, codes: Collection[str] | None = None) -> dict[str, Checklist]:
    """code -> plain layer, in the current edition; of some codes, if these are given."""
    query = sa.select(_CHECKLISTS.c.body).where(_CHECKLISTS.c.closed_in.is_(None), *among(ChecklistVersion, codes))
    found = map(msgspec.json.Decoder(Checklist).decode, session.connection().scalars(query))
    return {checklist.code: checklist for checklist in found}


# Publishing


def publish(session: Session, changes: ChangeSet, origin: Origin, *, now: datetime) -> Edition:
    """Make the next edition of a change set, in the caller's transaction.

    Raises NothingToPublishError and PublishConflictError; the caller's transaction is then rolled
    back and the edition before stays current.
    """
    if changes.is_empty:
        raise NothingToPublishError("nothing differs from the current edition")
    edition = _claim_next(session, changes, origin, now)
    put_procedures(session, changes.changes, edition.number)
    put_checklists(session, changes.checklists, edition.number)
    put_patches(session, changes.patches, changes.withdrawn, edition.number)
    if changes.fee_rules is not None:
        put_fee_rules(session, changes.fee_rules, edition.number)
    put_communes(session, changes.communes, edition.number)
    put_faqs(session, changes.faqs, changes.retired, edition.number)
    put_words(session, changes.words, changes.retired_words, edition.number)
    return edition


def go_back(session: Session, target: int, *, now: datetime, reason: str = "") -> Edition:
    """Publish the next edition with exactly what edition `target` held.

    Raises UnknownEditionError when there is no such edition or it is the current one.
    """
    number = edition_number(session)
    if not 1 <= target < number:
        before = f"those before the current one are 1 to {number - 1}" if number > 1 else "there is no edition before"
        raise UnknownEditionError(f"cannot go back to edition {target}: {before}")
    origin = Origin(kind=EditionKind.GO_BACK, restores=target, reason=reason)
    edition = _claim_next(session, ChangeSet(), origin, now)
    then = session.get_one(Edition, target)
    edition.data_day, edition.digest = then.data_day, then.digest
    for model in VERSIONED:
        restore_rows(session, model, target, edition.number)
    return edition


def _claim_next(session: Session, changes: ChangeSet, origin: Origin, now: datetime) -> Edition:
    """Insert the edition row: of two publishers only one can take the number."""
    edition = Edition(
        number=edition_number(session) + 1,
        published_at=now,
        kind=origin.kind,
        source=origin.source,
        digest=origin.digest,
        data_day=origin.data_day,
        reason=origin.reason,
        restores=origin.restores,
        new=changes.count(ChangeKind.NEW),
        amended=changes.count(ChangeKind.AMENDED),
        repealed=changes.count(ChangeKind.REPEALED),
        replaced=changes.count(ChangeKind.REPLACED),
        unchanged=changes.unchanged,
    )
    try:
        session.add(edition)
        session.flush()
    except (sa.exc.IntegrityError, sa.exc.OperationalError) as error:
        raise PublishConflictError(
            f"edition {edition.number} is being published by another process; wait until it is done and try again"
        ) from error
    return edition
