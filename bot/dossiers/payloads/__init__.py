"""The roll of payloads: messages of the national integration interface and of its iGate variant, by their service.

A reader turns one document into updates of the ledger. Of people it keeps keyed hashes of last four digits;
officers' names, files and free notes are not read at all.
"""

from collections.abc import Callable
from typing import Any

from bot.dossiers.payloads import igate, national
from bot.dossiers.payloads.fields import InvalidPayloadError
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Update

PAYLOADS: dict[str, Callable[[Any, Keys, str], list[Update]]] = {
    "DongBoHoSoMC": national.synchronised,
    "CapNhatTienDoHoSoMC": national.progress,
    "TraCuuHoSo": national.looked_up,
    "NoiHoSo": igate.connected,
    "CapNhatTienTrinh": national.progress,
    "CapNhatTrangThai": igate.status_set,
    "TimHoSo": igate.searched,
}


def read_payload(service: str, document: Any, keys: Keys, system: str) -> list[Update]:
    """The updates in a payload; `system` names who sent it. Raises InvalidPayloadError at the place."""
    reader = PAYLOADS.get(service)
    if reader is None:
        raise InvalidPayloadError("service", f"unknown; known are {', '.join(PAYLOADS)}")
    return reader(document, keys, system)
