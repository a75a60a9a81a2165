"""Dossiers in the columns of Biểu 06: each stands once, and what a period leaves pending the next carries over."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.database import Database
from knowledge.figures.dossier_figures import (
    COLUMNS,
    DossierFigures,
    Line,
    Wanted,
    dossier_figures,
    dossier_rows,
)
from knowledge.figures.dossier_places import (
    Apart,
    Counts,
    Origin,
    Outcome,
    Place,
    apart,
    is_carried_on,
    place_in,
)
from knowledge.figures.scope import Page, Scope
from knowledge.periods import period_of
from report_rows import entry, put_dossiers
from staff_people import WARD

NOVEMBER = period_of("2026-11")
NOW = "2026-11-22T12:00"
EVERY = Page(size=1_000)


def counts(begun: str = "2026-11-03", due: str | None = "2026-11-10", status: int | None = 4, **fields: Any) -> Counts:
    return Counts(begun=begun, due=due, status=status, **fields)


@pytest.mark.parametrize(
    ("dossier", "outcome"),
    [
        pytest.param(counts(status=9, finished="2026-11-09"), Outcome.EARLY, id="done a day before"),
        pytest.param(counts(status=10, finished="2026-11-10"), Outcome.ON_TIME, id="done on the day"),
        pytest.param(counts(status=10, finished="2026-11-11"), Outcome.LATE, id="done a day after"),
        pytest.param(counts(status=7, finished="2026-11-05"), Outcome.EARLY, id="withdrawn in time"),
        pytest.param(counts(due="2026-11-30"), Outcome.OPEN, id="in work, due later"),
        pytest.param(counts(due="2026-11-20"), Outcome.OVERDUE, id="in work, due before now"),
        pytest.param(counts(status=5, requested="2026-11-05"), Outcome.OPEN, id="waits for papers"),
        pytest.param(counts(status=5, supplements=2), Outcome.OVERDUE, id="asked for papers twice"),
        pytest.param(counts(status=6), Outcome.OPEN, id="waits for money"),
        pytest.param(counts(due="2026-12-10", status=9, finished="2026-12-08"), Outcome.OPEN, id="done next month"),
    ],
)
def test_a_dossier_stands_where_its_verdict_puts_it(dossier: Counts, outcome: Outcome) -> None:
    assert place_in(dossier, NOVEMBER, NOW) == Place(Origin.DIRECT, outcome)


def test_what_ended_late_the_month_after_was_pending_and_late_at_the_end_of_this_one() -> None:
    october = period_of("2026-10")
    dossier = counts(begun="2026-10-05", due="2026-10-12", status=10, finished="2026-11-04")
    assert place_in(dossier, october, NOW) == Place(Origin.DIRECT, Outcome.OVERDUE)
    assert place_in(dossier, NOVEMBER, NOW) == Place(Origin.CARRIED, Outcome.LATE)


def test_a_request_for_papers_after_the_period_does_not_pause_it_there() -> None:
    dossier = counts(begun="2026-10-05", due="2026-10-20", status=5, requested="2026-11-02", supplements=1)
    assert place_in(dossier, period_of("2026-10"), NOW) == Place(Origin.DIRECT, Outcome.OVERDUE)


@pytest.mark.parametrize(
    ("dossier", "why"),
    [
        (counts(status=1), Apart.NOT_TAKEN),
        (counts(status=3), Apart.NOT_TAKEN),
        (counts(due=None), Apart.NO_DUE),
        (counts(status=9), Apart.UNCLEAR),
        (counts(status=10, returned="2026-11-20"), Apart.UNCLEAR),
        (counts(status=None), Apart.UNCLEAR),
        (counts(), None),
    ],
    ids=["not received", "refused", "no due date", "an end without a day", "collected late", "unknown", "in work"],
)
def test_what_staff_have_to_look_at_first_stands_in_no_column(dossier: Counts, why: Apart | None) -> None:
    assert apart(dossier, NOW) is why


@pytest.mark.parametrize(
    ("channel", "origin"), [(2, Origin.ONLINE), (1, Origin.DIRECT), (3, Origin.DIRECT), (None, Origin.DIRECT)]
)
def test_how_it_was_filed_parts_what_came_in_the_period(channel: int | None, origin: Origin) -> None:
    found = place_in(counts(channel=channel), NOVEMBER, NOW)
    assert found is not None
    assert found.origin is origin


@pytest.mark.parametrize(
    "dossier",
    [counts(begun="2026-12-01"), counts(begun="2026-10-01", status=9, finished="2026-10-31"), counts(begun="")],
    ids=["comes later", "was done before", "nobody knows when"],
)
def test_a_period_counts_only_what_it_had_in_hand(dossier: Counts) -> None:
    assert place_in(dossier, NOVEMBER, NOW) is None


days = st.dates(period_of("2026-08").first, period_of("2026-11-22").last).map(lambda day: day.isoformat())


@given(days, days, st.sampled_from([None, 2, 4, 5, 6, 7, 8, 9, 10]), st.none() | days, st.none() | days)
def test_what_a_period_leaves_is_what_the_next_carries_over(
    begun: str, due: str, status: int | None, finished: str | None, requested: str | None
) -> None:
    dossier = counts(begun, due, status, finished=finished, requested=requested)
    if apart(dossier, NOW) is not None:
        return
    for month in (period_of(key) for key in ("2026-08", "2026-09", "2026-10", "2026-11")):
        place, following = place_in(dossier, month, NOW), place_in(dossier, month.after, NOW)
        is_left = place is not None and place.outcome in {Outcome.OPEN, Outcome.OVERDUE}
        assert is_left == is_carried_on(dossier, month)
        assert is_left == (following is not None and following.origin is Origin.CARRIED)


def random_dossiers(database: Database, number: int = 120) -> None:
    random = Random(3)

    def day() -> str:
        return f"2026-{random.choice((9, 10, 11)):02}-{random.randrange(1, 23):02}"

    rows = [
        entry(
            at,
            received=day(),
            due=random.choice((None, day(), day())),
            finished=random.choice((None, day())),
            status=random.choice((None, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
            channel=random.choice((None, 1, 2, 3)),
            agency=random.choice(("UBND phường Hồng Bàng", "UBND xã Vĩnh Bảo", "Sở Xây dựng")),
            procedure_code=random.choice(("1.001193", "")),
        )
        for at in range(1, number)
    ]
    put_dossiers(database, *rows)


def figures_of(database: Database, key: str = "2026-11", commune: str = "") -> DossierFigures:
    with database.session() as session:
        return dossier_figures(session, Scope(period=period_of(key), commune=commune), NOW)


@pytest.mark.parametrize("key", ["2026-11", "2026-W44", "2026-Q4", "2026-11-10", "2026"])
def test_the_form_adds_up_over_a_whole_register(sqlite_database: Database, key: str) -> None:
    random_dossiers(sqlite_database)
    found = figures_of(sqlite_database, key)
    assert found.adds_up
    assert found.total.received > 0
    assert found.total.received == found.total.resolved + found.total.pending
    assert sum(found.statuses.values()) == found.total.received + sum(found.apart.values())


@pytest.mark.parametrize("column", COLUMNS)
def test_every_number_of_the_form_has_its_rows(sqlite_database: Database, column: str) -> None:
    random_dossiers(sqlite_database)
    found = figures_of(sqlite_database)
    with sqlite_database.session() as session:
        rows = dossier_rows(session, Scope(period=NOVEMBER), NOW, Wanted(column=column), EVERY)
    line = found.total
    expected = {
        "all": sum(found.statuses.values()),
        "received": line.received,
        "resolved": line.resolved,
        "pending": line.pending,
        "no_channel": found.no_channel,
        **{each: line.origins.get(each, 0) for each in Origin},
        **{each: line.outcomes.get(each, 0) for each in Outcome},
        **{each: found.apart.get(each, 0) for each in Apart},
    }
    assert len(rows) == expected[column]
    assert expected["received"] > 10


def test_the_rows_of_a_status_and_of_a_field_are_those_counted(sqlite_database: Database) -> None:
    random_dossiers(sqlite_database)
    found = figures_of(sqlite_database)
    with sqlite_database.session() as session:
        scope = Scope(period=NOVEMBER)
        for status, number in found.statuses.items():
            assert len(dossier_rows(session, scope, NOW, Wanted(column="all", status=status), EVERY)) == number
        for field, line in found.lines.items():
            assert len(dossier_rows(session, scope, NOW, Wanted(field=field), EVERY)) == line.received


def test_a_commune_counts_what_its_own_offices_have(database: Database) -> None:
    put_dossiers(
        database,
        entry(1, agency="Trung tâm Phục vụ hành chính công xã Vĩnh Bảo"),
        entry(2, agency="UBND xã Vĩnh Bảo"),
        entry(3, agency="Sở Xây dựng"),
        entry(4, agency=""),
    )
    assert figures_of(database, commune="11824").total.received == 2
    assert figures_of(database, commune=WARD).total.received == 0
    assert figures_of(database).total.received == 4


def test_a_procedure_whose_name_tells_something_is_not_named_in_the_rows(sqlite_database: Database) -> None:
    names = ("Đăng ký khai sinh", "Cấp Phiếu lý lịch tư pháp", "Cấp bản sao trích lục")
    put_dossiers(sqlite_database, *(entry(at, procedure=name) for at, name in enumerate(names, 1)))
    with sqlite_database.session() as session:
        rows = dossier_rows(session, Scope(period=NOVEMBER), NOW, Wanted(), EVERY, sensitive=("trích lục",))
    assert [row.procedure for row in rows] == ["Đăng ký khai sinh", "", ""]


def test_a_dossier_without_a_day_of_receipt_counts_from_the_day_in_its_code(sqlite_database: Database) -> None:
    put_dossiers(sqlite_database, entry(1, received=None))
    assert figures_of(sqlite_database).total.received == 1
    assert figures_of(sqlite_database, "2026-10").total.received == 0


def test_figures_that_do_not_agree_say_so() -> None:
    line = Line(origins={Origin.CARRIED: 2}, outcomes={Outcome.OPEN: 2})
    good = DossierFigures(lines={"Hộ tịch": line}, total=line, apart={}, statuses={}, left_before=2, no_channel=0)
    assert good.adds_up
    wrong = Line(origins={Origin.CARRIED: 2}, outcomes={Outcome.OPEN: 1})
    assert not DossierFigures(lines={}, total=wrong, apart={}, statuses={}, left_before=2, no_channel=0).adds_up
    assert not DossierFigures(lines={"": line}, total=line, apart={}, statuses={}, left_before=3, no_channel=0).adds_up
