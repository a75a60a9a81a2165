"""Which shelf a process works with, by its settings."""

from bot.settings import Settings
from bot.workers.sealing import SealedShelf, Sealing
from bot.workers.shelf import Shelf
from bot.workers.table import TableShelf
from bot.workers.valkey import ValkeyShelf
from knowledge.database import Database


def make_shelf(settings: Settings, database: Database, sealing: Sealing) -> Shelf | None:
    """The shelf that all processes share; None where there is but one."""
    if settings.valkey_url:
        return SealedShelf(ValkeyShelf(settings.valkey_url), sealing)
    return SealedShelf(TableShelf(database), sealing) if settings.workers > 1 else None
