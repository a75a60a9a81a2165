"""After a dossier was told, people ask on without saying what about."""

import pytest

from bot.answers.dossier_follow_ups import asks_on
from knowledge.language.normalise import normalise


@pytest.mark.parametrize(
    "text",
    [
        "bao giờ có kết quả",
        "Bao giờ có kết quả vậy ạ?",
        "còn mấy ngày nữa",
        "khi nào lấy được",
        "bao lâu nữa xong",
        "trễ hạn chưa",
        "có quá hạn không",
        "có phải nộp thêm gì không",
        "giờ tôi phải làm gì",
        "em cần bổ sung gì ạ",
        "sao lâu thế",
        "lấy ở đâu",
        "hồ sơ đó xong chưa",
        "ai xử lý hồ sơ này",
    ],
)
def test_time_state_and_next_move_are_asked_on(text: str) -> None:
    assert asks_on(normalise(text).folded)


@pytest.mark.parametrize(
    "text",
    [
        "bao giờ có kết quả thi bằng lái",
        "đăng ký khai sinh mất bao lâu",
        "khi nào phải đổi căn cước",
        "làm hộ chiếu ở đâu",
        "cần giấy tờ gì",
        "lệ phí bao nhiêu",
        "cảm ơn",
        "",
        "bao giờ " * 20,
    ],
)
def test_what_names_something_else_is_no_asking_on(text: str) -> None:
    assert not asks_on(normalise(text).folded)
