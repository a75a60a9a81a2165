"""Rows of decisions in editions: published, read as of a day, brought back, never lost by a new copy."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from knowledge import catalogue
from knowledge.catalogue import ended_on, everything_on, go_back, procedure_on, procedures_on, publish
from knowledge.changeset import ChangeKind
from knowledge.database import Database
from knowledge.layer_store import current_patches
from knowledge.patches import Patch
from knowledge.search.loading import load_entries
from sample_decisions import AUGUST, DECISION, decided, make_patch
from sample_procedures import CATALOGUE, amended, make_procedure, new, repealed

JULY, SEPTEMBER, MARCH = date(2026, 7, 20), date(2026, 9, 1), date(2027, 3, 1)
BIRTH, DEATH = make_procedure("1.001193", name="Khai sinh"), make_procedure("1.000656", name="Khai tử")
REPEAL = make_patch(BIRTH.code, "repealed", effective=SEPTEMBER, name="")
LINKED = make_patch("3.000722", "new", name="Liên thông khai sinh", effective=SEPTEMBER)


@pytest.fixture
def session(database: Database, now: datetime) -> Iterator[Session]:
    with database.session() as session:
        publish(session, new(BIRTH, DEATH), CATALOGUE, now=now)
        yield session


def codes_on(session: Session, day: date) -> list[str]:
    return [procedure.code for procedure in procedures_on(session, day)]


def test_what_a_decision_changes_is_the_rule_from_its_day_on(session: Session, now: datetime) -> None:
    edition = publish(session, decided(REPEAL, LINKED), DECISION, now=now)
    assert (edition.kind, edition.new, edition.repealed, edition.replaced) == ("decision", 1, 1, 0)
    assert codes_on(session, AUGUST) == [DEATH.code, BIRTH.code]
    assert codes_on(session, SEPTEMBER) == [DEATH.code, LINKED.code]
    known = procedure_on(session, BIRTH.code, SEPTEMBER)
    assert known is not None
    assert known.city.ended is not None
    announced = procedure_on(session, BIRTH.code, AUGUST)
    assert announced is not None
    assert announced.city.coming == (REPEAL,)


def test_everything_is_given_in_the_order_of_codes_with_what_was_ended(session: Session, now: datetime) -> None:
    publish(session, decided(REPEAL, LINKED, make_patch("1.000001", "new")), DECISION, now=now)
    codes = [each.procedure.code for each in everything_on(session, SEPTEMBER)]
    assert codes == ["1.000001", DEATH.code, BIRTH.code, LINKED.code]


def test_a_decision_is_found_under_the_formality_id_too(session: Session, now: datetime) -> None:
    publish(session, decided(make_patch(BIRTH.code, name="Khai sinh mới")), DECISION, now=now)
    known = procedure_on(session, BIRTH.formality_id, SEPTEMBER)
    assert known is not None
    assert known.procedure.name == "Khai sinh mới"


def test_a_row_read_again_takes_the_place_of_the_one_before(session: Session, now: datetime) -> None:
    wrong, right = make_patch(DEATH.code, name="Khai tữ"), make_patch(DEATH.code, name="Khai tử, sửa")
    publish(session, decided(wrong), DECISION, now=now)
    publish(session, decided(right), DECISION, now=now)
    assert current_patches(session) == {right.key: right}


def test_a_withdrawn_row_no_longer_counts(session: Session, now: datetime) -> None:
    publish(session, decided(REPEAL), DECISION, now=now)
    publish(session, decided(withdrawn=(REPEAL.key,)), DECISION, now=now)
    assert codes_on(session, SEPTEMBER) == [DEATH.code, BIRTH.code]


def test_going_back_forgets_a_decision_and_going_forth_brings_it_again(session: Session, now: datetime) -> None:
    publish(session, decided(REPEAL, LINKED), DECISION, now=now)
    go_back(session, 1, now=now)
    assert codes_on(session, SEPTEMBER) == [DEATH.code, BIRTH.code]
    go_back(session, 2, now=now)
    assert codes_on(session, SEPTEMBER) == [DEATH.code, LINKED.code]


def test_a_new_copy_of_the_catalogue_revives_nothing_and_loses_no_future_change(
    session: Session, now: datetime
) -> None:
    future = make_patch(DEATH.code, "repealed", number="3501/QĐ-UBND", effective=MARCH)
    publish(session, decided(REPEAL, future), DECISION, now=now)
    newer = make_procedure(BIRTH.code, name="Khai sinh trong bản mới")
    publish(session, amended(newer, DEATH, effective=SEPTEMBER), CATALOGUE, now=now)
    assert codes_on(session, SEPTEMBER) == [DEATH.code]
    assert codes_on(session, MARCH) == []


def test_a_thin_procedure_gets_its_record_when_a_copy_brings_it(session: Session, now: datetime) -> None:
    publish(session, decided(LINKED), DECISION, now=now)
    record = make_procedure(LINKED.code, name="Tên của danh mục")
    publish(session, new(record), CATALOGUE, now=now)
    known = procedure_on(session, LINKED.code, SEPTEMBER)
    assert known is not None
    assert known.procedure.paper_groups == record.paper_groups


def test_what_a_complete_copy_dropped_after_a_decision_stays_dropped(session: Session, now: datetime) -> None:
    publish(session, decided(make_patch(DEATH.code, "new")), DECISION, now=now)
    publish(session, repealed(DEATH, effective=SEPTEMBER), CATALOGUE, now=now)
    assert procedure_on(session, DEATH.code, AUGUST) is not None
    assert procedure_on(session, DEATH.code, SEPTEMBER) is None


def test_an_ended_code_without_a_name_can_still_be_told_of(session: Session, now: datetime) -> None:
    patch = make_patch("1.999999", "repealed", name="")
    publish(session, decided(patch), DECISION, now=now)
    assert procedure_on(session, patch.code, SEPTEMBER) is None
    ended = ended_on(session, patch.code, SEPTEMBER)
    assert ended is not None
    assert ended.decision == patch.decision


def test_the_index_finds_new_names_and_ended_procedures_that_no_living_one_is_called_after(
    session: Session, now: datetime
) -> None:
    namesake = make_patch("3.000001", "new", name="Khai sinh")
    publish(session, decided(REPEAL, namesake, make_patch(DEATH.code, name="Khai tử mới")), DECISION, now=now)
    names = {entry.code: entry.name for entry in load_entries(session, SEPTEMBER)}
    assert names == {DEATH.code: "Khai tử mới", namesake.code: "Khai sinh"}
    without = {entry.code for entry in load_entries(session, AUGUST)}
    assert without == {BIRTH.code, DEATH.code, namesake.code}


def test_names_known_are_those_of_records_and_of_decisions(session: Session, now: datetime) -> None:
    publish(session, decided(REPEAL, LINKED), DECISION, now=now)
    assert catalogue.names_known(session) == {
        BIRTH.code: "Khai sinh",
        DEATH.code: "Khai tử",
        LINKED.code: "Liên thông khai sinh",
    }


STATUSES = st.sampled_from([ChangeKind.NEW, ChangeKind.AMENDED, ChangeKind.REPEALED])
ROWS = st.builds(
    lambda code, status, day, number: make_patch(code, str(status), effective=day, number=f"{number}/QĐ-UBND"),
    st.sampled_from(["1.001193", "1.000656", "1.000001"]),
    STATUSES,
    st.sampled_from([JULY, AUGUST, SEPTEMBER, MARCH]),
    st.integers(1, 4),
)


def _states(database: Database, order: list[Patch], now: datetime) -> list[list[object]]:
    with database.session() as session:
        publish(session, new(BIRTH, DEATH), CATALOGUE, now=now)
        for patch in order:
            publish(session, decided(patch), DECISION, now=now)
        states: list[list[object]] = [list(everything_on(session, day)) for day in (JULY, AUGUST, SEPTEMBER, MARCH)]
    database.close()
    return states


@settings(max_examples=20)
@given(st.lists(ROWS, min_size=1, max_size=5, unique_by=lambda patch: patch.key), st.randoms(use_true_random=False))
def test_any_decisions_give_the_same_state_in_any_order(
    fresh_database: Callable[[], Database], rows: list[Patch], random: Random
) -> None:
    now = datetime.fromisoformat("2026-11-22T05:00:00+00:00")
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert _states(fresh_database(), rows, now) == _states(fresh_database(), shuffled, now)
