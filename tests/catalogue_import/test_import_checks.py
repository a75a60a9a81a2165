"""Checks of single procedures and bounds on whole files: what each of them lets pass and what not."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalogue_import import bounds
from catalogue_import.bounds import BOUNDS, Outcome, check_outcome
from catalogue_import.changes import Current, Days, compare, data_day_of
from catalogue_import.checks import CHECKS, check_procedures
from catalogue_import.formats.portal import PORTAL
from catalogue_import.gather import gather
from catalogue_import.issues import IssueLog, Severity
from catalogue_import.settings import Settings
from portal_records import Record, detail, fee, listed, method, own, proposal, without, write_lines

TODAY = date(2026, 11, 22)
JULY_17 = date(2026, 7, 17)


@pytest.fixture
def findings(tmp_path: Path) -> Any:
    """Runs all checks on records; gives {code: subject or count} of what they found, data-day notes apart."""

    def run(*records: Record, known: int = 0, current_day: date | None = None, **settings: Any) -> dict[str, str]:
        log = IssueLog()
        file = write_lines(tmp_path / "a.jsonl", records)
        gathered = gather(PORTAL.read(file, lambda _done, _total: None), PORTAL, "H24", IssueLog())
        current = Current(1, current_day, {f"id-{number}": "x" for number in range(known)}, frozenset())
        chosen = Settings(**settings)
        data_day = chosen.data_day or data_day_of(gathered)
        days = Days(data_day or TODAY, TODAY)
        changes = compare(gathered, current, days, complete=chosen.complete)
        check_procedures(gathered.public, log)
        check_outcome(Outcome(gathered, changes, current, chosen, data_day, TODAY), log)
        return {finding.code: finding.message for finding in log.findings()}

    return run


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"unitGroupsExecuting": []}, "nobody-named", id="nobody executes or decides"),
        pytest.param({"procedureProposal": None}, "no-decision", id="no decision"),
        pytest.param({"executionMethods": [method(fees=[fee(20)])]}, "suspect-fee", id="twenty đồng"),
        pytest.param(
            {"executionMethods": [method(fees=[fee(17_500_000_000)])]}, "suspect-fee", id="17 thousand million"
        ),
        pytest.param({"isFullProcess": True, "executionMethods": [method()]}, "no-online-channel", id="online nowhere"),
    ],
)
def test_checks_tell_what_an_operator_should_know(findings: Any, changes: Record, code: str) -> None:
    assert list(findings(own(**changes))) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="ordinary"),
        pytest.param(
            {"unitGroupsExecuting": [], "departmentsAuthority": [{"id": "d", "name": "Sở", "code": "S"}]},
            id="somebody decides",
        ),
        pytest.param({"procedureProposal": proposal(decisionDate=None)}, id="an undated decision"),
        pytest.param({"executionMethods": [method(fees=[fee(20, currencyName="USD")])]}, id="twenty dollars"),
        pytest.param({"executionMethods": [method(fees=[fee(0), fee(None)])]}, id="zero and nothing"),
        pytest.param({"isFullProcess": True, "executionMethods": [method("ONLINE")]}, id="wholly online"),
    ],
)
def test_checks_are_silent_about_what_is_in_order(findings: Any, changes: Record) -> None:
    assert findings(own(**changes)) == {}


def test_the_rolls_are_complete() -> None:
    assert len(CHECKS) == len({check for check, _ in CHECKS}) == 4
    assert len(BOUNDS) == len(set(BOUNDS)) == 7


class TestTooLittle:
    def test_nothing_for_the_public_here(self, findings: Any) -> None:
        assert list(findings(own(departmentPromulgateCode="H15"))) == ["nothing-in-scope"]

    def test_only_internal_ones(self, findings: Any) -> None:
        assert list(findings(detail(type="STANDARD_INTERNAL"))) == ["nothing-in-scope"]

    def test_only_list_objects(self, findings: Any) -> None:
        found = findings(listed("1.000001"), listed("1.000002"))
        assert list(found) == ["details-needed"]
        assert "only list objects (2)" in found["details-needed"]

    def test_a_whole_catalogue_without_the_province(self, findings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bounds, "WHOLE_CATALOGUE", 3)
        records = [detail(f"1.00000{number}") for number in range(3)]
        assert list(findings(*records)) == ["no-own-procedures"]
        assert findings(*records, own()) == {}

    def test_a_file_said_to_be_complete_without_the_province(self, findings: Any) -> None:
        assert list(findings(detail(), complete=True)) == ["no-own-procedures"]

    def test_a_part_without_the_province_is_only_noted(self, findings: Any) -> None:
        assert list(findings(detail())) == ["few-own"]


class TestTooMuch:
    def test_a_complete_file_may_repeal_one_in_twenty(self, findings: Any) -> None:
        """20 are known, the file knows none of them by id but lists 19."""
        kept = [listed(f"{number}", id=f"id-{number}") for number in range(19)]
        assert "too-many-repealed" not in findings(own(), *kept, known=20, complete=True)
        assert "2 of 20" in findings(own(), *kept[1:], known=20, complete=True)["too-many-repealed"]

    def test_a_few_may_always_become_internal(self, findings: Any) -> None:
        internal = [detail(id=f"id-{number}", type="STANDARD_INTERNAL") for number in range(21)]
        assert "too-many-repealed" not in findings(own(), *internal[:20], known=30)
        assert "21 of 30" in findings(own(), *internal, known=30)["too-many-repealed"]

    def test_many_records_left_out_are_a_new_format(self, findings: Any) -> None:
        broken = [detail(f"1.0000{number}", state="GONE") for number in range(10, 31)]
        assert "21 of 22" in findings(own(), *broken)["too-many-left-out"]
        assert "too-many-left-out" not in findings(own(), *broken[1:])

    def test_a_complete_file_must_be_readable_altogether(self, findings: Any) -> None:
        assert list(findings(own(), without(detail(), "code"), complete=True)) == ["incomplete-file"]
        assert findings(own(), without(detail(), "code")) == {}


class TestDays:
    def test_no_day_at_all(self, findings: Any) -> None:
        assert list(findings(own(updatedAt=None))) == ["no-data-day"]
        assert findings(own(updatedAt=None), data_day=JULY_17) == {}

    def test_a_given_day_in_the_future_is_refused(self, findings: Any) -> None:
        assert "23/11/2026" in findings(own(), data_day=date(2026, 11, 23))["data-day-ahead"]
        assert findings(own(), data_day=TODAY) == {}

    def test_a_record_from_the_future_is_a_hint_at_the_clock(self, findings: Any) -> None:
        assert list(findings(own(updatedAt=1_800_000_000_000))) == ["clock-behind"]

    def test_an_older_copy_is_told(self, findings: Any) -> None:
        assert "17/07/2026" in findings(own(), current_day=date(2026, 9, 19))["older-copy"]
        assert findings(own(), current_day=JULY_17) == {}


class TestCodesAndTypes:
    @pytest.mark.parametrize("code", [" 1.014325", "1.014955-Xoa", "1.0133611", "2.009182739", "1.O14325", "١.014325"])
    def test_bad_codes_are_told_for_every_province(self, findings: Any, code: str) -> None:
        found = findings(own(), own(code, departmentPromulgateCode="H15"))
        assert repr(code) in found["bad-code"].replace("\\u0661", "١")

    def test_a_repeated_code_is_told_with_both_places(self, tmp_path: Path, findings: Any) -> None:
        assert "'1.115622'" in findings(own(id="a"), own(id="b"))["repeated-code"]

    def test_a_detail_and_its_list_object_are_no_repetition(self, findings: Any) -> None:
        assert findings(own("1.115622"), listed("1.115622")) == {}

    def test_an_unknown_type_is_told(self, findings: Any) -> None:
        assert "'INTERCONNECTED'" in findings(own(), detail(type="INTERCONNECTED"))["unknown-type"]

    def test_list_objects_beside_details_are_counted(self, findings: Any) -> None:
        assert list(findings(own(), listed("3.000616"))) == ["without-details"]


def test_severities_follow_what_an_operator_can_do() -> None:
    """What would publish something wrong stops; what is odd but safe does not."""
    from catalogue_import.issues import IssueKind

    stops = {kind.code for kind in IssueKind if kind.severity is Severity.STOP}
    assert stops == {
        "unreadable-file",
        "not-json",
        "details-needed",
        "nothing-in-scope",
        "no-own-procedures",
        "too-many-repealed",
        "too-many-left-out",
        "incomplete-file",
        "no-data-day",
        "data-day-ahead",
    }
