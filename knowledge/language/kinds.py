"""What kind of message this is besides a question about a procedure: thanks, a complaint, danger …"""

import re
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from knowledge.language.aspects import phrases_in
from knowledge.language.classifier import load_model
from knowledge.language.fillers import filler_positions
from knowledge.language.normalise import Text
from knowledge.language.signs import marked_signs, phrase_signs, word_signs


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
    OUT_OF_SCOPE = "out_of_scope"


class Force(StrEnum):
    """How surely a message is of its kind: it says nothing else, it says so in so many words, it sounds like it."""

    WHOLE = "whole"
    STRONG = "strong"
    WEAK = "weak"


class KindFound(msgspec.Struct, frozen=True):
    kind: Kind
    force: Force


class _Signs(msgspec.Struct, frozen=True):
    whole: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    refuted_by: re.Pattern[str]


def kind_signs(text: Text) -> list[str]:
    """What the model of kinds weighs: words, marked words, what is asked, and the phrases of the data file."""
    found = find_kind(text.folded)
    phrases = phrases_in(text.folded)
    signs = [*word_signs(text.folded), *phrase_signs(phrases, len(text.folded))]
    if text.is_marked:
        signs += marked_signs(text.words)
    return [*signs, f"kind:{found.kind}", f"kind:{found.kind} {found.force}"] if found else signs


def chances_of_kinds(text: Text) -> dict[str, float]:
    """How likely a message is about a procedure, and how likely each other kind is, by the fitted model."""
    return load_model("kind").probabilities(set(kind_signs(text)))


def find_kind(folded: Sequence[str]) -> KindFound | None:
    """The kind of a message given as folded words; None when nothing speaks for one."""
    line = " ".join(folded)
    for kind, signs in load_kinds().items():
        if signs.whole.search(line) and _is_filler(signs.whole.sub(" ", line).split()):
            return KindFound(kind, Force.WHOLE)
    for force in (Force.STRONG, Force.WEAK):
        for kind, signs in load_kinds().items():
            pattern = signs.strong if force is Force.STRONG else signs.weak
            if pattern.search(line) and not signs.refuted_by.search(line):
                return KindFound(kind, force)
    return None


def _is_filler(folded: Sequence[str]) -> bool:
    return len(filler_positions(folded)) == len(folded)


@cache
def load_kinds() -> dict[Kind, _Signs]:
    """Kind -> its signs, in the data file's order: the more urgent first."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("kinds.toml").read_text("utf-8"))
    return {
        Kind(name): _Signs(
            whole=_pattern(part.get("whole", ())),
            strong=_pattern(part.get("strong", ())),
            weak=_pattern(part.get("weak", ())),
            refuted_by=_pattern(part.get("not", ())),
        )
        for name, part in data.items()
    }


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\S)" if ordered else r"(?!)")
