"""What editions changed of what staff write: FAQ entries and words, each as it was and as it is since."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from knowledge.faq.entry import FaqEntry
from knowledge.faq.published import entry_in
from knowledge.tables import FaqVersion, WordVersion
from knowledge.versions import chunks, table_of
from knowledge.words.word import StaffWord

Entry = TypeVar("Entry")
_WORD = msgspec.json.Decoder(StaffWord)


class EntryChange(NamedTuple, Generic[Entry]):
    """None before for what is new, None after for what is out of use."""

    before: Entry | None
    after: Entry | None


class Changed(NamedTuple, Generic[Entry]):
    """Of one edition: as many as are shown, and how many there are."""

    shown: tuple[EntryChange[Entry], ...] = ()
    number: int = 0


class _Pair(NamedTuple):
    """Ids of versions, 0 where there is none."""

    before: int = 0
    after: int = 0


def faq_changes(session: Session, editions: Collection[int], most: int) -> Mapping[int, Changed[FaqEntry]]:
    """By edition, those without any left out; of each at most `most`, in the order in which they were first written."""
    return _changes(session, FaqVersion, entry_in, editions, most)


def word_changes(session: Session, editions: Collection[int], most: int) -> Mapping[int, Changed[StaffWord]]:
    return _changes(session, WordVersion, _WORD.decode, editions, most)


def _changes(
    session: Session, model: type[SQLModel], read: Callable[[str], Entry], editions: Collection[int], most: int
) -> Mapping[int, Changed[Entry]]:
    pairs = _pairs(session, model, editions)
    shown = {number: [*of_one.values()][:most] for number, of_one in pairs.items()}
    bodies = _bodies(session, model, [each for some in shown.values() for pair in some for each in pair if each])
    held = {each: read(body) for each, body in bodies}
    changes = {
        number: tuple(EntryChange(held.get(pair.before), held.get(pair.after)) for pair in some)
        for number, some in shown.items()
    }
    return {number: Changed(found, len(pairs[number])) for number, found in changes.items()}


def _pairs(session: Session, model: type[SQLModel], editions: Collection[int]) -> Mapping[int, dict[str, _Pair]]:
    """By edition and key, the versions that it closed and opened: ids alone, a going back changes thousands."""
    table, found = table_of(model), defaultdict[int, dict[str, _Pair]](dict)
    for name, column in (("before", table.c.closed_in), ("after", table.c.opened_in)):
        query = sa.select(table.c.id, table.c.key, column).where(column.in_(editions)).order_by(table.c.id)
        for each, key, number in session.connection().execute(query):
            pair = found[number].get(key, _Pair())
            found[number][key] = pair._replace(**{name: each})
    return found


def _bodies(session: Session, model: type[SQLModel], ids: list[int]) -> Iterator[tuple[int, str]]:
    table = table_of(model)
    for chunk in chunks(ids):
        rows = session.connection().execute(sa.select(table.c.id, table.c.body).where(table.c.id.in_(chunk)))
        yield from ((row.id, row.body) for row in rows)
