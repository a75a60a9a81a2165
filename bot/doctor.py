"""`motcua doctor`: what this installation has and lacks, each with its remedy. It looks and changes nothing."""

import importlib.util
import os
import socket
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
import sqlalchemy as sa

from bot.channels.names import CHANNEL_NAMES
from bot.channels.state import notes
from bot.operation.orders import read_orders
from bot.settings import Settings
from bot.workers.valkey import ValkeyShelf
from knowledge.calendar_edits import calendar_now
from knowledge.calendar_seed import seeded_calendar
from knowledge.catalogue import current_digests, current_edition
from knowledge.changeset import EditionKind
from knowledge.clock import vietnam_day
from knowledge.commune_places import PlacesError, read_places
from knowledge.communes import commune_of, communes
from knowledge.database import Database, DatabaseError, newest_revision, open_database, revision_of

OLDEST_PYTHON = (3, 11)
OLD_DAYS = 60  # some 600 procedures were added in the two months after July 2026
WHOLE_CATALOGUE = 4_000  # the national catalogue had 4,647 public procedures in July 2026; far fewer is a part of it
PUBLISH = "motcua catalogue publish FILE"


class State(StrEnum):
    GOOD = "good"
    HINT = "hint"  # works, could be better
    BROKEN = "broken"  # does not work before the remedy


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at, what was found, and what to do about it."""

    what: str
    state: State
    found: str
    remedy: str = ""


class Patient(msgspec.Struct, frozen=True):
    """What the checks look at; without a database where none could be opened."""

    settings: Settings
    now: datetime
    database: Database | None = None


def examine(settings: Settings, now: datetime) -> tuple[Finding, ...]:
    database, finding = _opened(settings)
    patient = Patient(settings, now, database)
    findings = (finding, *(found for check in CHECKS for found in check(patient)))
    if database is not None:
        database.close()
    return findings


def is_broken(findings: tuple[Finding, ...]) -> bool:
    return any(finding.state is State.BROKEN for finding in findings)


def _opened(settings: Settings) -> tuple[Database | None, Finding]:
    """The database, opened only where opening makes and migrates nothing."""
    try:
        path = _sqlite_path(settings.database)
        if path is not None and not path.exists():
            return None, _place("database", path, f"{path} is not there yet; the first start makes it")
        database = open_database(settings.database, migrating=False)
        return database, _revision(database)
    except DatabaseError as error:
        return None, Finding("database", State.BROKEN, str(error))
    except sa.exc.SQLAlchemyError as error:
        remedy = "check that it may be written and that the disk is not full"
        return None, Finding("database", State.BROKEN, str(getattr(error, "orig", error)).strip(), remedy)


def _sqlite_path(url: str) -> Path | None:
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        return None  # opening it says what is wrong
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database and not parsed.database.startswith(":")
    return Path(parsed.database) if is_file and parsed.database else None


def _revision(database: Database) -> Finding:
    """Whether it can be written, and at which revision it is."""
    with database.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE").connect() as connection:
        connection.execute(sa.text("CREATE TEMPORARY TABLE motcua_doctor (number INTEGER)"))
        connection.rollback()
    found, newest = revision_of(database.engine), newest_revision()
    if found == newest:
        return Finding("database", State.GOOD, f"{database.engine.url.render_as_string()}, revision {found}")
    return Finding("database", State.HINT, f"at revision {found}, the newest is {newest}", "the next start migrates it")


def python(_patient: Patient) -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    is_new = sys.version_info[:2] >= OLDEST_PYTHON
    yield Finding(
        "Python", State.GOOD if is_new else State.BROKEN, found, "" if is_new else "install Python 3.11 or newer"
    )
    yield Finding("motcua", State.GOOD, own_version())


def own_version() -> str:
    try:
        return version("motcua")
    except PackageNotFoundError:
        return "run from a checkout, not installed"


def data_folder(patient: Patient) -> Iterator[Finding]:
    """The secret and the embedded database live there, even when another database is used."""
    folder = patient.settings.data_dir.resolve()
    yield _place("data folder", folder, str(folder) if folder.exists() else f"{folder} is made when needed")


def _place(what: str, path: Path, found: str) -> Finding:
    """Whether a file or folder can be written, or made."""
    nearest = next(place for place in (path, *path.parents) if place.exists())
    if (nearest.is_dir() or nearest == path) and os.access(nearest, os.W_OK):
        return Finding(what, State.GOOD, found)
    remedy = "make it writable, or take another folder: MOTCUA_DATA_DIR=/another/folder"
    return Finding(what, State.BROKEN, f"{nearest} cannot be written", remedy)


def catalogue(patient: Patient) -> Iterator[Finding]:
    if patient.database is None or revision_of(patient.database.engine) is None:
        yield Finding("catalogue", State.HINT, "nothing published", f"the first start publishes the starter; {PUBLISH}")
        return
    with patient.database.session() as session:
        edition = current_edition(session)
        procedures = len(current_digests(session))
    if edition is None:
        yield Finding("catalogue", State.HINT, "nothing published", f"the first start publishes the starter; {PUBLISH}")
        return
    yield _size(edition.number, procedures, is_starter=edition.kind == EditionKind.STARTER)
    if edition.data_day is not None:
        age = (vietnam_day(patient.now) - edition.data_day).days
        is_old = age > OLD_DAYS
        remedy = f"get a newer copy of the catalogue, then {PUBLISH}" if is_old else ""
        found = f"copy of {edition.data_day:%d/%m/%Y}, {age} days old"
        yield Finding("age of the data", State.HINT if is_old else State.GOOD, found, remedy)


def _size(number: int, procedures: int, *, is_starter: bool) -> Finding:
    found = f"edition {number}, {procedures:,} procedures{', the starter catalogue only' if is_starter else ''}"
    is_whole = procedures >= WHOLE_CATALOGUE
    remedy = "" if is_whole else f"load the whole national catalogue: {PUBLISH}"
    return Finding("catalogue", State.GOOD if is_whole else State.HINT, found, remedy)


def working_days(patient: Patient) -> Iterator[Finding]:
    """Edits are read only from a database that has the table for them."""
    calendar = seeded_calendar()
    if patient.database is not None and revision_of(patient.database.engine) == newest_revision():
        with patient.database.session() as session:
            calendar = calendar_now(session)
    reminder = calendar.reminder(vietnam_day(patient.now))
    remedy = "motcua dossiers calendar add DAY --kind off --name ... --ground ..." if reminder else ""
    yield Finding("working days", State.HINT if reminder else State.GOOD, reminder or "decided", remedy)


def orders(patient: Patient) -> Iterator[Finding]:
    """What administrators ordered for the moment; read only from a database that has the tables for it."""
    if patient.database is None or revision_of(patient.database.engine) != newest_revision():
        return
    found = read_orders(patient.database, patient.now)
    for each in found.off.values():
        said = f"{each.channel} switched off by {each.who} since {each.at:%Y-%m-%d %H:%M} UTC: {each.reason}"
        yield Finding("channels", State.HINT, said, "an administrator switches it on at /can-bo/van-hanh")
    if not found.off:
        yield Finding("channels", State.GOOD, "none is switched off")
    for announcement in found.announcements:
        until = f"until {announcement.ends_at:%Y-%m-%d %H:%M} UTC: {announcement.text}"
        yield Finding("announcement", State.GOOD, until)


def port(patient: Patient) -> Iterator[Finding]:
    problem = port_problem(patient.settings.host, patient.settings.port)
    if problem:
        yield Finding("port", State.HINT, problem, "if that is no running motcua: MOTCUA_PORT=8081")
    else:
        yield Finding("port", State.GOOD, f"{patient.settings.host}:{patient.settings.port} is free")


def port_problem(host: str, number: int) -> str:
    """Why a server could not listen there, "" if it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: closing ones do not count
        try:
            probe.bind((host, number))
        except OSError as error:
            return f"cannot listen on {host}:{number}: {error.strerror or error}"
    return ""


