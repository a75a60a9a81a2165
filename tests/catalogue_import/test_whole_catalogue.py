"""The real national catalogue, where the shared folder is: every count of its description, and the rules on it.

Read once and published once for all tests of this module.
"""

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from catalogue_import.formats.portal import PORTAL
from catalogue_import.gather import Gathered, gather
from catalogue_import.importing import import_file
from catalogue_import.issues import IssueLog
from catalogue_import.report import ImportReport
from catalogue_import.scope import Scope
from knowledge.catalogue import current_digests, procedure_on
from knowledge.clock import now
from knowledge.database import Database, open_database, sqlite_url
from knowledge.import_runs import RunState, starter_ids
from knowledge.procedure import Channel, FeeState, PaperUse, Procedure, Unit
from knowledge.starter import load_starter, publish_starter
from portal_records import shuffled

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def details(shared: Path) -> Path:
    return shared / "catalogue" / "portal_api" / "details.jsonl.gz"


@pytest.fixture(scope="module")
def read(details: Path) -> tuple[Gathered, IssueLog]:
    log = IssueLog()
    return gather(PORTAL.read(details, lambda _done, _total: None), PORTAL, "H24", log), log


@pytest.fixture(scope="module")
def procedures(read: tuple[Gathered, IssueLog]) -> dict[str, Procedure]:
    """Code -> procedure, of everything public in Hải Phòng; no code repeats there."""
    found = {item.identity.code: item.procedure for item in read[0].public if item.procedure}
    assert len(found) == len(read[0].public)
    return found


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the starter catalogue only."""
    opened = open_database(sqlite_url(tmp_path_factory.mktemp("whole") / "motcua.sqlite3"))
    with opened.session() as session:
        publish_starter(session, now())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def published(details: Path, database: Database) -> ImportReport:
    return import_file(details, database, publish=True, clock=now)


class TestCounts:
    def test_scopes(self, read: tuple[Gathered, IssueLog]) -> None:
        gathered, _ = read
        assert (gathered.records, len(gathered.details), gathered.left_out) == (5_665, 5_665, 0)
        assert gathered.scopes == {Scope.NATIONAL: 4_573, Scope.OWN: 74, Scope.INTERNAL: 192, Scope.ELSEWHERE: 826}

    def test_reading_meets_nothing_unknown(self, read: tuple[Gathered, IssueLog]) -> None:
        assert {finding.code for finding in read[1].findings()} == {"null-member", "nameless-paper"}

    def test_levels_and_flags(self, procedures: dict[str, Procedure]) -> None:
        assert sum(each.is_commune for each in procedures.values()) == 793
        assert sum(each.is_non_territorial for each in procedures.values() if each.issuer_code == "H24") == 57
        assert sum(not (each.executing or each.competent) for each in procedures.values()) == 36

    def test_forms_of_commune_procedures(self, procedures: dict[str, Procedure]) -> None:
        papers = [
            [paper for group in each.paper_groups for paper in group.papers]
            for each in procedures.values()
            if each.is_commune
        ]
        assert sum(any(paper.forms for paper in each) for each in papers) == 287
        assert sum(any(paper.has_electronic_form for paper in each) for each in papers) == 89

    def test_dollars(self, procedures: dict[str, Procedure]) -> None:
        fees = [
            (code, fee.currency, fee.amount)
            for code, each in procedures.items()
            for channel in each.channels
            for fee in channel.fees
        ]
        assert len({code for code, currency, _ in fees if currency == "USD"}) == 57
        by_note = {(code, amount) for code, currency, amount in fees if currency == "USD" and code == "1.003358"}
        assert {("1.003358", 145), ("1.003358", 155), ("1.003358", 165)} <= by_note
        compared = {currency for code, currency, amount in fees if code == "1.013575" and (amount or 0) >= 10_000}
        assert compared == {"VND"}, "20.000 đồng (01 USD)"

    def test_no_published_word_is_in_a_wrong_place(self, procedures: dict[str, Procedure]) -> None:
        assert {each.field for each in procedures.values() if not each.field} == set()
        assert all(each.decision is None or each.decision.number for each in procedures.values())
        assert sum(each.decision is None for each in procedures.values()) == 1

    def test_originals_are_kept_of_what_cleaning_changed(self, read: tuple[Gathered, IssueLog]) -> None:
        """White space around 7,560 more texts is not among them: its originals would be three times the rest."""
        originals = [item.originals for item in read[0].public if item.originals]
        assert (len(originals), sum(map(len, originals))) == (1_629, 3_799)
        assert sum(len(text.encode()) for each in originals for _, text in each) < 3_500_000
        assert all(len(dict(each)) == len(each) for each in originals), "every place is told once"


class TestRules:
    def test_birth_registration_has_no_number_for_its_time(self, procedures: dict[str, Procedure]) -> None:
        birth = procedures["1.001193"]
        assert {row.time_limit.amount for row in birth.channels} == {None}
        assert {row.time_limit.unit for row in birth.channels} == {Unit.OTHER}
        assert [group.use for group in birth.paper_groups] == [PaperUse.SUBMIT, PaperUse.SHOW, None, None]
        assert birth.decision is not None
        assert (birth.decision.number, birth.decision.day) == ("163/QĐ-BTP", date(2026, 1, 16))

    def test_no_unit_other_carries_a_number(self, procedures: dict[str, Procedure]) -> None:
        limits = [row.time_limit for each in procedures.values() for row in each.channels]
        assert not [limit for limit in limits if limit.unit is Unit.OTHER and limit.amount is not None]
        assert not [limit for limit in limits if limit.text.isdecimal()]
        assert sum(bool(limit.text) for limit in limits) == 73

    def test_repeated_channels_are_kept(self, procedures: dict[str, Procedure], details: Path) -> None:
        with gzip.open(details) as lines:
            rows = {record["id"]: len(record["executionMethods"]) for record in map(json.loads, lines)}
        assert all(len(each.channels) == rows[each.formality_id] for each in procedures.values())
        channels = [Counter(row.channel for row in each.channels) for each in procedures.values()]
        assert sum(max(each.values()) > 1 for each in channels) > 200

    def test_adoption_keeps_its_declared_zero(self, procedures: dict[str, Procedure]) -> None:
        assert {row.fee_state for row in procedures["2.002363"].channels} == {FeeState.DECLARED_ZERO}

    def test_undeclared_fees_stay_undeclared(self, procedures: dict[str, Procedure]) -> None:
        assert {row.fee_state for row in procedures["2.002287"].channels} == {FeeState.NOT_DECLARED}

    def test_the_thousandfold_amount_is_suspect(self, procedures: dict[str, Procedure]) -> None:
        fees = [fee for row in procedures["1.009500"].channels for fee in row.fees]
        assert any(fee.is_suspect for fee in fees)

    def test_half_days_of_the_city(self, procedures: dict[str, Procedure]) -> None:
        direct = [row for row in procedures["1.115614"].channels if row.channel is Channel.DIRECT]
        assert 7.5 in {row.time_limit.amount for row in direct}


def test_the_envelopes_are_the_same_procedures(shared: Path, read: tuple[Gathered, IssueLog]) -> None:
    """The folder of answers was fetched on another call: other orders, same content."""
    log = IssueLog()
    folder = shared / "catalogue" / "portal_api" / "envelopes"
    gathered = gather(PORTAL.read(folder, lambda _done, _total: None), PORTAL, "H24", log)
    assert (gathered.records, len(gathered.public)) == (12, 8)
    digests = {key: item.digest for key, item in gathered.details.items()}
    assert digests == {key: read[0].details[key].digest for key in digests}


def test_publishing_it_over_the_starter_replaces_the_texts_and_keeps_the_checklists(
    published: ImportReport, database: Database
) -> None:
    starters = len(load_starter().procedures)
    assert (published.state, published.public, published.edition) == (RunState.PUBLISHED, 4_647, 2)
    assert (published.changes.new, published.changes.amended) == (4_647 - starters, starters)
    with database.session() as session:
        assert len(current_digests(session)) == 4_647
        assert starter_ids(session) == frozenset()
        birth = procedure_on(session, "1.001193", date(2020, 1, 1))
    assert birth is not None
    assert birth.checklist is not None
    assert birth.procedure.steps, "the full text holds since always, like the starter's"


@pytest.mark.usefixtures("published")
def test_a_copy_with_every_list_shuffled_changes_nothing(details: Path, database: Database, tmp_path: Path) -> None:
    rng = random.Random(20260718)
    with gzip.open(details) as lines:
        records = [msgspec.json.encode(shuffled(msgspec.json.decode(line), rng)) for line in lines]
    rng.shuffle(records)
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(b"\n".join(records))
    report = import_file(copy, database, publish=True, clock=now)
    assert (report.state, report.changes.unchanged, report.edition) == (RunState.UNCHANGED, 4_647, 2)
