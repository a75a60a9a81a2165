"""The whole path against real databases: what is published, what is refused, what stays."""

import json
import random
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from catalogue_import.files import InputError
from catalogue_import.importing import import_file
from catalogue_import.report import ImportReport
from catalogue_import.settings import Settings
from knowledge import catalogue
from knowledge.catalogue import PublishConflictError, history, procedure_on
from knowledge.changeset import EditionKind, Origin
from knowledge.database import Database
from knowledge.import_runs import Run, RunState, list_runs
from knowledge.procedure import Level, PaperUse
from portal_records import detail, listed, own, shuffled, without, write_lines
from sample_procedures import make_procedure, new

TODAY = date(2026, 11, 22)
JULY_17 = date(2026, 7, 17)
RECORDS = [detail("1.000001"), detail("1.000002"), own("1.115622")]

Importer = Callable[..., ImportReport]
Saver = Callable[..., Path]


def runs(database: Database, now: datetime) -> list[Run]:
    with database.session() as session:
        return list_runs(session, now=now)


def known(database: Database, code: str, day: date = TODAY) -> Any:
    with database.session() as session:
        found = procedure_on(session, code, day)
        return found.procedure if found else None


def test_a_file_becomes_an_edition(database: Database, samples: Path, now: datetime) -> None:
    """Both kinds of database; the sample has one record of each quirk."""
    report = import_file(
        samples / "details.jsonl", database, publish=True, clock=lambda: now, settings=Settings(reason="lần đầu")
    )
    assert (report.state, report.edition, report.public) == (RunState.PUBLISHED, 1, 3)
    with database.session() as session:
        [edition] = history(session)
    assert (edition.kind, edition.source, edition.reason) == ("catalogue", "details.jsonl", "lần đầu")
    assert (edition.new, edition.amended, edition.data_day) == (3, 0, JULY_17)
    assert edition.digest == report.digest
    birth = known(database, "1.001193")
    assert [group.use for group in birth.paper_groups] == [PaperUse.SUBMIT, PaperUse.SHOW]
    assert birth.channels[0].time_limit.amount is None, "OTHER is no number"
    land = known(database, "1.115622")
    assert land.channels[0].time_limit.amount == 3.5
    assert land.channels[0].fees[0].attachment == "bieu-phi.pdf"
    assert land.executing == ("Chi nhánh Văn phòng đăng ký đất đai",)
    adoption = known(database, "1.000808")
    assert (adoption.channels[0].fees[0].currency, adoption.levels) == ("USD", (Level.OTHER,))
    assert known(database, "6.003500") is None, "internal"
    assert known(database, " 1.014325") is None, "of another province"


@pytest.mark.parametrize("name", ["details.jsonl", "details.jsonl.gz", "detail-envelope.json"])
def test_each_way_of_saving_gives_the_same_procedure(samples: Path, publish: Importer, name: str) -> None:
    publish(samples / "details.jsonl.gz")
    report = publish(samples / name)
    assert report.state is RunState.UNCHANGED
    assert report.changes.unchanged > 0


def test_the_same_file_again_makes_no_edition(
    publish: Importer, save: Saver, sqlite_database: Database, now: datetime
) -> None:
    publish(save(RECORDS))
    again = publish(save(RECORDS))
    assert (again.state, again.edition, again.changes.unchanged) == (RunState.UNCHANGED, 1, 3)
    assert "already edition 1" in str(again)
    assert [run.state for run in runs(sqlite_database, now)] == [RunState.UNCHANGED, RunState.PUBLISHED]


def test_a_shuffled_copy_of_another_day_makes_no_edition(publish: Importer, save: Saver) -> None:
    publish(save(RECORDS))
    records = [{**record, "updatedAt": record["updatedAt"] + 86_400_000} for record in RECORDS]
    assert publish(save(shuffled(records, random.Random(7)))).state is RunState.UNCHANGED


def test_an_amended_procedure_changes_on_the_day_of_the_copy(
    publish: Importer, save: Saver, sqlite_database: Database
) -> None:
    publish(save(RECORDS))
    report = publish(save([detail("1.000001", note="mới"), detail("1.000009")]), data_day=date(2026, 9, 19))
    assert (report.changes.new, report.changes.amended, report.edition) == (1, 1, 2)
    assert known(sqlite_database, "1.000001", date(2026, 9, 18)).note == ""
    assert known(sqlite_database, "1.000001", date(2026, 9, 19)).note == "mới"
    assert known(sqlite_database, "1.000001").data_day == date(2026, 9, 19)
    assert known(sqlite_database, "1.000009", date(2020, 1, 1)) is not None, "a first text holds since always"
    assert known(sqlite_database, "1.115622") is not None, "a part repeals nothing"


