"""From records to procedures by id: scopes, repetitions, records that are left out."""

from pathlib import Path
from typing import Any

import pytest

from catalogue_import.formats.portal import PORTAL
from catalogue_import.gather import Gathered, gather
from catalogue_import.issues import IssueLog
from catalogue_import.scope import Scope
from portal_records import Record, detail, listed, own, without, write_lines

NEWER = 1_784_336_400_000  # a day after the builder's updatedAt


@pytest.fixture
def gathered(tmp_path: Path, log: IssueLog) -> Any:
    def run(*records: Record) -> Gathered:
        file = write_lines(tmp_path / "a.jsonl", records)
        return gather(PORTAL.read(file, lambda _done, _total: None), PORTAL, "H24", log)

    return run


def codes(log: IssueLog) -> dict[str, int]:
    return {finding.code: finding.count for finding in log.findings()}


def test_only_what_is_for_the_public_becomes_a_procedure(gathered: Any, log: IssueLog) -> None:
    found = gathered(
        detail("1.000001"),
        own("1.115622"),
        detail("6.003500", type="STANDARD_INTERNAL"),
        own("1.115000", departmentPromulgateCode="H15"),
        detail("3.000722", type="INTERCONNECTED"),
    )
    assert [candidate.identity.code for candidate in found.public] == ["1.000001", "1.115622"]
    assert found.scopes == {
        Scope.NATIONAL: 1,
        Scope.OWN: 1,
        Scope.INTERNAL: 1,
        Scope.ELSEWHERE: 1,
        Scope.UNKNOWN: 1,
    }
    assert (found.records, found.left_out, codes(log)) == (5, 0, {})


def test_two_records_with_one_code_stay_two_procedures(gathered: Any) -> None:
    found = gathered(detail("1.000001", id="a"), detail("1.000001", id="b"))
    assert sorted(found.details) == ["a", "b"]


def test_the_same_record_twice_counts_once(gathered: Any, log: IssueLog) -> None:
    found = gathered(detail("1.000001"), detail("1.000001"), detail("1.000001", updatedAt=NEWER))
    assert len(found.details) == 1
    assert codes(log) == {"merged-record": 2}


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [
        pytest.param({"name": "A"}, {"name": "B"}, "B", id="equally old: the last"),
        pytest.param({"name": "A", "updatedAt": NEWER}, {"name": "B"}, "A", id="the first is newer"),
        pytest.param({"name": "A"}, {"name": "B", "updatedAt": NEWER}, "B", id="the last is newer"),
        pytest.param({"name": "A", "updatedAt": None}, {"name": "B"}, "B", id="one does not say"),
    ],
)
def test_of_two_records_with_one_id_the_newer_counts(
    gathered: Any, log: IssueLog, first: Record, second: Record, winner: str
) -> None:
    found = gathered(detail("1.000001", **first), detail("1.000001", **second))
    assert [candidate.identity.name for candidate in found.public] == [winner]
    [finding] = log.findings()
    assert (finding.code, finding.places) == (
        "repeated-id",
        ("a.jsonl, line 1 (1.000001); a.jsonl, line 2 (1.000001)",),
    )


def test_a_record_that_became_internal_is_no_longer_public(gathered: Any, log: IssueLog) -> None:
    found = gathered(detail("1.000001"), detail("1.000001", type="STANDARD_INTERNAL", updatedAt=NEWER))
    assert found.public == []
    assert codes(log) == {"repeated-id": 1}


def test_list_objects_are_counted_apart(gathered: Any, log: IssueLog) -> None:
    found = gathered(listed("1.000001"), detail("1.000001"), listed("3.000616"), listed("3.000616"))
    assert [candidate.identity.code for candidate in found.only_listed] == ["3.000616"]
    assert (found.records, len(found.details), codes(log)) == (4, 1, {"merged-record": 1})


@pytest.mark.parametrize(
    ("record", "code"),
    [
        pytest.param(without(detail(), "code"), "record-without", id="without a code"),
        pytest.param(without(detail(), "id"), "record-without", id="without an id"),
        pytest.param(detail(name=" "), "record-without", id="without a name"),
        pytest.param(detail(state="GONE"), "unreadable-record", id="in an unknown state"),
        pytest.param(detail(departmentPromulgateCode="\u200b"), "unreadable-record", id="of an issuer nobody sees"),
        pytest.param(without(listed(), "name"), "record-without", id="a list object without a name"),
    ],
)
def test_a_record_that_cannot_be_read_is_left_out_at_its_place(
    gathered: Any, log: IssueLog, record: Record, code: str
) -> None:
    found = gathered(record, detail("1.000002"))
    assert [candidate.identity.code for candidate in found.public] == ["1.000002"]
    assert found.left_out == 1
    [finding] = log.findings()
    assert (finding.code, finding.count) == (code, 1)
    assert finding.places[0].startswith("a.jsonl, line 1")


def test_other_provinces_records_are_not_searched_for_novelties(gathered: Any, log: IssueLog) -> None:
    """They are not shown here; what is new in them would only drown what matters."""
    gathered(own("1.115000", departmentPromulgateCode="H15", novelty=1))
    assert codes(log) == {}


def test_a_new_field_is_one_finding_however_often_it_comes(gathered: Any, log: IssueLog) -> None:
    gathered(*(detail(f"1.00000{number}", effectiveDate=1) for number in range(1, 6)))
    [finding] = log.findings()
    assert (finding.code, finding.count, len(finding.places)) == ("unknown-field", 5, 5)
    assert "effectiveDate" in finding.message
