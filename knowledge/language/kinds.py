"""What kind of message this is besides a question about a procedure: thanks, a complaint, danger …"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from knowledge.language.aspects import asking_in
from knowledge.language.classifier import load_model
from knowledge.language.fillers import filler_positions, words_of_fillers
from knowledge.language.normalise import Text
from knowledge.language.signs import marked_signs
from knowledge.language.syllables import fold, split_tone

_GAP, _UP_TO_FOUR = "…", r"(?: \S+){0,4}"
_ByFirst = dict[str, list[str]]  # the first word of phrases -> what may follow it, both as patterns


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
    """Phrases of the data file as patterns: those with marks read the typed words, the others the folded ones.

    They are read where one of the folded words stands that they begin with (`beginnings`): few messages have any. For
    a message that says nothing else it must have no other words than all `words` of the phrases and fillers.
    """

    beginnings: frozenset[str]
    words: frozenset[str]
    folded: re.Pattern[str] | None
    typed: re.Pattern[str] | None

    def are_in(self, lines: _Lines) -> bool:
        begun = self.beginnings.intersection(lines.places)
        return any(self._begin_at(place, lines) for word in begun for place in lines.places[word])

    def _begin_at(self, place: tuple[int, int], lines: _Lines) -> bool:
        if self.folded is not None and self.folded.match(lines.folded, place[0]):
            return True
        return self.typed is not None and self.typed.match(lines.typed, place[1]) is not None

    def are_all_of(self, lines: _Lines) -> bool:
        """Whether one of them is said and nothing but fillers around it."""
        if not (lines.telling <= self.words and self.are_in(lines)):
            return False
        reading = ((self.folded, lines.folded), (self.typed, lines.typed))
        return any(
            said.search(line) and _is_filler(fold(said.sub(" ", line)).split()) for said, line in reading if said
        )


class _Signs(msgspec.Struct, frozen=True):
    whole: _Phrases
    always: _Phrases
    strong: _Phrases
    weak: _Phrases
    refuted_by: _Phrases

    def force_in(self, lines: _Lines) -> Force | None:
        """How surely a message that is not wholly of the kind is of it."""
        if self.always.are_in(lines):
            return Force.STRONG
        force = Force.STRONG if self.strong.are_in(lines) else Force.WEAK if self.weak.are_in(lines) else None
        return None if force and self.refuted_by.are_in(lines) else force


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
    kinds = load_kinds()
    lines = _lines(text)
    for kind, signs in kinds.items():
        if signs.whole.are_all_of(lines):
            return KindFound(kind, Force.WHOLE)
    found = [KindFound(kind, force) for kind, signs in kinds.items() if (force := signs.force_in(lines))]
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
    return {
        Kind(name): _Signs(
            *(_phrases(part.get(key, ()), lists) for key in ("whole", "always", "strong", "weak", "not"))
        )
        for name, part in data.items()
    }


def _phrases(phrases: Sequence[str], lists: Mapping[str, Sequence[str]]) -> _Phrases:
    """Compile phrases; the data file says how they are written."""
    folded: _ByFirst = defaultdict(list)
    typed: _ByFirst = defaultdict(list)
    beginnings, every = set[str](), set[str]()
    for phrase in sorted(phrases, key=len, reverse=True):
        words = [lists[word[1:-1]] if word[0] == "{" else word.split("/") for word in phrase.lstrip("=").split()]
        is_exact = phrase.startswith("=")
        is_folded = not is_exact and "".join(map("".join, words)).replace(_GAP, "").isascii()
        spell = re.escape if is_exact else _with_fewer_marks
        rest = "".join(_piece([spell(option) for option in options]) for options in words[1:])
        every.update(fold(word) for options in words for option in options for word in option.split())
        for option in words[0]:
            beginnings.add(fold(option.split()[0]))
            (folded if is_folded else typed)[spell(option)].append(rest)
    return _Phrases(frozenset(beginnings), frozenset(every), folded=_any_of(folded), typed=_any_of(typed))


def _piece(options: Sequence[str]) -> str:
    return _UP_TO_FOUR if _GAP in options else f" (?:{'|'.join(options)})"


def _with_fewer_marks(word: str) -> str:
    """A pattern of the word in which any letter may lack its tone, or all of its marks."""
    return "".join(
        letter if letter.isascii() or letter == _GAP else f"[{letter}{split_tone(letter)[0]}{fold(letter)}]"
        for letter in word
    )


def _any_of(phrases: Mapping[str, Sequence[str]]) -> re.Pattern[str] | None:
    """One pattern by first words, so that most places in a message are passed over after a letter."""
    if not phrases:
        return None
    branches = (f"{first}(?:{'|'.join(rests)})" for first, rests in phrases.items())
    return re.compile(f" (?:{'|'.join(branches)})(?!\\S)")
