"""Time is stored in UTC and read in Việt Nam."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from knowledge.clock import VIETNAM, UtcDateTime, now, vietnam_day
from knowledge.database import Database


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param(datetime(2026, 1, 15, 16, 59, tzinfo=UTC), date(2026, 1, 15), id="a minute before midnight"),
        pytest.param(datetime(2026, 1, 15, 17, 0, tzinfo=UTC), date(2026, 1, 16), id="midnight in Viet Nam"),
        pytest.param(datetime(2026, 1, 16, 0, 0, tzinfo=VIETNAM), date(2026, 1, 16), id="already local"),
    ],
)
def test_the_day_is_the_one_people_in_vietnam_read(moment: datetime, day: date) -> None:
    assert vietnam_day(moment) == day


def test_the_real_clock_is_aware_and_in_utc() -> None:
    assert now().utcoffset() == timedelta(0)


def test_a_moment_comes_back_aware_and_in_utc_from_either_database(database: Database) -> None:
    column = sa.Column("at", UtcDateTime)
    table = sa.Table("moment", sa.MetaData(), column)
    paris = datetime(2026, 11, 22, 6, 0, tzinfo=timezone(timedelta(hours=1)))
    with database.session() as session:
        connection = session.connection()
        table.create(connection)
        connection.execute(sa.insert(table), [{"at": paris}, {"at": None}])
        stored = connection.execute(sa.select(column)).scalars().all()
    assert stored == [datetime(2026, 11, 22, 5, 0, tzinfo=UTC), None]
    assert stored[0] is not None
    assert stored[0].utcoffset() == timedelta(0)


def test_a_naive_moment_is_refused_before_it_is_stored(sqlite_database: Database) -> None:
    query = sa.select(sa.literal(datetime(2026, 11, 22), UtcDateTime))  # noqa: DTZ001  naive is the point
    with sqlite_database.session() as session, pytest.raises(sa.exc.StatementError, match="naive time"):
        session.connection().execute(query)
