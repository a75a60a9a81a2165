"""What administrators type becomes an announcement, or is told at its field."""

from datetime import UTC, datetime

import msgspec
import pytest

from knowledge.operation.reading import Reading, Typed, read
from staff_people import OTHER_WARD, WARD

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)  # noon in Việt Nam
SOUND = Typed(text="Hệ thống bảo trì.", begins="2026-11-22T20:00", ends="2026-11-22T22:00")


def reading(**typed: str) -> Reading:
    return read(msgspec.structs.replace(SOUND, **typed), NOW, {"1.001193"}.__contains__)


@pytest.mark.parametrize(
    "begins",
    ["2026-11-22T20:00", "2026-11-22T20:00:00", "20:00 22/11/2026", " 22/11/2026 20:00 "],
    ids=["a browser's", "with seconds", "time first", "day first"],
)
def test_times_are_vietnamese_however_they_are_written(begins: str) -> None:
    found = reading(begins=begins).announcement
    assert found
    assert found.begins_at == datetime(2026, 11, 22, 13, 0, tzinfo=UTC)


def test_without_a_beginning_it_begins_now() -> None:
    found = reading(begins=" ").announcement
    assert found
    assert found.begins_at == NOW


def test_communes_are_read_by_name_or_code_and_procedures_by_code() -> None:
    found = reading(communes=f"{WARD}, phường Hồng Bàng; {WARD}", procedures="1.001193 1.001193").announcement
    assert found
    assert found.communes[0] == WARD
    assert OTHER_WARD not in found.communes
    assert len(found.communes) == 2
    assert found.procedures == ("1.001193",)


def test_a_text_is_one_line_of_printed_letters() -> None:
    found = reading(text=" Bảo\ttrì\r\n\u202etối nay\x00. ").announcement
    assert found
    assert found.text == "Bảo trì tối nay."


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"text": " \n"}, "text", "Ghi nội dung"),
        ({"text": "x" * 301}, "text", "301 chữ"),
        ({"begins": "tối nay"}, "begins", "không phải giờ và ngày"),
        ({"ends": ""}, "ends", "Ghi giờ và ngày hết"),
        ({"ends": "2026-02-30T10:00"}, "ends", "Ghi giờ và ngày hết"),
        ({"ends": "2026-11-22T11:59"}, "ends", "đã qua"),
        ({"ends": "2026-11-22T19:00"}, "ends", "đứng trước"),
        ({"ends": "2027-11-22T19:00"}, "ends", "dài nhất 92 ngày"),
        ({"communes": "Atlantis"}, "communes", "“Atlantis” không phải"),
        ({"procedures": "abc"}, "procedures", "không phải mã"),
        ({"procedures": "1.000009"}, "procedures", "không có thủ tục mã 1.000009"),
    ],
    ids=[
        "no text",
        "a long text",
        "no time",
        "no end",
        "no such day",
        "over already",
        "ends first",
        "a year",
        "no commune",
        "no code",
        "unknown code",
    ],
)
def test_a_problem_is_told_at_its_field(typed: dict[str, str], field: str, said: str) -> None:
    found = reading(**typed)
    assert found.announcement is None
    assert [(problem.field, said in problem.message) for problem in found.problems] == [(field, True)]


def test_all_problems_are_told_at_once() -> None:
    found = reading(text="", begins="?", ends="?", communes="?", procedures="?")
    assert {problem.field for problem in found.problems} == {"text", "begins", "ends", "communes", "procedures"}
