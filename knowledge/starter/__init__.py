"""The starter catalogue: the procedures citizens of a commune ask for most, in our own plain words.

Data files by topic (`*.toml`). Each entry is a plain checklist and, under `record`, the facts of the national
record that an answer needs while the full catalogue is not loaded; `tools/starter_facts.py` refreshes those.
"""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

import msgspec
from sqlmodel import Session

from knowledge.catalogue import PublishConflictError, checklists, current_edition, edition_number, publish
from knowledge.changeset import Change, ChangeKind, ChangeSet, EditionKind, Origin
from knowledge.database import Database
from knowledge.fee_rules import FeeRule, load_fee_rules
from knowledge.layer_store import has_had_fee_rules
from knowledge.procedure import Checklist, InvalidValueError, Procedure
from knowledge.tables import Edition


class Starter(NamedTuple):
    """Records without the publisher's prose, and the plain layer over them, in the same order."""

    procedures: tuple[Procedure, ...]
    checklists: tuple[Checklist, ...]

    @property
    def data_day(self) -> date:
        """The day of the newest copy of the catalogue that any fact was read from."""
        return max(procedure.data_day for procedure in self.procedures)


def load_starter(folder: Traversable | None = None) -> Starter:
    """Read every data file; raises InvalidValueError naming the file, the code and the key of what is wrong."""
    entries = sorted((folder or files(__name__)).iterdir(), key=lambda entry: entry.name)
    read = [pair for entry in entries if entry.name.endswith(".toml") for pair in _read_file(entry)]
    _refuse_repetition(procedure.code for procedure, _ in read)
    return Starter(tuple(procedure for procedure, _ in read), tuple(checklist for _, checklist in read))


def ensure_starter(database: Database, now: datetime) -> None:
    """As `publish_starter`; afterwards it is there, also when another process was just publishing it."""
    try:
        with database.session() as session:
            publish_starter(session, now)
    except PublishConflictError:  # on PostgreSQL the other is through by now, on SQLite `writing` waits for it
        with database.session(writing=True) as session:
            publish_starter(session, now)


def publish_starter(session: Session, now: datetime) -> Edition | None:
    """Make the first edition of an empty database; give a catalogue that has no plain layer yet only that, and one
    that has never had a table of council fees that.

    Gives None, and does nothing, where there is everything already.
    """
    rules = None if has_had_fee_rules(session) else load_fee_rules()
    if checklists(session):
        return _publish_fees(session, rules, now) if rules else None
    starter = load_starter()
    changes = ChangeSet(checklists=starter.checklists, fee_rules=rules)
    if edition_number(session) == 0:
        changes = msgspec.structs.replace(changes, changes=tuple(map(_as_new, starter.procedures)))
    origin = Origin(kind=EditionKind.STARTER, source="starter", data_day=starter.data_day)
    return publish(session, changes, origin, now=now)


def _publish_fees(session: Session, rules: tuple[FeeRule, ...], now: datetime) -> Edition | None:
    """The table that comes with motcua, where an older version has kept fees elsewhere or nowhere."""
    edition = current_edition(session)
    origin = Origin(kind=EditionKind.FEES, source="fees.toml", data_day=edition.data_day if edition else None)
    return publish(session, ChangeSet(fee_rules=rules), origin, now=now)


def _as_new(procedure: Procedure) -> Change:
    return Change(kind=ChangeKind.NEW, formality_id=procedure.formality_id, procedure=procedure)


def _read_file(entry: Traversable) -> Iterator[tuple[Procedure, Checklist]]:
    try:
        document = tomllib.loads(entry.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidValueError(f"starter: {entry.name}: {error}") from error
    for raw in document.get("procedure", ()):
        try:
            yield _read_entry(raw, document.get("data_day"))
        except (msgspec.ValidationError, InvalidValueError) as error:
            raise InvalidValueError(f"starter: {entry.name}: {raw.get('code', 'no code')}: {error}") from error


def _read_entry(raw: dict[str, Any], data_day: date | None) -> tuple[Procedure, Checklist]:
    record = raw.get("record", {})
    laws = [{"number": number} for number in record.get("legal_bases", ())]
    facts = {"code": raw.get("code"), "data_day": data_day, "is_starter": True, **record, "legal_bases": laws}
    plain = {key: value for key, value in raw.items() if key != "record"}
    return msgspec.convert(facts, Procedure), msgspec.convert(plain, Checklist)


def _refuse_repetition(codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise InvalidValueError(f"starter: {code} stands in two places")
        seen.add(code)