def test_an_older_copy_is_published_with_a_warning(publish: Importer, save: Saver) -> None:
    publish(save(RECORDS), data_day=date(2026, 9, 19))
    report = publish(save([detail("1.000001", note="cũ")]))
    assert (report.state, [finding.code for finding in report.findings]) == (
        RunState.PUBLISHED,
        ["older-copy", "few-own"],
    )


def test_a_complete_copy_repeals_what_it_lacks(publish: Importer, save: Saver, sqlite_database: Database) -> None:
    records = [own(f"1.1156{number}") for number in range(10, 35)]
    publish(save(records))
    report = publish(save(records[1:]), complete=True, data_day=date(2026, 9, 19))
    assert (report.state, report.changes.repealed) == (RunState.PUBLISHED, 1)
    assert known(sqlite_database, "1.115610") is None
    assert known(sqlite_database, "1.115610", date(2026, 9, 18)) is not None
    assert publish(save(records[1:]), complete=True).state is RunState.UNCHANGED


def test_a_complete_copy_that_drops_much_is_refused(
    publish: Importer, save: Saver, sqlite_database: Database, now: datetime
) -> None:
    records = [own(f"1.1156{number}") for number in range(10, 30)]
    publish(save(records))
    report = publish(save(records[2:]), complete=True)
    assert (report.state, report.edition) == (RunState.REFUSED, 1)
    assert known(sqlite_database, "1.115610") is not None
    assert runs(sqlite_database, now)[0].state is RunState.REFUSED


def test_the_texts_of_the_starter_are_replaced_and_hold_since_always(
    publish: Importer, save: Saver, sqlite_database: Database, now: datetime
) -> None:
    starter = make_procedure("1.000001", is_starter=True)
    origin = Origin(kind=EditionKind.STARTER, data_day=TODAY)
    with sqlite_database.session() as session:
        catalogue.publish(session, new(starter), origin, now=now)
    report = publish(save([detail("1.000001"), own()]))
    assert (report.changes.amended, report.changes.new, report.findings) == (1, 1, ())
    assert known(sqlite_database, "1.000001", date(2020, 1, 1)).is_starter is False


def test_a_procedure_that_became_internal_disappears(publish: Importer, save: Saver, sqlite_database: Database) -> None:
    publish(save(RECORDS))
    report = publish(save([*RECORDS[1:], detail("1.000001", type="STANDARD_INTERNAL")]))
    assert report.changes.repealed == 1
    assert known(sqlite_database, "1.000001") is None


def test_going_back_and_importing_again_are_both_editions(
    publish: Importer, save: Saver, sqlite_database: Database, now: datetime
) -> None:
    publish(save(RECORDS))
    publish(save([detail("1.000001", note="mới")]))
    with sqlite_database.session() as session:
        assert catalogue.go_back(session, 1, now=now).number == 3
    assert known(sqlite_database, "1.000001").note == ""
    assert publish(save([detail("1.000001", note="mới")])).edition == 4


def test_checking_writes_nothing(check: Importer, save: Saver, sqlite_database: Database, now: datetime) -> None:
    report = check(save(RECORDS))
    assert (report.state, report.edition, report.changes.new) == (None, 0, 3)
    assert "Can be published as edition 1" in str(report)
    assert runs(sqlite_database, now) == []
    with sqlite_database.session() as session:
        assert catalogue.edition_number(session) == 0


def test_checking_says_the_same_as_publishing(check: Importer, publish: Importer, save: Saver) -> None:
    file = save([*RECORDS, without(detail("1.000007"), "code"), listed("3.000616")])
    checked, published = check(file), publish(file)
    assert (checked.counts, checked.changes, checked.findings) == (
        published.counts,
        published.changes,
        published.findings,
    )


def test_a_record_without_a_code_is_left_out_and_the_others_are_published(publish: Importer, save: Saver) -> None:
    report = publish(save([*RECORDS, without(detail("1.000007"), "code")]))
    assert (report.state, report.public, report.counts.left_out) == (RunState.PUBLISHED, 3, 1)
    [finding] = [finding for finding in report.findings if finding.code == "record-without"]
    assert finding.places == ("details.jsonl, line 4 (no code)",)


def test_two_procedures_with_one_code_are_both_published(
    publish: Importer, save: Saver, sqlite_database: Database
) -> None:
    report = publish(save([own(id="a", name="Một"), own(id="b", name="Hai")]))
    assert report.changes.new == 2
    assert [finding.code for finding in report.findings] == ["repeated-code"]
    assert known(sqlite_database, "b").name == "Hai"


def test_a_broken_line_refuses_the_whole_file(publish: Importer, tmp_path: Path, sqlite_database: Database) -> None:
    file = write_lines(tmp_path / "a.jsonl", RECORDS)
    file.write_text(file.read_text(encoding="utf-8") + '{"id": "x', encoding="utf-8")
    report = publish(file)
    assert (report.state, report.public) == (RunState.REFUSED, 3)
    assert known(sqlite_database, "1.000001") is None


