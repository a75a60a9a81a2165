"""Telling whether two answers say the same.

The portal shuffles its lists at every call: of 502 records fetched twice on one day 436 differed in order alone, and
one in content. So lists are put in order, joined names are left out, texts are cleaned, and the rest is hashed.
"""

from hashlib import blake2b
from typing import Any

import msgspec

from catalogue_import.clean import clean

# Names joined in the order of a shuffled list, and the times of the portal's own bookkeeping.
LEFT_OUT = frozenset(
    "executingAgencies delegatedAgencies authorizedAgencies coordinatingAgencies createdAt updatedAt".split()
)

_encode = msgspec.json.Encoder(order="sorted").encode


def fingerprint_of(value: Any) -> str:
    """Equal for two objects of the portal that differ in order, spaces and bookkeeping only."""
    return blake2b(_encode(_ordered(value)), digest_size=16).hexdigest()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(item) for key, item in value.items() if key not in LEFT_OUT}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=_encode)
    return clean(value) if isinstance(value, str) else value
