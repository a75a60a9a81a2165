"""Values validate: what may not exist cannot be made, neither by hand nor out of stored JSON."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fee_rules import CityFee
from knowledge.procedure import (
    Channel,
    Fee,
    FeeState,
    FilingChannel,
    InvalidValueError,
    Level,
    Paper,
    Procedure,
    TimeLimit,
    Unit,
)
from sample_procedures import make_procedure


@pytest.mark.parametrize(
    ("amount", "state"),
    [
        pytest.param(8_000, FeeState.DECLARED_AMOUNT, id="an amount"),
        pytest.param(0, FeeState.DECLARED_ZERO, id="a zero is not undeclared"),
        pytest.param(None, FeeState.NOT_DECLARED, id="nothing is not zero"),
    ],
)
def test_a_fee_is_in_one_of_three_states(amount: int | None, state: FeeState) -> None:
    assert Fee(amount=amount).state is state


@pytest.mark.parametrize(
    ("amounts", "state"),
    [
        pytest.param((), FeeState.NOT_DECLARED, id="no fees at all"),
        pytest.param((0, 0), FeeState.DECLARED_ZERO, id="all zero"),
        pytest.param((0, None), FeeState.NOT_DECLARED, id="a zero beside an undeclared one is not zero"),
        pytest.param((0, 5_000), FeeState.DECLARED_AMOUNT, id="one amount beside a zero"),
        pytest.param((None, 5_000), FeeState.DECLARED_AMOUNT, id="one amount beside an undeclared one"),
    ],
)
def test_a_filing_channel_says_zero_only_if_every_fee_does(amounts: tuple[int | None, ...], state: FeeState) -> None:
    fees = tuple(Fee(amount=amount) for amount in amounts)
    assert FilingChannel(channel=Channel.DIRECT, time_limit=TimeLimit(), fees=fees).fee_state is state


@pytest.mark.parametrize(
    ("amount", "currency", "suspect"),
    [
        pytest.param(20, "VND", True, id="twenty dong are thousands written short"),
        pytest.param(999, "VND", True, id="just below a thousand"),
        pytest.param(1_000, "VND", False, id="a thousand dong"),
        pytest.param(50, "USD", False, id="fifty dollars"),
        pytest.param(0, "VND", False, id="zero is a statement of its own"),
        pytest.param(None, "VND", False, id="undeclared"),
        pytest.param(17_500_000_000, "VND", True, id="seventeen million written a thousand times too big"),
        pytest.param(17_500_000, "VND", False, id="seventeen million"),
    ],
)
def test_amounts_that_must_not_be_shown_are_told_apart(amount: int | None, currency: str, suspect: bool) -> None:
    assert Fee(amount=amount, currency=currency).is_suspect is suspect


def test_a_negative_fee_cannot_be_made() -> None:
    with pytest.raises(InvalidValueError, match="negative amount -1"):
        Fee(amount=-1)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [pytest.param(1, Unit.OTHER, id="the portal's placeholder"), pytest.param(-1, Unit.DAY, id="negative")],
)
def test_a_time_limit_without_meaning_cannot_be_made(amount: float, unit: Unit) -> None:
    with pytest.raises(InvalidValueError, match="time limit"):
        TimeLimit(amount=amount, unit=unit)


def test_a_time_limit_may_be_half_a_day_or_a_text() -> None:
    assert TimeLimit(amount=3.5, unit=Unit.WORKING_DAY).amount == 3.5
    assert TimeLimit(text="Theo mô tả").unit is Unit.OTHER


@pytest.mark.parametrize(("originals", "copies", "note"), [(0, 0, True), (1, 0, False), (0, 1, False)])
def test_a_paper_without_any_copy_is_a_note(originals: int, copies: int, note: bool) -> None:
    assert Paper(name="Trường hợp nộp trực tuyến", originals=originals, copies=copies).is_note is note


@pytest.mark.parametrize("field", ["formality_id", "code", "name", "issuer_code"])
@pytest.mark.parametrize("value", ["", "  "], ids=["empty", "blanks"])
def test_a_procedure_names_the_field_it_lacks(field: str, value: str) -> None:
    with pytest.raises(InvalidValueError, match=field):
        make_procedure(**{field: value})


@pytest.mark.parametrize(
    ("code", "clean"),
    [
        pytest.param("1.001193", True, id="clean"),
        pytest.param(" 1.014325", False, id="a blank makes it another procedure"),
        pytest.param("1.0133611", False, id="a digit too many"),
        pytest.param("1.014955-Xoa", False, id="marked as deleted"),
        pytest.param("१.००११९३", False, id="digits of another script"),
    ],
)
def test_only_clean_codes_pass_as_clean(code: str, clean: bool) -> None:
    assert make_procedure(code).has_clean_code is clean


def test_the_listing_link_goes_by_id_because_the_portal_does() -> None:
    assert make_procedure(formality_id="019d2bfd").listing_link.endswith("/thu-tuc-hanh-chinh/019d2bfd")


def test_commune_level_is_one_of_the_levels() -> None:
    assert make_procedure(levels=(Level.PROVINCE, Level.COMMUNE)).is_commune
    assert not make_procedure(levels=(Level.PROVINCE,)).is_commune


def test_values_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        make_procedure().name = "khác"  # type: ignore[misc]  # that it is refused is what we test


@pytest.mark.parametrize(
    ("channel", "day", "applies"),
    [
        pytest.param(Channel.ONLINE, date(2026, 8, 8), True, id="its first day"),
        pytest.param(Channel.ONLINE, date(2026, 8, 7), False, id="the day before"),
        pytest.param(Channel.ONLINE, date(2031, 12, 31), True, id="its last day counts"),
        pytest.param(Channel.ONLINE, date(2032, 1, 1), False, id="the day after"),
        pytest.param(Channel.DIRECT, date(2027, 1, 1), False, id="another channel"),
    ],
)
def test_a_city_fee_applies_to_its_channels_and_days(channel: Channel, day: date, applies: bool) -> None:
    fee = CityFee(
        channels=(Channel.ONLINE,),
        amount=0,
        ground="Nghị quyết 12/2026/NQ-HĐND",
        valid_from=date(2026, 8, 8),
        valid_to=date(2031, 12, 31),
    )
    assert fee.applies(channel, day) is applies


def test_a_city_fee_is_second_hand_unless_it_says_otherwise() -> None:
    assert CityFee(channels=(Channel.DIRECT,), amount=8_000, ground="Nghị quyết").second_hand


def test_a_procedure_survives_being_stored() -> None:
    procedure = make_procedure()
    assert msgspec.json.decode(msgspec.json.encode(procedure), type=Procedure) == procedure


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param(b'{"amount": "8000"}', id="a text where a number belongs"),
        pytest.param(b'{"amount": 8000, "colour": "red"}', id="an unknown field"),
        pytest.param(b'{"kind": "tip"}', id="a kind of fee that does not exist"),
        pytest.param(b'{"amount": -5}', id="a negative amount"),
    ],
)
def test_stored_json_is_validated_too(stored: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(stored, type=Fee)


@given(st.one_of(st.none(), st.integers(min_value=0)))
def test_any_fee_survives_being_stored(amount: int | None) -> None:
    fee = Fee(amount=amount)
    if amount is None or amount < 2**63:  # JSON integers beyond 64 bits are no money
        assert msgspec.json.decode(msgspec.json.encode(fee), type=Fee) == fee
