"""What the text of a cell says: times, lists, marks, fees."""

import re
from collections.abc import Iterable

from catalogue_import.formats.decision.blocks import BULLETS
from catalogue_import.formats.decision.text import letters, one_line, squeezed
from knowledge.procedure import Channel, Level

DITTO = re.compile(r"[-–—\s]*(nt|nhutren|nhtren)[-–—.\s]*|[\"”“〃″']{1,2}|''|//")
NOT_SHORTENED = re.compile(r"^(khong|giunguyen|nhuthoihan|bangthoihan|chuacatgiam|0(ngay)?$|nt$)")
NO_FEE = frozenset({"", "-", "–", "—"})
NEGATIVE = frozenset({"", "-", "–", "—", "0", "o", "□", "☐", "khong", "k", "không"})
BULLET = re.compile(rf"^\s*(?:[{re.escape(BULLETS)}]+|\(?[a-zđ]\)|\d{{1,2}}[.)](?!\d))\s+|^\s*[-–+•*](?=\S)")
ITEM = re.compile(r"\n|;\s*|\s[-–+•]\s+(?=[A-ZĐÀ-Ỹ])")
LAW_BEGINS = re.compile(
    r"(?<=[\dA-ZĐ)])\s+"
    r"(?=(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư(?: liên tịch)?|Quyết định)\s+(?:số\s+)?\d)"
)
BARE_AMOUNT = re.compile(r"[1-9]\d*(?:[.,]\d{1,3})*")
BARE_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
BOTH_TIMES = re.compile(
    r"-?\s*(?:(?:thời (?:hạn|gian) )?(?:theo )?quy định\s*[:：]\s*)?(?P<first>[^\n;(]+?)[\s;,.(–-]+"
    r"(?:thời (?:hạn|gian) )?(?:sau (?:khi )?)?(?:được )?(?:cắt giảm|rút ngắn|giảm)(?: còn| xuống(?: còn)?)?\s*"
    r"[:：]?\s*(?P<second>\d[^\n;]*?)\)?\s*",
    re.IGNORECASE,
)
LEVELS = (
    (Level.MINISTRY, re.compile(r"capbo|captrunguong")),
    (
        Level.PROVINCE,
        re.compile(r"captinh|capthanhpho|uybannhandan(thanhpho|tinh)|ubnd(thanhpho|tinh|tp)|so,?nganh"),
    ),
    (
        Level.COMMUNE,
        re.compile(r"capxa|xa,phuong|uybannhandan(cap)?(xa|phuong|dackhu)|ubnd(cap)?(xa|phuong)|capphuong"),
    ),
)
CHANNELS = (
    (Channel.DIRECT, re.compile(r"tructiep")),
    (Channel.ONLINE, re.compile(r"tructuyen|dvct|congdichvucong")),
    (Channel.POSTAL, re.compile(r"buuchinh|bcci|buudien")),
)


def is_ditto(text: str) -> bool:
    """Như trên ("-nt-"): the value from above."""
    return bool(text) and DITTO.fullmatch(squeezed(text)) is not None


def is_marked(text: str) -> bool:
    """x, X, a tick, or words in place of one."""
    return squeezed(text) not in NEGATIVE and not squeezed(text).startswith("khong")


def time_statutory(text: str, unit: str) -> str | None:
    text = text.strip()
    if text in NO_FEE:
        return None
    return f"{text} {unit}" if unit and BARE_NUMBER.fullmatch(text) else text


def time_shortened(text: str, unit: str) -> str | None:
    """None where the cell is empty or says that nothing was shortened."""
    if text.strip(" .–—-") == "" or NOT_SHORTENED.match(letters(text)):
        return None
    return time_statutory(text, unit)


def split_times(text: str) -> tuple[str, str]:
    """Both times of a single cell: "Theo quy định: 15 ngày; sau cắt giảm: 7,5 ngày", "5 ngày (cắt giảm còn 3)"."""
    found = BOTH_TIMES.fullmatch(text.strip())
    return (found["first"].strip(" -"), found["second"].strip()) if found else (text, "")


def fee_text(text: str, unit: str = "") -> str | None:
    if text.strip() in NO_FEE:
        return None
    return f"{text.strip()} {unit}" if unit and BARE_AMOUNT.fullmatch(text.strip()) else text


def items(text: str) -> tuple[str, ...]:
    """A list without its bullets; each entry once."""
    parts = (BULLET.sub("", part).strip(" .;") for part in ITEM.split(text))
    return tuple(dict.fromkeys(one_line(part) for part in parts if part.strip(BULLETS + " ")))


def laws(text: str) -> tuple[str, ...]:
    """The same for laws, which a PDF may run together: one begins after the number of another."""
    return tuple(dict.fromkeys(law for item in items(text) for law in LAW_BEGINS.split(item)))


def levels_in(text: str) -> tuple[Level, ...]:
    """In the order ministry, province, commune, as decisions print them."""
    key = squeezed(text)
    found = [level for level, pattern in LEVELS if pattern.search(key)]
    if found and "cap" in key:  # "cấp tỉnh, xã" and "cấp tỉnh/xã" say "cấp" once
        found += [level for level, word in ((Level.COMMUNE, "xa"), (Level.PROVINCE, "tinh")) if _shares_cap(key, word)]
    return in_order(found)


def in_order(levels: Iterable[Level]) -> tuple[Level, ...]:
    wanted = set(levels)
    return tuple(level for level in (Level.MINISTRY, Level.PROVINCE, Level.COMMUNE, Level.OTHER) if level in wanted)


def channels_in(text: str) -> tuple[Channel, ...]:
    key = letters(text)
    return tuple(channel for channel, pattern in CHANNELS if pattern.search(key))


def _shares_cap(key: str, word: str) -> bool:
    return re.search(rf"cap\w+(?:,|/|va|-|–){word}\b", key) is not None
