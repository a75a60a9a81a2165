"""Records of one code put together."""

from typing import Any

from catalogue_import.decision_file import Content, DecisionRecord, Place, Status
from catalogue_import.formats.decision.joining import merged
from catalogue_import.reading_issues import Reporter
from knowledge.procedure import Channel, Level


def row(at: int = 1, status: Status = Status.AMENDED, **facts: Any) -> DecisionRecord:
    values: dict[str, Any] = {"code": "1.000001", "name": "Một", "where": Place(row=at, stt=str(at))}
    return DecisionRecord(status=status, **values | facts)


def joined(*records: DecisionRecord) -> tuple[tuple[DecisionRecord, ...], list[str]]:
    reporter = Reporter()
    return merged(records, reporter), [issue.code for issue in reporter.issues]


def test_a_code_of_two_levels_is_one_record_with_both_and_all_places() -> None:
    (only,), issues = joined(
        row(1, levels=(Level.COMMUNE,), place=("UBND cấp xã",)), row(2, levels=(Level.PROVINCE,), place=("Sở Y tế",))
    )
    assert only.levels == (Level.PROVINCE, Level.COMMUNE)
    assert only.place == ("UBND cấp xã", "Sở Y tế")
    assert only.where.row == 1
    assert issues == []


def test_a_code_with_other_content_is_reported_and_the_first_counts() -> None:
    (only,), issues = joined(row(1, time_statutory="5 ngày"), row(2, time_statutory="7 ngày"))
    assert only.time_statutory == "5 ngày"
    assert issues == ["repeated-code"]


def test_the_same_row_twice_is_reported_too() -> None:
    (_,), issues = joined(row(1), row(2))
    assert issues == ["repeated-code"]


def test_the_successor_of_several_is_one_new_record_without_a_word() -> None:
    (only,), issues = joined(row(1, Status.NEW), row(2, Status.NEW), row(3, Status.NEW))
    assert only.where.row == 1
    assert issues == []


def test_two_successors_of_one_code_stop_the_file() -> None:
    replaced = (row(1, Status.REPLACED, successor="1.000002"), row(2, Status.REPLACED, successor="1.000003"))
    (_,), issues = joined(*replaced)
    assert issues == ["two-successors"]
    assert joined(replaced[0], replaced[0])[1] == ["repeated-code"]


def test_two_statuses_of_one_code_are_two_records_and_reported() -> None:
    records, issues = joined(row(1), row(2, Status.REPEALED))
    assert [record.status for record in records] == [Status.AMENDED, Status.REPEALED]
    assert issues == ["two-statuses"]


def test_content_fills_what_the_list_leaves_empty_and_no_more() -> None:
    content = Content(steps=("Bước 1",))
    listed = row(1, time_statutory="5 ngày", place=("Trung tâm A",))
    detailed = row(
        2,
        time_statutory="7 ngày",
        fee_text="Không",
        place=("Trung tâm B",),
        channels=(Channel.DIRECT,),
        legal_basis=("Luật 1",),
        content=content,
    )
    (only,), issues = joined(listed, detailed)
    assert (only.time_statutory, only.fee_text) == ("5 ngày", "Không")
    assert (only.place, only.legal_basis, only.channels) == (("Trung tâm A",), ("Luật 1",), (Channel.DIRECT,))
    assert only.content == content
    assert issues == []


def test_other_codes_are_left_alone() -> None:
    records, issues = joined(row(1), row(2, code="1.000002"))
    assert [record.code for record in records] == ["1.000001", "1.000002"]
    assert issues == []
