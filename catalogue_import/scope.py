"""Which published procedures are for the public of a province: the national ones and the province's own."""

from enum import StrEnum


class Scope(StrEnum):
    NATIONAL = "national"
    OWN = "own"  # issued by the province
    INTERNAL = "internal"  # between offices: never shown
    ELSEWHERE = "elsewhere"  # of another province
    UNKNOWN = "unknown"  # of a type that did not exist when this was written


PUBLIC = frozenset({Scope.NATIONAL, Scope.OWN})


def scope_of(kind: str, issuer: str, province: str, *, is_internal: bool) -> Scope:
    """From the published type, the issuer's code ("G15", "H24", "H26.101") and the flag `isInternal`.

    The flag alone does not do: two internal procedures deny it. Provinces are the issuers that begin with H;
    one record of type STANDARD (1.0133611) is nevertheless a province's.
    """
    if is_internal or kind.endswith("_INTERNAL"):
        return Scope.INTERNAL
    if issuer.partition(".")[0] == province:  # H26.101 is an office of H26
        return Scope.OWN
    if issuer.startswith("H") or kind == "SPECIFIC":
        return Scope.ELSEWHERE
    return Scope.NATIONAL if kind == "STANDARD" else Scope.UNKNOWN
