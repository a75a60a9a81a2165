"""Personal data in a text replaced by tokens such as [CCCD]; numbers that belong to nobody stay.

Matched by shape, not by validity. Only the value is replaced, the words before it stay. Order matters: codes of
dossiers first (parts of them pass for phone numbers), then what must survive, then the rules.
"""

import re
import unicodedata

from bot.conversation.redaction_rules import MARKS, RULES, STREETS, TOKENS, said
from bot.dossiers import look_alikes
from bot.dossiers.code import find_codes

_FIRST_MARK = 0xF0000  # a private plane: one mark for each part that the rules must not see
_MOST_MARKS = 0xFFFD
MOST_ROUNDS = 4  # what is masked may part what stood against it; people's texts take one or two

_SURVIVING = re.compile(
    "|".join(
        (
            rf"\[(?:{'|'.join(TOKENS)})\]",
            r"\b(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3}){0,3}-(?:20)?\d{6}-\*{4}",  # codes already masked
            r"\*{4}/20\d\d/\d{4,6}",
            look_alikes.PROCEDURE,
            look_alikes.PAPER,
            look_alikes.RESULT,
            look_alikes.DOCUMENT,
        )
    )
)
_MARK = re.compile(f"[{MARKS}]")
_INVISIBLE = re.compile("(?<=\\d)[\u00ad\u200b-\u200f\u2060\ufeff]+|[\u00ad\u200b-\u200f\u2060\ufeff]+(?=\\d)")
# Most messages have no digit and no cue that could stand before anything else.
_WITHOUT_MARKS = re.compile(rf"\d|@|{said(*STREETS)}|mật|mat|password", re.IGNORECASE)
_MAY_BE_PERSONAL = re.compile(f"{_WITHOUT_MARKS.pattern}|[{MARKS}]", re.IGNORECASE)


def redact(text: str) -> str:
    """The text as it may be stored: twice gives the same as once, and no text makes it fail."""
    text = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    if not _MAY_BE_PERSONAL.search(text):
        return text
    text = _INVISIBLE.sub("", text)
    kept: list[str] = []
    text = _without_codes(text, kept)
    text = _SURVIVING.sub(lambda found: _mark(kept, found[0]), text)
    for _ in range(MOST_ROUNDS):
        before, text = text, _round(text, kept)
        if text == before or not _WITHOUT_MARKS.search(text):
            break
    return _MARK.sub(lambda found: kept[ord(found[0]) - _FIRST_MARK], text) if kept else text


def _round(text: str, kept: list[str]) -> str:
    """Each rule once; tokens are marks until the end, so that no rule reads them."""
    view = text if text.isascii() else text.translate(_PLAIN)
    for rule in RULES:
        spans = [_value_span(found) for found in rule.shape.finditer(view)]
        if spans:
            token = _mark(kept, f"[{rule.token}]")
            text, view = (_replaced(each, spans, token) for each in (text, view))
    return text


def _without_codes(text: str, kept: list[str]) -> str:
    """Marks for codes, and for such letters as the text holds itself: they are kept like everything else."""
    parts, at = [], 0
    for found in find_codes(text):
        parts += [_own_marked(text[at : found.start], kept), _mark(kept, found.code.masked)]
        at = found.end
    return "".join((*parts, _own_marked(text[at:], kept)))


def _own_marked(part: str, kept: list[str]) -> str:
    return _MARK.sub(lambda own: _mark(kept, own[0]), part)


def _mark(kept: list[str], part: str) -> str:
    if len(kept) >= _MOST_MARKS:
        return ""  # nobody writes so many codes; what cannot be kept apart is not kept
    kept.append(part)
    return chr(_FIRST_MARK + len(kept) - 1)


def _value_span(found: re.Match[str]) -> tuple[int, int]:
    return found.span("value") if "value" in found.re.groupindex else found.span()


def _replaced(text: str, spans: list[tuple[int, int]], token: str) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], token]
        at = end
    return "".join((*parts, text[at:]))


class _Plain(dict[int, str]):
    """Digits, dashes and spaces of every script as plain ones; one letter for one, so that places stay."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        self[point] = plain = _plain(letter)
        return plain


def _plain(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if unicodedata.category(letter) == "Pd" or letter == "\u2212":
        return "-"
    return " " if unicodedata.category(letter) == "Zs" else letter


_PLAIN = _Plain()
