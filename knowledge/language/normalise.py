"""From what a person typed to what is matched: ordered lists of tiny steps, lossless first, then lossy.

STEPS repair without losing anything that distinguishes words; FOLDING_STEPS take case and marks away.
Every step is total (no input makes it fail) and the whole list run twice gives the same as once.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

import msgspec

from knowledge.language import encodings
from knowledge.language.keyboard import decode_keys
from knowledge.language.short_forms import expand
from knowledge.language.slang import plain_spelling
from knowledge.language.spelling import standard_spelling
from knowledge.language.syllables import fold, is_marked, place_tone

PUNCTUATION = frozenset(".,;:!?\n")
LONGEST = 4_000  # characters looked at; the longest real letter found has 1,344

Step = Callable[[str], str]
TokenStep = Callable[[Sequence[str]], list[str]]

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"))
_LOOKALIKES = str.maketrans("ðÐɖаеорсухАЕОРСХ\u00a0\u2019\u2018\u201c\u201d", "đĐđaeopcyxAEOPCX ''\"\"")
_MEANT = _INVISIBLE | _LOOKALIKES
_STRANGE = re.compile(f"[{''.join(map(chr, _MEANT))}]")
_RUN = re.compile(
    r"([aeiouyàáảãạăâèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ])\1{2,}|([^\W\d_])\2{3,}"
)  # "cccd" is spelling, "ạaaa" is not
_TOKEN = re.compile(r"\d+(?:[.,/:-]\d+)*|[^\W\d_]+\d[^\W_]*|[^\W\d_]+|[.,;:!?\n]")


def repair_encoding(text: str) -> str:
    return encodings.repair(text)


def compose(text: str) -> str:
    """NFC, so that one letter is one character however it was typed."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def drop_invisible(text: str) -> str:
    return text.translate(_MEANT) if _STRANGE.search(text) else text


def lower(text: str) -> str:
    return text.lower()


def collapse_runs(text: str) -> str:
    return _RUN.sub(lambda run: run[0][0], text)


STEPS: tuple[Step, ...] = (
    repair_encoding,  # before the soft hyphen goes: in TCVN3 it is the letter ư
    compose,
    drop_invisible,
    compose,  # a mark may have been parted from its letter by something invisible
    lower,
    collapse_runs,
)


def split(text: str) -> list[str]:
    """Words, numbers and the punctuation that parts clauses."""
    tokens: list[str] = _TOKEN.findall(text)
    return tokens


def decode_keyboard(tokens: Sequence[str]) -> list[str]:
    has_marks = not all(map(str.isascii, tokens))  # who types marks has a keyboard that makes them: "NA5" is a form
    return [
        decode_keys(token) if token.isalpha() or (token[0].isalpha() and not has_marks) else token for token in tokens
    ]


def undo_slang(tokens: Sequence[str]) -> list[str]:
    return [plain_spelling(token) for token in tokens]


def write_out_short_forms(tokens: Sequence[str]) -> list[str]:
    return expand(tokens)


def unify_spelling(tokens: Sequence[str]) -> list[str]:
    """Old tone placement, one of the spellings that only differ by i or y, words of other regions."""
    return standard_spelling([place_tone(token) for token in tokens])


TOKEN_STEPS: tuple[TokenStep, ...] = (
    write_out_short_forms,  # before decoding: "dc" and "hs" are short forms, not keys
    decode_keyboard,  # before slang: "ddangw" is keys, only then may letters be guessed
    undo_slang,
    unify_spelling,
)


class Text(msgspec.Struct, frozen=True):
    """A message in the forms that are needed.

    `words`: its syllables and numbers, repaired and in lower case. `folded`: the same without marks,
    in step with `words`. `clauses`: where each clause ends in `words` (exclusive), the last one included.
    `is_marked`: whether the person typed marks; without them the marked words say nothing.
    """

    original: str
    words: tuple[str, ...]
    folded: tuple[str, ...]
    clauses: tuple[int, ...]
    is_marked: bool

    @property
    def clean(self) -> str:
        return " ".join(self.words)


def normalise(text: str) -> Text:
    """All forms of a message; total: any text gives a Text, an unreadable one without words."""
    clean = text[:LONGEST]
    for step in STEPS:
        clean = step(clean)
    tokens = split(clean)
    has_marks = any(map(is_marked, tokens))
    for token_step in TOKEN_STEPS:
        tokens = token_step(tokens)
    words, clauses = _part(tokens)
    return Text(text, words, tuple(fold(word) for word in words), clauses, has_marks)


def _part(tokens: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Words without punctuation, and the position behind the last word of each clause."""
    words: list[str] = []
    clauses: list[int] = []
    for token in tokens:
        if token not in PUNCTUATION:
            words.append(token)
        elif words and (not clauses or clauses[-1] != len(words)):
            clauses.append(len(words))
    if words and (not clauses or clauses[-1] != len(words)):
        clauses.append(len(words))
    return tuple(words), tuple(clauses)