def sharing(patient: Patient) -> Iterator[Finding]:
    settings = patient.settings
    if settings.valkey_url:
        is_there = ValkeyShelf(settings.valkey_url).answers()
        remedy = (
            "" if is_there else "start it, or mend MOTCUA_VALKEY_URL; until then conversations and limits start anew"
        )
        yield Finding("Valkey", State.GOOD if is_there else State.BROKEN, "answers" if is_there else "silent", remedy)
    elif settings.workers > 1:
        hint = "" if _sqlite_path(settings.database) is None else "several processes are quicker with PostgreSQL"
        yield Finding("processes", State.HINT if hint else State.GOOD, f"{settings.workers} share the database", hint)


def address(patient: Patient) -> Iterator[Finding]:
    found = patient.settings.public_url
    hint = "set MOTCUA_PUBLIC_URL so that links in answers lead to this server"
    yield Finding("public address", State.GOOD if found else State.HINT, found or "not set", "" if found else hint)


def commune(patient: Patient) -> Iterator[Finding]:
    code = patient.settings.commune
    if not code:
        yield Finding("communes", State.GOOD, f"{len(communes())} known; citizens choose theirs")
    elif found := commune_of(code):
        yield Finding("communes", State.GOOD, f"serves {found.full_name}")
    else:
        yield Finding(
            "communes", State.BROKEN, f"there is no commune {code}", "set MOTCUA_COMMUNE to one of the 114 codes"
        )


def commune_places(patient: Patient) -> Iterator[Finding]:
    file = patient.settings.commune_places
    if not file:
        return
    try:
        found = f"the centres of {len({place.code for place in read_places(Path(file))})} communes"
    except PlacesError as error:
        yield Finding("places of communes", State.BROKEN, str(error), "mend the file, then start the server again")
    else:
        yield Finding("places of communes", State.GOOD, found)


def channels(patient: Patient) -> Iterator[Finding]:
    if patient.database is None or revision_of(patient.database.engine) != newest_revision():
        return
    with patient.database.session() as session:
        found = tuple(notes(patient.settings, session, patient.now))
    for note in found:
        state = State.BROKEN if note.is_broken else State.HINT if note.remedy else State.GOOD
        yield Finding(CHANNEL_NAMES[note.channel], state, note.found, note.remedy)


def optional_parts(_patient: Patient) -> Iterator[Finding]:
    has_postgresql = importlib.util.find_spec("psycopg") is not None
    yield Finding("PostgreSQL driver", State.GOOD, "there" if has_postgresql else "not installed; SQLite needs none")
    yield Finding("fonts, Chromium", State.GOOD, "not needed: pages use the reader's fonts, only tests drive a browser")


CHECKS: tuple[Callable[[Patient], Iterator[Finding]], ...] = (
    python,
    data_folder,
    catalogue,
    working_days,
    orders,
    port,
    sharing,
    address,
    commune,
    commune_places,
    channels,
    optional_parts,
)
