"""The roll of systems that can be asked about a dossier over HTTP. Registers and payloads come by themselves."""

from bot.dossiers.sources.igate import IGate
from bot.dossiers.sources.source import Source, SourceDownError
from bot.dossiers.sources.tra_cuu import TraCuuHoSo

SOURCES: dict[str, type[TraCuuHoSo] | type[IGate]] = {"tra_cuu": TraCuuHoSo, "igate": IGate}

__all__ = ["SOURCES", "Source", "SourceDownError"]
