"""Everything a portal does wrong: waited for, told clearly, and never stored."""

from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from catalogue_import.fetching.answers import FetchError, WalledError
from catalogue_import.fetching.portal import ATTEMPTS, FAILURES_IN_A_ROW, LONGEST_WAIT
from catalogue_import.files import MAX_RECORD
from portal_records import detail, envelope
from portal_server import (
    DETAIL,
    LIST,
    FakePortal,
    Misbehaviour,
    cut_off,
    half,
    hang_up,
    login,
    says,
    status,
    web_page,
    web_page_as_json,
)

from .conftest import Fetcher, Sleeper
from .test_fetching import files

ONE = "id-1.000001"
PASSING: dict[str, Misbehaviour] = {
    "too many": status(429),
    "request timed out": status(408),
    "server error": status(500),
    "bad gateway": status(502),
    "overloaded": status(503),
    "the guard's page once": web_page,
    "the guard's page as JSON once": web_page_as_json,
    "a cut body": cut_off,
    "half of the JSON": half,
    "no answer at all": hang_up,
}
LASTING = {name: each for name, each in PASSING.items() if "guard" not in name}


@pytest.mark.parametrize("where", ["list", ONE])
@pytest.mark.parametrize("trouble", PASSING.values(), ids=PASSING)
def test_what_passes_is_waited_for(
    run: Fetcher, portal: FakePortal, sleeper: Sleeper, trouble: Misbehaviour, where: str
) -> None:
    portal.trouble(where, trouble)
    report = run()
    assert (report.counts["new"], report.is_whole, report.problems) == (5, True, ())
    assert len(sleeper.waits) == 1


def test_waits_grow_and_are_never_in_step(run: Fetcher, portal: FakePortal, sleeper: Sleeper) -> None:
    portal.trouble(ONE, *[status(503)] * (ATTEMPTS - 1))
    assert run().is_whole
    bounds = [(1, 2), (2, 4), (4, 8), (8, 16)]
    assert all(low <= wait <= high for wait, (low, high) in zip(sleeper.waits, bounds, strict=True))
    assert all(wait != int(wait) for wait in sleeper.waits)
    assert max(sleeper.waits) <= LONGEST_WAIT


def test_a_wait_that_the_portal_asks_for_is_kept(run: Fetcher, portal: FakePortal, sleeper: Sleeper) -> None:
    portal.trouble(ONE, status(429, Retry_After="90"))
    run()
    (wait,) = sleeper.waits
    assert 90 < wait <= 91


def test_a_wait_until_a_time_of_day_is_kept(run: Fetcher, portal: FakePortal, sleeper: Sleeper) -> None:
    portal.trouble("list", status(503, Retry_After=format_datetime(sleeper.at + timedelta(minutes=2))))
    run()
    (wait,) = sleeper.waits
    assert 118 < wait <= 121


@pytest.mark.parametrize("said", ["soon", "-5", "", "Mon, 99 Foo 2026"], ids=["word", "negative", "nothing", "no date"])
def test_a_wait_that_makes_no_sense_is_ours(run: Fetcher, portal: FakePortal, sleeper: Sleeper, said: str) -> None:
    portal.trouble(ONE, status(429, Retry_After=said))
    run()
    (wait,) = sleeper.waits
    assert 1 <= wait <= 2


def test_a_very_long_wait_ends_the_run_instead(run: Fetcher, portal: FakePortal, sleeper: Sleeper) -> None:
    portal.trouble(ONE, status(429, Retry_After="86400"))
    with pytest.raises(FetchError, match="asks to wait 86,400 seconds"):
        run()
    assert sleeper.waits == []


@pytest.mark.parametrize("trouble", LASTING.values(), ids=LASTING)
def test_one_procedure_that_is_never_answered_is_reported_and_left_out(
    run: Fetcher, portal: FakePortal, folder: Path, trouble: Misbehaviour
) -> None:
    portal.trouble(ONE, *[trouble] * ATTEMPTS)
    report = run()
    assert (report.counts["new"], report.counts["failed"], report.is_whole) == (4, 1, False)
    assert report.problems[0].startswith(f"{ONE}: ")
    assert f"{ONE}.json" not in files(folder)
    assert report.withdrawn == ()


def test_it_is_asked_again_in_the_next_run(run: Fetcher, portal: FakePortal) -> None:
    portal.trouble(ONE, *[status(500)] * ATTEMPTS)
    run()
    portal.asked.clear()
    assert run().is_whole
    assert portal.details_asked == [ONE]


def test_a_portal_that_is_down_is_left_alone(run: Fetcher, portal: FakePortal) -> None:
    for number in range(20):
        portal.records[f"id-2.{number:06}"] = detail(f"2.{number:06}")
    for key in portal.records:
        portal.trouble(key, *[status(503)] * ATTEMPTS)
    with pytest.raises(FetchError, match=f"{FAILURES_IN_A_ROW} calls in a row failed, the last with: HTTP 503"):
        run()
    assert len(portal.asked_for(DETAIL)) == FAILURES_IN_A_ROW * ATTEMPTS


