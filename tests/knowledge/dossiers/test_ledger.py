import gc
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from knowledge.database import Database
from knowledge.dossiers.dossier import Entry, Step
from knowledge.dossiers.ledger import Change, Known, Update, find_dossier, save
from knowledge.dossiers.taking_in import LEDGER

CODE, OTHER, NATIONAL = "H24.999-261110-0001", "H24.998-261110-0002", "G22.99-261110-000301"
OWN, PORTAL = "Một cửa TP", "Cổng DVCQG"


def saved(database: Database, now: datetime, *updates: Update, is_asked: bool = False) -> list[Change]:
    with database.session() as session:
        return save(session, updates, now, is_asked=is_asked)


def known(database: Database, code: str) -> Known:
    with database.session() as session:
        found = find_dossier(session, code)
    assert found is not None
    return found


def of(*entries: Entry, **rest: object) -> Update:
    return Update(entries=entries, **rest)  # type: ignore[arg-type]  fields by name


def test_a_dossier_answers_to_each_of_its_codes_and_is_counted_once(database: Database, now: datetime) -> None:
    saved(database, now, of(Entry(system=OWN, code=CODE, other_codes=(NATIONAL,), status=4)))
    changes = saved(database, now, of(Entry(system=PORTAL, code=NATIONAL, status=2)))
    assert [change.before is None for change in changes] == [False]
    assert known(database, CODE) == known(database, NATIONAL)
    assert known(database, CODE).dossier.systems == (OWN, PORTAL)


def test_two_dossiers_that_turn_out_to_be_one_are_joined_with_their_history(database: Database, now: datetime) -> None:
    saved(database, now, of(Entry(system=OWN, code=CODE, status=4)), of(Entry(system=PORTAL, code=NATIONAL, status=2)))
    saved(database, now, of(Entry(system=PORTAL, code=NATIONAL, other_codes=(CODE,), status=2)))
    assert known(database, CODE).id == known(database, NATIONAL).id
    assert {step.system for step in known(database, CODE).steps} == {OWN, PORTAL}


def test_the_same_update_again_changes_nothing(database: Database, now: datetime) -> None:
    update = of(Entry(system=OWN, code=CODE, status=4, due="2026-11-20"))
    assert len(saved(database, now, update)) == 1
    before = known(database, CODE)
    assert saved(database, now + timedelta(hours=1), update) == []
    assert known(database, CODE) == before


def test_what_was_saved_holds_no_memory_afterwards(sqlite_database: Database, now: datetime) -> None:
    """Rings that only the collector frees pile up over the batches of a long import."""

    def rings(status: int) -> int:
        gc.collect()
        saved(sqlite_database, now, of(Entry(system=OWN, code=CODE, status=status)))
        return gc.collect()

    rings(2)  # what a first use prepares
    gc.disable()
    try:
        assert min(map(rings, (4, 9, 4, 9))) == 0  # other threads may leave rings of their own now and then
    finally:
        gc.enable()


def test_a_source_that_was_asked_makes_even_the_same_data_fresh(database: Database, now: datetime) -> None:
    update = of(Entry(system=OWN, code=CODE, status=4))
    saved(database, now, update)
    later = now + timedelta(hours=1)
    assert saved(database, later, update, is_asked=True) == []
    assert known(database, CODE).read_at == later


def test_an_older_update_does_not_undo_a_newer_one(database: Database, now: datetime) -> None:
    saved(database, now, of(Entry(system=OWN, code=CODE, status=10, updated="2026-11-21T17:00")))
    saved(database, now, of(Entry(system=OWN, code=CODE, status=4, updated="2026-11-20T17:00")))
    assert known(database, CODE).dossier.status == 10


def test_a_partial_update_leaves_what_it_does_not_tell(database: Database, now: datetime) -> None:
    whole = Entry(system=OWN, code=CODE, status=4, due="2026-11-20", agency="UBND xã Ví Dụ", factors=("f",))
    saved(database, now, of(whole))
    saved(database, now, of(Entry(system=OWN, code=CODE, status=5), partial=True))
    dossier = known(database, CODE).dossier
    assert (dossier.status, dossier.due, dossier.agency) == (5, "2026-11-20", "UBND xã Ví Dụ")
    assert dossier.entries[0].factors == ("f",)


def test_a_whole_update_takes_back_what_it_no_longer_tells_but_not_the_second_factor(
    database: Database, now: datetime
) -> None:
    saved(database, now, of(Entry(system=OWN, code=CODE, status=9, finished="2026-11-20", factors=("f",))))
    saved(database, now, of(Entry(system=OWN, code=CODE, status=4)))
    dossier = known(database, CODE).dossier
    assert dossier.finished is None
    assert dossier.entries[0].factors == ("f",)


def test_the_history_keeps_each_step_once_in_the_order_of_time(database: Database, now: datetime) -> None:
    first = Step(code=CODE, at="2026-11-10T08:00", status=1, unit="Một cửa", system=OWN)
    second = Step(code=CODE, at="2026-11-10T09:00", status=2, unit="Một cửa", system=OWN)
    late = of(Entry(system=OWN, code=CODE, status=2, updated=second.at), steps=(second,), partial=True)
    saved(database, now, late)
    saved(
        database, now, of(Entry(system=OWN, code=CODE, status=1, updated=first.at), steps=(first, second), partial=True)
    )
    assert [step.status for step in known(database, CODE).steps] == [1, 2]
    assert known(database, CODE).dossier.status == 2


def test_many_updates_of_one_dossier_in_one_batch_are_taken_in_order(database: Database, now: datetime) -> None:
    updates = [of(Entry(system=OWN, code=CODE, status=status)) for status in (1, 2, 4)]
    changes = saved(database, now, *updates)
    assert [change.after.status for change in changes] == [1, 2, 4]
    assert known(database, CODE).dossier.status == 4


def test_a_thousand_dossiers_are_saved_and_found(database: Database, now: datetime) -> None:
    codes = [f"H24.999-261110-{number:04}" for number in range(1, 1001)]
    assert len(saved(database, now, *(of(Entry(system=OWN, code=code, status=4)) for code in codes))) == 1000
    assert known(database, codes[-1]).dossier.code == codes[-1]


def test_nothing_is_found_under_an_unknown_code(database: Database) -> None:
    with database.session() as session:
        assert find_dossier(session, OTHER) is None


def test_a_failed_save_leaves_nothing(database: Database, now: datetime) -> None:
    update = of(Entry(system=OWN, code=CODE, status=4))

    def save_and_fail() -> None:
        with database.session() as session:
            save(session, [update], now)
            session.connection().execute(sa.text("SELECT * FROM no_such_table"))

    with pytest.raises(sa.exc.DatabaseError):
        save_and_fail()
    with database.session() as session:
        assert find_dossier(session, CODE) is None


def test_two_systems_that_tell_of_one_dossier_at_the_same_moment_are_both_heard(
    database: Database, now: datetime
) -> None:
    together = Barrier(2, timeout=60)

    def tell(system: str) -> None:
        together.wait()
        for number in range(1, 11):
            with database.queueing(LEDGER) as session:
                save(session, [of(Entry(system=system, code=f"H24.999-261110-{number:04}", status=4))], now)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(tell, (OWN, PORTAL))) == [None, None]
    for number in range(1, 11):
        assert {*known(database, f"H24.999-261110-{number:04}").dossier.systems} == {OWN, PORTAL}
