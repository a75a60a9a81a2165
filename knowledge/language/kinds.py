"""What kind of message this is besides a question about a procedure: thanks, a complaint, danger …"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from knowledge.language.aspects import asking_in
from knowledge.language.classifier import load_model
from knowledge.language.fillers import filler_positions, words_of_fillers
from knowledge.language.normalise import Text
from knowledge.language.signs import marked_signs
from knowledge.language.syllables import fold, split_tone

WHOLE, ALWAYS, STRONG, WEAK, REFUTED_BY = PARTS = ("whole", "always", "strong", "weak", "not")  # keys of the data file
_GAP, _UP_TO_FOUR = "…", r"(?: \S+){0,4}"
_ByFirst = dict[str, list[str]]  # the first word of phrases -> what may follow it, both as patterns
_Patterns = dict[str, re.Pattern[str]]  # by the folded word that they begin with


class Kind(StrEnum):
    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    INJECTION = "injection"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    OFFICER = "officer"
    DOSSIER = "dossier"
    COMPLAINT = "complaint"
    LEGAL_ADVICE = "legal_advice"
    FORGERY = "forgery"  # false papers wanted or offered
    OUT_OF_SCOPE = "out_of_scope"
    PREMISES = "premises"  # where to park, whether there is a cash machine


class Force(StrEnum):
    """How surely a message is of its kind: it says nothing else, it says so in so many words, it sounds like it."""

    WHOLE = "whole"
    STRONG = "strong"
    WEAK = "weak"


class KindFound(msgspec.Struct, frozen=True):
    kind: Kind
    force: Force


_Places = list[tuple[int, int]]


class _Lines(msgspec.Struct, frozen=True):
    """A message as phrases read it: a space stands before every word."""

    folded: str
    typed: str
    places: Mapping[str, _Places]  # by folded word: where the space before it stands, in both lines
    telling: frozenset[str]  # of the folded words what can be no filler


class _Phrases(msgspec.Struct, frozen=True):
    """Phrases of the data file as patterns, by the folded word that they begin with: those with marks read the typed
    words, the others the folded ones. A message that says nothing else has no other words than `words` and fillers.
    """

    words: frozenset[str]
    folded: _Patterns
    typed: _Patterns

    def are_all_of(self, lines: _Lines) -> bool:
        """Whether one of them is said and nothing but fillers around it."""
        if not lines.telling <= self.words:
            return False
        words = sorted((*place, word) for word, places in lines.places.items() for place in places)
        left = (
            _left_of([(word, at) for at, _, word in words], lines.folded, self.folded),
            _left_of([(word, at) for _, at, word in words], lines.typed, self.typed),
        )
        return any(len(rest) < len(words) and _is_filler(rest) for rest in left)


def _left_of(words: Sequence[tuple[str, int]], line: str, patterns: _Patterns) -> list[str]:
    """The words that are in no phrase; each comes with its place in the line."""
    left, end = [], 0
    for word, at in words:
        said = patterns[word].match(line, at) if at >= end and word in patterns else None
        if said:
            end = said.end()
        elif at >= end:
            left.append(word)
    return left


_Signs = dict[str, _Phrases]  # by part


class _Beginning(NamedTuple):
    """What a part of a kind has that begins with one word."""

    kind: Kind
    part: str
    folded: re.Pattern[str] | None
    typed: re.Pattern[str] | None

    def stands_at(self, places: _Places, lines: _Lines) -> bool:
        for at, typed_at in places:
            if self.folded and self.folded.match(lines.folded, at):
                return True
            if self.typed and self.typed.match(lines.typed, typed_at):
                return True
        return False


def _force_of(kind: Kind, said: Collection[tuple[Kind, str]]) -> Force | None:
    """How surely a message that is not wholly of the kind is of it, by the parts of kinds that are said."""
    if (kind, ALWAYS) in said:
        return Force.STRONG
    force = Force.STRONG if (kind, STRONG) in said else Force.WEAK if (kind, WEAK) in said else None
    return None if (kind, REFUTED_BY) in said else force


def kind_signs(text: Text, found: KindFound | None) -> set[str]:
    """What the model of kinds weighs: words, marked words, what is asked, and what `find_kind` found."""
    signs = {*asking_in(text.folded).signs}
    if text.is_marked:
        signs.update(marked_signs(text.words))
    if found:
        signs |= {f"kind:{found.kind}", f"kind:{found.kind} {found.force}"}
    return signs


def chances_of_kinds(text: Text, found: KindFound | None) -> dict[str, float]:
    """How likely a message is about a procedure, and how likely each other kind is, by the fitted model.

    `found` is what `find_kind` says of the message.
    """
    return load_model("kind").probabilities(kind_signs(text, found))


def find_kind(text: Text) -> KindFound | None:
    """The kind of a message; None when nothing speaks for one."""
    lines, kinds = _lines(text), load_kinds()
    said = {
        (beginning.kind, beginning.part)
        for word, places in lines.places.items()
        for beginning in _beginnings().get(word, ())
        if beginning.stands_at(places, lines)
    }
    for kind, signs in kinds.items():
        if (kind, WHOLE) in said and signs[WHOLE].are_all_of(lines):
            return KindFound(kind, Force.WHOLE)
    found = [KindFound(kind, force) for kind in kinds if (force := _force_of(kind, said))]
    return min(found, key=lambda one: one.force is Force.WEAK, default=None)  # the first; behind it what only hints


def _lines(text: Text) -> _Lines:
    places = defaultdict[str, _Places](list)
    at = typed_at = 0
    for folded, typed in zip(text.folded, text.words, strict=True):
        places[folded].append((at, typed_at))
        at, typed_at = at + 1 + len(folded), typed_at + 1 + len(typed)
    telling = places.keys() - words_of_fillers()
    return _Lines(" " + " ".join(text.folded), " " + text.clean, places, frozenset(telling))


def _is_filler(folded: Sequence[str]) -> bool:
    return len(filler_positions(folded)) == len(folded)


@cache
def load_kinds() -> dict[Kind, _Signs]:
    """Kind -> its signs, in the data file's order: the more urgent first."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("kinds.toml").read_text("utf-8"))
    lists = data.pop("words")
    return {Kind(name): {key: _phrases(part.get(key, ()), lists) for key in PARTS} for name, part in data.items()}


