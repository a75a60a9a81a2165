"""The entries of an index come from the rows that are the rule on the day, and only from them."""

from collections.abc import Iterable
from datetime import date, datetime

import pytest

from knowledge.catalogue import go_back, publish
from knowledge.changeset import ChangeSet
from knowledge.database import Database
from knowledge.procedure import Level
from knowledge.search.index import Entry
from knowledge.search.loading import load_entries
from sample_procedures import CATALOGUE, amended, make_checklist, make_procedure, new, repealed

TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)
NUMBER = "1.000001"


def publish_all(database: Database, changes: Iterable[ChangeSet], now: datetime) -> None:
    for each in changes:
        with database.session() as session:
            publish(session, each, CATALOGUE, now=now)


def entries(database: Database, day: date = TODAY) -> dict[str, Entry]:
    with database.session() as session:
        found = load_entries(session, day)
    assert len(found) == len({entry.code for entry in found})
    return {entry.code: entry for entry in found}


def test_an_empty_database_has_no_entries(sqlite_database: Database) -> None:
    assert entries(sqlite_database) == {}


def test_an_entry_says_what_the_index_needs(database: Database, now: datetime) -> None:
    procedure = make_procedure(name="Đăng ký nuôi trâu", field="Chăn nuôi", levels=(Level.COMMUNE, Level.PROVINCE))
    publish_all(database, [new(procedure)], now)
    assert entries(database)[NUMBER] == Entry(
        NUMBER, "Đăng ký nuôi trâu", (Level.COMMUNE, Level.PROVINCE), "Chăn nuôi", is_city=False, is_asked_often=False
    )


def test_a_procedure_of_no_level_has_none(sqlite_database: Database, now: datetime) -> None:
    publish_all(sqlite_database, [new(make_procedure(levels=()))], now)
    assert entries(sqlite_database)[NUMBER].levels == ()


@pytest.mark.parametrize(
    ("issuer", "is_city"), [("H24", True), ("G15", False)], ids=["a province's committee", "a ministry"]
)
def test_the_citys_own_are_told_by_their_issuer(
    sqlite_database: Database, now: datetime, issuer: str, is_city: bool
) -> None:
    publish_all(sqlite_database, [new(make_procedure(issuer_code=issuer))], now)
    assert entries(sqlite_database)[NUMBER].is_city is is_city


def test_those_with_a_plain_checklist_are_asked_often(sqlite_database: Database, now: datetime) -> None:
    publish_all(
        sqlite_database,
        [new(make_procedure(), make_procedure("1.000002")), ChangeSet(checklists=(make_checklist("1.000002"),))],
        now,
    )
    found = entries(sqlite_database)
    assert {code: entry.is_asked_often for code, entry in found.items()} == {NUMBER: False, "1.000002": True}


def test_a_checklist_without_its_procedure_makes_no_entry(sqlite_database: Database, now: datetime) -> None:
    publish_all(sqlite_database, [ChangeSet(checklists=(make_checklist("9.000009"),))], now)
    assert entries(sqlite_database) == {}


def test_a_decision_of_tomorrow_changes_the_entries_tomorrow(database: Database, now: datetime) -> None:
    publish_all(
        database, [new(make_procedure(name="Cũ")), amended(make_procedure(name="Mới"), effective=TOMORROW)], now
    )
    assert entries(database, TODAY)[NUMBER].name == "Cũ"
    assert entries(database, TOMORROW)[NUMBER].name == "Mới"


def test_a_repealed_procedure_is_an_entry_until_its_last_day(sqlite_database: Database, now: datetime) -> None:
    procedure = make_procedure()
    publish_all(sqlite_database, [new(procedure), repealed(procedure, effective=TOMORROW)], now)
    assert NUMBER in entries(sqlite_database, TODAY)
    assert NUMBER not in entries(sqlite_database, TOMORROW)


def test_going_back_brings_back_the_entries_of_then(sqlite_database: Database, now: datetime) -> None:
    publish_all(sqlite_database, [new(make_procedure(name="Cũ")), amended(make_procedure(name="Mới"))], now)
    with sqlite_database.session() as session:
        go_back(session, 1, now=now)
    assert entries(sqlite_database)[NUMBER].name == "Cũ"
