"""Lists of procedures: found by words or browsed by field and level, counted and cut into pages. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

import msgspec

from bot.answers.wording.amounts import capitalised
from bot.answers.wording.prose import spelled_out
from knowledge.language.normalise import normalise
from knowledge.language.syllables import fold
from knowledge.procedure import CODE, Level
from knowledge.search.features import FEATURES
from knowledge.search.finder import Findings, find
from knowledge.search.index import Entry, Index

NEAR = 0.75  # of the best share of the words: "tach thua" ends before "khong ai nhan thua ke"
_COVERED = FEATURES.index("message_covered")
PAGE = 20  # entries a page: three screens of a phone
LEVELS = {
    Level.COMMUNE: "Xã, phường",
    Level.PROVINCE: "Thành phố",
    Level.MINISTRY: "Bộ, ngành",
    Level.OTHER: "Cơ quan khác",
}


class Wanted(msgspec.Struct, frozen=True):
    """What a list is asked for; as an address it is what the page's links carry."""

    query: str = ""
    field: str = ""
    level: Level | None = None
    page: int = 1

    @property
    def is_empty(self) -> bool:
        return not (self.query or self.field or self.level)

    @property
    def url(self) -> str:
        named = {"q": self.query, "linh_vuc": self.field, "cap": self.level or ""}
        parts = {name: value for name, value in named.items() if value}
        if self.page > 1:
            parts["trang"] = str(self.page)
        return f"/tim?{urlencode(parts)}" if parts else "/tim"

    def but(self, *, level: Level | None = None, page: int = 1) -> "Wanted":
        return Wanted(self.query, self.field, level, page)


class Found(msgspec.Struct, frozen=True):
    """One procedure of a list."""

    code: str
    name: str
    plain_name: str
    field: str
    levels: tuple[Level, ...]

    @property
    def levels_in_words(self) -> str:
        return ", ".join(LEVELS[level] for level in self.levels) or "chưa ghi cấp"


class LevelChoice(msgspec.Struct, frozen=True):
    label: str
    count: int
    url: str
    is_current: bool


class Listing(msgspec.Struct, frozen=True):
    """One page of a list. `first` is the place of its first entry, counted from 1."""

    wanted: Wanted
    total: int
    entries: tuple[Found, ...]
    levels: tuple[LevelChoice, ...]

    @property
    def first(self) -> int:
        return (self.wanted.page - 1) * PAGE + 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def before(self) -> str:
        return self.wanted.but(level=self.wanted.level, page=self.wanted.page - 1).url if self.wanted.page > 1 else ""

    @property
    def after(self) -> str:
        page = self.wanted.page + 1
        return self.wanted.but(level=self.wanted.level, page=page).url if page <= self.pages else ""

    @property
    def field_in_words(self) -> str:
        return capitalised(spelled_out(self.wanted.field))

    @property
    def summary(self) -> str:
        if self.wanted.query:
            return f"{self.total} thủ tục gần với “{self.wanted.query}”, gần nhất trước."
        return f"{self.total} thủ tục, từ {self.first} đến {self.first + len(self.entries) - 1}."


class FieldRow(msgspec.Struct, frozen=True):
    name: str
    count: int
    asked_often: int  # how many of its procedures stand among those that citizens ask for most

    @property
    def in_words(self) -> str:
        return capitalised(spelled_out(self.name))

    @property
    def url(self) -> str:
        return Wanted(field=self.name).url


def list_procedures(index: Index, wanted: Wanted) -> Listing:
    matching = _matching(index, wanted)
    kept = [entry for entry in matching if wanted.level is None or wanted.level in entry.levels]
    pages = max(1, -(-len(kept) // PAGE))
    shown = wanted.but(level=wanted.level, page=min(wanted.page, pages))
    start = (shown.page - 1) * PAGE
    return Listing(
        wanted=shown,
        total=len(kept),
        entries=tuple(found_of(entry, index) for entry in kept[start : start + PAGE]),
        levels=tuple(_level_choices(matching, shown)),
    )


def _matching(index: Index, wanted: Wanted) -> Sequence[Entry]:
    """Best first for a query, else in the order of the alphabet as citizens read the names."""
    if wanted.query:
        position = index.position
        unlisted = [entry.code for entry in index.entries if entry.is_absent or entry.is_faq]
        found = find(normalise(wanted.query), index, without=unlisted)
        entries = [index.entries[position[code]] for code in _near(found)]
    else:
        entries = sorted(index.held, key=lambda entry: fold(plain_name(entry, index)))
    return [entry for entry in entries if not wanted.field or entry.field == wanted.field]


def _near(findings: Findings) -> list[str]:
    """The codes that have nearly as much of the words as the one that has most: a list needs an end."""
    shares = [candidate.features[_COVERED] for candidate in findings.candidates]
    least = NEAR * max(shares, default=0.0)
    return [code for code, share in zip(findings.codes, shares, strict=True) if share >= least]


def _level_choices(matching: Sequence[Entry], wanted: Wanted) -> Iterable[LevelChoice]:
    counts = Counter(level for entry in matching for level in entry.levels)
    yield LevelChoice("Mọi cấp", len(matching), wanted.but().url, wanted.level is None)
    for level, label in LEVELS.items():
        if counts[level]:
            yield LevelChoice(label, counts[level], wanted.but(level=level).url, wanted.level is level)


def found_of(entry: Entry, index: Index) -> Found:
    return Found(entry.code, entry.name, plain_name(entry, index), entry.field, entry.levels)


def plain_name(entry: Entry, index: Index) -> str:
    return index.plain_names.get(entry.code, entry.name)


def list_fields(index: Index) -> tuple[FieldRow, ...]:
    """Every field, in the order of the alphabet."""
    every = Counter(entry.field for entry in index.held)
    often = Counter(entry.field for entry in index.held if entry.is_asked_often)
    rows = (FieldRow(name, count, often[name]) for name, count in every.items() if name)
    return tuple(sorted(rows, key=lambda row: fold(row.name)))


def fields_asked_often(fields: Iterable[FieldRow]) -> tuple[FieldRow, ...]:
    return tuple(sorted((row for row in fields if row.asked_often), key=lambda row: -row.asked_often))


def code_in(query: str, index: Index) -> str | None:
    """The procedure whose code was typed, also with a tail ("1.004837.000.00.00.H24")."""
    typed = CODE.search(query)
    return typed[0] if typed and typed[0] in index.position else None
