"""Taking fields out of a record, and accounting for what is left."""

from collections.abc import Callable
from enum import Enum
from typing import Any

import pytest

from catalogue_import.issues import IssueKind
from catalogue_import.source_record import KnownFields, SourceRecord, UnreadableRecordError

KNOWN = KnownFields(
    ignored={"colour": "nobody asks", "fees[].currencyId": "the name is read", "issuer.id": "the name is read"},
    empty={"decisionNo": "empty so far"},
)


class Channel(Enum):
    DIRECT = "direct"


def record(**values: Any) -> SourceRecord:
    return SourceRecord(values, "file.json", KNOWN)


def told(item: SourceRecord) -> list[tuple[IssueKind, str, str]]:
    return [tuple(issue) for issue in item.issues]


def test_a_text_is_cleaned_and_taken_out() -> None:
    item = record(name=" Giấy\u00a0tờ ")
    assert item.text("name") == "Giấy tờ"
    assert item.values == {}


def test_null_is_an_empty_text_an_empty_list_and_a_false_flag() -> None:
    item = record(name=None, fees=None, isWard=None, value=None, issuer=None)
    assert item.text("name") == ""
    assert list(item.objects("fees")) == []
    assert item.flag("isWard") is False
    assert item.number("value") is None
    assert list(item.nested("issuer")) == []
    assert item.issues == []


def test_a_missing_field_is_an_issue_and_counts_as_not_stated() -> None:
    item = record()
    assert item.text("name") == ""
    assert told(item) == [(IssueKind.MISSING_FIELD, "name", "file.json")]


def test_a_field_that_the_publisher_omits_when_empty_is_no_issue() -> None:
    item = record()
    assert item.text_if_any("description") == ""
    assert item.issues == []


@pytest.mark.parametrize(
    ("take", "value", "expected"),
    [
        pytest.param(lambda item: item.text("it"), 7, "a text", id="a number for a text"),
        pytest.param(lambda item: item.text("it"), ["a"], "a text", id="a list for a text"),
        pytest.param(lambda item: item.flag("it"), 1, "true or false", id="a number for a flag"),
        pytest.param(lambda item: item.flag("it"), "true", "true or false", id="a text for a flag"),
        pytest.param(lambda item: item.number("it"), "7", "a number", id="a text for a number"),
        pytest.param(lambda item: item.number("it"), True, "a number", id="a flag for a number"),
        pytest.param(lambda item: item.number("it"), 10**30, "a number of at most", id="a huge number"),
        pytest.param(lambda item: item.number("it"), -1e300, "a number of at most", id="a hugely negative number"),
        pytest.param(lambda item: item.integer("it"), 3.5, "a whole number", id="a fraction for a whole number"),
        pytest.param(lambda item: list(item.objects("it")), {"a": 1}, "a list", id="an object for a list"),
        pytest.param(lambda item: list(item.objects("it")), ["a"], "an object", id="a list of texts for objects"),
        pytest.param(lambda item: list(item.nested("it")), [1], "an object", id="a list for an object"),
        pytest.param(lambda item: item.choice("it", {"A": Channel.DIRECT}), "B", "one of A", id="an unknown word"),
        pytest.param(lambda item: item.choice("it", {"A": Channel.DIRECT}), None, "one of A", id="no word"),
        pytest.param(lambda item: item.choice("it", {"A": Channel.DIRECT}), [], "one of A", id="a list for a word"),
    ],
)
def test_a_value_of_another_kind_makes_the_record_unreadable(
    take: Callable[[SourceRecord], object], value: object, expected: str
) -> None:
    with pytest.raises(UnreadableRecordError, match="should be " + expected) as raised:
        take(record(it=value))
    assert raised.value.issue.kind is IssueKind.UNREADABLE_RECORD
    assert raised.value.issue.where.startswith("file.json")


def test_a_long_value_is_shown_shortened() -> None:
    with pytest.raises(UnreadableRecordError) as raised:
        record(it=["x" * 10_000]).text("it")
    assert len(raised.value.issue.subject) < 200


@pytest.mark.parametrize(("published", "whole"), [(7, 7), (7.0, 7), (0, 0), (-3, -3), (None, None)])
def test_whole_numbers_are_read_in_either_spelling(published: float | None, whole: int | None) -> None:
    assert record(it=published).integer("it") == whole


def test_a_known_word_becomes_its_meaning() -> None:
    assert record(it="DIRECT").choice("it", {"DIRECT": Channel.DIRECT}) is Channel.DIRECT


def test_objects_know_their_place_and_kind_of_place() -> None:
    item = record(methods=[{"fees": [{"value": 1}, {"value": 2}]}])
    places = [(fee.where, fee.path) for method in item.objects("methods") for fee in method.objects("fees")]
    assert places == [
        ("file.json, methods[0], fees[0]", "methods[].fees[]."),
        ("file.json, methods[0], fees[1]", "methods[].fees[]."),
    ]


def test_empty_members_are_skipped_and_counted() -> None:
    item = record(groups=[None, {"name": "a"}, None])
    assert [group.text("name") for group in item.objects("groups")] == ["a"]
    assert told(item) == [(IssueKind.NULL_MEMBER, "groups", "file.json")] * 2


def test_what_no_reader_took_is_reported_at_its_place() -> None:
    item = record(name="a", colour="red", fees=[{"value": 1, "currencyId": "x", "tax": 3}], issuer={"id": 1, "seal": 2})
    assert item.text("name") == "a"
    assert [fee.integer("value") for fee in item.objects("fees")] == [1]
    assert [issuer.where for issuer in item.nested("issuer")] == ["file.json, issuer"]
    item.values["size"] = 9
    item.account()
    assert told(item) == [
        (IssueKind.UNKNOWN_FIELD, "fees[].tax", "file.json, fees[0]"),
        (IssueKind.UNKNOWN_FIELD, "issuer.seal", "file.json, issuer"),
        (IssueKind.UNKNOWN_FIELD, "size", "file.json"),
    ]


def test_the_last_object_of_a_list_is_accounted_for_too() -> None:
    item = record(fees=[{"value": 1}, {"value": 2, "tax": 3}])
    assert [fee.integer("value") for fee in item.objects("fees")] == [1, 2]
    assert told(item) == [(IssueKind.UNKNOWN_FIELD, "fees[].tax", "file.json, fees[1]")]


@pytest.mark.parametrize(
    ("value", "kinds"),
    [("", []), (None, []), ([], []), ("12/QĐ", [IssueKind.FILLED_FIELD])],
    ids=["empty text", "null", "empty list", "filled"],
)
def test_a_field_that_was_always_empty_is_reported_once_it_is_filled(value: object, kinds: list[IssueKind]) -> None:
    item = record(decisionNo=value)
    item.account()
    assert [issue.kind for issue in item.issues] == kinds