@cache
def _beginnings() -> dict[str, list[_Beginning]]:
    """By the word: few messages have any, and only where it stands a pattern is tried."""
    found = defaultdict[str, list[_Beginning]](list)
    for kind, signs in load_kinds().items():
        for part, phrases in signs.items():
            for word in {*phrases.folded, *phrases.typed}:
                found[word].append(_Beginning(kind, part, phrases.folded.get(word), phrases.typed.get(word)))
    return found


def _phrases(phrases: Sequence[str], lists: Mapping[str, Sequence[str]]) -> _Phrases:
    """Compile phrases; the data file says how they are written."""
    folded = defaultdict[str, _ByFirst](lambda: defaultdict(list))
    typed = defaultdict[str, _ByFirst](lambda: defaultdict(list))
    every = set[str]()
    for phrase in sorted(phrases, key=len, reverse=True):
        words = [lists[word[1:-1]] if word[0] == "{" else word.split("/") for word in phrase.lstrip("=").split()]
        is_exact = phrase.startswith("=")
        is_folded = not is_exact and "".join(map("".join, words)).replace(_GAP, "").isascii()
        spell = re.escape if is_exact else _with_fewer_marks
        rest = "".join(_piece([spell(option) for option in options]) for options in words[1:])
        every.update(fold(word) for options in words for option in options for word in option.split())
        for option in words[0]:
            (folded if is_folded else typed)[fold(option.split()[0])][spell(option)].append(rest)
    return _Phrases(frozenset(every), _patterns(folded), _patterns(typed))


def _patterns(phrases: Mapping[str, _ByFirst]) -> _Patterns:
    return {first: _any_of(each) for first, each in phrases.items()}


def _piece(options: Sequence[str]) -> str:
    return _UP_TO_FOUR if _GAP in options else f" (?:{'|'.join(options)})"


def _with_fewer_marks(word: str) -> str:
    """A pattern of the word in which any letter may lack its tone, or all of its marks."""
    return "".join(
        letter if letter.isascii() or letter == _GAP else f"[{letter}{split_tone(letter)[0]}{fold(letter)}]"
        for letter in word
    )


def _any_of(phrases: _ByFirst) -> re.Pattern[str]:
    branches = (f"{first}(?:{'|'.join(rests)})" for first, rests in phrases.items())
    return re.compile(f" (?:{'|'.join(branches)})(?!\\S)")
