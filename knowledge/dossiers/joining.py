"""One dossier out of the entries of several systems: duplicates, newer ones, and who wins a field.

The agency's own system wins field by field, because one system rewrites what it pushes to the national portal;
the national one fills what is left. Where they differ in a field of CONFLICTING, staff are told.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from knowledge.dossiers.dossier import Dossier, Entry, Shown
from knowledge.dossiers.moments import has_time, is_same

CONFLICTING = ("channel", "received", "due", "finished", "returned", "status")
MOMENTS = {"received", "due", "finished", "returned"}
_NOTHING = Shown()


Item = TypeVar("Item")


class Kept(NamedTuple, Generic[Item]):
    """Which of the rows of one dossier count, and how many fell away for which reason."""

    items: tuple[Item, ...]
    duplicates: int
    superseded: int


def keep(items: Iterable[Item], entry_of: Callable[[Item], Entry]) -> Kept[Item]:
    """Of equal items one, of several with one system and code the one updated last, else the later one."""
    unique = tuple(dict.fromkeys(every := tuple(items)))
    kept: dict[tuple[str, str], Item] = {}
    for item in unique:
        key = (entry_of(item).system, entry_of(item).code)
        is_older = key in kept and is_newer(entry_of(kept[key]), entry_of(item))
        kept[key] = kept[key] if is_older else item
    return Kept(tuple(kept.values()), len(every) - len(unique), len(unique) - len(kept))


def is_newer(one: Entry, later: Entry) -> bool:
    """Whether `one` was updated after `later`, which came later and counts unless both tell otherwise."""
    return bool(one.updated and later.updated and one.updated > later.updated)


def join(entries: Sequence[Entry]) -> Dossier:
    """The dossier that entries sharing codes make. There is at least one of them."""
    ordered = tuple(sorted(entries, key=lambda entry: entry.is_national))  # stable: own systems as they came
    primary, *others = sorted(_codes(ordered), key=lambda code: not code.startswith("H"))
    fields = {name: _first(ordered, name) for name in Shown.__struct_fields__}
    return Dossier(
        **_settled(fields),
        code=primary,
        other_codes=tuple(sorted(others)),
        systems=tuple(dict.fromkeys(entry.system for entry in ordered if entry.system)),
        conflicts=tuple(name for name in CONFLICTING if len(ordered) > 1 and _differs(ordered, name)),
        entries=ordered,
    )


def _codes(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for entry in entries for code in entry.codes))


def _first(entries: Iterable[Entry], name: str) -> Any:
    """The first value told; a default ("", None, ()) is none."""
    told = (value for entry in entries if (value := getattr(entry, name)) not in (None, "", ()))
    return next(told, getattr(_NOTHING, name))


def _settled(fields: dict[str, Any]) -> dict[str, Any]:
    """A known status needs no word of the office beside it; the newest update is that of the whole."""
    return fields if fields["status"] is None else fields | {"status_raw": ""}


def _differs(entries: Iterable[Entry], name: str) -> bool:
    values = [value for entry in entries if (value := getattr(entry, name)) is not None]
    if name in MOMENTS:
        exact = sorted(values, key=has_time)
        return any(not is_same(exact[0], value) for value in exact) or _differ_in_time(exact)
    return len(set(values)) > 1


def _differ_in_time(moments: list[str]) -> bool:
    return len({moment for moment in moments if has_time(moment)}) > 1
