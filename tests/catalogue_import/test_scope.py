"""Which procedures are for the public of a province (FORMATS §3.1)."""

import pytest

from catalogue_import.scope import PUBLIC, Scope, scope_of


@pytest.mark.parametrize(
    ("kind", "issuer", "is_internal", "scope"),
    [
        pytest.param("STANDARD", "G15", False, Scope.NATIONAL, id="a ministry's"),
        pytest.param("STANDARD", "0100100079", False, Scope.NATIONAL, id="of the electricity company"),
        pytest.param("STANDARD", "D01", False, Scope.NATIONAL, id="of the courts"),
        pytest.param("SPECIFIC", "H24", False, Scope.OWN, id="the province's own"),
        pytest.param("STANDARD", "H24", False, Scope.OWN, id="the province's own, though marked as national"),
        pytest.param("SPECIFIC", "H24.101", False, Scope.OWN, id="of an office of the province"),
        pytest.param("INTERCONNECTED", "H24", False, Scope.OWN, id="the province's own, of a new type"),
        pytest.param("SPECIFIC", "H15", False, Scope.ELSEWHERE, id="another province's"),
        pytest.param("STANDARD", "H15", False, Scope.ELSEWHERE, id="another province's, though marked as national"),
        pytest.param("SPECIFIC", "H240", False, Scope.ELSEWHERE, id="of a province whose code begins alike"),
        pytest.param("SPECIFIC", "H26.101", False, Scope.ELSEWHERE, id="of an office of another province"),
        pytest.param("SPECIFIC", "G15", False, Scope.ELSEWHERE, id="local, though issued by a ministry"),
        pytest.param("STANDARD_INTERNAL", "G15", True, Scope.INTERNAL, id="internal"),
        pytest.param("STANDARD_INTERNAL", "G15", False, Scope.INTERNAL, id="internal, though the flag denies it"),
        pytest.param("STANDARD_INTERNAL", "H24", False, Scope.INTERNAL, id="internal of the own province"),
        pytest.param("SPECIFIC", "H24", True, Scope.INTERNAL, id="internal by the flag alone"),
        pytest.param("INTERCONNECTED", "G15", False, Scope.UNKNOWN, id="national of a new type"),
    ],
)
def test_scope_follows_from_type_issuer_and_flag(kind: str, issuer: str, is_internal: bool, scope: Scope) -> None:
    assert scope_of(kind, issuer, "H24", is_internal=is_internal) is scope


def test_only_national_and_own_procedures_are_for_the_public() -> None:
    assert {Scope.NATIONAL, Scope.OWN} == PUBLIC


def test_the_province_is_a_setting() -> None:
    assert scope_of("SPECIFIC", "H15", "H15", is_internal=False) is Scope.OWN
    assert scope_of("SPECIFIC", "H24", "H15", is_internal=False) is Scope.ELSEWHERE
