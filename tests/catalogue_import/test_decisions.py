"""A decision on its way into the next edition: compared, checked at its rows, published whole or by choice."""

from datetime import date

import pytest

from catalogue_import.decision_checks import CHECKS, Before
from catalogue_import.decision_file import CellIssue, DecisionFile, Place, ReviewRecord
from catalogue_import.decisions import Decided, decide_rows, decision_report
from catalogue_import.issues import Severity
from catalogue_import.patching import patches_in
from catalogue_import.settings import Settings
from knowledge.patches import Patch
from sample_decisions import AUGUST, make_decision, make_patch, make_row

TODAY = date(2026, 11, 22)
KNOWN = {"1.000001": "Đăng ký khai sinh", "1.000002": "Đăng ký khai tử"}


def decide(file: DecisionFile, *patches: Patch, names: dict[str, str] = KNOWN, **settings: object) -> Decided:
    before = Before(names, {patch.key: patch for patch in patches})
    return decide_rows(file, before, Settings(**settings), TODAY)  # type: ignore[arg-type]


def codes_of(decided: Decided) -> list[str]:
    return [issue.code for issue in decided.issues]


def is_refused(decided: Decided) -> bool:
    return decision_report("tệp.docx", "decision", decided, 1, province="H24").is_refused


# Comparing


def test_every_row_becomes_a_row_of_the_next_edition() -> None:
    decided = decide(make_decision(make_row(time_statutory="07 ngày"), make_row("1.000002", "repealed", 2)))
    assert [(patch.code, patch.status, patch.effective) for patch in decided.changes.patches] == [
        ("1.000001", "amended", AUGUST),
        ("1.000002", "repealed", AUGUST),
    ]
    assert decided.changes.patches[0].where == "bảng 1, dòng 1"
    assert codes_of(decided) == []


def test_the_same_decision_again_even_as_another_file_changes_nothing() -> None:
    file = make_decision(make_row(time_statutory="07 ngày", row=5))
    (published,) = (patch for patch, _ in patches_in(file).values())
    again = decide(make_decision(make_row(time_statutory="07 ngày", row=9)), published)
    assert (again.changes.is_empty, again.changes.unchanged) == (True, 1)
    assert again.digest == decide(file).digest


def test_another_file_of_the_decision_adds_and_only_a_complete_one_withdraws() -> None:
    other = make_patch("1.000002", name="")
    file = make_decision(make_row())
    assert codes_of(decide(file, other)) == ["rows-kept"]
    assert decide(file, other).changes.withdrawn == ()
    complete = decide(file, other, complete=True)
    assert (codes_of(complete), complete.changes.withdrawn) == (["rows-withdrawn"], (other.key,))


def test_the_operator_may_say_the_day_of_a_decision_that_does_not() -> None:
    file = make_decision(make_row(), effective=None)
    assert codes_of(decide(file)) == ["no-effective-day"]
    decided = decide(file, effective=date(2026, 9, 1))
    assert (codes_of(decided), decided.changes.patches[0].effective) == ([], date(2026, 9, 1))


# Checking

CASES = {
    "no-rows": (make_decision(), ()),
    "no-decision-number": (make_decision(make_row(), number=""), ()),
    "needs-review": (
        make_decision(
            make_row(),
            needs_review=(ReviewRecord(code_printed="10.005090", reason="sai mẫu", name="", where=Place(row=9)),),
        ),
        (),
    ),
    "no-effective-day": (make_decision(make_row(), effective=None), ()),
    "signed-ahead": (make_decision(make_row(), day=date(2027, 1, 1), effective=date(2027, 1, 1)), ()),
    "impossible-day": (make_decision(make_row(effective=date(2206, 8, 30))), ()),
    "effective-before-signing": (make_decision(make_row(effective=date(2026, 8, 1))), ()),
    "unknown-code": (make_decision(make_row("1.777777")), ()),
    "already-ended": (
        make_decision(make_row(status="repealed")),
        (make_patch(status="repealed", number="1/QĐ-UBND"),),
    ),
    "amends-ended": (make_decision(make_row()), (make_patch(status="repealed", number="1/QĐ-UBND"),)),
    "contradiction": (make_decision(make_row(status="new"), make_row(status="repealed", row=2)), ()),
    "replacement-loop": (
        make_decision(make_row(status="replaced", successor="1.000002")),
        (make_patch("1.000002", "replaced", successor="1.000001", number="1/QĐ-UBND"),),
    ),
    "no-successor": (make_decision(make_row(status="replaced")), ()),
    "two-successors": (
        make_decision(
            make_row(status="replaced", successor="1.000002"), make_row(status="replaced", successor="1.000003", row=2)
        ),
        (),
    ),
    "unknown-successor": (make_decision(make_row(status="replaced", successor="1.888888")), ()),
    "other-name": (make_decision(make_row(name="Cấp giấy phép xây dựng nhà ở riêng lẻ")), ()),
    "too-many-repealed": (
        make_decision(*(make_row(f"2.{number:06}", "repealed", number) for number in range(25))),
        (),
    ),
}


