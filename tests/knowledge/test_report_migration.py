"""Dossiers taken in before there were reports get the days that they are counted by."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from knowledge.database import _config, make_engine
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
