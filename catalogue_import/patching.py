"""From a decision that was read to rows for the next edition."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b

import msgspec

from catalogue_import.decision_file import Announcement, DecisionFile, DecisionRecord, OnlineLevel, Status
from knowledge.changeset import ChangeSet
from knowledge.patches import OnlineLevel as Online
from knowledge.patches import Patch, PatchStatus
from knowledge.procedure import Decision

_STATUSES = {status: PatchStatus(status.value) for status in Status}
_ONLINE = {level: Online(level.value) for level in OnlineLevel}


def patches_in(file: DecisionFile, effective: date | None = None) -> dict[str, tuple[Patch, DecisionRecord]]:
    """By key; `effective` is the operator's word for rows whose day the file does not say. Rows without any day, and
    replaced ones without a successor, are left out: the checks refuse them."""
    found = {}
    for record in file.records:
        day = effective_day(record, file.decision, effective)
        if day is not None and not lacks_successor(record):
            patch = _patch(record, file.decision, day)
            found[patch.key] = (patch, record)
    return found


def lacks_successor(record: DecisionRecord) -> bool:
    """A procedure cannot be replaced by nothing, nor by itself."""
    return record.status is Status.REPLACED and record.successor in {None, "", record.code}


def effective_day(record: DecisionRecord, decision: Announcement, given: date | None) -> date | None:
    return record.effective or decision.effective or given


def _patch(record: DecisionRecord, decision: Announcement, effective: date) -> Patch:
    content = record.content
    return Patch(
        code=record.code,
        status=_STATUSES[record.status],
        effective=effective,
        decision=Decision(number=decision.number, day=decision.day, issuer=decision.issuer),
        name=record.name,
        field=record.field or "",
        levels=record.levels or (),
        time_statutory=record.time_statutory or "",
        time_shortened=record.time_shortened or "",
        place=record.place,
        fee_text=record.fee_text or "",
        online_level=_ONLINE[record.online_level] if record.online_level else None,
        channels=record.channels or (),
        legal_bases=record.legal_basis,
        papers=content.papers if content else (),
        steps=content.steps if content else (),
        subjects=content.subjects if content else (),
        agencies=content.agencies if content else (),
        results=content.results if content else (),
        conditions=content.conditions if content else "",
        successor=record.successor or "",
        where=str(record.where),
    )


def compare_patches(patches: Iterable[Patch], current: Mapping[str, Patch], *, complete: bool) -> ChangeSet:
    """What the next edition changes. Another file of the same decision adds to it or corrects it; only a file said to
    be the whole decision withdraws the rows that it lacks."""
    found = {patch.key: patch for patch in patches}
    changed = tuple(patch for key, patch in found.items() if not says_the_same(patch, current.get(key)))
    lacking = lacks(found.values(), current) if complete else ()
    return ChangeSet(patches=changed, withdrawn=tuple(lacking), unchanged=len(found) - len(changed))


def says_the_same(patch: Patch, before: Patch | None) -> bool:
    """Whatever place the row has in its file: a decision is published as a document and as a spreadsheet."""
    return before is not None and msgspec.structs.replace(before, where=patch.where) == patch


def lacks(patches: Iterable[Patch], current: Mapping[str, Patch]) -> list[str]:
    """Keys of rows that the edition has of the same decisions and these patches have not."""
    keys, decisions = set(), set()
    for patch in patches:
        keys.add(patch.key)
        decisions.add(patch.key.partition(" ")[0])
    return [key for key in current if key.partition(" ")[0] in decisions and key not in keys]


def decision_digest(patches: Iterable[Patch]) -> str:
    """Of every row, in whatever order and at whatever place."""
    lines = sorted(msgspec.json.encode(msgspec.structs.replace(patch, where="")) for patch in patches)
    return blake2b(b"\n".join(lines), digest_size=16).hexdigest()
