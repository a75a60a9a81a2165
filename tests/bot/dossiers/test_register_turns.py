"""An import in short turns: all of a register or nothing, whoever dies when, and room for others in between."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from register_files import BIRTH, HEADINGS, KEYS, Imports, write_csv

from bot.dossiers.registers import turns
from bot.dossiers.registers.importing import GROUPS, import_register
from knowledge.database import Database, open_database, sqlite_url
from knowledge.dossiers import incoming
from knowledge.dossiers.dossier import Entry
from knowledge.dossiers.ledger import Update, find_dossier

ONE, TWO, THREE = (f"H24.999-261110-000{number}" for number in (1, 2, 3))


class DiskFullError(Exception):
    """Something that goes wrong while a register is laid down."""


def part(*codes: str, status: int = 4) -> list[Update]:
    return [Update(entries=(Entry(code=code, status=status),)) for code in codes]


def status_of(database: Database, code: str) -> int | None:
    with database.session() as session:
        found = find_dossier(session, code)
    return found.dossier.status if found else None


def test_nothing_of_a_register_counts_before_it_is_accepted(database: Database, eight: datetime) -> None:
    with database.session() as session:
        register = incoming.begin(session, eight)
        incoming.lay_down(session, register, part(ONE))
    turns.finish(database, eight + timedelta(days=9))
    list(turns.take_in(database, register))
    assert status_of(database, ONE) is None


def test_a_register_that_fails_half_way_leaves_nothing_behind(database: Database, eight: datetime) -> None:
    def failing() -> object:
        yield part(ONE)
        raise DiskFullError

    with pytest.raises(DiskFullError):
        turns.accept(database, failing(), eight)  # type: ignore[arg-type]
    with database.session() as session:
        assert incoming.accepted(session, eight + timedelta(days=1)) == []
    assert status_of(database, ONE) is None


def test_an_accepted_register_is_finished_by_who_comes_next(database: Database, eight: datetime) -> None:
    register = turns.accept(database, [part(ONE), part(TWO), part(THREE)], eight)
    next(turns.take_in(database, register))  # and here the process dies
    assert [status_of(database, code) for code in (ONE, TWO, THREE)] == [4, None, None]
    turns.finish_abandoned(database, eight + timedelta(minutes=5))
    assert status_of(database, TWO) is None, "it may still be at work"
    turns.finish_abandoned(database, eight + timedelta(hours=2))
    assert [status_of(database, code) for code in (ONE, TWO, THREE)] == [4, 4, 4]


def test_what_an_earlier_register_left_is_taken_in_before_a_new_one(imports: Imports, tmp_path: Path) -> None:
    turns.accept(imports.database, [part(BIRTH[0], status=2)], imports.now - timedelta(minutes=1))
    imports(write_csv(tmp_path / "so.csv", [HEADINGS, BIRTH]))
    assert status_of(imports.database, BIRTH[0]) == 4
    assert imports.report.changed == 1


def test_what_was_laid_down_and_never_accepted_goes_with_the_next_register(database: Database, eight: datetime) -> None:
    with database.session() as session:
        old = incoming.begin(session, eight)
        incoming.lay_down(session, old, part(ONE))
    list(turns.take_in(database, turns.accept(database, [part(TWO)], eight + timedelta(hours=3))))
    list(turns.take_in(database, old))
    assert [status_of(database, code) for code in (ONE, TWO)] == [None, 4]


def test_two_who_finish_the_same_register_each_take_another_part(database: Database, eight: datetime) -> None:
    register = turns.accept(database, [part(ONE), part(TWO)], eight)
    one, other = turns.take_in(database, register), turns.take_in(database, register)
    taken = [change.after.code for changes in (next(one), next(other)) for change in changes]
    assert taken == [ONE, TWO]
    assert list(one) == list(other) == []


def test_others_may_write_between_the_turns_of_an_import(tmp_path: Path, eight: datetime) -> None:
    """A writer who would not wait at all: between two turns nothing is locked."""
    database = open_database(sqlite_url(path := tmp_path / "beside.sqlite3"))
    beside = sqlite3.connect(path, timeout=0, isolation_level=None)
    rows = [HEADINGS, *((f"H24.999-261110-{number:05}", *BIRTH[1:]) for number in range(2 * GROUPS + 1))]
    shares: list[float] = []

    def write(share: float) -> None:
        shares.append(share)
        beside.execute("INSERT INTO channel_mark (key, at) VALUES (?, '2026-11-22 01:00:00')", (str(len(shares)),))

    with import_register(write_csv(tmp_path / "so.csv", rows), database, KEYS, eight, write) as imported:
        assert imported.report.new == 2 * GROUPS + 1
    assert shares == sorted(shares)
    assert shares[-1] == 1
    beside.close()
    database.close()
