"""A fetch from its list to its folder, against a server that behaves."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from catalogue_import.fetching.answers import FetchError
from catalogue_import.fetching.store import Store
from portal_records import detail, listed
from portal_server import LIST, FakePortal, hang_up, says

from .conftest import PAUSE, Fetcher, Sleeper

WEEK = timedelta(days=7)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "details").iterdir())


def test_every_listed_procedure_is_stored_as_it_came(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    report = run()
    assert (report.listed, report.total, report.counts["new"]) == (5, 5, 5)
    assert report.is_whole
    assert files(folder) == sorted(f"{key}.json" for key in portal.records)
    answer = json.loads((folder / "details" / "id-1.000001.json").read_bytes())
    assert (answer["code"], answer["data"]["code"]) == ("OK", "1.000001")


def test_the_list_is_read_page_after_page(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    assert run(page=2).is_whole
    assert [(each["limit"], each["lastId"]) for each in portal.asked_for(LIST)] == [
        (2, ""), (2, "id-1.000001"), (2, "id-1.000003"),
    ]  # fmt: skip
    assert sorted(path.name for path in (folder / "list").iterdir()) == ["0001.json", "0002.json", "0003.json"]


def test_a_portal_that_gives_shorter_pages_than_asked_is_read_to_its_end(run: Fetcher, portal: FakePortal) -> None:
    portal.cap = 2
    assert run(page=100).is_whole


def test_between_calls_is_a_pause(run: Fetcher, portal: FakePortal, sleeper: Sleeper) -> None:
    run()
    assert sleeper.naps == [PAUSE] * len(portal.asked)


def test_several_connections_fetch_the_same(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    assert run(connections=4).counts["new"] == 5
    assert len(files(folder)) == 5
    assert len(Store(folder).entries()) == 5


def test_what_was_asked_not_long_ago_is_not_asked_again(run: Fetcher, portal: FakePortal) -> None:
    run()
    portal.asked.clear()
    report = run()
    assert portal.details_asked == []
    assert (report.fresh, report.is_whole) == (5, True)


def test_after_some_days_everything_is_asked_again_and_only_changes_are_stored(
    run: Fetcher, portal: FakePortal, folder: Path, sleeper: Sleeper
) -> None:
    run()
    before = {path.name: path.read_bytes() for path in (folder / "details").iterdir()}
    portal.records["id-1.000002"] = detail("1.000002", requirementsAndConditions="Mới", description="Mới")
    sleeper.at += WEEK
    report = run()
    after = {path.name: path.read_bytes() for path in (folder / "details").iterdir()}
    assert (report.counts["changed"], report.counts["unchanged"]) == (1, 4)
    assert [name for name in after if after[name] != before[name]] == ["id-1.000002.json"], "order alone is no change"


def test_what_the_list_shows_otherwise_is_asked_at_once(run: Fetcher, portal: FakePortal) -> None:
    run()
    portal.asked.clear()
    portal.records["id-1.000003"] = detail("1.000003", name="Tên mới")
    assert run().counts["changed"] == 1
    assert portal.details_asked == ["id-1.000003"]


def test_a_new_procedure_is_fetched_and_a_withdrawn_one_put_aside(
    run: Fetcher, portal: FakePortal, folder: Path
) -> None:
    run()
    del portal.records["id-1.000004"]
    portal.records["id-1.000009"] = detail("1.000009")
    report = run()
    assert (report.counts["new"], report.withdrawn) == (1, ("id-1.000004",))
    assert "id-1.000004.json" not in files(folder)
    assert (folder / "withdrawn" / "id-1.000004.json").exists()


def test_a_procedure_that_comes_back_is_fetched_again(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    run()
    gone = portal.records.pop("id-1.000004")
    run()
    portal.records["id-1.000004"] = gone
    assert run().counts["new"] == 1
    assert "id-1.000004.json" in files(folder)


def test_a_run_may_be_kept_small_and_the_next_one_goes_on(run: Fetcher, portal: FakePortal) -> None:
    first = run(most=2)
    assert (first.counts["new"], first.unasked, first.is_whole) == (2, 3, False)
    second = run(most=2)
    assert (second.counts["new"], second.unasked) == (2, 1)
    assert run(most=2).is_whole
    assert len(portal.details_asked) == 5, "nothing was asked twice"
    assert len(portal.asked_for(LIST)) == 1, "nor the list"


def test_the_oldest_answer_is_asked_first(run: Fetcher, portal: FakePortal, sleeper: Sleeper) -> None:
    run(most=1)
    sleeper.at += timedelta(hours=1)
    run()
    sleeper.at += WEEK + timedelta(hours=1)
    portal.asked.clear()
    run(most=1)
    assert portal.details_asked == ["id-1.115622"]


def test_a_listed_procedure_without_details_is_no_failure(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    portal.only_listed = [listed("3.000612")]
    report = run()
    assert (report.counts["empty"], report.is_whole) == (1, True)
    assert len(files(folder)) == 5
    assert run().fresh == 6


def test_a_new_field_is_stored_with_the_rest(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    portal.records["id-1.000001"] = detail("1.000001", effectiveDate=1_784_250_000_000)
    run()
    assert b"effectiveDate" in (folder / "details" / "id-1.000001.json").read_bytes()


def test_progress_is_told_for_the_list_and_for_the_details(run: Fetcher) -> None:
    told: list[tuple[Any, ...]] = []
    run(lambda *progress: told.append(progress))
    assert told[0] == ("list", 5, 5)
    assert [done for name, done, total in told if (name, total) == ("details", 5)] == [1, 2, 3, 4, 5]


def test_the_report_says_itself(run: Fetcher, folder: Path) -> None:
    lines = str(run()).splitlines()
    assert lines[0] == f"{folder / 'details'}: 5 of 5 procedures listed, 6 calls"
    assert lines[1].split() == ["5", *"fetched for the first time".split()]
    assert lines[-1] == "The copy is whole; its oldest answer is of 22/11/2026 12:00."


# Going on after a kill


def test_an_interrupted_list_is_read_on_from_its_last_page(run: Fetcher, portal: FakePortal, sleeper: Sleeper) -> None:
    portal.trouble("list", says(portal.answer(LIST, {"lastId": "", "limit": 2})), *[hang_up] * 10)
    with pytest.raises(FetchError, match="page 2 of the list"):
        run(page=2)
    portal._troubles.clear()
    portal.asked.clear()
    assert run(page=2).is_whole
    assert portal.asked_for(LIST)[0]["lastId"] == "id-1.000001"


def test_a_half_read_list_of_yesterday_is_read_anew(run: Fetcher, portal: FakePortal, sleeper: Sleeper) -> None:
    portal.trouble("list", says(portal.answer(LIST, {"lastId": "", "limit": 2})), *[hang_up] * 10)
    with pytest.raises(FetchError):
        run(page=2)
    portal._troubles.clear()
    portal.asked.clear()
    sleeper.at += timedelta(days=1)
    run(page=2)
    assert portal.asked_for(LIST)[0]["lastId"] == ""


def test_a_line_that_a_kill_has_cut_costs_one_question(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    run()
    journal = folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    portal.asked.clear()
    assert run().is_whole
    assert len(portal.details_asked) == 1
    assert len(Store(folder).entries()) == 5, "the line after the cut one is whole"


def test_a_file_that_was_lost_is_fetched_again(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    run()
    (folder / "details" / "id-1.000002.json").unlink()
    portal.asked.clear()
    assert run().counts["new"] == 1
    assert portal.details_asked == ["id-1.000002"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"begun": 3}'], ids=["empty", "cut", "odd"])
def test_a_damaged_note_of_the_list_only_costs_reading_it_again(run: Fetcher, folder: Path, content: bytes) -> None:
    run()
    (folder / "walk.json").write_bytes(content)
    assert run().is_whole


def test_two_fetches_do_not_work_in_one_folder(run: Fetcher, folder: Path) -> None:
    with Store(folder).opened(), pytest.raises(FetchError, match="another fetch works"):
        run()


def test_nothing_half_written_lies_about(run: Fetcher, folder: Path) -> None:
    run()
    assert not list(folder.rglob("*.part"))
