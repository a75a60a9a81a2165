"""What is stored or logged of a text: THE one place. And keyed hashes in place of chat ids."""

import hashlib
import hmac
import re
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import unquote

from bot.conversation.redaction import redact
from bot.dossiers.code import read_codes
from bot.dossiers.doubts import Doubt

NAME, NUMBER, DOSSIER = "[TEN]", "[SO]", "[MAHS]"

_CAPITAL = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = re.compile(
    r"(?i:\b(?:tên là|tôi là|em là|tên tôi là|tên em là|họ tên|họ và tên|tên)\s*:?\s+)"
    rf"([{_CAPITAL}][^\W\d_]*+(?:\s+[{_CAPITAL}][^\W\d_]*+){{1,4}})"
)
# Eight digits and more that no rule knew: accounts without a word before them, numbers of papers. Money, dates and
# public hotlines stay.
_NUMBER = re.compile(
    r"(?<![\w.*-])(?!1[89]00)(?!\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d\d)\+?\d(?:[\s.-]?\d){7,}+"
    r"(?![\w*])(?!\s*(?:đồng|đ|vnđ|vnd|triệu|tỷ|tỉ|USD)(?!\w))",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(r"\d\.\d{6}")
_LINK = re.compile(r"(?<!\S)\S*?[?&;]MaHoSo=([^&#;\s]*)\S*", re.IGNORECASE)
_HARMLESS = frozenset({Doubt.MASKED, Doubt.NO_NUMBER})


def mask(text: str) -> str:
    """What may be kept of a text: `redact` and, as nobody is there to ask, whatever else may be personal.

    Of a receipt's link only the masked code stays; numbers that are nearly a dossier's code, names after "tên là" and
    long numbers of no known kind go too.
    """
    text = _LINK.sub(_code_alone, text)
    text = _NAME.sub(_mask_name, text)
    redacted = redact(_without_near_misses(text))
    masked = _NUMBER.sub(_mask_number, redacted)
    return masked if masked == redacted else mask(masked)  # without its neighbour a number may show its kind


def _code_alone(link: re.Match[str]) -> str:
    codes = read_codes(unquote(link[1])).codes
    return codes[0].canonical if codes else DOSSIER


def _without_near_misses(text: str) -> str:
    parts, at = [], 0
    for near in read_codes(text, most=len(text)).near:
        if near.doubt not in _HARMLESS:
            parts += [text[at : near.start], DOSSIER]
            at = near.end
    return "".join((*parts, text[at:]))


def _mask_name(found: re.Match[str]) -> str:
    return found[0].removesuffix(found[1]) + NAME


def _mask_number(found: re.Match[str]) -> str:
    return found[0] if _PROCEDURE.fullmatch(found[0]) else NUMBER


def mask_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor of structlog: whatever is logged is masked, the message as well as each value."""
    for key, value in event.items():
        if not isinstance(value, bool | int | float | None):
            event[key] = mask(str(value))
    return event


def hashed(value: str, secret: str) -> str:
    """A short keyed hash: the same value gives the same hash here, and nobody without the key can test guesses."""
    return hmac.digest(secret.encode(), value.encode(), hashlib.sha256).hex()[:24]