@pytest.mark.parametrize(("code", "file", "patches"), [(code, *case) for code, case in CASES.items()], ids=list(CASES))
def test_every_problem_is_told_at_its_row_in_words(code: str, file: DecisionFile, patches: tuple[Patch, ...]) -> None:
    decided = decide(file, *patches)
    (issue, *_) = [issue for issue in decided.issues if issue.code == code]
    assert issue.message[0].islower()
    assert (issue.where == Place()) is (code in {"no-rows", "no-decision-number", "signed-ahead", "too-many-repealed"})
    assert is_refused(decided) is any(each.severity is Severity.STOP for each in decided.issues)


@pytest.mark.parametrize("successor", [None, "", "1.000001"], ids=["none", "an empty one", "itself"])
def test_what_is_replaced_by_nothing_or_itself_is_refused_and_by_choice_left_out(successor: str | None) -> None:
    file = make_decision(make_row(status="replaced", successor=successor), make_row("1.000002", row=2))
    assert is_refused(decide(file))
    chosen = decide(file, only_sound=True)
    assert [patch.code for patch in chosen.changes.patches] == ["1.000002"]
    assert not is_refused(chosen)


def test_every_check_can_fail() -> None:
    assert len(CHECKS) <= len(CASES)


def test_a_long_chain_of_replacements_that_ends_is_fine_and_a_loop_is_named_in_full() -> None:
    before = (
        make_patch("1.000002", "replaced", successor="1.000003", number="1/QĐ-UBND"),
        make_patch("1.000003", "replaced", successor="1.000004", number="2/QĐ-UBND"),
    )
    names = {f"1.00000{number}": "Việc" for number in range(1, 5)}
    row = make_row(status="replaced", successor="1.000002")
    assert codes_of(decide(make_decision(row), *before, names=names)) == []
    closing = make_decision(make_row("1.000004", "replaced", successor="1.000002"))
    (issue,) = decide(closing, *before, names=names).issues
    assert "1.000004 → 1.000002 → 1.000003 → 1.000004" in issue.message


def test_many_repeals_in_a_large_edition_are_unusual_before_they_are_too_many() -> None:
    names = {f"2.{number:06}": "Việc" for number in range(4_647)}
    rows = [make_row(f"2.{number:06}", "repealed", number) for number in range(300)]
    assert codes_of(decide(make_decision(*rows[:46]), names=names)) == []
    assert codes_of(decide(make_decision(*rows[:47]), names=names)) == ["many-repealed"]
    assert codes_of(decide(make_decision(*rows), names=names)) == ["too-many-repealed"]


# What is sound in a file with errors


def test_a_file_with_an_error_is_refused_and_its_sound_rows_go_on_only_by_choice() -> None:
    file = make_decision(make_row(), make_row("1.000002", effective=date(2206, 1, 1), row=2))
    assert is_refused(decide(file))
    chosen = decide(file, only_sound=True)
    assert not is_refused(chosen)
    assert [patch.code for patch in chosen.changes.patches] == ["1.000001"]
    assert chosen.summary.left_out == 1


def test_a_cell_that_the_reader_could_not_understand_takes_its_row_out() -> None:
    issue = CellIssue(
        code="cell", severity=Severity.STOP, message="không rõ", where=Place(table=1, row=2, column="Thời hạn")
    )
    file = make_decision(make_row(), make_row("1.000002", row=2), issues=(issue,))
    assert [patch.code for patch in decide(file, only_sound=True).changes.patches] == ["1.000001"]


def test_a_page_of_which_the_reader_is_not_sure_is_published_by_choice_only() -> None:
    issue = CellIssue(code="open-table", severity=Severity.STOP, message="không kẻ ô", where=Place(page=2))
    file = make_decision(make_row(), issues=(issue,))
    assert is_refused(decide(file))
    chosen = decide(file, only_sound=True)
    assert (is_refused(chosen), chosen.summary.left_out, len(chosen.changes.patches)) == (False, 0, 1)


def test_a_fault_of_the_whole_file_refuses_it_whatever_is_chosen() -> None:
    assert is_refused(decide(make_decision(make_row(), number=""), only_sound=True))


def test_the_report_reads_like_this() -> None:
    file = make_decision(make_row(), make_row("1.777777", row=2))
    report = decision_report("tệp.docx", "decision (docx)", decide(file), 3, province="H24")
    assert str(report).splitlines() == [
        "tệp.docx: decision (docx), decision 9001/QĐ-UBND of 30/08/2026, in force from 30/08/2026",
        "        2  rows",
        "WARN unknown-code: sửa đổi mã 1.777777 chưa có trong danh mục; sẽ áp dụng khi danh mục có mã này",
        "    at bảng 1, dòng 2",
        "Can be published as edition 4: 0 new, 2 amended, 0 repealed, 0 replaced, 0 unchanged.",
    ]
