"""An index from which records are away, to see what is found in their place."""

from collections.abc import Collection

import msgspec

from knowledge.search.building import present_families
from knowledge.search.index import Index


def without(index: Index, codes: Collection[str], *, and_wordings: bool = False) -> Index:
    """The index as if the edition did not hold these codes. Cheap: nothing is counted anew, so how rare words are
    still shows that the records were there.

    What our wordings know stays findable as absent, as after a repeal; with `and_wordings` that is away too.
    """
    gone = {index.position[code] for code in codes if index.holds(code)}
    hidden = {at for at in gone if and_wordings or index.entries[at].code not in index.plain_names}
    entries = list(index.entries)
    for at in gone:
        entries[at] = msgspec.structs.replace(entries[at], is_absent=True)
    held = {entry.code for entry in entries if not entry.is_absent}
    return msgspec.structs.replace(
        index,
        entries=tuple(entries),
        position={code: at for code, at in index.position.items() if at not in hidden},
        hidden=index.hidden | hidden,
        families={
            code: left
            for code, families in index.families.items()
            if code in held and (left := tuple(present_families(families, held)))
        },
        topics={topic: left for topic, family in index.topics.items() for left in present_families([family], held)},
    )
