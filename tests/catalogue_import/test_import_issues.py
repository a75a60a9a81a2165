"""Issues, findings and the log that collects them."""

import pytest

from catalogue_import import issues
from catalogue_import.issues import PLACES_KEPT, Issue, IssueKind, IssueLog, Severity


def test_every_kind_has_its_own_code_and_a_sentence() -> None:
    codes = [kind.code for kind in IssueKind]
    assert len(codes) == len(set(codes))
    assert all(code == code.lower() and " " not in code for code in codes)
    assert all(kind.sentence.format(subject="x") for kind in IssueKind)


@pytest.mark.parametrize(
    "kind", [kind for kind in IssueKind if kind.severity is Severity.STOP], ids=lambda kind: kind.code
)
def test_whatever_stops_an_import_says_what_to_do(kind: IssueKind) -> None:
    remedies = ("check", "fetch", "mend", "give the day", "must", "cannot be read", "say what is new")
    assert any(remedy in kind.sentence.lower() for remedy in remedies)


def test_alike_issues_become_one_finding_with_places(log: IssueLog) -> None:
    for line in (3, 7):
        log.add(IssueKind.UNKNOWN_FIELD, "effectiveDate", f"line {line}")
    log.add(IssueKind.UNKNOWN_FIELD, "validity", "line 9")
    assert [(finding.count, finding.places) for finding in log.findings()] == [
        (2, ("line 3", "line 7")),
        (1, ("line 9",)),
    ]


def test_findings_stand_worst_first(log: IssueLog) -> None:
    log.extend(
        [
            Issue(IssueKind.NOBODY_NAMED, "", "line 1"),
            Issue(IssueKind.BAD_CODE, "'x'", "line 2"),
            Issue(IssueKind.NOT_JSON, "invalid", "line 3"),
        ]
    )
    assert [finding.severity for finding in log.findings()] == [Severity.STOP, Severity.WARN, Severity.NOTE]


def test_places_are_kept_within_reason_and_all_counted(log: IssueLog) -> None:
    for line in range(PLACES_KEPT + 5):
        log.add(IssueKind.NOBODY_NAMED, where=f"line {line}")
    [finding] = log.findings()
    assert (finding.count, len(finding.places)) == (PLACES_KEPT + 5, PLACES_KEPT)


def test_a_hostile_file_cannot_fill_the_memory_with_subjects(log: IssueLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issues, "MOST_FINDINGS", 3)
    for number in range(10):
        log.add(IssueKind.UNKNOWN_FIELD, f"field{number}", "line 1")
    assert len(log.findings()) == 4
    assert sum(finding.count for finding in log.findings()) == 10


def test_published_text_cannot_play_with_the_terminal(log: IssueLog) -> None:
    log.add(IssueKind.UNKNOWN_FIELD, "a\x1b[2Jb\u202ec" + "x" * 9_000, "line 1 (\x1b]0;title)")
    [finding] = log.findings()
    assert "\x1b" not in finding.message + finding.places[0]
    assert len(finding.message) < 700


def test_braces_in_a_subject_are_only_text(log: IssueLog) -> None:
    log.add(IssueKind.BAD_CODE, "'{subject}{0}'")
    assert "'{subject}{0}'" in log.findings()[0].message
