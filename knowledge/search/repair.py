"""Mending words by what the index knows: typing errors, joined and cut syllables, sounds mixed up in writing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge.language.syllables import is_syllable
from knowledge.search.terms import PAIR

SHORTEST = 3  # a word of two letters has too many neighbours at one slip
LONGEST = 16  # two or three syllables run together; longer strings are no words

# Sounds that people of the region exchange in writing (folded, so hỏi and ngã are one already).
_BEGINNINGS = (
    ("l", "n"), ("n", "l"), ("s", "x"), ("x", "s"), ("ch", "tr"), ("tr", "ch"), ("gi", "d"), ("d", "gi"), ("r", "gi"),
    ("r", "d"), ("d", "r"), ("gi", "r"), ("v", "d"), ("d", "v"),
)  # fmt: skip
_ENDINGS = (("n", "ng"), ("ng", "n"), ("t", "c"), ("c", "t"), ("i", "y"), ("y", "i"))

Knows = Callable[[str], bool]


class Speller:
    """Knows the syllables and pairs of an index and mends words that are not among them."""

    def __init__(self, syllables: Iterable[str], knows_pair: Knows) -> None:
        self.syllables = frozenset(syllables)
        self._knows_pair = knows_pair
        self._by_deletion = _by_deletion(self.syllables)

    def mend(self, words: Sequence[str]) -> list[str]:
        """The folded words with unknown ones mended where the neighbours bear it out."""
        mended: list[str] = []
        words = self._join(words)
        for at, word in enumerate(words):
            following = words[at + 1] if at + 1 < len(words) else ""
            mended += self._mend_one(word, mended[-1] if mended else "", following)
        return mended

    def sound_alikes(self, words: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Position and word for known words that make a known pair only when a sound is exchanged."""
        for at, word in enumerate(words):
            before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
            if self._fits(word, before, after) or not word.isalpha():
                continue
            for other in _sound_alikes(word):
                if other in self.syllables and self._fits(other, before, after):
                    yield at, other
                    break

    def _mend_one(self, word: str, before: str, after: str) -> Sequence[str]:
        if word in self.syllables or not word.isalpha() or not SHORTEST <= len(word) <= LONGEST:
            return (word,)
        return self._split(word) or (self._nearest(word, before, after) or word,)

    def _nearest(self, word: str, before: str, after: str) -> str | None:
        """The known syllable at one slip whose pair with a neighbour is known; without such, only a sure one."""
        near = {other for key in (word, *_deletions(word)) for other in self._by_deletion.get(key, ())}
        near = {other for other in near if OSA.distance(word, other, score_cutoff=1) <= 1}
        fitting = [other for other in near if self._fits(other, before, after)]
        if fitting:
            return min(fitting, key=lambda other: (other[0] != word[0], abs(len(other) - len(word)), other))
        return near.pop() if len(near) == 1 and not is_syllable(word) else None

    def _fits(self, word: str, before: str, after: str) -> bool:
        return self._knows_pair(before + PAIR + word) or self._knows_pair(word + PAIR + after)

    def _split(self, word: str) -> tuple[str, ...]:
        """Two or three syllables run together, when the index knows each next to the other."""
        parts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        known = [(first, rest) for first, rest in parts if first in self.syllables]
        for first, rest in known:
            if rest in self.syllables and self._knows_pair(first + PAIR + rest):
                return first, rest
        for first, rest in known:
            others = self._split(rest) if len(rest) > SHORTEST else ()
            if others and self._knows_pair(first + PAIR + others[0]):
                return first, *others
        return ()

    def _join(self, words: Sequence[str]) -> list[str]:
        """A syllable cut in two ("giâ y"): joined when a half is no word and the whole is one."""
        joined: list[str] = []
        for word in words:
            whole = joined[-1] + word if joined else ""
            is_cut = whole in self.syllables and not (joined[-1] in self.syllables and word in self.syllables)
            if is_cut and whole.isalpha():
                joined[-1] = whole
            else:
                joined.append(word)
        return joined


@lru_cache(maxsize=2)  # what staff write seldom brings a syllable that was never met
def _by_deletion(syllables: frozenset[str]) -> Mapping[str, Sequence[str]]:
    """Each syllable under itself and under what is left of it without one letter."""
    found: dict[str, list[str]] = {}
    for syllable in syllables:
        for key in {syllable, *_deletions(syllable)}:
            found.setdefault(key, []).append(syllable)
    return found


def _deletions(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _sound_alikes(word: str) -> Iterator[str]:
    for written, meant in _BEGINNINGS:
        if word.startswith(written) and is_syllable(meant + word[len(written) :]):
            yield meant + word[len(written) :]
    for written, meant in _ENDINGS:
        stem = word[: len(word) - len(written)]
        if word.endswith(written) and is_syllable(stem + meant):
            yield stem + meant
