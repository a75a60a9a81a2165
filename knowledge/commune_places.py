"""Where the communes' centres lie, if an operator has a table of them: we have none, and guess none.

A CSV file with the columns code, latitude, longitude (decimal degrees, WGS 84), a line for each centre.
"""

import csv
from collections.abc import Sequence
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from knowledge.communes import commune_of
from knowledge.procedure import Value

COLUMNS = ("code", "latitude", "longitude")
SOUTH, NORTH, WEST, EAST = 20.0, 21.5, 105.9, 108.0  # around Hải Phòng with Bạch Long Vĩ
EARTH = 6_371.0  # km
FARTHEST = 15.0  # km: whoever is farther from every centre is not in one of these communes
NEAREST = 3  # borders are not circles around centres: which one it is, its citizen knows


class PlacesError(Exception):
    """What is wrong with a file, at which line, and what to do."""


class Place(Value, frozen=True):
    code: str
    latitude: float
    longitude: float


@lru_cache(maxsize=4)
def read_places(path: Path) -> tuple[Place, ...]:
    """Raises PlacesError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise PlacesError(f"{path}, line 1: name the columns {','.join(COLUMNS)}")
            return tuple(_place(row, f"{path}, line {rows.line_num}") for row in rows)
    except OSError as error:
        raise PlacesError(f"{path}: {error.strerror}; give the file, or leave MOTCUA_COMMUNE_PLACES empty") from None
    except (UnicodeDecodeError, csv.Error):
        raise PlacesError(f"{path}: save it as CSV in UTF-8") from None


def _place(row: dict[str, str], where: str) -> Place:
    code = (row["code"] or "").strip()
    if commune_of(code) is None:
        raise PlacesError(f"{where}: there is no commune {code!r}; write one of the 114 codes")
    try:
        place = Place(code, float(row["latitude"] or ""), float(row["longitude"] or ""))
    except ValueError:
        raise PlacesError(f"{where}: write latitude and longitude as decimal degrees, 20.8561") from None
    if not (SOUTH <= place.latitude <= NORTH and WEST <= place.longitude <= EAST):
        raise PlacesError(f"{where}: that is not in Hải Phòng; latitude comes first, then longitude")
    return place


def nearest(places: Sequence[Place], latitude: float, longitude: float) -> tuple[str, ...]:
    """Codes of the communes with the nearest centres, the nearest first; none where all are far."""
    found = sorted((distance(place, latitude, longitude), place.code) for place in places)
    codes = dict.fromkeys(code for away, code in found if away <= FARTHEST)
    return tuple(codes)[:NEAREST]


def distance(place: Place, latitude: float, longitude: float) -> float:
    """Kilometres as the crow flies."""
    north, east = radians(latitude - place.latitude), radians(longitude - place.longitude)
    arc = sin(north / 2) ** 2 + cos(radians(place.latitude)) * cos(radians(latitude)) * sin(east / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(arc)))
