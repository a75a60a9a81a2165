"""Petitions are carried from period to period, and no one is lost on the way."""

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from knowledge.database import Database
from knowledge.figures.petition_figures import Column, PetitionFigures, petition_figures, petition_rows
from knowledge.figures.scope import Page, Scope
from knowledge.periods import period_of
from knowledge.petitions import Change, PetitionKind, PetitionState, change
from knowledge.staff.accounts import Act
from report_rows import NOW, put_turns, turn
from staff_people import LAN, OTHER_WARD, WARD

MONTHS = [period_of(f"2026-{month:02}") for month in (9, 10, 11, 12)]


@pytest.fixture
def some(sqlite_database: Database) -> Database:
    """Petitions of a quarter; some handed on, some closed a while after."""
    random = Random(7)
    for number in range(1, 61):
        at = NOW - timedelta(days=random.randrange(80), hours=random.randrange(24))
        text = random.choice(("rác thải bừa bãi", "thái độ cán bộ", "bức xúc"))
        put_turns(
            sqlite_database, [turn(at, "complaint", question=text, commune=random.choice((WARD, OTHER_WARD, "")))]
        )
        if random.random() < 0.6:
            state = random.choice((PetitionState.HANDED, PetitionState.CLOSED))
            wanted = Change(state=state, kind=random.choice(list(PetitionKind)[:3]))
            act = Act(LAN, at + timedelta(days=random.randrange(40)))
            with sqlite_database.session(writing=True) as session:
                change(session, number, wanted, act)
    return sqlite_database


@pytest.mark.parametrize("commune", ["", WARD], ids=["city", "commune"])
def test_what_one_month_leaves_the_next_begins_with(some: Database, commune: str) -> None:
    with some.session() as session:
        figures = [petition_figures(session, Scope(period=month, commune=commune)) for month in MONTHS]
    assert all(each.adds_up for each in figures)
    for one, other in pairwise(figures):
        assert one.of(Column.AFTER) == other.of(Column.BEFORE)
    assert figures[1].of(Column.BEFORE) > 0


def test_the_months_of_a_quarter_make_the_quarter(some: Database) -> None:
    with some.session() as session:
        months = [petition_figures(session, Scope(period=each)) for each in period_of("2026-Q4").parts]
        quarter = petition_figures(session, Scope(period=period_of("2026-Q4")))
    for column in (Column.RECEIVED, Column.CLOSED):
        assert sum(each.of(column) for each in months) == quarter.of(column)
    assert (months[0].of(Column.BEFORE), months[-1].of(Column.AFTER)) == (
        quarter.of(Column.BEFORE),
        quarter.of(Column.AFTER),
    )


@pytest.mark.parametrize("column", Column)
def test_the_rows_of_a_number_are_as_many_as_it_says(some: Database, column: Column) -> None:
    scope = Scope(period=period_of("2026-11"))
    with some.session() as session:
        figures = petition_figures(session, scope)
        assert len(petition_rows(session, scope, column, None, Page(size=1_000))) == figures.of(column)
        for kind, counts in figures.kinds.items():
            assert len(petition_rows(session, scope, column, kind, Page(size=1_000))) == counts[column]


def test_figures_that_do_not_agree_say_so() -> None:
    counts = dict.fromkeys(Column, 1)
    assert not PetitionFigures(kinds={PetitionKind.IDEA: {**counts, Column.CLOSED: 3}}).adds_up
    assert not PetitionFigures(kinds={PetitionKind.IDEA: {**counts, Column.HANDED: 2}}).adds_up
    assert PetitionFigures(kinds={PetitionKind.IDEA: counts}).adds_up


def test_one_that_was_closed_on_the_last_evening_is_closed_in_that_month(database: Database) -> None:
    november = period_of("2026-11")
    put_turns(database, [turn(NOW, "complaint")])
    with database.session(writing=True) as session:
        wanted = Change(state=PetitionState.CLOSED, kind=PetitionKind.IDEA)
        change(session, 1, wanted, Act(LAN, november.ends - timedelta(microseconds=1)))
    with database.session() as session:
        found = petition_figures(session, Scope(period=november))
    assert (found.of(Column.CLOSED), found.of(Column.AFTER)) == (1, 0)
