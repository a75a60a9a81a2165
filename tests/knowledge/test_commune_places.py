"""A table of where centres lie is read whole or refused at its line; the nearest are found by the way a crow flies."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.commune_places import (
    EAST,
    FARTHEST,
    NORTH,
    SOUTH,
    WEST,
    Place,
    PlacesError,
    distance,
    nearest,
    read_places,
)

HEADER = "code,latitude,longitude\n"
FILES = count()
A, B, C, D = "10507", "10525", "10532", "10537"


def table(folder: Path, text: str | bytes) -> Path:
    path = folder / f"places-{next(FILES)}.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_table_is_read(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + f"{A},20.95,106.31\n {B} , 20.93 ,106.33\n")
    assert read_places(path) == (Place(A, 20.95, 106.31), Place(B, 20.93, 106.33))


def test_what_a_spreadsheet_writes_before_it_is_no_trouble(tmp_path: Path) -> None:
    assert len(read_places(table(tmp_path, "\ufeff" + HEADER + f"{A},20.95,106.31\r\n"))) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: name the columns code,latitude,longitude"),
        ("ma,vi do,kinh do\n", "line 1: name the columns"),
        (HEADER + f"{A},20.95,106.31\n00000,20.95,106.31\n", "line 3: there is no commune '00000'"),
        (HEADER + "\n,20.95,106.31\n", "there is no commune ''"),
        (HEADER + f"{A},x,106.31\n", "line 2: write latitude and longitude as decimal degrees"),
        (HEADER + f"{A},20.95\n", "line 2: write latitude and longitude"),
        (HEADER + f"{A},106.31,20.95\n", "line 2: that is not in Hải Phòng; latitude comes first"),
        (HEADER + f"{A},nan,106.31\n", "line 2: that is not in Hải Phòng"),
        (b"\xff\xfe\x00", "save it as CSV in UTF-8"),
    ],
    ids=[
        "empty",
        "other columns",
        "no commune",
        "no code",
        "no number",
        "one missing",
        "turned",
        "not a number",
        "no text",
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(tmp_path: Path, text: str | bytes, told: str) -> None:
    with pytest.raises(PlacesError, match=told.replace("(", r"\(")):
        read_places(table(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlacesError, match="MOTCUA_COMMUNE_PLACES"):
        read_places(tmp_path / "none.csv")
    with pytest.raises(PlacesError, match="give the file"):
        read_places(tmp_path)


def test_a_degree_to_the_north_is_a_hundred_and_eleven_kilometres() -> None:
    assert distance(Place(A, 20.0, 106.0), 21.0, 106.0) == pytest.approx(111.2, abs=0.1)
    assert distance(Place(A, 20.0, 106.0), 20.0, 107.0) == pytest.approx(104.5, abs=0.1)
    assert distance(Place(A, 20.0, 106.0), 20.0, 106.0) == 0


ROW = [Place(A, 20.90, 106.30), Place(B, 20.90, 106.35), Place(C, 20.90, 106.40), Place(D, 20.90, 106.42)]


@pytest.mark.parametrize(
    ("longitude", "codes"),
    [(106.30, (A, B, C)), (106.41, (C, D, B)), (106.20, (A,)), (107.5, ())],
    ids=["at the first", "between the last two", "a little outside", "far off"],
)
def test_the_nearest_three_are_found_the_nearest_first(longitude: float, codes: tuple[str, ...]) -> None:
    assert nearest(ROW, 20.90, longitude) == codes


def test_a_commune_with_two_centres_is_offered_once() -> None:
    assert nearest([*ROW, Place(A, 20.90, 106.31)], 20.90, 106.30) == (A, B, C)


def test_without_places_nothing_is_near() -> None:
    assert nearest([], 20.9, 106.3) == ()


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_whatever_is_offered_is_near(latitude: float, longitude: float) -> None:
    found = nearest(ROW, latitude, longitude)
    near = {place.code for place in ROW if distance(place, latitude, longitude) <= FARTHEST}
    assert set(found) <= near
    assert len(found) == min(3, len(near))


@given(st.floats(SOUTH, NORTH), st.floats(WEST, EAST), st.floats(SOUTH, NORTH), st.floats(WEST, EAST))
def test_it_is_as_far_there_as_back(north: float, east: float, other_north: float, other_east: float) -> None:
    there = distance(Place(A, north, east), other_north, other_east)
    assert there == pytest.approx(distance(Place(A, other_north, other_east), north, east), abs=1e-6)
