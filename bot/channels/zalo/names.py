"""Being called in a group: Zalo marks no mention, our name simply stands in the text."""

import re
import unicodedata
from collections.abc import Sequence

_BEFORE, _AFTER = " \t\n,;:.!?", " \t\n"


def names_in(setting: str) -> list[str]:
    return [name for each in setting.split(";") if (name := each.strip().removeprefix("@"))]


def without_names(text: str, names: Sequence[str]) -> str:
    """The text without “@our name”, wherever it stands and in whatever case; the longest name is tried first."""
    text = unicodedata.normalize("NFC", text).strip()
    for name in sorted(map(_composed, names), key=len, reverse=True):
        text, found = re.subn(rf"@{re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)
        if found:
            text = re.sub(r"[ \t]{2,}", " ", text).strip(_AFTER).lstrip(_BEFORE)
    return text.replace(" ,", ",")


def called_in(text: str, names: Sequence[str]) -> tuple[str, bool]:
    """The text without our name, and whether it calls us: “@name” anywhere, or the bare name before the rest."""
    bare = without_names(text, names)
    if bare != unicodedata.normalize("NFC", text).strip():
        return bare, True
    for name in sorted(map(_composed, names), key=len, reverse=True):
        found = re.match(rf"{re.escape(name)}(?!\w)\s*(?:ơi|oi)?(?!\w)", bare, re.IGNORECASE)
        if found:
            return bare[found.end() :].lstrip(_BEFORE), True
    return bare, False


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
