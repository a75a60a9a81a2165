from datetime import datetime
from pathlib import Path

import pytest
from register_files import Imports
from typer.testing import CliRunner

from bot.__main__ import app
from bot.dossiers.reconciliation import Disagreement, disagreements
from knowledge.database import Database, open_database, sqlite_url
from knowledge.dossiers.dossier import Entry, Flag
from knowledge.dossiers.joining import join
from knowledge.dossiers.ledger import Update, of_several_systems, save

NOW = "2026-11-22T08:00"
CODE, DUE = "H24.999-261110-0001", "2026-11-20T09:00"
OWN, PORTAL = "Một cửa TP", "Cổng DVCQG"


def compared(own: dict[str, object], national: dict[str, object]) -> list[Disagreement]:
    entries = [Entry(system=OWN, code=CODE, **own), Entry(system=PORTAL, code=CODE, **national)]  # type: ignore[arg-type]
    return list(disagreements([join(entries)], NOW))


@pytest.mark.parametrize(
    ("own", "national", "flags", "cause"),
    [
        pytest.param(
            {"status": 10, "due": DUE, "finished": "2026-11-19"},
            {"status": 4},
            (Flag.SHOWN_LATE,),
            "chưa ghi ngày xong",
            id="shown late but handed over",
        ),
        pytest.param(
            {"status": 9, "due": DUE, "finished": "2026-11-21"},
            {"status": 9, "finished": "2026-11-19"},
            (Flag.SHOWN_FINE,),
            "Ngày xong hai bên khác nhau",
            id="shown fine but late",
        ),
        pytest.param(
            {"status": 5, "due": "2026-11-27"},
            {"status": 9, "finished": "2026-11-19"},
            (Flag.REWRITTEN,),
            "ghi lại",
            id="rewritten",
        ),
        pytest.param(
            {"status": 10, "due": DUE, "finished": "2026-11-19", "returned": "2026-11-21"},
            {"status": 10, "finished": "2026-11-21"},
            (Flag.SHOWN_LATE,),
            "lấy ngày trả làm ngày xong",
            id="handed over taken for finished",
        ),
    ],
)
def test_a_disagreement_is_told_with_its_cause_and_what_to_do(
    own: dict[str, object], national: dict[str, object], flags: tuple[Flag, ...], cause: str
) -> None:
    (found,) = compared(own, national)
    assert found.flags == flags
    assert cause in found.cause
    assert len(found.what_to_do) == 1
    assert [row.system for row in found.rows] == [OWN, PORTAL]


def test_systems_that_agree_are_not_listed() -> None:
    assert compared({"status": 4, "due": "2026-11-27"}, {"status": 4, "due": "2026-11-27"}) == []


def test_the_ledger_gives_those_of_several_systems(database: Database, now: datetime) -> None:
    entries = [Entry(system=OWN, code=CODE, status=4), Entry(system=PORTAL, code=CODE, status=9)]
    alone = Entry(system=OWN, code="H24.999-261110-0002", status=4)
    with database.session() as session:
        save(session, [Update(entries=tuple(entries)), Update(entries=(alone,))], now)
        assert [dossier.code for dossier in of_several_systems(session)] == [CODE]


def test_the_commands_list_and_show(
    shared: Path, tmp_path: Path, eight: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("MOTCUA_DATABASE_URL", raising=False)
    database = open_database(sqlite_url(tmp_path / "motcua.sqlite3"))
    Imports(database, eight)(shared / "dossiers" / "samples" / "so_hai_he_thong.csv")
    database.close()
    listed = CliRunner().invoke(app, ["dossiers", "reconcile"]).output
    for flag in Flag:
        assert flag in listed
    shown = CliRunner().invoke(app, ["dossiers", "show", "h24.17-261102-0033", "--json"]).output
    assert '"conflicts"' in shown
    assert "factors" not in shown
    assert CliRunner().invoke(app, ["dossiers", "show", "H24.17-261102-9999"]).exit_code == 1
