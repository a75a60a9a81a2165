"""Where a report stands in the console, and the rows behind each of its numbers."""

from enum import StrEnum
from urllib.parse import urlencode

from knowledge.figures.scope import Scope

REPORT = "/can-bo/bao-cao"
ROWS = f"{REPORT}/dong"
SAMPLE = f"{REPORT}/mau"
PETITIONS, WAITING = "/can-bo/phan-anh", "/can-bo/cau-hoi"


class Kind(StrEnum):
    """What kind of rows a number counts."""

    TURNS = "luot"
    WAITING = "cho"
    DOSSIERS = "ho-so"
    PETITIONS = "phan-anh"
    SAMPLE = "mau"
    STALE = "cu"
    FEES = "phi"


def query_of(scope: Scope, **more: str) -> str:
    given = {"ky": scope.period.key, "xa": scope.commune, **more}
    return urlencode({name: value for name, value in given.items() if value})


def rows_of(scope: Scope, kind: Kind, **more: str) -> str:
    return f"{ROWS}?{query_of(scope, so=kind, **more)}"
