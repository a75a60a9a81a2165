"""What Telegram itself shows of us: the list of commands and links that open a private chat."""

CHANNEL = "telegram"
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
ASK_IN_PRIVATE = "Hỏi riêng"


def private_link(username: str, code: str = "") -> str:
    """Opens a private chat; a payload has no dots. Nothing personal may stand in it: it stays in the link."""
    return f"https://t.me/{username}?start={code.replace('.', '_') or 'hoi'}"
