"""Days as decisions write them, and from which day something holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_import.formats.decision.days import ImpossibleDayError, day_in, effective_in

SIGNED = date(2026, 8, 27)
SOME_DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("ngày 27/8/2026", date(2026, 8, 27), id="strokes"),
        pytest.param("27-08-2026", date(2026, 8, 27), id="hyphens"),
        pytest.param("27.8.2026", date(2026, 8, 27), id="points"),
        pytest.param("Hải Phòng, ngày 27 tháng 8 năm 2026", date(2026, 8, 27), id="words"),
        pytest.param("ng ày 01 th áng 9 n ăm 2026", date(2026, 9, 1), id="letters pushed apart"),
        pytest.param("từ 01/9/2026 đến 31/12/2026", date(2026, 9, 1), id="the first of two"),
        pytest.param("tháng 9 năm 2026", None, id="a month is no day"),
        pytest.param("Nghị định số 123/2015/NĐ-CP", None, id="the number of a decree"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_day_is_read(text: str, day: date | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize("text", ["31/02/2026", "00/9/2026", "01/13/2026", "ngày 30 tháng 2 năm 2027", "1/1/2206"])
def test_a_day_that_cannot_be_is_told_and_not_guessed(text: str) -> None:
    with pytest.raises(ImpossibleDayError):
        day_in(text)


@given(SOME_DAYS)
def test_every_day_is_read_back_in_both_ways_of_writing(day: date) -> None:
    assert day_in(f"{day:%d/%m/%Y}") == day
    assert day_in(f"ngày {day.day} tháng {day.month} năm {day.year}") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("có hiệu lực kể từ ngày ký", SIGNED, id="from signing"),
        pytest.param("có hiệu lực thi hành từ ngày ký ban hành", SIGNED, id="from issue"),
        pytest.param("có hiệu lực kể từ ngày được ban hành", SIGNED, id="from having been issued"),
        pytest.param("có hiệu lực sau 07 (bảy) ngày, kể từ ngày ký", date(2026, 9, 3), id="some days after"),
        pytest.param("có hiệu lực sau 45 ngày kể từ ngày ký ban hành", date(2026, 10, 11), id="after a month's end"),
        pytest.param("có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2027", date(2027, 3, 1), id="a day in words"),
        pytest.param("được áp dụng từ ngày 01/12/2026", date(2026, 12, 1), id="applied from"),
        pytest.param("thực hiện từ 15/12/2026", date(2026, 12, 15), id="carried out from"),
        pytest.param(
            "có hiệu lực từ ngày ký và được áp dụng từ ngày 01/9/2026",
            date(2026, 9, 1),
            id="applied later than in force",
        ),
        pytest.param(
            "có hiệu lực từ ngày ký; Danh mục cũ được áp dụng đến hết, từ 01/9/2026 thôi", SIGNED, id="another's day"
        ),
        pytest.param("căn cứ Quyết định ngày 01/12/2025", None, id="the day of something else"),
        pytest.param("còn hiệu lực. Từ ngày 01/12/2026 nộp tại xã", None, id="another sentence"),
    ],
)
def test_the_day_from_which_something_holds(text: str, day: date | None) -> None:
    assert effective_in(text, SIGNED) == day


@pytest.mark.parametrize("text", ["có hiệu lực kể từ ngày ký", "có hiệu lực sau 10 ngày kể từ ngày ký"])
def test_nothing_is_counted_from_a_signing_that_nobody_knows(text: str) -> None:
    assert effective_in(text, None) is None


@given(st.text(max_size=80))
def test_no_text_brings_the_reading_of_days_down(text: str) -> None:
    try:
        found = effective_in(text, SIGNED)
    except ImpossibleDayError:
        return
    assert found is None or found.year >= 1990
