"""Text that lost its encoding on the way: HTML entities, UTF-8 read as Windows-1252, fonts of the 1990s, VIQR.

Every repair is tried only where its telltale letters stand and kept only where it makes more
Vietnamese syllables, so that sound text is never touched.
"""

import html
import re
import unicodedata
from collections.abc import Callable

from knowledge.language.syllables import fold, is_syllable

_ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_MOJIBAKE = re.compile("Ã|Ä|Æ°|áº|á»")
_FOREIGN = re.compile("[ûïäåöñøüëæîµ¸¶·¹¨»¾¼½©®ª«¬­÷þßÐ¡¢§£¤¥¦ÆÇÈËÎÏÑÖ×ØÞ]")
_PIECE = re.compile(r"\w+|[^\w\s]")
_STRANGE = re.compile("[^a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]")
_VIQR = re.compile(r"(?i)[aeou][\^(+]|d[d9]a?[\^(]|[aeiouy]['`?~.](?=[a-z])")

_TCVN3 = str.maketrans(
    dict(
        zip(
            "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
            "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
            strict=True,
        )
    )
)

# VNI-Windows writes the letter and its mark as two characters; the letters ơ and ư are ô and ö.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS = dict(zip("âáàåãäêéèúüë", "âấầẩẫậăắằẳẵặ", strict=True))
_VNI_PAIR = re.compile("([aeouyôö])([ùøûõïâáàåãäêéèúüë])")

_VIQR_MARKS = {
    **dict(zip("^(+", ("\u0302", "\u0306", "\u031b"), strict=True)),
    **dict(zip("'`?~.", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True)),
}
_VIQR_LETTER = re.compile(r"([aeiouyAEIOUY])([\^(+])?(['`?~.](?=[a-zA-Z\s]|$))?")


def repair(text: str) -> str:
    """The text in Unicode as it was meant; unchanged where nothing speaks for a lost encoding."""
    if _ENTITY.search(text):
        text = html.unescape(text)
    if _MOJIBAKE.search(text):
        text = _better(text, _from_cp1252)
    if _FOREIGN.search(text):
        text = _better(text, _from_vni, _from_tcvn3)
    if _VIQR.search(text):
        text = _better(text, _from_viqr)
    return text


def _better(text: str, *repairs: Callable[[str], str]) -> str:
    candidates = [text, *(repair(text) for repair in repairs)]
    return max(candidates, key=_marked_syllables)


def _marked_syllables(text: str) -> int:
    """How Vietnamese a text is: marked syllables count double, strange signs and letters against it."""
    pieces = _PIECE.findall(unicodedata.normalize("NFC", text))
    return sum((2 - piece.isascii()) if _is_vietnamese(piece) else -(not piece.isascii()) for piece in pieces)


def _is_vietnamese(token: str) -> bool:
    """Whether a token is a syllable in our letters, with no capital behind a small letter ("khÈu")."""
    is_mixed = not (token.islower() or token.isupper() or token.istitle())
    return not (is_mixed or _STRANGE.search(token.lower())) and is_syllable(fold(token))


def _from_cp1252(text: str) -> str:
    raw = bytearray()
    for letter in text:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:  # noqa: PLR2004  the last byte value: not mojibake after all
                return text
            raw.append(ord(letter))  # the five bytes that cp1252 leaves undefined
    return raw.decode("utf-8", errors="replace")


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    return _VNI_PAIR.sub(_vni_letter, text).translate({ord("ñ"): "đ", ord("ö"): "ư"})


def _vni_letter(pair: re.Match[str]) -> str:
    letter, mark = pair.groups()
    base = {"ô": "ơ", "ö": "ư"}.get(letter, letter)
    if mark in _VNI_TONES:
        return unicodedata.normalize("NFC", base + _VNI_TONES[mark])
    hat = unicodedata.normalize("NFD", _VNI_HATS[mark])
    return unicodedata.normalize("NFC", base + hat[1:])


def _from_viqr(text: str) -> str:
    text = re.sub("(?i)dd", "đ", text)
    return _VIQR_LETTER.sub(
        lambda found: unicodedata.normalize(
            "NFC", "".join(_VIQR_MARKS.get(part, part) for part in found.groups(default=""))
        ),
        text,
    )
