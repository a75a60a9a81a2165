"""Problems of a file, as the staff who typed it read them."""

import re

import pytest

from catalogue_import.decision_file import Place
from catalogue_import.issues import Severity
from catalogue_import.reading import issue_line
from catalogue_import.reading_issues import LONGEST_LINE, LONGEST_SUBJECT, MOST_ISSUES, ReadingIssue, Reporter

ENGLISH = re.compile(r"\b(the|row|column|cell|code|error|invalid|missing|unknown)\b", re.IGNORECASE)


@pytest.mark.parametrize("kind", ReadingIssue, ids=lambda kind: kind.code)
def test_every_kind_says_in_vietnamese_what_is_wrong(kind: ReadingIssue) -> None:
    said = kind.sentence.format(subject="1.001193")
    assert not ENGLISH.search(said.replace("mã", ""))
    assert said[0].isupper() or said[0] == "“"
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code)


def test_no_two_kinds_share_a_code() -> None:
    codes = [kind.code for kind in ReadingIssue]
    assert len(set(codes)) == len(codes)


def test_what_may_change_the_law_for_citizens_stops_the_file() -> None:
    stops = {kind for kind in ReadingIssue if kind.severity is Severity.STOP}
    assert {
        *(ReadingIssue.NO_STATUS, ReadingIssue.BAD_CODE, ReadingIssue.NO_CODE, ReadingIssue.SHIFTED_ROW),
        *(ReadingIssue.UNREAD_ROW, ReadingIssue.OUTSIDE_TABLE, ReadingIssue.TWO_SUCCESSORS, ReadingIssue.BAD_DAY),
    } <= stops


def test_issues_stay_in_the_order_in_which_they_were_met() -> None:
    reporter = Reporter()
    reporter.add(ReadingIssue.NO_NAME, "1.000001", Place(row=3))
    reporter.add(ReadingIssue.NO_LIST)
    assert [(issue.code, issue.where.row) for issue in reporter.issues] == [("no-name", 3), ("no-list", None)]
    assert reporter.issues[0].message == "Thủ tục 1.000001 không có tên"


def test_what_was_not_read_is_quoted_whole_on_one_line() -> None:
    codes = [f"1.{number:06d}" for number in range(400)]
    reporter = Reporter()
    reporter.add(ReadingIssue.OUTSIDE_TABLE, "\n".join(codes))
    message = reporter.issues[0].message
    assert "\n" not in message
    assert all(code in message for code in codes)


def test_a_hostile_cell_is_cut() -> None:
    reporter = Reporter()
    reporter.add(ReadingIssue.UNREAD_ROW, "chữ" * LONGEST_SUBJECT)
    message = reporter.issues[0].message
    assert message.endswith("…")
    assert len(message) < LONGEST_SUBJECT + 60


def test_on_a_terminal_a_long_message_is_cut_and_keeps_its_place() -> None:
    line = issue_line(Severity.STOP, "chữ " * LONGEST_LINE, Place(page=2))
    assert line.endswith("… [trang 2]")
    assert len(line) < LONGEST_LINE + 30
    assert issue_line(Severity.WARN, "ngắn", Place()) == "Cần xem: ngắn"


def test_a_hostile_file_cannot_fill_the_report() -> None:
    reporter = Reporter()
    for _ in range(MOST_ISSUES + 50):
        reporter.add(ReadingIssue.NO_NAME, "1.000001", Place(row=3))
    assert len(reporter.issues) == MOST_ISSUES + 1
    last = reporter.issues[-1]
    assert (last.code, last.severity, last.where) == ("many", Severity.STOP, Place())
