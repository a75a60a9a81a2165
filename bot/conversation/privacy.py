"""Masking personal data before anything is stored or logged, and keyed hashes in place of chat ids."""

import hashlib
import hmac
import re

MASK = "[…]"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")  # tried once a run: 64 kB of letters take no minute
_PROCEDURE_CODE = re.compile(r"\b\d\.\d{6}\b")
_DOSSIER_CODE = re.compile(r"(?i)\bh\d{2}\.[\d.]+[-–]\d{6}[-–]\d{3,5}\b")
_DIGITS = re.compile(r"(?<![\w.])\+?\d(?:[\s.-]?\d){7,}(?![\w])")  # eight digits and more: phones, identity, accounts
_NAME = re.compile(
    r"(?i)(\b(?:tên là|tôi là|em là|tên tôi là|tên em là|họ tên|họ và tên|tên)\s*:?\s+)"
    r"((?:[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ](?-i:[^\W\d_]*)\s*){2,5})"
)
_BIRTH_DATE = re.compile(r"(?i)(\bsinh (?:ngày )?)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


def mask(text: str) -> str:
    """The text without identity and phone numbers, e-mail addresses, names after "tên là" and birth dates.

    Procedure codes stay; dossier codes are masked too: they are guessable and belong to somebody.
    """
    text = _EMAIL.sub(MASK, text)
    text = _DOSSIER_CODE.sub(MASK, text)
    text = _DIGITS.sub(_mask_number, text)
    text = _BIRTH_DATE.sub(rf"\g<1>{MASK}", text)
    return _NAME.sub(_mask_name, text)


def _mask_number(found: re.Match[str]) -> str:
    return found[0] if _PROCEDURE_CODE.fullmatch(found[0]) else MASK


def _mask_name(found: re.Match[str]) -> str:
    words = found[2].split()
    is_name = all(word[0].isupper() for word in words)
    return f"{found[1]}{MASK} " if is_name else found[0]


def hashed(value: str, secret: str) -> str:
    """A short keyed hash: the same value gives the same hash here, and nobody without the key can test guesses."""
    return hmac.new(secret.encode(), value.encode(), hashlib.sha256).hexdigest()[:24]
