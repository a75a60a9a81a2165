"""The canonical form of a dossier's code, taken apart; nothing else may call itself one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.agencies import first_level, known_agencies
from knowledge.dossier_code import DossierCode, day_of, dossier_code
from knowledge.procedure import InvalidValueError


@pytest.mark.parametrize(
    ("canonical", "agency", "number", "received"),
    [
        pytest.param("H24.18-250704-0012", "H24.18", "0012", date(2025, 7, 4), id="an agency of the city"),
        pytest.param("H24-261105-0033", "H24", "0033", date(2026, 11, 5), id="the city itself"),
        pytest.param(
            "000.00.01.H24-250701-0001", "000.00.01.H24", "0001", date(2025, 7, 1), id="the older four levels"
        ),
        pytest.param("G01.899.909-260916-000028", "G01.899.909", "000028", date(2026, 9, 16), id="a ministry"),
        pytest.param("G09.20-20260609-0000637", "G09.20", "0000637", date(2026, 6, 9), id="a day of eight digits"),
        pytest.param("00012/2026/00034", "BHXH", "00012", None, id="social insurance"),
    ],
)
def test_a_code_is_taken_apart(canonical: str, agency: str, number: str, received: date | None) -> None:
    code = dossier_code(canonical)
    assert (code.agency, code.number, code.received) == (agency, number, received)


@pytest.mark.parametrize(
    "no_code",
    [
        "",
        "1.001193",
        "H24.18-250230-0012",
        "h24.18-250704-0012",
        "H24.18-250704-012",
        "H24.18-250704-0012\n",
        "118/2025/NĐ-CP",
    ],
)
def test_what_is_no_canonical_code_is_refused(no_code: str) -> None:
    with pytest.raises(InvalidValueError):
        dossier_code(no_code)


def test_parts_that_contradict_the_code_are_refused_without_naming_its_number() -> None:
    with pytest.raises(InvalidValueError) as refused:
        DossierCode(canonical="H24.18-250704-0012", agency="H24.19", number="0012", received=date(2025, 7, 4))
    assert "0012" not in str(refused.value)


@pytest.mark.parametrize(
    ("canonical", "masked"),
    [("H24.18-250704-0012", "H24.18-250704-****"), ("00012/2026/00034", "****/2026/00034")],
)
def test_the_masked_form_hides_the_number_alone(canonical: str, masked: str) -> None:
    assert dossier_code(canonical).masked == masked


def test_a_day_of_eight_digits_is_searched_for_in_six_too() -> None:
    assert dossier_code("H24.18-20250704-0012").spellings == ("H24.18-20250704-0012", "H24.18-250704-0012")
    assert dossier_code("H24.18-250704-0012").spellings == ("H24.18-250704-0012",)


def test_codes_of_one_agency_and_day_are_one_sequence() -> None:
    assert dossier_code("H24.18-250704-0012").sequence == dossier_code("H24.18-20250704-0999").sequence


@pytest.mark.parametrize(
    ("agency", "name"),
    [
        pytest.param("H24.17", "Sở Xây dựng", id="in the list"),
        pytest.param("H24.18", "thành phố Hải Phòng", id="in the list, not named: its first level"),
        pytest.param("000.00.01.H24", "thành phố Hải Phòng", id="the older form"),
        pytest.param("G01.899.909", "Bộ Công an", id="a ministry"),
        pytest.param("H56.14", "", id="another province"),
    ],
)
def test_an_agency_is_named_offline_as_far_as_it_is_known(agency: str, name: str) -> None:
    assert known_agencies().name_of(agency) == name


def test_an_installation_may_know_further_agencies() -> None:
    assert "H24.77.1" in known_agencies().with_ids(("H24.77.1",)).ids


def test_the_first_level_is_the_part_with_the_letter() -> None:
    assert [first_level(agency) for agency in ("H24.60.4", "000.17.22.H56", "BHXH", "")] == ["H24", "H56", "BHXH", ""]


@given(st.dates(date(2018, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_in_both_widths(day: date) -> None:
    assert day_of(f"{day:%y%m%d}") == day_of(f"{day:%Y%m%d}") == day
