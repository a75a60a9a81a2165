"""Facts come from the edition of the day and from the citizen's commune."""

from datetime import date, datetime, timedelta

import pytest

from answer_parts import CODE
from bot.answers.facts import gather
from bot.answers.verdict import Part, Verdict
from bot.conversation.messages import Ending
from knowledge.catalogue import publish
from knowledge.changeset import ChangeSet
from knowledge.communes import communes
from knowledge.database import Database
from sample_procedures import CATALOGUE, DATA_DAY, amended, make_checklist, make_procedure, new

TODAY = date(2026, 11, 22)


def verdict(*codes: str, ending: Ending = Ending.PROCEDURE) -> Verdict:
    return Verdict(ending=ending, parts=tuple(map(Part, codes)))


@pytest.fixture
def published(sqlite_database: Database, now: datetime) -> Database:
    """Two procedures, the first with a plain layer and another fee from tomorrow on."""
    first, second = make_procedure(), make_procedure("1.000002")
    with sqlite_database.session() as session:
        publish(
            session, ChangeSet(changes=new(first, second).changes, checklists=(make_checklist(),)), CATALOGUE, now=now
        )
        changed = make_procedure(name="Tên mới từ ngày mai")
        publish(session, amended(changed, effective=TODAY + timedelta(days=1)), CATALOGUE, now=now)
    return sqlite_database


def test_every_procedure_of_the_verdict_is_there_with_its_plain_layer(published: Database) -> None:
    with published.session() as session:
        facts = gather(session, verdict(CODE, "1.000002"), day=TODAY, edition=2)
    assert list(facts.known) == [CODE, "1.000002"]
    assert facts.known[CODE].plain_name == "Làm việc số 1.000001"
    assert facts.known["1.000002"].checklist is None
    assert facts.edition == 2


@pytest.mark.parametrize(
    ("day", "name"),
    [(TODAY, "Đăng ký việc số 1.000001"), (TODAY + timedelta(days=1), "Tên mới từ ngày mai")],
    ids=["today", "tomorrow"],
)
def test_a_rule_of_tomorrow_answers_tomorrow(published: Database, day: date, name: str) -> None:
    with published.session() as session:
        assert gather(session, verdict(CODE), day=day).known[CODE].procedure.name == name


def test_an_unknown_code_is_missing_and_the_day_of_the_data_is_there(published: Database) -> None:
    with published.session() as session:
        facts = gather(session, verdict("1.999999"), day=TODAY)
    assert facts.known == {}
    assert facts.data_day == DATA_DAY


def test_an_ending_without_data_knows_its_day(published: Database) -> None:
    with published.session() as session:
        assert gather(session, verdict(ending=Ending.NO_DATA), day=TODAY).data_day == DATA_DAY
        assert gather(session, verdict(ending=Ending.GREETING), day=TODAY).data_day is None


def test_an_empty_catalogue_has_no_day(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        assert gather(session, verdict("1.999999"), day=TODAY).data_day is None


def test_the_commune_is_found_by_its_code(published: Database) -> None:
    some = communes()[0]
    with published.session() as session:
        assert gather(session, verdict(CODE), day=TODAY, commune=some.code).commune == some
        assert gather(session, verdict(CODE), day=TODAY, commune="99999").commune is None
        assert gather(session, verdict(CODE), day=TODAY).commune is None


def test_everyday_names_are_those_of_the_procedures_that_are_known(published: Database) -> None:
    with published.session() as session:
        verdict = Verdict(ending=Ending.PROCEDURE, parts=(Part(CODE),))
        facts = gather(session, verdict, day=TODAY, names={CODE: "Nuôi trâu", "9.999999": "Nuôi rồng"})
    assert facts.names == {CODE: "Nuôi trâu"}
