"""Commands of a chat, `/xa An Phong`, said as messages: the same on every channel that has them."""

from bot.conversation.commands import FEEDBACK, FORGET

# What a command means said as a message; what stands behind it is added.
SAID = {
    "hoi": "",
    "tracuu": "tra cứu hồ sơ",
    "trogiup": "hướng dẫn sử dụng",
    "help": "hướng dẫn sử dụng",
    "xa": "phường",
    "start": "",
}
PLAIN = {"hoi": "trợ giúp", "start": "xin chào"}  # with nothing behind it
COMMUNE, START = "xa", "start"
STAFF = "canbo"  # who is known to be a member of staff


def said_by(command: str, text: str) -> str:
    """A message as it is asked; a command says its words, and what stands behind it."""
    if not command:
        return text
    if command in {FEEDBACK, FORGET}:  # which the one path reads
        return f"/{command} {text}".strip()
    if not text or command == START:  # the payload of an old link means nothing
        return PLAIN.get(command) or SAID.get(command) or "trợ giúp"
    return f"{SAID.get(command, '')} {text}".strip()


def code_of_start(payload: str) -> str:
    """The code of a procedure from a poster's link ("1_001193", "tt_1_001193"), "" for any other."""
    one, _, rest = payload.removeprefix("tt_").partition("_")
    is_code = one.isascii() and one.isdecimal() and len(one) == 1 and rest.isascii() and rest.isdecimal()
    return f"{one}.{rest}" if is_code and len(rest) == 6 else ""  # noqa: PLR2004  digits of a code
