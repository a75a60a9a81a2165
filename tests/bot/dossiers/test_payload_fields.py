"""Fields out of payloads, as different systems write them."""

from typing import Any

import pytest

from bot.dossiers.payloads.fields import MOST_ROWS, Fields, InvalidPayloadError, data_of, rows_of

SECRET = "0912000001 Phạm Thị Mẫu"


def row(**values: Any) -> Fields:
    return Fields(values, "data[3]")


@pytest.mark.parametrize(
    ("value", "text"),
    [("  hai   từ ", "hai từ"), (1001, "1001"), (None, ""), ("", ""), ([1], ""), ({}, ""), (1.5, ""), (0, "0")],
)
def test_a_text_is_a_string_or_a_number_for_one(value: Any, text: str) -> None:
    assert row(A=value).text("A") == text


def test_the_first_name_that_holds_something_counts() -> None:
    assert row(A="", B="hai", C="ba").text("A", "B", "C") == "hai"
    assert row().text("A") == ""


@pytest.mark.parametrize(
    ("value", "moment"),
    [("20261119090000", "2026-11-19T09:00"), ("2026-11-19", "2026-11-19"), ("", None), ("00010101000000", None)],
)
def test_a_moment_is_packed_or_iso_or_none(value: str, moment: str | None) -> None:
    assert row(A=value).moment("A") == moment


@pytest.mark.parametrize("value", ["20261345090000", SECRET])
def test_a_date_that_cannot_be_is_named_at_its_place_and_never_repeated(value: str) -> None:
    with pytest.raises(InvalidPayloadError, match=r"data\[3\]\.NgayTra: no date") as error:
        row(NgayTra=value).moment("NgayTra")
    assert value not in str(error.value)


@pytest.mark.parametrize(("value", "status"), [("4", 4), (9, 9), ("Đã trả", 10), ("", None), ("77", None), ("?", None)])
def test_a_status_is_a_number_or_a_word_of_the_list(value: Any, status: int | None) -> None:
    assert row(A=value).status("A") == status


def test_a_code_is_read_and_anything_else_refused_without_repeating_it() -> None:
    assert row(MaHoSo="h24.999-261110-0001").code("MaHoSo") == "H24.999-261110-0001"
    for value in ("", SECRET, "H24.999-261110-0001 H24.999-261110-0002"):
        with pytest.raises(InvalidPayloadError, match="no dossier code") as error:
            row(MaHoSo=value).code("MaHoSo")
        assert not value or value not in str(error.value)


def test_a_second_code_is_another_one_or_none() -> None:
    own = "H24.999-261110-0001"
    assert row(A="G22.99-261110-000301").other_code(own, "A") == ("G22.99-261110-000301",)
    assert row(A=own).other_code(own, "A") == row(A="-").other_code(own, "A") == ()


def test_objects_inside_are_fields_with_their_place() -> None:
    inner = row(A={"B": "hai"}).inner("A")
    assert (inner.text("B"), inner.place, row(A="x").inner("A").values) == ("hai", "data[3].A", {})
    assert [each.place for each in row(A=[{}, {}]).rows("A")] == ["data[3].A[0]", "data[3].A[1]"]


@pytest.mark.parametrize(
    ("document", "count"),
    [
        pytest.param({"data": [{"a": 1}, {"a": 2}]}, 2, id="in data"),
        pytest.param({"result": {"a": 1}}, 1, id="one in result"),
        pytest.param({"data": None, "result": [{"a": 1}]}, 1, id="data is null"),
        pytest.param({"error_code": "00", "data": None}, 0, id="nothing"),
        pytest.param({"MaHoSo": "x"}, 1, id="the row itself"),
        pytest.param([{"a": 1}], 1, id="a bare list"),
        pytest.param("", 0, id="an empty text"),
    ],
)
def test_rows_stand_in_data_or_result_or_are_the_document(document: Any, count: int) -> None:
    assert len(list(data_of(document))) == count


@pytest.mark.parametrize(
    ("document", "said"),
    [([1], r"data\[0\]: no object"), ([{}, "x"], r"data\[1\]: no object"), ([{}] * (MOST_ROWS + 1), "in parts")],
    ids=["a number", "a text", "too many"],
)
def test_what_is_no_row_is_refused_at_its_place(document: Any, said: str) -> None:
    with pytest.raises(InvalidPayloadError, match=said):
        list(rows_of(document, "data"))
