"""A message as it is searched for: mended, weighed word by word, reduced to the terms of an index."""

from collections.abc import Mapping, Sequence

import msgspec

from knowledge.language.aspects import AspectAsked, find_aspect
from knowledge.language.circumstances import circumstances_in, general_words
from knowledge.language.fillers import filler_positions
from knowledge.language.normalise import Text
from knowledge.search.index import Index
from knowledge.search.terms import MARKED, PAIR, pairs_of

FILLER_WEIGHT, ASKING_WEIGHT = 0.3, 0.1  # of a content word
LONG_NUMBER = 6  # digits; it names a person or a dossier, no procedure
GENERAL_WEIGHT = 0.8  # "người nước ngoài" for "chồng Hàn"
SOUND_WEIGHT = 0.6  # a guess weighs less than what was written
STORY_WORDS = 26  # longer messages are stories: the question stands in a part of them
BACKGROUND_WEIGHT = 0.5  # of a clause of a story that neither asks nor wishes
WISHES = frozenset({"muon", "xin", "can", "dinh", "hoi"})
HALF_RARE = 2.0  # mass above which a word carries weight: one that fewer than an eighth of the procedures share
BRIEF, LONG_ENOUGH = 2, 6  # words that carry weight
UNKNOWN = -1  # in place of the id of a word the index never met
UNKNOWN_RARITY = 6.0  # of a word the index never met: that of a rare one


class Asked(msgspec.Struct, frozen=True):
    """`terms` are ids in the index with a weight each; masses are sums of rarity.

    `word_mass` is that of all content words, unknown ones included, `known_share` the part of it
    that the index knows; `term_mass` is that of all terms, pairs and marked words included.
    """

    words: tuple[str, ...]
    content: tuple[tuple[int, float], ...]  # id in the index (-1: unknown) and mass of each different word
    marked: tuple[tuple[int, int, float], ...]  # ids, folded and with its marks, and mass of each marked word
    terms: tuple[int, ...]
    weights: tuple[float, ...]
    term_mass: float
    word_mass: float
    known_share: float
    aspect: AspectAsked
    circumstances: int  # a bit each
    line: str

    @property
    def brevity(self) -> float:
        """1 for a message of one or two words that carry weight, falling to 0 from six on."""
        full = sum(mass > HALF_RARE for _, mass in self.content)
        return max(0.0, min(1.0, (LONG_ENOUGH - full) / (LONG_ENOUGH - BRIEF)))


def understand(text: Text, index: Index) -> Asked:
    """Mend a message by what the index knows and weigh its words."""
    words = tuple(index.speller.mend(text.folded))
    aspect = find_aspect(words)
    shares = _word_shares(words, aspect, text)
    line = " ".join(words)
    circumstances = circumstances_in(line)
    weighed = _weigh(words, shares, text, index, circumstances)
    slots = ((index.terms.get(term), weight) for term, weight in weighed.items())
    known = {slot: weight for slot, weight in slots if slot is not None}
    known_mass, unknown_mass = _masses(words, shares, index)
    return Asked(
        words=words,
        content=_content(words, shares, index),
        marked=_marked(known, index, text),
        terms=tuple(known),
        weights=tuple(known.values()),
        term_mass=sum(float(index.rarity[term]) * weight for term, weight in known.items()) + unknown_mass,
        word_mass=known_mass + unknown_mass,
        known_share=known_mass / ((known_mass + unknown_mass) or 1.0),
        aspect=aspect,
        circumstances=circumstances,
        line=line,
    )


def _weigh(
    words: Sequence[str], shares: Sequence[float], text: Text, index: Index, circumstances: int
) -> dict[str, float]:
    weighed: dict[str, float] = {}

    def add(term: str, weight: float) -> None:
        weighed[term] = max(weighed.get(term, 0.0), weight)

    for at, word in enumerate(words):
        add(word, shares[at])
        if at:
            add(words[at - 1] + PAIR + word, _pair_share(shares[at - 1], shares[at]))
    general = general_words(circumstances)
    for term in (*general, *pairs_of(general)):
        add(term, GENERAL_WEIGHT)
    for at, other in index.speller.sound_alikes(words):
        add(other, SOUND_WEIGHT * shares[at])
    if text.is_marked and tuple(words) == text.folded:
        for at, word in enumerate(text.words):
            if word != words[at]:
                add(MARKED + word, shares[at])
    return weighed


def _pair_share(one: float, other: float) -> float:
    """That of the heavier word, but where asking begins: "sinh mất" of "khai sinh mất bao lâu" says nothing."""
    return min(one, other) if ASKING_WEIGHT in (one, other) else max(one, other)


def _marked(known: Mapping[int, float], index: Index, text: Text) -> tuple[tuple[int, int, float], ...]:
    """The marked words that the index knows with these marks."""
    if not text.is_marked:
        return ()
    pairs = {
        folded: index.terms.get(MARKED + word, UNKNOWN) for word, folded in zip(text.words, text.folded, strict=True)
    }
    ids = ((index.terms[folded], marked) for folded, marked in pairs.items() if marked in known)
    return tuple((folded, marked, known[marked] * float(index.rarity[folded])) for folded, marked in ids)


def _word_shares(words: Sequence[str], aspect: AspectAsked, text: Text) -> list[float]:
    fillers = filler_positions(words)
    shares = [
        ASKING_WEIGHT if at in aspect.asking else FILLER_WEIGHT if at in fillers else _own_share(word)
        for at, word in enumerate(words)
    ]
    if len(words) < STORY_WORDS or len(words) != len(text.folded):
        return shares
    return [share * clause for share, clause in zip(shares, _clause_shares(text, aspect), strict=True)]


def _own_share(word: str) -> float:
    return 0.0 if word.isdigit() and len(word) >= LONG_NUMBER else 1.0


def _clause_shares(text: Text, aspect: AspectAsked) -> list[float]:
    """In a story the clauses that ask or wish weigh fully, and so does the last; the rest is background."""
    shares: list[float] = []
    start = 0
    for end in text.clauses:
        asks = any(start <= at < end for at in aspect.asking) or not WISHES.isdisjoint(text.folded[start:end])
        shares += [1.0 if asks or end == text.clauses[-1] else BACKGROUND_WEIGHT] * (end - start)
        start = end
    return shares


def _content(words: Sequence[str], shares: Sequence[float], index: Index) -> tuple[tuple[int, float], ...]:
    heaviest: dict[str, float] = {}
    for word, share in zip(words, shares, strict=True):
        heaviest[word] = max(heaviest.get(word, 0.0), share)
    slots = [(index.terms.get(word, UNKNOWN), share) for word, share in heaviest.items()]
    return tuple(
        (slot, share * (UNKNOWN_RARITY if slot == UNKNOWN else float(index.rarity[slot]))) for slot, share in slots
    )


def _masses(words: Sequence[str], shares: Sequence[float], index: Index) -> tuple[float, float]:
    """Rarity of the words the index knows, and of those it never met."""
    known = unknown = 0.0
    for word, share in zip(words, shares, strict=True):
        slot = index.terms.get(word)
        if slot is None:
            unknown += share * UNKNOWN_RARITY
        else:
            known += share * float(index.rarity[slot])
    return known, unknown
