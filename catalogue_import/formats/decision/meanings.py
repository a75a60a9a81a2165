"""What a column can mean, and its heading in the form in which words are looked for."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from catalogue_import.formats.decision.text import letters, one_line


class Meaning(StrEnum):
    NUMBER = "number"
    CODE = "code"
    NAME = "name"
    OLD_CODE = "old code"
    OLD_NAME = "old name"
    NEW_CODE = "new code"
    NEW_NAME = "new name"
    STATUS = "status"
    FIELD = "field"
    LEVEL = "level"
    LEVEL_MINISTRY = "level: ministry"
    LEVEL_PROVINCE = "level: province"
    LEVEL_COMMUNE = "level: commune"
    TIME = "time"
    TIME_SHORTENED = "shortened time"
    PLACE = "place"
    AGENCY = "agency"
    FEE = "fee"
    ONLINE = "online, in words or a mark"
    ONLINE_FULL = "online: full"
    ONLINE_PARTIAL = "online: partial"
    CHANNELS = "channels in words"
    DIRECT = "channel: direct"
    POSTAL = "channel: postal"
    ONLINE_CHANNEL = "channel: online"
    LEGAL = "legal basis"
    ANNOUNCED_BY = "decision that had announced it"
    EFFECTIVE = "effective day"
    NOTE = "note"
    INTERNAL = "internal process"
    IGNORED = "nothing that a citizen asks for"
    UNKNOWN = "unknown"


class Heading(NamedTuple):
    """`top` and `leaf` are the first and the last cell of a path, `whole` is all with strokes; each as `letters`."""

    top: str
    leaf: str
    whole: str
    printed: str


def heading_of(path: Sequence[str]) -> Heading:
    keys = [letters(text) for text in path]
    return Heading(keys[0] if keys else "", keys[-1] if keys else "", "/".join(keys), one_line(" / ".join(path)))
