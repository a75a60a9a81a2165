"""Finding known phrases in a text by looking up the words that stand there, however many phrases are known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


class Phrases(Generic[Meaning]):
    """Phrases of whole words, each with what it means."""

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._meanings = dict(meanings)
        lengths = defaultdict[str, set[int]](set)
        for first, *rest in map(str.split, self._meanings):
            lengths[first].add(1 + len(rest))
        self._lengths = {first: sorted(each, reverse=True) for first, each in lengths.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._meanings)

    def found_in(self, words: Sequence[str]) -> Iterator[tuple[int, str, Meaning]]:
        """The phrases of a text and what they mean, by the positions where they begin, there the longest first."""
        for at, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                phrase = " ".join(words[at : at + length])
                if at + length <= len(words) and phrase in self._meanings:
                    yield at, phrase, self._meanings[phrase]
