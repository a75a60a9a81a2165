from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dossiers.dates import UnreadableDateError, read_moment

DATES = {
    "05/11/2026": "2026-11-05",
    "5/11/2026": "2026-11-05",
    "05-11-2026": "2026-11-05",
    "05.11.2026": "2026-11-05",
    "5/11/26": "2026-11-05",
    "05/11/2026 09:30": "2026-11-05T09:30",
    "05/11/2026 09:30:59": "2026-11-05T09:30",
    "26/10/2026 8:20 SA": "2026-10-26T08:20",
    "20/10/2026 2:00 CH": "2026-10-20T14:00",
    "20/10/2026 12:05 CH": "2026-10-20T12:05",
    "20/10/2026 12:05 SA": "2026-10-20T00:05",
    "9h30 ngày 05/11/2026": "2026-11-05T09:30",
    "10h05 18/11/2026": "2026-11-18T10:05",
    "9h 5/11/2026": "2026-11-05T09:00",
    "05/11/2026 lúc 9 giờ 30": "2026-11-05T09:30",
    "9 giờ 10 phút, ngày 11 tháng 12 năm 2026": "2026-12-11T09:10",
    "ngày 01 tháng 02 năm 2026": "2026-02-01",
    "Sau 15 giờ 30 phút ngày 11/12/2026": "2026-12-11T15:30",
    "2026-11-12": "2026-11-12",
    "2026-11-12 09:00:00": "2026-11-12T09:00",
    "2026-11-19T09:20:00Z": "2026-11-19T16:20",
    "2026-11-19T23:20:00Z": "2026-11-20T06:20",
    "2026-11-11T15:10:00+07:00": "2026-11-11T15:10",
    "2026-11-25T13:45:00.000+0700": "2026-11-25T13:45",
    "20261119090000": "2026-11-19T09:00",
    "20261119": "2026-11-19",
    "46344": "2026-11-18",
    "46344.375": "2026-11-18T09:00",
    "46343.66666667": "2026-11-17T16:00",
    "０５/１１/２０２６": "2026-11-05",
    "2026/07/05": "2026-07-05",
    "2026/7/5 10:30": "2026-07-05T10:30",
    "2026.07.05": "2026-07-05",
    "5 tháng 7, 2026": "2026-07-05",
    "Thứ Hai, 06/07/2026": "2026-07-06",
    "thứ 2 ngày 6/7/2026": "2026-07-06",
    "Chủ nhật 5/7/2026": "2026-07-05",
    "10:30 - 05/07/2026": "2026-07-05T10:30",
    "05/07/2026 - 10:30": "2026-07-05T10:30",
    "05/07/2026 10h30'": "2026-07-05T10:30",
    "10 giờ 30 phút 00 giây ngày 5/7/2026": "2026-07-05T10:30",
    "5/7/26 3:05 PM": "2026-07-05T15:05",
    "46208,4375": "2026-07-05T10:30",
}
NOTHING = ["", "-", "…", "NULL", "0", "chưa có", "Chưa có", "01/01/1900", "0001-01-01T00:00:00", "01/01/0001",
           "chưa trả", "Không có", "#N/A", "(trống)", "-/-"]  # fmt: skip
IMPOSSIBLE = ["31/11/2026", "11/25/2026", "00/00/2026", "05/11/2099", "05/11/1899", "25:61 05/11/2026", "Phạm Thị Mẫu",
              "05/11/2026 và 06/11/2026", "99999", "20261332", "đã ký nhận 05/11/2026",
              "2026-07/05", "05/11/07/2026", "05/7", "07/2026",
              "thứ tám 05/11/2026"]  # fmt: skip
FORMS = ("%d/%m/%Y %H:%M", "%Hh%M ngày %d/%m/%Y", "%Y-%m-%dT%H:%M:00+07:00", "%Y%m%d%H%M00", "%d.%m.%Y %H:%M:59")


@pytest.mark.parametrize(("text", "moment"), DATES.items(), ids=DATES)
def test_a_date_is_read_however_an_office_writes_it(text: str, moment: str) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize("text", NOTHING)
def test_what_stands_for_no_date_is_none(text: str) -> None:
    assert read_moment(text) is None


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_what_can_be_no_date_is_refused_instead_of_guessed(text: str) -> None:
    with pytest.raises(UnreadableDateError):
        read_moment(text)


@given(st.text(max_size=40) | st.text("0123456789/-:. hgioSACHngày", max_size=30))
def test_any_text_is_a_date_none_or_refused(text: str) -> None:
    try:
        moment = read_moment(text)
    except UnreadableDateError:
        return
    assert moment is None or len(moment) in {10, 16}


@given(st.datetimes(datetime.fromisoformat("1991-01-01"), datetime.fromisoformat("2059-01-01")))
def test_every_way_of_writing_one_minute_is_the_same_moment(at: datetime) -> None:
    assert {read_moment(at.strftime(form)) for form in FORMS} == {at.strftime("%Y-%m-%dT%H:%M")}
