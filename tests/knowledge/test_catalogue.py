"""Editions: published whole or not at all, read as of a day, brought back exactly."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from knowledge import catalogue
from knowledge.catalogue import (
    NothingToPublishError,
    PublishConflictError,
    UnknownEditionError,
    go_back,
    procedure_on,
    procedures_on,
    publish,
)
from knowledge.changeset import Change, ChangeKind, ChangeSet, EditionKind, Origin, content_digest
from knowledge.database import Database
from knowledge.procedure import Procedure
from sample_procedures import CATALOGUE, DATA_DAY, amended, make_checklist, make_procedure, new, repealed

TODAY = date(2026, 11, 22)
SPRING = date(2027, 3, 1)
BIRTH, DEATH = make_procedure("1.001193", name="Khai sinh"), make_procedure("1.000656", name="Khai tử")
BIRTH_AMENDED = make_procedure("1.001193", name="Khai sinh, sửa đổi")


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session() as session:
        yield session


def name_on(session: Session, day: date, code: str = "1.001193") -> str | None:
    known = procedure_on(session, code, day)
    return known.procedure.name if known else None


# An empty database


def test_before_the_first_edition_nothing_is_known(session: Session) -> None:
    assert catalogue.edition_number(session) == 0
    assert catalogue.current_edition(session) is None
    assert catalogue.history(session) == []
    assert procedure_on(session, "1.001193", TODAY) is None
    assert list(procedures_on(session, TODAY)) == []


# Publishing


def test_an_edition_remembers_where_it_came_from_and_what_it_changed(session: Session, now: datetime) -> None:
    changes = ChangeSet(changes=new(BIRTH, DEATH).changes, unchanged=3)
    publish(session, changes, CATALOGUE, now=now)
    edition = catalogue.current_edition(session)
    assert edition is not None
    assert (edition.number, edition.kind, edition.source) == (1, "catalogue", "details.jsonl.gz")
    assert (edition.published_at, edition.data_day) == (now, DATA_DAY)
    assert (edition.new, edition.amended, edition.repealed, edition.unchanged) == (2, 0, 0, 3)


@pytest.mark.parametrize("key", ["1.001193", "id-1.001193"], ids=["by its code", "by its formality id"])
def test_a_published_procedure_is_found(session: Session, now: datetime, key: str) -> None:
    publish(session, new(BIRTH, DEATH), CATALOGUE, now=now)
    known = procedure_on(session, key, TODAY)
    assert known is not None
    assert (known.procedure, known.edition, known.checklist) == (BIRTH, 1, None)


def test_a_code_is_not_trimmed_into_another_procedures(session: Session, now: datetime) -> None:
    internal, tuyen_quang = make_procedure("1.014325"), make_procedure(" 1.014325", formality_id="id-other")
    publish(session, new(tuyen_quang, internal), CATALOGUE, now=now)
    known = procedure_on(session, "1.014325", TODAY)
    assert known is not None
    assert known.procedure == internal


def test_publishing_nothing_is_refused_and_makes_no_edition(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    with pytest.raises(NothingToPublishError):
        publish(session, ChangeSet(unchanged=1), CATALOGUE, now=now)
    assert catalogue.edition_number(session) == 1


def test_an_error_after_publishing_leaves_the_edition_before(database: Database, now: datetime) -> None:
    with database.session() as session:
        publish(session, new(BIRTH), CATALOGUE, now=now)

    def publish_and_die() -> None:
        with database.session() as session:
            publish(session, amended(BIRTH_AMENDED), CATALOGUE, now=now)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish_and_die()
    with database.session() as session:
        assert catalogue.edition_number(session) == 1
        assert name_on(session, TODAY) == "Khai sinh"


def test_of_two_publishers_at_the_same_moment_only_one_succeeds(database: Database, now: datetime) -> None:
    def publish_late() -> None:
        with database.session() as late:
            assert catalogue.edition_number(late) == 0  # both have seen the same state ...
            with database.session() as early:
                publish(early, new(BIRTH), CATALOGUE, now=now)  # ... and the other is first
            publish(late, new(DEATH), CATALOGUE, now=now)

    with pytest.raises(PublishConflictError, match=r"edition 1 .* try again"):
        publish_late()
    with database.session() as session:
        assert [procedure.name for procedure in procedures_on(session, TODAY)] == ["Khai sinh"]
        publish(session, new(DEATH), CATALOGUE, now=now)  # trying again is all it takes
        assert catalogue.edition_number(session) == 2


def test_a_whole_catalogue_fits_into_one_edition(session: Session, now: datetime) -> None:
    many = [make_procedure(f"1.{number:06}") for number in range(1_201)]  # more than two chunks of statements
    publish(session, new(*many), CATALOGUE, now=now)
    publish(session, amended(*(make_procedure(each.code, name="mới") for each in many)), CATALOGUE, now=now)
    assert {procedure.name for procedure in procedures_on(session, TODAY)} == {"mới"}


# As of a day


def test_a_change_decided_for_a_future_day_waits_for_it(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    publish(session, amended(BIRTH_AMENDED, effective=SPRING), CATALOGUE, now=now)
    assert name_on(session, TODAY) == "Khai sinh"
    assert name_on(session, SPRING - timedelta(days=1)) == "Khai sinh"
    assert name_on(session, SPRING) == "Khai sinh, sửa đổi"


def test_a_change_in_force_since_a_past_day_leaves_the_days_before(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    publish(session, amended(BIRTH_AMENDED, effective=date(2026, 9, 1)), CATALOGUE, now=now)
    assert name_on(session, date(2026, 8, 31)) == "Khai sinh"
    assert name_on(session, TODAY) == "Khai sinh, sửa đổi"


def test_a_correction_without_a_day_holds_for_the_past_too(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    publish(session, amended(BIRTH_AMENDED), CATALOGUE, now=now)
    assert name_on(session, date(2020, 1, 1)) == "Khai sinh, sửa đổi"


def test_a_repeal_takes_effect_on_its_day(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH, DEATH), CATALOGUE, now=now)
    publish(session, repealed(BIRTH, effective=SPRING), CATALOGUE, now=now)
    assert name_on(session, SPRING - timedelta(days=1)) == "Khai sinh"
    assert name_on(session, SPRING) is None
    assert [procedure.name for procedure in procedures_on(session, SPRING)] == ["Khai tử"]


def test_a_repeal_without_a_day_holds_at_once(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    publish(session, repealed(BIRTH), CATALOGUE, now=now)
    assert name_on(session, TODAY) is None


def test_a_new_procedure_does_not_exist_before_its_day(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH, effective=SPRING), CATALOGUE, now=now)
    assert name_on(session, TODAY) is None
    assert name_on(session, SPRING) == "Khai sinh"


def test_several_changes_ahead_follow_one_another(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    for year in (2027, 2028, 2029):
        next_one = make_procedure(BIRTH.code, name=f"Khai sinh {year}")
        publish(session, amended(next_one, effective=date(year, 1, 1)), CATALOGUE, now=now)
    names = [name_on(session, date(year, 6, 1)) for year in (2026, 2027, 2028, 2029, 2040)]
    assert names == ["Khai sinh", "Khai sinh 2027", "Khai sinh 2028", "Khai sinh 2029", "Khai sinh 2029"]


def test_an_earlier_change_replaces_what_was_planned_after_it(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    publish(session, repealed(BIRTH, effective=SPRING), CATALOGUE, now=now)
    publish(session, amended(BIRTH_AMENDED, effective=date(2027, 1, 1)), CATALOGUE, now=now)
    assert name_on(session, SPRING) == "Khai sinh, sửa đổi"


def test_a_change_on_the_same_day_takes_the_place_of_the_first(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH, effective=SPRING), CATALOGUE, now=now)
    publish(session, amended(BIRTH_AMENDED, effective=SPRING), CATALOGUE, now=now)
    assert name_on(session, SPRING) == "Khai sinh, sửa đổi"
    assert name_on(session, SPRING - timedelta(days=1)) is None


def test_a_procedure_is_one_version_on_any_day(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    publish(session, amended(BIRTH_AMENDED, effective=SPRING), CATALOGUE, now=now)
    for day in (TODAY, SPRING - timedelta(days=1), SPRING, date(2100, 1, 1)):
        assert len(list(procedures_on(session, day))) == 1


# Digests


def test_the_digests_tell_what_a_file_changes(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH, DEATH), CATALOGUE, now=now)
    publish(session, repealed(DEATH, effective=SPRING), CATALOGUE, now=now)
    publish(session, amended(BIRTH_AMENDED, effective=SPRING), CATALOGUE, now=now)
    assert catalogue.current_digests(session) == {BIRTH.formality_id: content_digest(BIRTH_AMENDED)}


def test_a_digest_given_with_a_change_is_kept(session: Session, now: datetime) -> None:
    change = Change(kind=ChangeKind.NEW, formality_id=BIRTH.formality_id, procedure=BIRTH, digest="of the source")
    publish(session, ChangeSet(changes=(change,)), CATALOGUE, now=now)
    assert catalogue.current_digests(session) == {BIRTH.formality_id: "of the source"}


def test_the_digest_depends_on_content_alone() -> None:
    assert content_digest(make_procedure()) == content_digest(make_procedure())
    assert content_digest(BIRTH) != content_digest(BIRTH_AMENDED)


# The plain layer


def test_the_plain_layer_lies_over_the_record(session: Session, now: datetime) -> None:
    plain = make_checklist(BIRTH.code, name="Làm giấy khai sinh cho con")
    publish(session, ChangeSet(changes=new(BIRTH, DEATH).changes, checklists=(plain,)), CATALOGUE, now=now)
    birth, death = (procedure_on(session, code, TODAY) for code in (BIRTH.code, DEATH.code))
    assert birth is not None
    assert death is not None
    assert (birth.checklist, birth.plain_name) == (plain, "Làm giấy khai sinh cho con")
    assert (death.checklist, death.plain_name) == (None, "Khai tử")


def test_the_plain_layer_stays_when_the_record_under_it_changes(session: Session, now: datetime) -> None:
    plain = make_checklist(BIRTH.code)
    publish(session, ChangeSet(changes=new(BIRTH).changes, checklists=(plain,)), CATALOGUE, now=now)
    publish(session, amended(BIRTH_AMENDED), CATALOGUE, now=now)
    known = procedure_on(session, BIRTH.code, TODAY)
    assert known is not None
    assert (known.procedure, known.checklist) == (BIRTH_AMENDED, plain)


def test_a_new_checklist_takes_the_place_of_the_old_and_leaves_others(session: Session, now: datetime) -> None:
    old, other = make_checklist("1.001193"), make_checklist("1.000656")
    newer = make_checklist("1.001193", name="Làm giấy khai sinh")
    publish(session, ChangeSet(checklists=(old, other)), CATALOGUE, now=now)
    publish(session, ChangeSet(checklists=(newer,)), CATALOGUE, now=now)
    assert catalogue.checklists(session) == {"1.001193": newer, "1.000656": other}


# Going back


def test_going_back_brings_exactly_what_was_and_says_so(session: Session, now: datetime) -> None:
    plain = make_checklist(BIRTH.code)
    publish(session, ChangeSet(changes=new(BIRTH, DEATH).changes, checklists=(plain,)), CATALOGUE, now=now)
    then = Origin(kind=EditionKind.CATALOGUE, source="later.jsonl", digest="d2", data_day=TODAY)
    extra = make_procedure("1.000002")
    later = (*amended(BIRTH_AMENDED).changes, *repealed(DEATH).changes, *new(extra).changes)
    changed_plain = make_checklist(BIRTH.code, name="khác")
    publish(session, ChangeSet(changes=later, checklists=(changed_plain,)), then, now=now)

    edition = go_back(session, 1, now=now, reason="nhầm tệp")

    assert (edition.number, edition.kind, edition.restores, edition.reason) == (3, "go_back", 1, "nhầm tệp")
    assert (edition.data_day, edition.digest) == (DATA_DAY, "")
    assert list(procedures_on(session, TODAY)) == [DEATH, BIRTH]
    assert catalogue.checklists(session) == {BIRTH.code: plain}


def test_going_back_brings_back_what_was_planned(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    publish(session, amended(BIRTH_AMENDED, effective=SPRING), CATALOGUE, now=now)
    publish(session, repealed(BIRTH), CATALOGUE, now=now)
    go_back(session, 2, now=now)
    assert (name_on(session, TODAY), name_on(session, SPRING)) == ("Khai sinh", "Khai sinh, sửa đổi")


def test_after_going_back_the_next_edition_builds_on_it(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    publish(session, new(DEATH), CATALOGUE, now=now)
    go_back(session, 1, now=now)
    publish(session, new(DEATH), CATALOGUE, now=now)
    assert [edition.number for edition in catalogue.history(session)] == [4, 3, 2, 1]
    assert [procedure.name for procedure in procedures_on(session, TODAY)] == ["Khai tử", "Khai sinh"]


@pytest.mark.parametrize("target", [0, -1, 2, 3], ids=["none", "negative", "the current one", "a future one"])
def test_only_an_edition_before_the_current_one_can_be_brought_back(
    session: Session, now: datetime, target: int
) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    publish(session, new(DEATH), CATALOGUE, now=now)
    with pytest.raises(UnknownEditionError, match="1 to 1"):
        go_back(session, target, now=now)
    assert catalogue.edition_number(session) == 2


def test_with_nothing_before_the_current_edition_the_refusal_says_so(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    with pytest.raises(UnknownEditionError, match="no edition before"):
        go_back(session, 1, now=now)


DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2028, 1, 1)))
CODES = st.sampled_from(["1.000001", "1.000002", "1.000003"])
CHANGES = st.lists(
    st.tuples(st.sampled_from([ChangeKind.NEW, ChangeKind.AMENDED, ChangeKind.REPEALED]), CODES, DAYS),
    min_size=1,
    max_size=3,
    unique_by=lambda change: change[1],
)
LOOKS = [date(2025, 6, 1), date(2026, 7, 1), date(2027, 7, 1), date(2029, 1, 1)]


def _change_set(number: int, drawn: list[tuple[ChangeKind, str, date | None]]) -> ChangeSet:
    def change(kind: ChangeKind, code: str, effective: date | None) -> Change:
        procedure = make_procedure(code, name=f"{code} in {number}") if kind is not ChangeKind.REPEALED else None
        return Change(kind=kind, formality_id=f"id-{code}", procedure=procedure, effective=effective)

    return ChangeSet(changes=tuple(change(*each) for each in drawn))


def _all_days(session: Session) -> list[list[Procedure]]:
    return [list(procedures_on(session, day)) for day in LOOKS]


@settings(max_examples=25)
@given(st.lists(CHANGES, min_size=2, max_size=5))
def test_any_history_of_changes_can_be_brought_back(
    fresh_database: Callable[[], Database], drawn: list[list[tuple[ChangeKind, str, date | None]]]
) -> None:
    """Whatever was published after an edition, going back to it shows every day as it showed then."""
    database = fresh_database()
    now = datetime.fromisoformat("2026-11-22T05:00:00+00:00")
    with database.session() as session:
        seen = {}
        for number, changes in enumerate(drawn, start=1):
            publish(session, _change_set(number, changes), CATALOGUE, now=now)
            seen[number] = _all_days(session)
            codes = [[procedure.code for procedure in day] for day in seen[number]]
            assert all(len(day) == len(set(day)) for day in codes)  # never two versions on one day
        for target, then in list(seen.items())[:-1]:
            go_back(session, target, now=now)
            assert _all_days(session) == then
    database.close()
