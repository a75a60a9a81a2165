"""Cleaning: records of a file become procedures for the public, each known by its id."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from catalogue_import.corrections import NO_CORRECTIONS, Corrections, corrected
from catalogue_import.digest import UNDATED, digest_of
from catalogue_import.formats.format import Format, Identity
from catalogue_import.issues import Issue, IssueKind, IssueLog
from catalogue_import.scope import PUBLIC, Scope, scope_of
from catalogue_import.source_record import SourceRecord, UnreadableRecordError
from knowledge.changeset import Original
from knowledge.procedure import InvalidValueError, Procedure


class Candidate(NamedTuple):
    """One detail record; `procedure` is None and `digest` empty when it is not for the public here."""

    identity: Identity
    scope: Scope
    where: str
    procedure: Procedure | None = None
    digest: str = ""
    originals: tuple[Original, ...] = ()


class Gathered:
    """What a file holds: detail records and mere list objects by id, and how many could not be read."""

    def __init__(self) -> None:
        self.records = 0
        self.left_out = 0
        self.details: dict[str, Candidate] = {}
        self.listed: dict[str, Candidate] = {}

    @property
    def public(self) -> list[Candidate]:
        return [candidate for candidate in self.details.values() if candidate.procedure is not None]

    @property
    def only_listed(self) -> list[Candidate]:
        return [candidate for key, candidate in self.listed.items() if key not in self.details]

    @property
    def scopes(self) -> Counter[Scope]:
        return Counter(candidate.scope for candidate in self.details.values())


def gather(
    items: Iterable[SourceRecord | Issue],
    format_: Format,
    province: str,
    log: IssueLog,
    corrections: Corrections = NO_CORRECTIONS,
) -> Gathered:
    """Without `corrections` the procedures stand as published."""
    gathered = Gathered()
    for item in items:
        if isinstance(item, Issue):
            log.add(*item)
            continue
        gathered.records += 1
        try:
            _keep(gathered, _corrected(_candidate(item, format_, province), corrections, log), log)
        except UnreadableRecordError as error:
            gathered.left_out += 1
            log.add(*error.issue)
        log.extend(item.issues)
    return gathered


def _candidate(record: SourceRecord, format_: Format, province: str) -> Candidate:
    identity = format_.identify(record)
    if not identity.has_details:
        record.account()
        return Candidate(identity, Scope.UNKNOWN, record.where)
    scope = scope_of(identity.kind, identity.issuer_code, province, is_internal=identity.is_internal)
    if scope not in PUBLIC:
        return Candidate(identity, scope, record.where)
    try:
        procedure = format_.to_procedure(record, identity, UNDATED)
    except InvalidValueError as error:
        raise UnreadableRecordError(IssueKind.UNREADABLE_RECORD, str(error), record.where) from error
    record.account()
    return Candidate(identity, scope, record.where, procedure, digest_of(procedure), _originals(record))


def _corrected(candidate: Candidate, corrections: Corrections, log: IssueLog) -> Candidate:
    if candidate.procedure is None:
        return candidate
    found = corrected(candidate.procedure, corrections, candidate.where)
    log.extend(found.issues)
    if found.procedure == candidate.procedure:
        return candidate
    originals = (*candidate.originals, *found.originals)
    return candidate._replace(procedure=found.procedure, digest=digest_of(found.procedure), originals=originals)


def _originals(record: SourceRecord) -> tuple[Original, ...]:
    """Their places without that of the record, which is another one in every file."""
    start = len(f"{record.where}, ")
    return tuple(Original(place[start:].replace(", ", "."), text) for place, text in record.originals)


def _keep(gathered: Gathered, candidate: Candidate, log: IssueLog) -> None:
    """Of records with one id the newest counts, of equally new ones the last."""
    kept = gathered.details if candidate.identity.has_details else gathered.listed
    key = candidate.identity.formality_id
    before = kept.get(key)
    if before is not None and _says_the_same(before, candidate):
        log.add(IssueKind.MERGED_RECORD, where=candidate.where)
        return
    if before is not None:
        log.add(IssueKind.REPEATED_ID, key, f"{before.where}; {candidate.where}")
    if before is None or not _is_newer(before, candidate):
        kept[key] = candidate


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    same_digest = one.digest == other.digest and one.scope is other.scope
    return same_digest and one.identity._replace(updated=None) == other.identity._replace(updated=None)


def _is_newer(one: Candidate, other: Candidate) -> bool:
    day, other_day = one.identity.updated, other.identity.updated
    return day is not None and other_day is not None and day > other_day
