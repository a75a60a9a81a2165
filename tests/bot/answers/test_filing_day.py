"""A day on which somebody means to file is understood, and the day of the result is told as an estimate."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from answer_parts import DIRECT, ONLINE, TODAY, days, known, row
from bot.answers.filing_day import ASKED, FilingDay, filing_meant
from bot.answers.wording.estimate import HONEST, UNKNOWN, estimated
from knowledge.calendar_seed import seeded_calendar
from knowledge.catalogue import KnownProcedure
from knowledge.deadlines import OfficeHours
from knowledge.folding import CityLayer, StatedTime
from knowledge.procedure import Checklist, Decision, Unit

ASKED_AT = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)  # a Friday, 9.15 in Việt Nam


@pytest.mark.parametrize(
    ("text", "at", "rest"),
    [
        ("đăng ký tạm trú nộp hôm nay thì bao giờ có", "2026-11-20T09:15", f"đăng ký tạm trú {ASKED}"),
        ("hôm nay nộp trích lục thì bao giờ lấy được ạ", "2026-11-20T09:15", f"trích lục {ASKED}"),
        ("nop the can cuoc sang mai khi nao co ket qua", "2026-11-21T00:00", f"the can cuoc {ASKED}"),
        ("Tạm trú, chiều mai nộp, hôm nào xong?", "2026-11-21T13:00", f"Tạm trú, {ASKED}"),
        ("kết hôn nộp ngày kia thì mấy ngày có", "2026-11-22T00:00", f"kết hôn {ASKED}"),
        ("kết hôn nộp thứ 2 thì thứ mấy có", "2026-11-23T00:00", f"kết hôn {ASKED}"),
        ("kết hôn gửi chiều thứ sáu thì bao lâu", "2026-11-27T13:00", f"kết hôn {ASKED}"),
    ],
)
def test_the_time_of_filing_is_understood_and_taken_out(text: str, at: str, rest: str) -> None:
    meant = filing_meant(text, ASKED_AT)
    assert meant is not None
    assert (meant.at.isoformat(timespec="minutes"), meant.rest) == (at, rest)


@pytest.mark.parametrize(
    "text",
    [
        "đăng ký tạm trú bao lâu thì có",
        "hôm nay có làm việc không",
        "nộp hôm nay được không",
        "đã nộp khai sinh hôm nay rồi bao giờ có",
        "hồ sơ nộp hôm thứ 2 bao giờ có",
        "nộp từ hôm nay bao giờ xong",
        "nộp hôm nay thì bao giờ có",
        "",
        "nộp hôm nay bao giờ có " * 50,
    ],
    ids=["no day", "no filing", "no question of time", "filed", "filed on Monday", "since", "no thing", "", "a story"],
)
def test_other_messages_are_left_as_they_are(text: str) -> None:
    assert filing_meant(text, ASKED_AT) is None


def test_without_a_thing_the_subject_spoken_of_is_meant() -> None:
    meant = filing_meant("thế nộp hôm nay thì bao giờ có ạ", ASKED_AT, subject="1.004194")
    assert meant is not None
    assert meant.rest == ASKED


@given(st.text(alphabet="nộpgửi homaythứ2bao giờcó?.,\n", max_size=80) | st.text(max_size=80))
def test_understanding_never_fails(text: str) -> None:
    filing_meant(text, ASKED_AT, subject="x")


def filing(at: str) -> FilingDay:
    return FilingDay(datetime.fromisoformat(at), TODAY, seeded_calendar(), OfficeHours())


def told(procedure: KnownProcedure, at: str) -> str:
    return " ".join(estimated(procedure, filing(at)))


def test_without_a_time_of_filing_nothing_is_estimated() -> None:
    assert estimated(known(channels=(row(DIRECT),)), None) == ()


def test_an_estimate_says_from_when_it_counts_what_it_left_out_and_that_it_is_one() -> None:
    said = told(known(channels=(row(DIRECT, time=days(5)), row(ONLINE, time=days(5)))), "2026-11-22T10:00")
    assert "hôm nay, Chủ nhật 22/11/2026 (tính từ 7 giờ 30 thứ Hai 23/11/2026)" in said
    assert "trước 7 giờ 30 thứ Ba 01/12/2026" in said
    assert "Ngày Văn hóa Việt Nam 24/11" in said
    assert said.endswith(HONEST)


def test_channels_of_different_limits_are_told_apart() -> None:
    said = told(known(channels=(row(DIRECT, time=days(2)), row(ONLINE, time=days(1)))), "2026-11-25T09:00")
    assert "nộp trực tiếp: trước 9 giờ thứ Sáu 27/11/2026; nộp trực tuyến: trước 9 giờ thứ Năm 26/11/2026" in said


def test_of_the_channel_that_is_named_the_limit_is_taken() -> None:
    procedure = known(channels=(row(DIRECT, time=days(2)), row(ONLINE, time=days(1))))
    said = " ".join(estimated(procedure, filing("2026-11-25T09:00"), ONLINE))
    assert "trước 9 giờ thứ Năm 26/11/2026." in said
    assert "trực tiếp" not in said


@pytest.mark.parametrize(
    ("shortened", "said"),
    [("2 ngày làm việc", "thứ Sáu 27/11/2026"), ("tùy hồ sơ, 2 hoặc 3 ngày", UNKNOWN)],
    ids=["a number", "words"],
)
def test_what_the_city_decided_counts_and_not_the_record(shortened: str, said: str) -> None:
    time = StatedTime(decision=Decision(number="1/QĐ-UBND"), since=date(2026, 1, 1), shortened=shortened)
    procedure = replace(known(channels=(row(DIRECT, time=days(9)),)), city=CityLayer(time=time))
    assert said in told(procedure, "2026-11-25T09:00")


@pytest.mark.parametrize(
    "procedure",
    [
        known(channels=(row(DIRECT, time=days(None, Unit.OTHER)),)),
        known(channels=(row(DIRECT, time=days(3)), row(DIRECT, time=days(10)))),
        known(channels=(row(DIRECT, time=days(5_000)),)),
        known(channels=()),
    ],
    ids=["limit in words", "several cases", "a limit of decades", "no rows"],
)
def test_where_no_day_can_be_counted_none_is_invented(procedure: KnownProcedure) -> None:
    assert estimated(procedure, filing("2026-11-25T09:00")) == (UNKNOWN,)


@pytest.mark.parametrize(
    ("at", "day"),
    [("2026-11-23T15:00", "thứ Hai 23/11/2026"), ("2026-11-23T15:01", "thứ Tư 25/11/2026")],
    ids=["until the cut-off", "after it, over a holiday"],
)
def test_the_rule_of_three_in_the_afternoon_holds_where_the_procedure_has_it(at: str, day: str) -> None:
    plain = Checklist(code="1.000001", name="x", time="Trong ngày; nộp sau 15 giờ thì ngày làm việc tiếp theo.")
    assert f"trước 17 giờ {day}" in told(known(plain, channels=(row(DIRECT, time=days(3)),)), at)


def test_a_tet_that_nobody_planned_yet_is_said_to_be_unknown() -> None:
    said = told(known(channels=(row(DIRECT, time=days(5)),)), "2027-02-04T09:00")
    assert "Lịch nghỉ Tết Nguyên đán Đinh Mùi 2027 chưa có, ngày này có thể đổi." in said


def test_the_day_asked_on_is_a_day_in_vietnam() -> None:
    meant = filing_meant("nộp tạm trú hôm nay bao giờ có", datetime(2026, 11, 20, 18, 0, tzinfo=UTC))
    assert meant is not None
    assert meant.at.date() == date(2026, 11, 21)
