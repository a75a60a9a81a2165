"""What a file changes against the current edition."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalogue_import.changes import Current, Days, compare, data_day_of, file_digest
from catalogue_import.formats.portal import PORTAL
from catalogue_import.gather import Gathered, gather
from catalogue_import.issues import IssueLog
from knowledge.changeset import ChangeKind, ChangeSet
from portal_records import Record, detail, listed, own, write_lines

COPY, TODAY = date(2026, 7, 18), date(2026, 7, 20)
NOTHING = Current(edition=0, data_day=None, digests={}, starters=frozenset())


@pytest.fixture
def gathered(tmp_path: Path) -> Any:
    def run(*records: Record) -> Gathered:
        file = write_lines(tmp_path / "a.jsonl", records)
        return gather(PORTAL.read(file, lambda _done, _total: None), PORTAL, "H24", IssueLog())

    return run


def edition_of(gathered: Gathered, *starters: str) -> Current:
    digests = {candidate.identity.formality_id: candidate.digest for candidate in gathered.public}
    return Current(edition=1, data_day=COPY, digests=digests, starters=frozenset(starters))


def told(changes: ChangeSet) -> list[tuple[ChangeKind, str, date | None]]:
    return [(change.kind, change.formality_id, change.effective) for change in changes.changes]


def compared(gathered: Gathered, current: Current, *, complete: bool = False) -> ChangeSet:
    return compare(gathered, current, Days(data=COPY, effective=COPY), complete=complete)


def test_first_texts_hold_since_always(gathered: Any) -> None:
    changes = compared(gathered(detail("1.000001"), own("1.115622")), NOTHING)
    assert told(changes) == [
        (ChangeKind.NEW, "id-1.000001", None),
        (ChangeKind.NEW, "id-1.115622", None),
    ]
    assert {change.procedure.data_day for change in changes.changes if change.procedure} == {COPY}
    assert all(change.digest for change in changes.changes)


def test_the_same_again_changes_nothing(gathered: Any) -> None:
    records = [detail("1.000001"), detail("1.000002")]
    changes = compared(gathered(*reversed(records)), edition_of(gathered(*records)))
    assert changes.is_empty
    assert changes.unchanged == 2


def test_an_amended_text_holds_from_the_day_of_the_copy(gathered: Any) -> None:
    before = edition_of(gathered(detail("1.000001"), detail("1.000002")))
    changes = compared(gathered(detail("1.000001"), detail("1.000002", note="mới")), before)
    assert told(changes) == [(ChangeKind.AMENDED, "id-1.000002", COPY)]
    assert changes.unchanged == 1


def test_a_text_that_replaces_our_starter_text_holds_since_always(gathered: Any) -> None:
    """It is the same rule, told in full."""
    before = edition_of(gathered(detail("1.000001", note="starter")), "id-1.000001")
    assert told(compared(gathered(detail("1.000001")), before)) == [(ChangeKind.AMENDED, "id-1.000001", None)]


def test_a_part_repeals_nothing(gathered: Any) -> None:
    before = edition_of(gathered(detail("1.000001"), detail("1.000002")))
    assert compared(gathered(detail("1.000001")), before).is_empty


def test_a_complete_file_repeals_what_it_lacks(gathered: Any) -> None:
    before = edition_of(gathered(detail("1.000001"), detail("1.000002"), detail("1.000003")))
    changes = compared(gathered(detail("1.000001"), listed("1.000003")), before, complete=True)
    assert told(changes) == [(ChangeKind.REPEALED, "id-1.000002", COPY)], "1.000003 is still on the list"


@pytest.mark.parametrize(
    "now", [{"type": "STANDARD_INTERNAL"}, {"departmentPromulgateCode": "H15"}], ids=["internal", "another province's"]
)
def test_what_is_no_longer_for_the_public_is_withdrawn(gathered: Any, now: Record) -> None:
    before = edition_of(gathered(detail("1.000001")))
    changes = compared(gathered(detail("1.000001", **now)), before)
    assert told(changes) == [(ChangeKind.REPEALED, "id-1.000001", COPY)]


def test_the_data_day_is_the_newest_change_of_any_record(gathered: Any) -> None:
    found = gathered(
        detail("1.000001", updatedAt=1_768_496_400_000),
        own("1.115000", departmentPromulgateCode="H15", updatedAt=1_784_307_600_000),  # 17/07/2026 17:00Z
        detail("1.000002", updatedAt=None),
    )
    assert data_day_of(found) == date(2026, 7, 18)


def test_without_any_time_there_is_no_data_day(gathered: Any) -> None:
    assert data_day_of(gathered(detail("1.000001", updatedAt=None))) is None
    assert data_day_of(gathered(listed("1.000001"))) is None


def test_the_digest_of_a_file_sees_its_public_content_only(gathered: Any) -> None:
    one = file_digest(gathered(detail("1.000001"), detail("1.000002")))
    assert file_digest(gathered(detail("1.000002"), detail("1.000001"), own("9", departmentPromulgateCode="H1"))) == one
    assert file_digest(gathered(detail("1.000001"), detail("1.000002", note="mới"))) != one
