"""Dossiers taken in before there were reports get the days that they are counted by."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from knowledge.database import DatabaseError, _config, make_engine, migrate
from knowledge.dossiers.dossier import Dossier
from knowledge.dossiers.spans import begun_on, ended_on

DOSSIERS: dict[str, dict[str, Any]] = {
    "received and done": {"received": "2026-11-03T09:00", "finished": "2026-11-09", "status": 9, "agency": "UBND xã A"},
    "only handed over": {"received": "2026-11-03", "returned": "2026-11-10T08:00", "status": 10},
    "waits for papers": {"received": "2026-11-03", "finished": "2026-11-04", "status": 5},
    "an end without a status": {"received": "2026-11-03", "finished": "2026-11-04"},
    "not received yet": {"status": 1},
    "says nothing": {},
}


@pytest.mark.parametrize("code", ["H24.999-261101-0001", "00012/2026/00034"], ids=["day in the code", "no day"])
def test_the_days_of_old_rows_are_those_that_new_rows_get(database_url: str, code: str) -> None:
    engine = make_engine(sa.make_url(database_url))
    config = _config()
    bodies = [{"code": code, **fields} for fields in DOSSIERS.values()]
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0010")
        for body in bodies:
            connection.execute(
                sa.text("INSERT INTO dossier (code, flagged, read_at, body) VALUES (:code, :no, :at, :body)"),
                {"code": code, "no": False, "at": "2026-11-11 00:00:00", "body": json.dumps(body)},
            )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        rows = connection.execute(sa.text("SELECT begun, ended, agency FROM dossier ORDER BY id")).all()
    engine.dispose()
    expected = [Dossier(**body) for body in bodies]
    assert [tuple(row) for row in rows] == [(begun_on(each), ended_on(each), each.agency) for each in expected]


REFERRED = {  # what refers to rows of a table that a later revision makes anew
    "0010": (
        "INSERT INTO dossier (id, code, flagged, read_at, body) VALUES (1, 'H24-261101-0001', FALSE, :at, '{}')",
        "INSERT INTO dossier_code (code, dossier) VALUES ('H24-261101-0001', 1)",
    ),
    "0014": (
        "INSERT INTO waiting_group (id, question, state, reason) VALUES (1, 'gửi xe ở đâu', 'waiting', '')",
        "INSERT INTO waiting_question (exchange, \"group\", text, why) VALUES (1, 1, 'gửi xe', 'declined')",
    ),
}


@pytest.mark.parametrize("revision", REFERRED)
def test_rows_that_others_refer_to_outlive_a_change_of_their_table(sqlite_file_url: str, revision: str) -> None:
    engine = make_engine(sa.make_url(sqlite_file_url))
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in REFERRED[revision]:
            connection.execute(sa.text(statement), {"at": "2026-11-11 00:00:00"} if ":at" in statement else {})
    migrate(engine)
    with engine.connect() as connection:
        table = REFERRED[revision][1].split()[2]
        assert connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    engine.dispose()


def test_a_migration_that_would_leave_a_reference_to_nothing_is_undone(
    sqlite_file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_it(_config: object, _revision: str) -> None:
        connection = config.attributes["connection"]
        connection.exec_driver_sql("CREATE TABLE one (id INTEGER PRIMARY KEY, other INTEGER REFERENCES two (id))")
        connection.exec_driver_sql("CREATE TABLE two (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO one VALUES (1, 2)")

    config = _config()
    monkeypatch.setattr("knowledge.database._config", lambda: config)
    monkeypatch.setattr("knowledge.database.command.upgrade", break_it)
    engine = make_engine(sa.make_url(sqlite_file_url))
    with pytest.raises(DatabaseError, match="a row of one"):
        migrate(engine)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()
