"""Procedures of the city that are the rule here instead of national ones (FORMATS §3.1)."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from knowledge.procedure import Value

DATA = Path(__file__).with_name("special.toml")


class Special(Value, frozen=True):
    """national code → the city's, from a day on by a decision."""

    since: date
    ground: str
    codes: dict[str, str]


@lru_cache(maxsize=1)
def special_procedures() -> Special:
    return msgspec.toml.decode(DATA.read_bytes(), type=Special)


def city_code(code: str, day: date) -> str:
    """The city's own procedure that wins over a national one on a day; "" where there is none."""
    special = special_procedures()
    return special.codes.get(code, "") if day >= special.since else ""
