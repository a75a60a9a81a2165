"""The report says what an operator must know, and the same as JSON."""

import json
from datetime import date

import pytest

from catalogue_import.issues import Finding, Severity
from catalogue_import.report import ChangeCounts, Counts, ImportReport
from knowledge.import_runs import RunState

COUNTS = Counts(records=5_665, details=5_665, national=4_573, own=74, internal=192, elsewhere=826)
NEW = ChangeCounts(new=4_647)
BAD_CODE = Finding(
    code="bad-code", severity=Severity.WARN, message="the code 'x' is bad", count=5, places=tuple("abcde")
)
STOP = Finding(code="not-json", severity=Severity.STOP, message="not JSON", count=1, places=("a.jsonl, line 3",))


def report(**changes: object) -> ImportReport:
    facts = {
        "source": "details.jsonl.gz",
        "format": "national portal",
        "province": "H24",
        "digest": "d",
        "was_edition": 1,
        "edition": 1,
        "counts": COUNTS,
        "changes": NEW,
        "data_day": date(2026, 7, 17),
    }
    return ImportReport(**{**facts, **changes})


def test_a_report_reads_like_this() -> None:
    assert str(report(state=RunState.PUBLISHED, edition=2, findings=(BAD_CODE,))).splitlines() == [
        "details.jsonl.gz: national portal, 5,665 records, data of 17/07/2026",
        "    4,647  for the public: 4,573 national, 74 of H24",
        "      192  internal",
        "      826  of other provinces",
        "WARN bad-code: the code 'x' is bad (5 times)",
        "    at a",
        "    at b",
        "    at c",
        "    and 2 more",
        "Published edition 2: 4,647 new, 0 amended, 0 repealed, 0 unchanged.",
    ]


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        pytest.param({}, "Can be published as edition 2: 4,647 new", id="checked"),
        pytest.param({"state": RunState.PUBLISHED, "edition": 2}, "Published edition 2: 4,647 new", id="published"),
        pytest.param(
            {"state": RunState.UNCHANGED, "changes": ChangeCounts(unchanged=4_647)},
            "Nothing to publish: already edition 1 (0 new, 0 amended, 0 repealed, 4,647 unchanged).",
            id="unchanged",
        ),
        pytest.param({"changes": ChangeCounts(unchanged=1)}, "Nothing to publish", id="checked and unchanged"),
        pytest.param({"findings": (STOP,)}, "Refused: nothing was published, edition 1 stays as it is.", id="refused"),
        pytest.param(
            {"findings": (STOP,), "edition": 0}, "Refused: nothing was published, no edition was made.", id="at first"
        ),
    ],
)
def test_the_last_line_says_what_became_of_it(changes: dict[str, object], last: str) -> None:
    assert str(report(**changes)).splitlines()[-1].startswith(last)


def test_records_that_were_not_taken_are_mentioned_only_when_there_are_any() -> None:
    text = str(report(counts=Counts(records=9, details=5, own=1, unknown=4, only_listed=3, left_out=1)))
    assert "4  of an unknown type" in text
    assert "3  without details" in text
    assert "1  left out, see below" in text
    assert "left out" not in str(report())


def test_only_findings_that_stop_refuse() -> None:
    assert not report(findings=(BAD_CODE,)).is_refused
    assert report(findings=(BAD_CODE, STOP)).is_refused


def test_a_finding_without_a_place_has_none() -> None:
    text = str(report(findings=(Finding(code="c", severity=Severity.NOTE, message="m", count=9, places=()),)))
    assert "NOTE c: m (9 times)" in text
    assert "more" not in text


def test_the_json_names_every_field_even_where_it_is_zero() -> None:
    shown = json.loads(report(findings=(BAD_CODE,)).to_json())
    assert set(shown) == {*ImportReport.__struct_fields__, "public", "is_refused"}
    assert set(shown["counts"]) == set(Counts.__struct_fields__)
    assert shown["changes"] == {"new": 4_647, "amended": 0, "repealed": 0, "unchanged": 0, "replaced": 0}
    assert (shown["state"], shown["public"], shown["data_day"]) == (None, 4_647, "2026-07-17")
    assert shown["findings"][0]["severity"] == "warn"
