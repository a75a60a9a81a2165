"""Originals of cleaned texts lie beside the procedure: found with it, never part of it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from knowledge.catalogue import current_digests, go_back, originals_of, procedure_on, publish
from knowledge.changeset import Change, ChangeKind, ChangeSet, Original
from knowledge.database import Database
from knowledge.procedure import Procedure
from sample_procedures import CATALOGUE, amended, make_procedure, new, repealed

TODAY = date(2026, 11, 22)
SPRING = date(2027, 3, 1)
BIRTH = make_procedure("1.001193", name="Khai sinh")
BIRTH_AMENDED = make_procedure("1.001193", name="Khai sinh, sửa đổi")
NAME, STEP = Original("name", "Khai\u00a0sinh"), Original("executionSteps[0].description", "\uf0fc Nộp\u200b\r\n")
NEWER = Original("name", "Khai sinh, su\u031b\u0309a đổi")


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session() as session:
        yield session


def with_originals(procedure: Procedure, *originals: Original, effective: date | None = None) -> ChangeSet:
    change = Change(
        kind=ChangeKind.AMENDED,
        formality_id=procedure.formality_id,
        procedure=procedure,
        effective=effective,
        originals=originals,
    )
    return ChangeSet(changes=(change,))


@pytest.mark.parametrize("key", ["1.001193", "id-1.001193"], ids=["by its code", "by its formality id"])
def test_originals_are_found_like_their_procedure(session: Session, now: datetime, key: str) -> None:
    publish(session, with_originals(BIRTH, NAME, STEP), CATALOGUE, now=now)
    assert originals_of(session, key, TODAY) == (NAME, STEP)


def test_most_procedures_have_none(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    assert originals_of(session, BIRTH.code, TODAY) == ()
    assert originals_of(session, "1.000656", TODAY) == (), "of which nothing is known"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a\x00b", id="NUL, which PostgreSQL refuses in a text"),
        pytest.param("\x1b[31m\x85\u2028", id="controls and line breaks"),
        pytest.param("Thu\u0309 tu\u0323c", id="marks apart"),
        pytest.param("\ue000\U000f0000\ufffe", id="private use and no characters"),
        pytest.param('"\\', id="what JSON escapes"),
    ],
)
def test_no_character_of_an_original_is_lost(session: Session, now: datetime, text: str) -> None:
    publish(session, with_originals(BIRTH, Original("note", text)), CATALOGUE, now=now)
    assert originals_of(session, BIRTH.code, TODAY) == (Original("note", text),)


def test_originals_are_no_part_of_the_procedure_nor_of_its_digest(session: Session, now: datetime) -> None:
    publish(session, new(BIRTH), CATALOGUE, now=now)
    before = current_digests(session)
    publish(session, with_originals(BIRTH, NAME), CATALOGUE, now=now)
    known = procedure_on(session, BIRTH.code, TODAY)
    assert known is not None
    assert (known.procedure, current_digests(session)) == (BIRTH, before)


def test_each_version_has_its_own_on_its_days(session: Session, now: datetime) -> None:
    publish(session, with_originals(BIRTH, NAME), CATALOGUE, now=now)
    publish(session, with_originals(BIRTH_AMENDED, NEWER, effective=SPRING), CATALOGUE, now=now)
    assert originals_of(session, BIRTH.code, SPRING - timedelta(days=1)) == (NAME,)
    assert originals_of(session, BIRTH.code, SPRING) == (NEWER,)


def test_they_go_with_their_version_and_come_back_with_it(session: Session, now: datetime) -> None:
    publish(session, with_originals(BIRTH, NAME), CATALOGUE, now=now)
    publish(session, amended(BIRTH_AMENDED), CATALOGUE, now=now)
    assert originals_of(session, BIRTH.code, TODAY) == ()
    publish(session, repealed(BIRTH_AMENDED), CATALOGUE, now=now)
    go_back(session, 1, now=now)
    assert originals_of(session, BIRTH.code, TODAY) == (NAME,)
