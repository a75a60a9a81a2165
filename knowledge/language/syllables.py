"""The shape of Vietnamese syllables, with and without marks: what can be one, and where its tone stands.

Folded means: lower case, without marks, đ as d. Of the 29 letters only a, ă, â, e, ê, i, o, ô, ơ, u, ư, y
carry one of five tone marks.
"""

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b c ch d dd g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et eu enh ech
i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay
oc oe oem oen oeo oet oi om on ong oong ooc op ot u ua uac uan uat uay uang uc ue uech uenh ui um un ung uo uoc uoi uom
uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu y yem yen yet yeu
""".split()
_ONLY_AFTER_GI = frozenset({"a", "ac", "ai", "am", "an", "ang", "ao", "ap", "at", "au", "ay", "e", "o", "u"})

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_LONGEST_KEPT = 8  # letters: "nghiêng" has seven; whole texts and what is no word must not fill the memory
_OPEN_RHYME = re.compile(r"(?<!q)(o[ae]|uy)$")


def fold(text: str) -> str:
    """Lower case, without marks, đ as d (which has no decomposition, so we map it)."""
    if text.isascii():
        return text.lower()
    return _fold_word(text) if len(text) <= _LONGEST_KEPT else _fold(text)


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower()).translate(_MARKS)
    return unicodedata.normalize("NFC", bare)


_fold_word = lru_cache(maxsize=16_384)(_fold)
_MARKS = {0x110: "d", 0x111: "d"} | dict.fromkeys(
    code for code in range(0x300, 0x370) if unicodedata.combining(chr(code))
)


def _folded_syllables() -> frozenset[str]:
    onsets = [*(onset for onset in _ONSETS if onset != "dd"), ""]
    made = {onset + rhyme for onset in onsets for rhyme in _RHYMES if _spells(onset, rhyme)}
    made |= {"qu" + rhyme[1:] for rhyme in _RHYMES if rhyme.startswith("u")}
    return frozenset(made | {"gi" + rhyme for rhyme in _ONLY_AFTER_GI} | {"gi", "gin", "gim", "ginh", "gip"})


def _spells(onset: str, rhyme: str) -> bool:
    """Before e, i, y one writes k, gh, ngh; before the other vowels c, g, ng."""
    is_front = rhyme[0] in "eiy"
    if onset in {"k", "gh", "ngh"}:
        return is_front
    return not (is_front and onset in {"c", "g", "ng"})


FOLDED_SYLLABLES = _folded_syllables()


def is_syllable(folded: str) -> bool:
    """Whether a folded token can be a Vietnamese syllable (not whether it is one in use)."""
    return folded in FOLDED_SYLLABLES


def is_marked(text: str) -> bool:
    """Whether a text carries Vietnamese marks at all; unmarked text is matched folded only."""
    return not text.isascii() and fold(text) != text.lower()


@lru_cache(maxsize=8192)
def split_tone(syllable: str) -> tuple[str, str]:
    """A syllable without its tone (but with â, ê, ơ …) and the combining tone mark, "" for none."""
    letters = unicodedata.normalize("NFD", syllable)
    tone = next((letter for letter in letters if letter in TONES), "")
    return unicodedata.normalize("NFC", letters.replace(tone, "") if tone else letters), tone


@lru_cache(maxsize=8192)
def place_tone(syllable: str) -> str:
    """The syllable with its tone where the old style puts it: hoà -> hòa, thuỷ -> thủy.

    Only the open rhymes oa, oe, uy differ between the styles; the old one is by far the commoner.
    """
    bare, tone = split_tone(syllable)
    found = _OPEN_RHYME.search(bare) if tone else None
    if found is None:
        return syllable
    at = found.start() + 1
    return unicodedata.normalize("NFC", bare[:at] + tone + bare[at:])


def add_tone(bare: str, tone: str) -> str:
    """Put a combining tone on the right vowel of a syllable without one; unchanged if it has no vowel."""
    if not tone:
        return bare
    at = _tone_position(bare)
    return bare if at is None else unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


def _tone_position(bare: str) -> int | None:
    start = 2 if bare.startswith(("qu", "gi")) and len(bare) > 2 and fold(bare[2]) in "aeiouy" else 0  # noqa: PLR2004  length of the onset
    vowels = [at for at in range(start, len(bare)) if fold(bare[at]) in "aeiouy"]
    if not vowels:
        return None
    for at in reversed(vowels):  # a letter with a mark of its own carries the tone; of ươ the second
        if bare[at] in "âăêôơư":
            return at
    closed = vowels[-1] < len(bare) - 1
    return vowels[-1] if closed or len(vowels) == 1 else vowels[0 if len(vowels) == 2 else 1]  # noqa: PLR2004  two vowels
