"""The day as of which somebody asks, told from all the other days in a message."""

from datetime import date

import pytest

from bot.answers.as_of import as_of_in

MAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("đăng ký hộ kinh doanh nộp tháng 5/2026 thì theo quy định nào", MAY),
        ("nop ho so thang 5 nam 2026", MAY),
        ("nộp hồ sơ khai sinh tháng 5/2026 thì theo quy định nào", MAY),
        ("hồ sơ nộp ngày 15/5/2026 áp dụng mức phí nào", date(2026, 5, 15)),
        ("quy định hồi ngày 1-3-2027", date(2027, 3, 1)),
        ("thời điểm tháng 05/2026 khai sinh mất bao nhiêu tiền", MAY),
    ],
)
def test_a_day_of_filing_is_the_day_asked_for(text: str, day: date) -> None:
    found = as_of_in(text)
    assert found is not None
    assert found.day == day
    assert "2026" not in found.rest
    assert "2027" not in found.rest


@pytest.mark.parametrize(
    "text",
    [
        "làm khai sinh cho con sinh ngày 12/5/2026",
        "nộp khai sinh cho cháu sinh ngày 12/5/2026",
        "bố em mất tháng 5/2026 làm khai tử thế nào",
        "nộp lại căn cước cấp ngày 12/5/2021",
        "cưới tháng 5/2026",
        "nộp ở đâu",
        "nộp ngày 31/2/2026",
        "nộp ngày 12/13/2026",
        "theo quy định tại Nghị định 12/2026",
    ],
)
def test_a_day_of_anything_else_is_not(text: str) -> None:
    assert as_of_in(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Tách thửa nộp tháng 5/2026 mất bao lâu?", "Tách thửa mất bao lâu"),
        ("đăng ký kết hôn nộp hồ sơ vào tháng 5/2026 thì theo quy định nào", "đăng ký kết hôn"),
        ("nộp khai tử tháng 5/2026 mất bao nhiêu", "nộp khai tử mất bao nhiêu"),
        ("nộp tháng 5/2026 thì theo quy định nào?", "văn bản nào"),
    ],
    ids=["without the day", "without which rule", "what is filed stays", "leans on what was spoken of"],
)
def test_what_remains_of_the_message_is_what_it_asks_for(text: str, rest: str) -> None:
    found = as_of_in(text)
    assert found is not None
    assert found.rest == rest
