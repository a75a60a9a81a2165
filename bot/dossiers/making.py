"""The dossier desk and its source, made from the settings."""

import httpx

from bot.dossiers.desk import Desk
from bot.dossiers.sources import SOURCES
from bot.dossiers.sources.guarded import AT_ONCE, SECONDS, Guarded
from bot.dossiers.sources.source import Access
from bot.settings import Settings
from knowledge.clock import Clock
from knowledge.database import Database
from knowledge.dossiers.factors import Keys


def make_desk(settings: Settings, database: Database, keys: Keys, clock: Clock) -> Desk:
    return Desk(
        database,
        keys,
        make_source(settings, keys, clock),
        always_factor=settings.dossier_always_factor,
        sensitive=tuple(filter(None, settings.dossier_sensitive.split(";"))),
    )


def make_source(settings: Settings, keys: Keys, clock: Clock) -> Guarded | None:
    """The system to ask, None where none is named; nothing is connected yet."""
    if not settings.dossier_source:
        return None
    access = Access(
        url=settings.dossier_url,
        user=settings.dossier_user,
        password=settings.dossier_password,
        unit=settings.dossier_unit,
        system=settings.dossier_system,
    )
    client = httpx.Client(timeout=SECONDS, limits=httpx.Limits(max_connections=AT_ONCE), follow_redirects=False)
    return Guarded(SOURCES[settings.dossier_source](client, access, keys), clock)
