"""Personal data in a group: seen, never repeated, and its author told how to ask in private."""

import re

from bot.answers.layout import lay_out
from bot.conversation.messages import Answer, Choice, Ending
from bot.conversation.redaction import redact

# What a citizen reads for a token of the redaction. Numbers of telephones are not here: in an advert they are meant
# to be read, and staff give them out.
WORDS = {
    "CCCD": "số căn cước",
    "CMND": "số chứng minh nhân dân",
    "HC": "số hộ chiếu",
    "BHXH": "số bảo hiểm",
    "MST": "mã số thuế",
    "TK": "số tài khoản",
    "THE": "số thẻ",
    "OTP": "mật khẩu hoặc mã xác thực",
}
_TOKEN = re.compile(rf"\[({'|'.join(WORDS)})\]")
_DOSSIER = re.compile(r"-\*{4}|\*{4}/20\d\d/")
DOSSIER = "mã hồ sơ"
ASK_IN_PRIVATE = "Hỏi riêng"


def personal_data_in(text: str) -> tuple[str, ...]:
    """What kinds of personal data a text holds, in words."""
    masked = redact(text)
    kinds = [WORDS[token] for token in _TOKEN.findall(masked)]
    return tuple(dict.fromkeys((*kinds, *([DOSSIER] if _DOSSIER.search(masked) else []))))


def holds_personal_data(text: str) -> bool:
    return bool(personal_data_in(text))


def warning(text: str, private_url: str) -> Answer:
    """Nothing of the text itself stands in it."""
    blocks = lay_out("personal_data", kinds=" và ".join(personal_data_in(text)))
    choices = (Choice(label=ASK_IN_PRIVATE, url=private_url),) if private_url else ()
    return Answer(ending=Ending.PERSONAL_DATA, blocks=blocks, choices=choices)
