"""The only place where things are made: everything a turn needs, built from the settings and handed on."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.conversation.memory import MemoryStore
from bot.dossiers.desk import Desk
from bot.dossiers.making import make_desk
from bot.library import Library
from bot.operation.orders import OrderBook, Orders
from bot.settings import Settings
from bot.workers.buckets import TokenBuckets
from bot.workers.making import make_shelf
from bot.workers.sealing import Sealing
from bot.workers.shelf import Shelf
from knowledge.clock import Clock
from knowledge.clock import now as real_clock
from knowledge.database import Database, open_database
from knowledge.dossiers.factors import Keys
from knowledge.starter import ensure_starter

MOST_NOTED, NOTED_WITHIN = 10, timedelta(minutes=10)  # an address may stand for a whole office


@dataclass(frozen=True)
class App:
    """What `reply_to` and the channels work with."""

    settings: Settings
    database: Database
    library: Library
    memories: MemoryStore
    clock: Clock
    secret: str
    desk: Desk
    sealing: Sealing
    noted: TokenBuckets  # what one person may say about answers
    shelf: Shelf | None = None  # which all processes of this service share; None where there is but one
    orders: OrderBook = field(default_factory=OrderBook)
    is_recording: bool = True  # off where questions are asked only to measure

    @property
    def ordered(self) -> Orders:
        """What administrators order for this moment."""
        return self.orders.at(self.database, self.clock())

    def close(self) -> None:
        self.desk.close()
        if self.shelf:
            self.shelf.close()
        self.database.close()


def build_app(settings: Settings, clock: Clock = real_clock, *, is_recording: bool = True) -> App:
    """Open the database (one without plain words gets the starter catalogue's) and load the current edition.

    Raises knowledge.database.DatabaseError.
    """
    database = _opened(settings, clock)
    secret = secret_of(settings)
    sealing = Sealing(secret)
    shelf = make_shelf(settings, database, sealing)
    return App(
        settings=settings,
        database=database,
        library=Library(database, clock),
        memories=MemoryStore(timedelta(minutes=settings.memory_minutes), shelf),
        clock=clock,
        secret=secret,
        desk=make_desk(settings, database, Keys(secret), clock),
        sealing=sealing,
        noted=TokenBuckets(MOST_NOTED, clock, shelf, "noted", NOTED_WITHIN),
        shelf=shelf,
        is_recording=is_recording,
    )


def prepare(settings: Settings, clock: Clock = real_clock) -> None:
    """Make what several processes would otherwise all make at their start. Raises as `build_app`."""
    _opened(settings, clock).close()
    secret_of(settings)


def _opened(settings: Settings, clock: Clock) -> Database:
    database = open_database(settings.database)
    ensure_starter(database, clock())
    return database


def secret_of(settings: Settings) -> str:
    return settings.secret or _kept_secret(settings.data_dir)


def _kept_secret(folder: Path) -> str:
    """The key made at the first start; only the owner of the file may read it."""
    path = folder / "secret"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make_secret(path)
    return path.read_text("utf-8").strip()


def _make_secret(path: Path) -> None:
    """Under its name it is whole from the first moment: another process that starts at the same time may read it."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix="secret-") as file:  # its owner's alone
        file.write(secrets.token_hex(32))
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
