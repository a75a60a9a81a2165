"""Comparing what a file holds with the current edition."""

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from msgspec.structs import replace

from catalogue_import.gather import Candidate, Gathered
from knowledge.changeset import Change, ChangeKind, ChangeSet


class Current(NamedTuple):
    """What stands in the database: the edition's number, digests by id, and the ids of starter texts.

    `data_day` is that of the copy published before; None when there was none, only our starter catalogue.
    """

    edition: int
    data_day: date | None
    digests: Mapping[str, str]
    starters: frozenset[str]


class Days(NamedTuple):
    """`data` is the day of the copy; `effective` the first day on which its changes are the rule."""

    data: date
    effective: date


def data_day_of(gathered: Gathered) -> date | None:
    """The newest day on which the publisher touched a record: the copy cannot be older than that."""
    return max((item.identity.updated for item in gathered.details.values() if item.identity.updated), default=None)


def file_digest(gathered: Gathered) -> str:
    """Of everything public in the file, in whatever order it came."""
    lines = sorted(f"{key} {item.digest}\n" for key, item in gathered.details.items() if item.digest)
    return blake2b("".join(lines).encode(), digest_size=16).hexdigest()


def compare(gathered: Gathered, current: Current, days: Days, *, complete: bool) -> ChangeSet:
    """What the next edition changes. Only a complete file repeals what it does not hold."""
    public = gathered.public
    changed = [candidate for candidate in public if _digest_before(candidate, current) != candidate.digest]
    repealed = sorted(_repealed(gathered, current, complete=complete))
    return ChangeSet(
        changes=(
            *(_changed(candidate, current, days) for candidate in changed),
            *(Change(kind=ChangeKind.REPEALED, formality_id=key, effective=days.effective) for key in repealed),
        ),
        unchanged=len(public) - len(changed),
    )


def _digest_before(candidate: Candidate, current: Current) -> str | None:
    return current.digests.get(candidate.identity.formality_id)


def _changed(candidate: Candidate, current: Current, days: Days) -> Change:
    """A first text holds since always, and so does one that replaces our own starter text of the same rule."""
    key = candidate.identity.formality_id
    is_first = key not in current.digests
    return Change(
        kind=ChangeKind.NEW if is_first else ChangeKind.AMENDED,
        formality_id=key,
        procedure=replace(candidate.procedure, data_day=days.data) if candidate.procedure else None,
        digest=candidate.digest,
        effective=None if is_first or key in current.starters else days.effective,
        originals=candidate.originals,
    )


def _repealed(gathered: Gathered, current: Current, *, complete: bool) -> Iterator[str]:
    for key in current.digests:
        candidate = gathered.details.get(key)
        is_withdrawn = candidate is not None and candidate.procedure is None  # internal by now, for instance
        is_gone = complete and candidate is None and key not in gathered.listed
        if is_withdrawn or is_gone:
            yield key