def test_failures_between_answers_do_not_add_up(run: Fetcher, portal: FakePortal) -> None:
    for number in range(20):
        portal.records[f"id-2.{number:06}"] = detail(f"2.{number:06}")
    for key in list(portal.records)[::2]:
        portal.trouble(key, *[status(503)] * ATTEMPTS)
    report = run()
    assert (report.counts["failed"], report.counts["new"]) == (13, 12)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [(login, "a login is asked for"), (status(401), "HTTP 401"), (status(403), "HTTP 403")],
    ids=["login page", "unauthorised", "forbidden"],
)
@pytest.mark.parametrize("where", ["list", ONE])
def test_a_wall_ends_the_run_at_once_with_what_to_do(
    run: Fetcher, portal: FakePortal, sleeper: Sleeper, where: str, trouble: Misbehaviour, said: str
) -> None:
    portal.trouble(where, trouble)
    with pytest.raises(WalledError, match=said) as raised:
        run()
    assert "import saved files" in str(raised.value)
    assert sleeper.waits == [], "no second try: it would only look like an attack"


@pytest.mark.parametrize("page", [web_page, web_page_as_json], ids=["as a page", "as JSON"])
def test_the_guards_page_that_stays_ends_the_run_and_is_never_stored(
    run: Fetcher, portal: FakePortal, folder: Path, page: Misbehaviour
) -> None:
    portal.trouble("id-1.000002", page, page)
    with pytest.raises(WalledError, match="guard against robots"):
        run()
    assert all(b"Rejected" not in path.read_bytes() for path in (folder / "details").iterdir())


def test_what_was_stored_before_a_wall_is_not_asked_for_again(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    portal.trouble("id-1.000003", login)
    with pytest.raises(WalledError):
        run()
    stored = files(folder)
    assert stored
    portal.asked.clear()
    assert run().is_whole
    assert not {f"{key}.json" for key in portal.details_asked} & set(stored)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (envelope(detail("1.000002")), "about another procedure: 'id-1.000002'"),
        (envelope([detail("1.000001")]), "a list instead of a procedure"),
        (envelope("không có"), "a str instead of a procedure"),
        ({"code": "ERROR", "data": None, "message": "Không tìm thấy"}, "'ERROR' \\('Không tìm thấy'\\)"),
        ([1, 2], "no answer of the portal"),
        ({"code": 5}, "no answer of the portal"),
    ],
    ids=["another procedure", "a list", "a text", "an error", "no envelope", "an odd envelope"],
)
def test_an_answer_to_another_question_is_reported_and_left_out(
    run: Fetcher, portal: FakePortal, folder: Path, answer: Any, said: str
) -> None:
    portal.trouble(ONE, says(answer))
    report = run()
    assert (report.counts["odd"], report.is_whole) == (1, False)
    assert report.problems[0].startswith(f"{ONE}: ")
    assert said.replace("\\", "") in report.problems[0]
    assert f"{ONE}.json" not in files(folder)


def test_an_answer_without_end_is_not_read_to_it(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    portal.trouble(ONE, lambda handler: handler.send(b'{"data":"' + b"x" * (MAX_RECORD + 1), 201))
    report = run()
    assert "longer than 16 MiB" in report.problems[0]
    assert f"{ONE}.json" not in files(folder)


@pytest.mark.parametrize("key", ["../../evil", "a/b", "", "x" * 65, 7, None], ids=str)
def test_an_id_that_is_no_file_name_is_not_asked_for(
    run: Fetcher, portal: FakePortal, folder: Path, tmp_path: Path, key: Any
) -> None:
    portal.only_listed = [{"id": key, "name": "Thủ tục lạ"}]
    report = run()
    assert (report.listed, report.total, report.is_whole) == (5, 6, False)
    assert len(files(folder)) == 5
    assert not list(tmp_path.rglob("*evil*"))


def test_a_list_that_lost_some_on_the_way_repeals_nothing(run: Fetcher, portal: FakePortal, folder: Path) -> None:
    run()
    del portal.records["id-1.000004"]
    portal.total = 5
    report = run()
    assert (report.is_whole, report.withdrawn) == (False, ())
    assert "id-1.000004.json" in files(folder)


def test_a_list_that_runs_in_a_circle_ends(run: Fetcher, portal: FakePortal) -> None:
    first = portal.answer(LIST, {"lastId": "", "limit": 2})
    portal.trouble("list", *[says(first)] * 3)
    portal.total = 9
    report = run(page=2)
    assert (report.listed, report.is_whole) == (2, False)


@pytest.mark.parametrize(
    "data",
    [None, {"items": None}, {"rows": []}, {"items": ["x"]}, []],
    ids=["null", "no items", "other key", "texts", "a list"],
)
def test_a_page_of_another_shape_ends_the_run_and_names_it(run: Fetcher, portal: FakePortal, data: Any) -> None:
    portal.trouble("list", says(envelope(data)))
    with pytest.raises(FetchError, match="page 1 of the list cannot be read"):
        run()


def test_a_changed_order_between_runs_changes_nothing(
    run: Fetcher, portal: FakePortal, folder: Path, sleeper: Sleeper
) -> None:
    run()
    portal.records = dict(reversed(portal.records.items()))
    sleeper.at += timedelta(days=8)
    assert run(page=2).counts["unchanged"] == 5


def test_an_address_that_is_none_is_said_to_be_unusable(run: Fetcher, portal: FakePortal) -> None:
    portal.base = "gopher://portal"
    with pytest.raises(FetchError, match="address is unusable"):
        run()


def test_a_server_that_is_not_there_ends_the_run(run: Fetcher, portal: FakePortal, sleeper: Sleeper) -> None:
    portal.base = "http://127.0.0.1:9"
    with pytest.raises(FetchError, match="page 1 of the list cannot be read: ConnectError"):
        run()
    assert len(sleeper.waits) == ATTEMPTS - 1
