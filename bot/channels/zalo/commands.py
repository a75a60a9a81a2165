"""Commands in plain text: Zalo knows none of its own, people type “/xoa”, menus of an account send “#xoa”."""

import re

from bot.channels.commands import SAID, STAFF
from bot.conversation.commands import FEEDBACK, FORGET

COMMANDS = frozenset({*SAID, FEEDBACK, FORGET, STAFF})
ALIASES = {"tracuuhoso": "tracuu", "goopy": FEEDBACK, "batdau": "start"}  # as menus of communes have them
_COMMAND = re.compile(r"[/#](\w{2,12})(?=\s|$)\s*", re.ASCII)


def command_in(text: str) -> tuple[str, str]:
    """The command a text begins with and what stands behind it; no command and the text for any other."""
    found = _COMMAND.match(text)
    name = ALIASES.get(found[1].lower(), found[1].lower()) if found else ""
    return (name, text[found.end() :].strip()) if found and name in COMMANDS else ("", text)
