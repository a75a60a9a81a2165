"""Procedures whose very name tells something about a person: shown only to who proves the second factor."""

import re

from knowledge.language.syllables import fold

SENSITIVE = (
    "khuyết tật",
    "lý lịch tư pháp",
    "ngoài giá thú",
    "nhận cha mẹ con",
    "ly hôn",
    "tình trạng hôn nhân",
    "người có công",
    "trợ cấp",
    "nuôi con nuôi",
    "cải chính hộ tịch",
    "cải chính",
    "cai nghiện",
    "hiv",
)
_BETWEEN = re.compile(r"[^a-z\d]+")


def is_sensitive(name: str, more: tuple[str, ...] = ()) -> bool:
    """`more` are what staff of this installation added."""
    words = f" {_squeezed(name)} "
    return any(f" {_squeezed(kind)} " in words for kind in (*SENSITIVE, *more) if kind.strip())


def _squeezed(text: str) -> str:
    return _BETWEEN.sub(" ", fold(text)).strip()
