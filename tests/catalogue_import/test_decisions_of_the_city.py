"""The constructed decisions with real layouts, codes and names: published in any order they give the same state.

They are made for testing, and nothing of them is shipped.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from catalogue_import.importing import import_file
from catalogue_import.report import ImportReport
from catalogue_import.settings import Settings
from knowledge.catalogue import everything_on, procedure_on
from knowledge.database import Database, open_database
from knowledge.folding import Folded
from knowledge.import_runs import RunState
from knowledge.starter import publish_starter

FILES = (
    "01-moi-va-sua-doi-2026.docx",
    "02-danh-muc-2025.docx",
    "03-bai-bo.docx",
    "04-thay-the.docx",
    "05-noi-dung.docx",
    "06-hon-hop-60-dong.docx",
)
TWINS = {"01-moi-va-sua-doi-2026.xlsx": FILES[0], "03-bai-bo.xlsx": FILES[2]}
DAYS = (date(2025, 11, 1), date(2026, 7, 31), date(2026, 8, 28), date(2026, 9, 1), date(2026, 11, 22))
TODAY = DAYS[-1]


@pytest.fixture(scope="module")
def decisions(shared: Path) -> Path:
    return shared / "catalogue" / "decisions"


def publish(path: Path, database: Database, now: datetime) -> ImportReport:
    return import_file(path, database, publish=True, clock=lambda: now, settings=Settings(only_sound=True))


def states(folder: Path, files: Sequence[str], now: datetime) -> list[list[Folded]]:
    """Everything on several days, after the files were published in their order over the starter catalogue."""
    database = open_database("sqlite://")
    with database.session() as session:
        publish_starter(session, now)
    for name in files:
        assert publish(folder / name, database, now).state is RunState.PUBLISHED
    with database.session() as session:
        seen = [list(everything_on(session, day)) for day in DAYS]
    database.close()
    return seen


def test_out_of_order_they_give_the_state_of_in_order(decisions: Path, now: datetime) -> None:
    assert states(decisions, FILES, now) == states(decisions, FILES[::-1], now)


@pytest.fixture(scope="module")
def published(decisions: Path) -> Database:
    """All of them over the starter catalogue."""
    now = datetime.fromisoformat("2026-11-22T05:00:00+00:00")
    database = open_database("sqlite://")
    with database.session() as session:
        publish_starter(session, now)
    for name in FILES:
        publish(decisions / name, database, now)
    return database


@pytest.mark.parametrize("name", [*FILES, *TWINS])
def test_the_same_file_or_its_twin_again_changes_nothing(
    decisions: Path, published: Database, now: datetime, name: str
) -> None:
    assert publish(decisions / name, published, now).state is RunState.UNCHANGED


def test_what_they_replace_names_its_successor_and_the_shortened_time_its_decision(published: Database) -> None:
    with published.session() as session:
        linked, business = (procedure_on(session, code, TODAY) for code in ("2.001023", "1.001612"))
        before = procedure_on(session, "2.001023", date(2026, 9, 7))
    assert linked is not None
    assert linked.city.ended is not None
    assert (linked.city.ended.successor, linked.city.ended.decision.number) == ("3.000722", "9004/QĐ-UBND")
    assert before is not None
    assert before.city.ended is None
    assert business is not None
    assert business.city.time is not None
    assert (business.city.time.statutory, business.city.time.shortened) == ("03 ngày làm việc", "1,5 ngày làm việc")
    assert business.checklist is not None
    assert business.checklist.time == ""
