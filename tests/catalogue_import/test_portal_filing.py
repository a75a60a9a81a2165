"""Rows of filing: channels kept apart, and the three states of a fee."""

from typing import Any

import pytest

from catalogue_import.formats.portal.fields import DETAIL_FIELDS
from catalogue_import.formats.portal.filing import channels
from catalogue_import.source_record import SourceRecord, UnreadableRecordError
from knowledge.procedure import Channel, Fee, FeeKind, FeeState, FilingChannel
from portal_records import fee, method, without


def read(*rows: dict[str, Any]) -> tuple[FilingChannel, ...]:
    record = SourceRecord({"executionMethods": list(rows)}, "file.json", DETAIL_FIELDS)
    found = channels(record)
    assert record.issues == []
    return found


def read_fee(published: dict[str, Any]) -> Fee:
    [channel] = read(method(fees=[published]))
    [found] = channel.fees
    return found


@pytest.mark.parametrize(
    ("fees", "state"),
    [
        pytest.param([fee(8_000)], FeeState.DECLARED_AMOUNT, id="an amount"),
        pytest.param([fee(0)], FeeState.DECLARED_ZERO, id="a declared zero is not free of charge"),
        pytest.param([fee(None)], FeeState.NOT_DECLARED, id="null is not declared"),
        pytest.param([], FeeState.NOT_DECLARED, id="no fee at all is not declared"),
        pytest.param([fee(0), fee(None)], FeeState.NOT_DECLARED, id="zero beside null is not zero"),
        pytest.param([fee(0), fee(20_000)], FeeState.DECLARED_AMOUNT, id="an amount beside zero"),
    ],
)
def test_the_three_states_of_fees_are_never_merged(fees: list[dict[str, Any]], state: FeeState) -> None:
    [channel] = read(method(fees=fees))
    assert channel.fee_state is state


@pytest.mark.parametrize(
    ("published", "kind"),
    [("FEE", FeeKind.FEE), ("SERVICE_FEE", FeeKind.SERVICE_FEE), ("PRICE_LEVEL", FeeKind.PRICE)],
)
def test_kinds_of_fees(published: str, kind: FeeKind) -> None:
    assert read_fee(fee(type=published)).kind is kind


@pytest.mark.parametrize(
    ("published", "currency"),
    [
        pytest.param(fee(10, currencyName="USD"), "USD", id="declared dollars"),
        pytest.param(fee(8_000), "VND", id="declared đồng"),
        pytest.param(without(fee(8_000), "currencyName"), "VND", id="undeclared is đồng"),
        pytest.param(
            without(fee(155, description="Thẻ có thời hạn dưới 02 năm: 155 USD/thẻ."), "currencyName"),
            "USD",
            id="undeclared, but the note repeats the amount in dollars",
        ),
        pytest.param(
            without(fee(50, description="Phí 50USD/chuyến bay"), "currencyName"), "USD", id="the same without a space"
        ),
        pytest.param(
            without(fee(50_000, description="hoặc 50 USD"), "currencyName"), "VND", id="the note has another amount"
        ),
        pytest.param(
            without(fee(50, description="tương đương 150 USD"), "currencyName"), "VND", id="only its last digits agree"
        ),
        pytest.param(fee(155, description="155 USD"), "VND", id="what is declared counts more than the note"),
    ],
)
def test_currencies(published: dict[str, Any], currency: str) -> None:
    assert read_fee(published).currency == currency


def test_an_amount_short_of_its_thousands_is_kept_and_known_as_suspect() -> None:
    assert read_fee(fee(20, description="20.000 đồng/tờ khai")).is_suspect


def test_a_price_list_in_a_file_is_named() -> None:
    found = read_fee(fee(None, attachment={"fileId": "f-1", "fileName": "bieu-phi.pdf"}))
    assert found.attachment == "bieu-phi.pdf"
    assert found.state is FeeState.NOT_DECLARED


def test_the_object_of_the_currency_is_no_news() -> None:
    assert read_fee(fee(150_000, currency={"id": "c", "code": "VND", "name": "Việt Nam Đồng"})).amount == 150_000


def test_fees_and_notes_may_lack_the_fields_that_are_empty() -> None:
    bare = without(fee(8_000), "description", "attachment", "currencyId", "currencyName")
    [channel] = read(without(method(fees=[bare]), "description"))
    assert channel.note == ""
    assert channel.fees == (Fee(kind=FeeKind.SERVICE_FEE, amount=8_000),)


def test_the_same_channel_twice_stays_two_rows_with_their_notes() -> None:
    rows = read(
        method("DIRECT", description="Cấp mới", processingTime=5),
        method("DIRECT", description="Cấp lại", processingTime=2),
        method("POSTAL", description=""),
    )
    assert [(row.channel, row.note, row.time_limit.amount) for row in rows] == [
        (Channel.DIRECT, "Cấp mới", 5.0),
        (Channel.DIRECT, "Cấp lại", 2.0),
        (Channel.POSTAL, "", 3.0),
    ]


def test_several_fees_of_a_row_stay_a_list_in_published_order() -> None:
    [row] = read(method(fees=[fee(300), fee(100), fee(200)]))
    assert [found.amount for found in row.fees] == [300, 100, 200]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(method("KIOSK"), id="an unknown channel"),
        pytest.param(method(fees=[fee(type="TAX")]), id="an unknown kind of fee"),
        pytest.param(method(fees=[fee(currencyName="EUR")]), id="an unknown currency"),
        pytest.param(method(fees=[fee(-1)]), id="a negative amount"),
        pytest.param(method(fees=[fee(12.5)]), id="half a đồng"),
        pytest.param(method(fees=[fee(10**30)]), id="an amount beyond all money"),
        pytest.param(method(fees=[fee("8000")]), id="an amount in words"),
        pytest.param(method(fees=["8000"]), id="a text for a fee"),
        pytest.param(method(fees={"value": 1}), id="an object for the list of fees"),
    ],
)
def test_what_cannot_be_understood_makes_the_record_unreadable(row: dict[str, Any]) -> None:
    with pytest.raises(UnreadableRecordError):
        read(row)
