"""Recognising names of communes in what people write: "p. an bien", "xã Hoà Bình cũ", "Tân Dân, Chí Linh"."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from knowledge.language.syllables import fold, place_tone

WORD = re.compile(r"\w+")
DISTRICT_KIND = re.compile(r"^(thành phố|thị xã|huyện|quận) ")


class Word(NamedTuple):
    """A word as written (lower case, its tone where the old style puts it) and folded."""

    written: str
    folded: str


Words = tuple[Word, ...]


def split_words(text: str) -> Words:
    clean = unicodedata.normalize("NFC", text).lower()
    return tuple(Word(place_tone(word), fold(word)) for word in WORD.findall(clean))


def folded_words(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(word.folded for word in words)


# How people write the kind of a unit, and what they mean; of two that begin alike the longer first.
KINDS = tuple(
    (split_words(spelling), kind)
    for spelling, kind in (
        ("đặc khu", "đặc khu"),
        ("đk", "đặc khu"),
        ("thị trấn", "thị trấn"),
        ("tt", "thị trấn"),
        ("phường", "phường"),
        ("p", "phường"),
        ("xã", "xã"),
        ("x", "xã"),
    )
)
# What may follow a name that stands alone without saying anything more about it.
AROUND = frozenset("cu moi truoc day thanh pho tp hai phong hp duong quan huyen thi xa".split())


class NamedPlace(NamedTuple):
    """A name that a place bears or bore. `district` (folded) tells old units of one name apart."""

    words: Words
    kind: str
    district: str
    code: str
    is_current: bool

    @classmethod
    def of(cls, full_name: str, code: str, *, is_current: bool) -> "NamedPlace":
        """From a full name with its kind, perhaps with the old district: "Xã Tân Dân (thành phố Chí Linh)"."""
        name, _, district = full_name.rstrip(")").partition(" (")
        words = split_words(name)
        kind, length = _kind_at(words, 0)
        return cls(words[length:], kind, fold(DISTRICT_KIND.sub("", district)), code, is_current)


class PlaceNames:
    """All names, old and new, to be found in text."""

    def __init__(self, places: Iterable[NamedPlace]) -> None:
        self._places: dict[tuple[str, ...], list[NamedPlace]] = defaultdict(list)
        for place in places:
            self._places[folded_words(place.words)].append(place)
        self._longest = max(map(len, self._places))

    def named_in(self, text: str) -> set[str]:
        """Codes of the places named: after their kind anywhere in the text, or alone as the whole of it."""
        words = split_words(text)
        return set(self._after_kinds(words)) or self._alone(words)

    def _after_kinds(self, words: Words) -> Iterator[str]:
        for at in range(len(words)):
            kind, length = _kind_at(words, at)
            begin = at + length
            end = self._end_of_name(words, begin) if length else begin
            if end > begin:
                yield from self._meant(words[begin:end], kind, words[end:])

    def _alone(self, words: Words) -> set[str]:
        end = self._end_of_name(words, 0)
        places = self._places.get(folded_words(words[:end]), ())
        said = AROUND.union(*(place.district.split() for place in places))
        return self._meant(words[:end], "", words[end:]) if said.issuperset(folded_words(words[end:])) else set()

    def _end_of_name(self, words: Words, begin: int) -> int:
        """Where the longest name that begins here ends; `begin` when none does."""
        ends = range(min(begin + self._longest, len(words)), begin, -1)
        return next((end for end in ends if folded_words(words[begin:end]) in self._places), begin)

    def _meant(self, name: Words, kind: str, after: Words) -> set[str]:
        """The places of a name that the rest of the text allows; each hint counts only if it leaves any."""
        places: Sequence[NamedPlace] = self._places.get(folded_words(name), ())
        rest = " ".join(folded_words(after))
        hints = (
            [place for place in places if place.kind == kind],
            [place for place in places if place.words == name and name_is_marked(name)],
            [place for place in places if place.district and place.district in rest],
            [place for place in places if place.is_current != rest.startswith(("cu", "truoc day"))],
        )
        for hint in hints:
            places = [place for place in places if place in hint] or places
        return {place.code for place in places}


def name_is_marked(name: Words) -> bool:
    return any(word.written != word.folded for word in name)


def _kind_at(words: Words, at: int) -> tuple[str, int]:
    """The kind of unit written at a place in the text and how many words it takes; ("", 0) when there is none."""
    if at and words[at - 1].folded == "thi":  # the second word of "thị xã Kinh Môn", an old town
        return "", 0
    for spelling, kind in KINDS:
        written = words[at : at + len(spelling)]
        if written == spelling or [word.written for word in written] == [word.folded for word in spelling]:
            return kind, len(spelling)
    return "", 0
