"""What the publisher wrote is kept where cleaning changed it."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from catalogue_import.formats.portal import PORTAL
from catalogue_import.gather import gather
from catalogue_import.importing import import_file
from catalogue_import.issues import IssueLog
from knowledge.catalogue import originals_of, procedure_on
from knowledge.database import Database
from knowledge.import_runs import RunState
from portal_records import Record, detail, fee, listed, method, named, paper, write_lines

TODAY = date(2026, 11, 22)


@pytest.fixture
def originals(tmp_path: Path, log: IssueLog) -> Any:
    """Place -> text, of the one public procedure among the records."""

    def run(*records: Record) -> dict[str, str]:
        file = write_lines(tmp_path / "a.jsonl", records)
        [candidate] = gather(PORTAL.read(file, lambda _done, _total: None), PORTAL, "H24", log).public
        return dict(candidate.originals)

    return run


@pytest.mark.parametrize(
    "published",
    [
        pytest.param("Ghi\u00a0chú", id="a no-break space"),
        pytest.param("\u00a0Ghi chú", id="a no-break space around it"),
        pytest.param("Ghi\u200b chú", id="a zero width space"),
        pytest.param("\u200eGhi chú", id="a direction mark"),
        pytest.param("Ghi chu\u0301", id="letters and marks apart"),
        pytest.param("\uf0fc Ghi chú", id="a private bullet"),
        pytest.param("Ghi chú:\r\nhai", id="a line break of another system"),
        pytest.param("Ghi\x00 chú ", id="a control, and white space around"),
        pytest.param("\u00ad", id="nothing that could be seen"),
    ],
)
def test_a_text_that_cleaning_changed_is_kept_as_published(originals: Any, published: str) -> None:
    assert originals(detail(note=published)) == {"note": published}


@pytest.mark.parametrize(
    "published",
    [
        pytest.param("Ghi chú", id="clean"),
        pytest.param(None, id="null"),
        pytest.param("", id="empty"),
        pytest.param(" \t\r\n", id="blank"),
        pytest.param(" Ghi chú\r\n", id="with plain white space around it"),
        pytest.param("Ghi  chú:\n\thai", id="with spaces and lines that a text keeps"),
    ],
)
def test_a_text_that_lost_at_most_plain_white_space_around_it_is_not(originals: Any, published: str | None) -> None:
    assert originals(detail(note=published)) == {}


def test_a_name_that_was_put_on_one_line_is_kept(originals: Any) -> None:
    published = detail(name="Thủ tục\nkhai sinh", keywords="khai  sinh , trẻ em")
    assert originals(published) == {"name": "Thủ tục\nkhai sinh", "keywords": "khai  sinh , trẻ em"}


def test_the_place_is_the_path_in_the_published_record(originals: Any) -> None:
    papers = [paper("Tờ khai"), paper("Ảnh\u00a03x4")]
    published = detail(
        executionMethods=[method(), method(fees=[fee(), fee(description="Lệ\u00a0phí")])],
        executionCases=[{"name": "A\u00a0B", "profileComponents": papers}],
        legalBasisesDetails=[named("l-2", "Luật", "2"), named("l-1", "Luật\u200b", "1")],
        procedureProposal={"proposalNumber": "1/QĐ\u200b", "decisionDate": None, "issuingAgency": None},
    )
    assert originals(published) == {
        "executionMethods[1].fees[1].description": "Lệ\u00a0phí",
        "executionCases[0].name": "A\u00a0B",
        "executionCases[0].profileComponents[1].name": "Ảnh\u00a03x4",
        "legalBasisesDetails[1].name": "Luật\u200b",
        "procedureProposal.proposalNumber": "1/QĐ\u200b",
    }


@pytest.mark.parametrize("code", ["1.000001", "1, 2"], ids=["a clean code", "a code with a comma"])
def test_the_place_does_not_name_the_file(originals: Any, code: str) -> None:
    assert set(originals(detail(code, note="a\u200b"), listed("1.000009", name="b\u200b"))) == {"note"}


def test_a_text_that_comes_twice_is_kept_at_both_places(originals: Any) -> None:
    """Though the second is cleaned from memory."""
    laws = [named("l-1", "Luật\u00a0A", "1"), named("l-2", "Luật\u00a0A", "2")]
    assert list(originals(detail(legalBasisesDetails=laws)).values()) == ["Luật\u00a0A"] * 2


def test_originals_are_published_with_their_procedure(database: Database, tmp_path: Path, now: datetime) -> None:
    """Both kinds of database."""
    file = write_lines(tmp_path / "a.jsonl", [detail("1.000001", note="Ghi\u00a0chú\x00"), detail("1.000002")])
    report = import_file(file, database, publish=True, clock=lambda: now)
    assert report.state is RunState.PUBLISHED
    with database.session() as session:
        known = procedure_on(session, "1.000001", TODAY)
        assert known is not None
        assert known.procedure.note == "Ghi chú"
        assert dict(originals_of(session, "1.000001", TODAY)) == {"note": "Ghi\u00a0chú\x00"}
        assert originals_of(session, "1.000002", TODAY) == ()


def test_a_copy_that_differs_in_dirt_alone_changes_nothing(sqlite_database: Database, save: Any, now: datetime) -> None:
    """And so the originals of the copy before stay."""
    states = [
        import_file(save([detail(note=note)]), sqlite_database, publish=True, clock=lambda: now).state
        for note in ("Ghi\u00a0chú", "Ghi chú\u200b")
    ]
    assert states == [RunState.PUBLISHED, RunState.UNCHANGED]
    with sqlite_database.session() as session:
        assert dict(originals_of(session, "1.000001", TODAY)) == {"note": "Ghi\u00a0chú"}
