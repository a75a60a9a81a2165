"""Questions of a period: how many, from how many people, and what became of them.

A question is a message that was typed and asks; small talk is none, and a tap on a button is counted apart. All
counts read the index `ix_exchange_counted` alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.figures.scope import EXCHANGES, Scope
from knowledge.periods import Period
from knowledge.procedure import Value

ENDING, ACTION = EXCHANGES.c.ending, EXCHANGES.c.action
COMMUNE, CHANNEL = EXCHANGES.c.commune, EXCHANGES.c.channel
TYPED = ACTION == ""
TAPPED = sa.and_(ACTION != "", ENDING.not_in(("feedback", "feedback_again")))  # what is said of an answer is no way on
NOWHERE = sa.cast(sa.literal_column("''"), sa.String)  # everything as one
TAKEN = "pick:%"  # actions of a choice that was taken


class Part(StrEnum):
    """What became of a question; each has one."""

    ANSWERED = "answered"
    CHOSEN = "chosen"  # several things fitted: the citizen was asked to choose
    DOSSIER = "dossier"
    ROUTED = "routed"  # no procedure: sent where it belongs at once
    OFFICER = "officer"  # asked for a person
    DECLINED = "declined"


# Endings of bot.conversation.messages (a test compares them). What is named nowhere here counts as declined, so that a
# new ending is never lost.
ENDINGS: Mapping[Part, tuple[str, ...]] = {
    Part.ANSWERED: ("procedure", "aspect", "faq"),
    Part.CHOSEN: ("choice", "unsure"),
    Part.DOSSIER: (
        "dossier",
        "dossier_code",
        "dossier_told",
        "dossier_missing",
        "dossier_factor",
        "dossier_paused",
        "dossier_private",
        "dossier_elsewhere",
    ),
    Part.ROUTED: ("complaint", "emergency", "self_harm"),
    Part.OFFICER: ("officer",),
}
SMALL_TALK = (
    "greeting",
    "thanks",
    "help",
    "commune_chosen",
    "abuse",
    "introduction",
    "feedback",
    "feedback_again",
    "forgotten",
    "personal_data",
    "silence",
)
_PART_OF = {ending: part for part, endings in ENDINGS.items() for ending in endings}
ASKED = sa.and_(TYPED, ENDING.not_in(SMALL_TALK))


class Counted(Value, frozen=True, kw_only=True):
    """`people` counts chats that asked; `taps` the buttons pressed, `taken` those of them that took a choice."""

    parts: Mapping[Part, int]
    people: int = 0
    taps: int = 0
    taken: int = 0

    @property
    def questions(self) -> int:
        return sum(self.parts.values())

    def of(self, part: Part) -> int:
        return self.parts.get(part, 0)


NOTHING = Counted(parts={})


class Splits(NamedTuple):
    """A scope as a whole, and each of its communes ("" is what nobody knows) and channels."""

    whole: Counted
    communes: Mapping[str, Counted]
    channels: Mapping[str, Counted]


def splits(session: Session, scope: Scope) -> Splits:
    """The turns are counted once for all three; people are not: who asks in two communes is one of the whole."""
    turns = _turns(session, scope, COMMUNE, CHANNEL)
    return Splits(
        _counted(turns, _people(session, scope, NOWHERE).get("", 0)),
        _by("commune", turns, _people(session, scope, COMMUNE)),
        _by("channel", turns, _people(session, scope, CHANNEL)),
    )


def counted(session: Session, scope: Scope) -> Counted:
    return _counted(_turns(session, scope), _people(session, scope, NOWHERE).get("", 0))


def by_time(session: Session, scope: Scope) -> list[tuple[Period, Counted]]:
    """Each part of the period, in their order; none for a day."""
    return [(part, counted(session, Scope(period=part, commune=scope.commune))) for part in scope.period.parts]


def _turns(session: Session, scope: Scope, *columns: sa.ColumnElement[str]) -> Sequence[sa.RowMapping]:
    """How many were typed and tapped with each ending, for each of what some columns hold."""
    ones = {"typed": TYPED, "taps": TAPPED, "taken": ACTION.like(TAKEN)}
    sums = (sa.func.sum(sa.case((condition, 1), else_=0)).label(name) for name, condition in ones.items())
    query = sa.select(*columns, ENDING, *sums).where(*scope.asked).group_by(*columns, ENDING)
    return session.connection().execute(query).mappings().all()


def _people(session: Session, scope: Scope, column: sa.ColumnElement[str]) -> dict[str, int]:
    chats = sa.func.count(sa.distinct(EXCHANGES.c.chat)).label("people")
    query = sa.select(column.label("one"), chats).where(*scope.asked, ASKED).group_by(column)
    return {row.one: row.people for row in session.connection().execute(query)}


def _by(name: str, turns: Iterable[sa.RowMapping], people: Mapping[str, int]) -> dict[str, Counted]:
    found: dict[str, list[sa.RowMapping]] = {}
    for row in turns:
        found.setdefault(row[name], []).append(row)
    return {one: _counted(own, people.get(one, 0)) for one, own in sorted(found.items())}


def _counted(turns: Sequence[Mapping[Any, Any]], people: int) -> Counted:
    parts = dict.fromkeys(Part, 0)
    for row in turns:
        if row["ending"] not in SMALL_TALK:
            parts[part_of(row["ending"])] += row["typed"]
    return Counted(
        parts=parts, people=people, taps=sum(row["taps"] for row in turns), taken=sum(row["taken"] for row in turns)
    )


def part_of(ending: str) -> Part:
    """Small talk has none: ask about endings of questions alone."""
    return _PART_OF.get(ending, Part.DECLINED)


def is_part(part: Part) -> sa.ColumnElement[bool]:
    """The condition for the exchanges that a part counts."""
    if part is Part.DECLINED:
        return sa.and_(ASKED, ENDING.not_in(tuple(_PART_OF)))
    return sa.and_(TYPED, ENDING.in_(ENDINGS[part]))
