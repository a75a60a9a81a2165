"""The six events in a life that people most often come for: the chat opens with them."""

import msgspec


class Event(msgspec.Struct, frozen=True):
    """Something that happens in a life, and the question it becomes. `drawing` is a path on a field of 24 by 24."""

    label: str
    hint: str
    asks: str
    drawing: str


EVENTS = (
    Event(
        "Sinh con",
        "khai sinh, bảo hiểm",
        "Làm giấy tờ cho con mới sinh",
        "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 4c2 0 3 2 1.2 3M9 11.2v.6M15 11.2v.6M9.5 15c1.5 1.4 3.5 1.4 5 0",
    ),
    Event(
        "Kết hôn",
        "đăng ký, giấy độc thân",
        "Đăng ký kết hôn",
        "M9 8.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM15 8.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM12 3.5v2",
    ),
    Event(
        "Có người mất",
        "khai tử, mai táng",
        "Khai tử cho người thân mới mất",
        "M9 20.5v-9h6v9zM6 20.5h12M12 11.5V9M12 9c-2-1.3-1.6-3.4 0-5.5 1.6 2.1 2 4.2 0 5.5z",
    ),
    Event(
        "Chuyển chỗ ở",
        "thường trú, tạm trú",
        "Chuyển nhà đến nơi mới, nhập hộ khẩu",
        "M12 21c-4-4.6-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6.4-6 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
    ),
    Event(
        "Nhà đất",
        "sổ đỏ, xây nhà",
        "Sổ đỏ",
        "M3.5 11.5 12 4l8.5 7.5M6 9.5v10.5h12V9.5M10 20v-5.5h4V20",
    ),
    Event(
        "Mở hàng quán",
        "hộ kinh doanh",
        "Mở hàng quán",
        "M4.5 4.5h15L21 9.5H3zM3 9.5a3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0M5 12.5V20h14v-7.5M10 20v-4.5h4V20",
    ),
)
