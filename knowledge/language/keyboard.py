"""Telex and VNI left undecoded ("ddangw ky", "giaays", "gia6y1"): decoded where that makes a syllable."""

import re
from functools import lru_cache

from knowledge.language.syllables import add_tone, fold, is_syllable, split_tone

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323"}
_TELEX_PAIRS = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}
_VNI_HATS = {"a6": "â", "e6": "ê", "o6": "ô", "o7": "ơ", "u7": "ư", "a8": "ă", "d9": "đ"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_VNI = re.compile(r"[a-z]{2,}[1-9][a-z1-9]*|[a-z][6-9][a-z1-9]*")  # "a1", "e31" are classes and forms, not keys
_LONGEST = 10  # "nghieengf" has 9 letters; longer tokens are no single syllable


@lru_cache(maxsize=8192)
def decode_keys(token: str) -> str:
    """The syllable that was typed, or the token itself when decoding makes none.

    A token that already is a syllable is left alone: "cos" is decoded, "to" and "thu" are not.
    """
    if len(token) > _LONGEST or is_syllable(fold(token)):
        return token
    decoded = _decode_vni(token) if _VNI.fullmatch(token) else _decode_telex(token)
    return decoded if is_syllable(fold(decoded)) else token


def _decode_vni(token: str) -> str:
    tone, letters = _take_tone(token, _VNI_TONES, after=1)
    digits = re.sub(r"\D", "", letters)
    bare = re.sub(r"\d", "", letters)
    for digit in digits:
        hats = [pair[0] for pair in _VNI_HATS if pair[1] == digit]
        if digit == "7" and "uo" in bare:
            bare = bare.replace("uo", "ươ", 1)
        else:
            letter = next((letter for letter in hats if letter in bare), None)
            bare = bare.replace(letter, _VNI_HATS[letter + digit], 1) if letter else bare
    return add_tone(bare, tone)


def _decode_telex(token: str) -> str:
    bare, carried = split_tone(token)
    tone, bare = _take_tone(bare, _TELEX_TONES, after=1)
    for pair, letter in _TELEX_PAIRS.items():
        bare = bare.replace(pair, letter)
    bare = _merge_late_hats(bare)
    if "w" in bare:
        bare = _put_horns(bare)
    return add_tone(bare, carried or tone)


def _take_tone(letters: str, tones: dict[str, str], after: int) -> tuple[str, str]:
    """The last tone key behind the first letter, and the letters without it."""
    for at in range(len(letters) - 1, after - 1, -1):
        if letters[at] in tones:
            return tones[letters[at]], letters[:at] + letters[at + 1 :]
    return "", letters


def _merge_late_hats(bare: str) -> str:
    """Typed over: a hat letter followed by its plain twin ("giâay"), or a late d ("dangd")."""
    for letter, plain in (("â", "a"), ("ê", "e"), ("ô", "o")):
        bare = bare.replace(letter + plain, letter)
    return "đ" + bare[1:-1] if len(bare) > 2 and bare[0] == "d" and bare[-1] == "d" else bare  # noqa: PLR2004  d + vowel + d


def _put_horns(bare: str) -> str:
    letters = bare.replace("w", "")
    if "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    at = bare.index("w")
    marked = next((at for at in range(min(at, len(letters)) - 1, -1, -1) if letters[at] in _HORNS), None)
    if marked is None:
        return letters
    return letters[:marked] + _HORNS[letters[marked]] + letters[marked + 1 :]
