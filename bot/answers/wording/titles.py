"""Names of procedures for headings and buttons: the everyday one, else the official one made readable."""

import re

from bot.answers.wording import prose
from bot.answers.wording.amounts import capitalised

TITLE_LETTERS = 80  # two lines of a phone
FEWEST_LETTERS = 20  # a shorter beginning ("Thủ tục biên phòng") says nothing

_LETTER = re.compile(r"[^\W\d_]")
_OPENING = re.compile(r"^thủ tục:?\s+(?!hành chính|hải quan|biên phòng)", re.IGNORECASE)
_TITLE_BORDER = re.compile(
    r"\s(?=thuộc (?:thẩm quyền|phạm vi)\b|theo quy định\b|đối với\b|theo đề nghị\b|phục vụ\b)|\s-\s", re.IGNORECASE
)
_PROPER = re.compile(
    r"\b(?:việt nam|hải phòng|hà nội|lào|campuchia|trung quốc|quốc hội|chính phủ|liên hợp quốc|asean|"
    r"wto|i{2,3}|iv|vi{1,3})\b"
)
_CAPITALS = {"asean", "wto", "ii", "iii", "iv", "vi", "vii", "viii"}


def whole(official: str) -> str:
    """The official name in sentence case, without the word that every one of them begins with."""
    return capitalised(_OPENING.sub("", sentence_case(prose.plain(official))))


def title(official: str) -> str:
    """The name for a heading: cut at a sensible border where it is long, whole where it has none."""
    name = whole(official)
    if len(name) <= TITLE_LETTERS:
        return name
    borders = sorted((*prose.borders(name, len(name)), *(border.start() for border in _TITLE_BORDER.finditer(name))))
    heads = [head for at in borders if len(head := name[:at].rstrip(" .;:,-–")) >= FEWEST_LETTERS]
    sound = [head for head in heads if prose.stands_alone(head)]
    fitting = [head for head in sound if len(head) <= TITLE_LETTERS]
    return fitting[-1] if fitting else next(iter(sound), name)


def sentence_case(text: str) -> str:
    """A name in capitals as a sentence; any other as it is."""
    letters = _LETTER.findall(text)
    if sum(letter.isupper() for letter in letters) * 2 <= len(letters):
        return text
    return capitalised(_PROPER.sub(lambda found: _proper(found[0]), text.lower()))


def _proper(name: str) -> str:
    return name.upper() if name in _CAPITALS else name.title()
