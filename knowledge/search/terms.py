"""What a text is matched by: its folded syllables, pairs of neighbours, and its marked syllables."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.language.normalise import Text

PAIR = " "  # joins the two syllables of a pair; no syllable contains it
MARKED = "^"  # stands before a marked syllable
NOTHING = ""  # the only term of a text without words; no message has it


def terms_of(text: Text) -> list[str]:
    """Every term of a text, repeated ones too; marked syllables only where the person typed marks."""
    terms = [*text.folded, *pairs_of(text.folded)]
    if text.is_marked:
        terms += [MARKED + word for word, folded in zip(text.words, text.folded, strict=True) if word != folded]
    return terms


def pairs_of(folded: Sequence[str]) -> Iterator[str]:
    return map(PAIR.join, pairwise(folded))
