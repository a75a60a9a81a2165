from dataclasses import dataclass

import pytest

from knowledge.dossiers.dossier import Entry
from knowledge.dossiers.joining import join, keep

CODE, NATIONAL = "H24.999-261110-0001", "G22.99-261110-000301"
OWN, PORTAL = "Một cửa TP", "Cổng DVCQG"


@dataclass(frozen=True)
class Line:
    entry: Entry
    owner: str = ""


def entry_of(line: Line) -> Entry:
    return line.entry


def test_equal_rows_are_kept_once_and_a_row_of_another_owner_replaces() -> None:
    one = Line(Entry(system=OWN, code=CODE, status=4), "An")
    kept = keep([one, one, Line(one.entry, "Bình")], entry_of)
    assert (kept.duplicates, kept.superseded) == (1, 1)
    assert kept.items == (Line(one.entry, "Bình"),)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        pytest.param("2026-11-21T17:00", "2026-11-20T17:00", 0, id="the first was updated later"),
        pytest.param("2026-11-20T17:00", "2026-11-21T17:00", 1, id="the second was updated later"),
        pytest.param("2026-11-21", "2026-11-21", 1, id="both the same"),
        pytest.param(None, None, 1, id="nobody says"),
        pytest.param("2026-11-21", None, 1, id="only one says"),
    ],
)
def test_of_two_rows_of_one_system_the_later_update_wins(first: str | None, second: str | None, kept: int) -> None:
    lines = [
        Line(Entry(system=OWN, code=CODE, status=status, updated=updated))
        for status, updated in ((4, first), (5, second))
    ]
    assert keep(lines, entry_of).items == (lines[kept],)


def test_the_own_system_wins_and_the_national_one_fills_what_is_left() -> None:
    own = Entry(system=OWN, code=CODE, status=5, agency="UBND xã Ví Dụ", received="2026-11-10")
    national = Entry(
        system=PORTAL, code=NATIONAL, other_codes=(CODE,), status=9, received="2026-11-10T08:20", finished="2026-11-12"
    )
    dossier = join([national, own])
    assert (dossier.code, dossier.other_codes, dossier.systems) == (CODE, (NATIONAL,), (OWN, PORTAL))
    assert (dossier.status, dossier.received, dossier.finished) == (5, "2026-11-10", "2026-11-12")
    assert dossier.conflicts == ("status",)


def test_dates_of_different_precision_are_compared_by_day() -> None:
    def conflicts(*moments: str) -> tuple[str, ...]:
        return join([Entry(system=str(at), code=CODE, due=moment) for at, moment in enumerate(moments)]).conflicts

    assert conflicts("2026-11-13", "2026-11-13T09:00") == ()
    assert conflicts("2026-11-13T09:00", "2026-11-13T09:01") == ("due",)
    assert conflicts("2026-11-13", "2026-11-13T09:00", "2026-11-13T10:00") == ("due",)
    assert conflicts("2026-11-13", "2026-11-14T09:00") == ("due",)


def test_the_word_of_an_office_is_kept_only_where_no_status_is_known() -> None:
    own = Entry(system=OWN, code=CODE, status_raw="Chờ họp hội đồng")
    assert join([own]).status_raw == "Chờ họp hội đồng"
    assert join([own, Entry(system=PORTAL, code=CODE, status=4)]).status_raw == ""
