"""Which strings are Vietnamese syllables, and mending of texts whose marked letters were pushed away from them.

Converters write "th ủ t ục" for "thủ tục": a space before a letter with a mark. A text is mended only when it
holds a scrap that is no syllable and becomes one together with its neighbour.
"""

import re
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
SHARP_OR_HEAVY = frozenset("\u0301\u0323")  # the only tones of syllables that end in a stop
INITIALS = "ngh ng nh gh gi kh ch ph qu th tr b c d đ g h k l m n p r s t v x".split()
RHYMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm
    uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu
    ưt ưu y yêm yên yêng yêt yêu""".split()
)
STOPS = ("c", "ch", "p", "t")
WORD = re.compile(r"[^\W\d_]+")
AROUND = ".,;:()“”\"'"
MOST_PIECES = 4  # "ng ườ i": no syllable was cut into more
JOIN_GAIN = 1.0  # of a piece that begins with a marked vowel; without any, a join costs as much
SCRAP_COST = 4.0  # of a piece that is no syllable: more than the joins that mend it


@lru_cache(maxsize=16_384)
def is_syllable(word: str) -> bool:
    bare, tones = _without_tone(word)
    if len(tones) > 1:
        return False
    for initial in ("", *INITIALS):
        rhyme = bare[len(initial) :]
        if bare.startswith(initial) and rhyme in RHYMES:
            return not rhyme.endswith(STOPS) or (tones <= SHARP_OR_HEAVY and bool(tones))
    return bare == "gi" or (bare.startswith("gi") and "i" + bare[2:] in RHYMES)  # "gì", "giêng"


def mended(text: str) -> str:
    """The text with pushed-away letters back in place; unchanged without evidence of any."""
    return "\n".join(_mended_line(line) for line in text.split("\n"))


def _mended_line(line: str) -> str:
    pieces = line.split(" ")
    if not any(_is_pushed(one, other) for one, other in pairwise(pieces)):
        return line
    return " ".join(_best_joins(pieces))


def _is_pushed(one: str, other: str) -> bool:
    """Evidence: a scrap before marked letters, or two pieces that are a syllable only together."""
    start, rest = _ending(one), _beginning(other)
    if not (start and rest and _is_marked_vowel(rest[0])) or (is_syllable(start) and is_syllable(rest)):
        return False
    return is_syllable(start + rest) or is_initial(start)


def _best_joins(pieces: list[str]) -> list[str]:
    """The grouping of neighbours with the fewest scraps (dynamic programming over the pieces)."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        starts = range(max(0, end - MOST_PIECES), end)
        best.append(min((best[start][0] + _cost(pieces[start:end]), start) for start in starts))
    groups: list[str] = []
    end = len(pieces)
    while end:
        start = best[end][1]
        groups.append("".join(pieces[start:end]))
        end = start
    return groups[::-1]


def _cost(group: list[str]) -> float:
    if len(group) == 1:
        word = _beginning(group[0])
        is_scrap = word and word == group[0].strip(AROUND) and not is_syllable(word)
        return SCRAP_COST if is_scrap else 0.0
    first, *middle, last = _ending(group[0]), *group[1:-1], _beginning(group[-1])
    if not (
        first and last and all(piece.isalpha() for piece in middle) and is_syllable("".join((first, *middle, last)))
    ):
        return SCRAP_COST * len(group) + 1
    return sum(-JOIN_GAIN if _is_marked_vowel(piece[0]) else JOIN_GAIN for piece in group[1:])


def is_initial(scrap: str) -> bool:
    return scrap.lower() in INITIALS


def _beginning(piece: str) -> str:
    found = WORD.match(piece)
    return found[0] if found else ""


def _ending(piece: str) -> str:
    found = WORD.findall(piece)
    return found[-1] if found and piece.endswith(found[-1]) else ""


def _is_marked_vowel(letter: str) -> bool:
    return letter.lower() != "đ" and not letter.isascii()


def _without_tone(word: str) -> tuple[str, frozenset[str]]:
    decomposed = normalize("NFD", word.lower())
    tones = [mark for mark in decomposed if mark in TONES]
    bare = normalize("NFC", "".join(mark for mark in decomposed if mark not in TONES))
    return bare, frozenset(tones) if len(tones) < 2 else frozenset({"", *tones})  # noqa: PLR2004  two tones: no word