def test_only_list_objects_are_counted_and_refused(publish: Importer, samples: Path) -> None:
    report = publish(samples / "list-page.json")
    assert (report.state, report.counts.records, report.counts.only_listed) == (RunState.REFUSED, 2, 2)
    assert "details-needed" in str(report)


def test_a_folder_with_all_kinds_of_files(publish: Importer, tmp_path: Path, samples: Path) -> None:
    folder = tmp_path / "portal_api"
    folder.mkdir()
    for name in ("detail-envelope.json", "details.jsonl.gz", "list-page.json", "provinces.json", "README.md"):
        (folder / name).write_bytes((samples / name).read_bytes())
    report = publish(folder)
    assert (report.state, report.public, report.counts.only_listed) == (RunState.PUBLISHED, 3, 1)
    codes = {finding.code: finding.count for finding in report.findings}
    assert (codes["not-a-record"], codes["skipped-file"], codes["merged-record"]) == (1, 1, 1)


def test_a_refused_answer_among_the_files_refuses_the_folder(
    publish: Importer, tmp_path: Path, samples: Path, sqlite_database: Database
) -> None:
    for name in ("detail-envelope.json", "request-rejected.json"):
        (tmp_path / name).write_bytes((samples / name).read_bytes())
    report = publish(tmp_path)
    assert report.state is RunState.REFUSED
    [finding] = [finding for finding in report.findings if finding.code == "unreadable-file"]
    assert "web page" in finding.message
    assert finding.places == ("request-rejected.json",)
    assert known(sqlite_database, "1.001193") is None


def test_the_report_stays_with_the_run(
    publish: Importer, save: Saver, sqlite_database: Database, now: datetime
) -> None:
    report = publish(save(RECORDS))
    [run] = runs(sqlite_database, now)
    assert (run.source, run.edition, run.finished_at) == ("details.jsonl", 1, now)
    assert json.loads(run.report) == json.loads(report.to_json())


def test_an_unusable_file_is_a_failed_run_with_its_reason(
    publish: Importer, samples: Path, sqlite_database: Database, now: datetime
) -> None:
    with pytest.raises(InputError, match="web page"):
        publish(samples / "request-rejected.json")
    [run] = runs(sqlite_database, now)
    assert run.state is RunState.FAILED
    assert "web page" in json.loads(run.report)["message"]


@pytest.mark.parametrize(
    ("error", "state"),
    [(RuntimeError("bug"), RunState.FAILED), (KeyboardInterrupt(), RunState.INTERRUPTED)],
    ids=["a bug", "Ctrl-C"],
)
def test_whatever_goes_wrong_leaves_the_edition_and_is_raised(
    publish: Importer,
    save: Saver,
    sqlite_database: Database,
    now: datetime,
    error: BaseException,
    state: RunState,
) -> None:
    def fail(_done: int, _total: int) -> None:
        raise error

    publish(save(RECORDS))
    with pytest.raises(type(error)):
        import_file(save([detail("1.000009")]), sqlite_database, publish=True, clock=lambda: now, progress=fail)
    assert runs(sqlite_database, now)[0].state is state
    assert known(sqlite_database, "1.000009") is None
    assert known(sqlite_database, "1.000001") is not None


def publish_another(database: Database, now: datetime) -> None:
    """What a second publisher does in the midst of our import."""
    with database.session() as session:
        change = new(make_procedure("1.000008"))
        catalogue.publish(session, change, Origin(kind=EditionKind.CATALOGUE), now=now)


def test_what_is_published_while_we_read_is_seen_when_comparing(database: Database, save: Saver, now: datetime) -> None:
    lines = iter(RECORDS)

    def other(_done: int, _total: int) -> None:
        if next(lines)["code"] == "1.000002":
            publish_another(database, now)

    report = import_file(save(RECORDS), database, publish=True, clock=lambda: now, progress=other)
    assert (report.was_edition, report.edition, report.changes.new) == (1, 2, 3)


def test_what_is_published_after_comparing_is_a_conflict(database: Database, save: Saver, now: datetime) -> None:
    """The clock is asked when the import begins, and again when its report is ready to be published."""
    times = iter([lambda: None, lambda: publish_another(database, now)])

    def clock() -> datetime:
        next(times, lambda: None)()
        return now

    with pytest.raises(PublishConflictError, match="run the import again"):
        import_file(save(RECORDS), database, publish=True, clock=clock)
    assert known(database, "1.000001") is None
    assert known(database, "1.000008") is not None
    assert runs(database, now)[0].state is RunState.FAILED
