"""The signs of a message that the linear models weigh: words, pairs, the words at its end, phrases that ask."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

TAIL = 10  # words; the ask stands at the end of nearly every message
WORDS_A_STEP, LONGEST_STEP = 5, 6  # how length is told: in steps of five words, 30 and more are one


def word_signs(folded: Sequence[str]) -> Iterator[str]:
    """Words and pairs anywhere and at the end, and how long the message is."""
    for mark, words in (("w", folded), ("t", folded[-TAIL:])):
        yield from (f"{mark}:{word}" for word in words)
        yield from (f"{mark}:{first} {second}" for first, second in pairwise(words))
    yield f"length:{min(LONGEST_STEP, len(folded) // WORDS_A_STEP)}"


def phrase_signs(found: Sequence[tuple[int, str, str]], length: int) -> Iterator[str]:
    """`found`: position in words, aspect and phrase of everything that asks, in order."""
    if not found:
        yield "nothing asked"
        return
    for at, aspect, phrase in found:
        yield f"asks:{aspect}"
        yield f"asks by:{phrase}"
        yield f"asks:{aspect} in third {3 * at // max(1, length)}"
    yield f"asks first:{found[0][1]}"
    yield f"asks last:{found[-1][1]}"


def marked_signs(words: Iterable[str]) -> Iterator[str]:
    """Marked words, for a message in which marks were typed."""
    return (f"m:{word}" for word in words)
