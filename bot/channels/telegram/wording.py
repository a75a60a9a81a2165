"""What Telegram itself shows of us: the list of commands and links that open a private chat."""

WEBHOOK = "/telegram/webhook"
COMMANDS = (  # name and description
    ("hoi", "Hỏi một thủ tục, ví dụ: /hoi khai sinh cho con"),
    ("tracuu", "Xem hồ sơ đã nộp đến đâu"),
    ("xa", "Chọn xã, phường nơi bạn ở, ví dụ: /xa An Phong"),
    ("trogiup", "Hỏi được những gì, hỏi thế nào"),
    ("gopy", "Báo câu trả lời chưa đúng, góp ý"),
    ("xoa", "Xóa những gì còn giữ của cuộc trò chuyện này"),
)
GROUP_COMMANDS = COMMANDS[:1]
# What a command means said as a message; what stands behind it is added.
SAID = {
    "hoi": "",
    "tracuu": "tra cứu hồ sơ",
    "trogiup": "hướng dẫn sử dụng",
    "help": "hướng dẫn sử dụng",
    "xa": "phường",
    "start": "",
}
PLAIN = {"hoi": "trợ giúp", "start": "xin chào", "xa": "trợ giúp"}  # with nothing behind it
ASK_IN_PRIVATE = "Hỏi riêng"


def private_link(username: str, code: str = "") -> str:
    """Opens a private chat; a payload has no dots. Nothing personal may stand in it: it stays in the link."""
    return f"https://t.me/{username}?start={code.replace('.', '_') or 'hoi'}"


def code_of_start(payload: str) -> str:
    """The code of a procedure from a poster's link ("1_001193", "tt_1_001193"), "" for any other."""
    one, _, rest = payload.removeprefix("tt_").partition("_")
    is_code = one.isascii() and one.isdecimal() and len(one) == 1 and rest.isascii() and rest.isdecimal()
    return f"{one}.{rest}" if is_code and len(rest) == 6 else ""  # noqa: PLR2004  digits of a code
