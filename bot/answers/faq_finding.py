"""Which FAQ entry a message means, if one comes nearer than every procedure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from knowledge.faq.entry import FaqEntry
from knowledge.faq.indexing import out_of_place
from knowledge.language.fillers import filler_positions
from knowledge.language.normalise import Text
from knowledge.search.finder import Findings, find
from knowledge.search.index import Index


class Faqs(NamedTuple):
    """Codes of all entries in the index, and of those that are not for the citizen's commune."""

    every: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()


class FaqMeant(NamedTuple):
    code: str
    confidence: float
    is_verbatim: bool  # the message is one of its wordings, fillers apart


NO_FAQS = Faqs()


def faqs_for(faqs: Mapping[str, FaqEntry], commune: str) -> Faqs:
    return Faqs(frozenset(faqs), out_of_place(faqs, commune)) if faqs else NO_FAQS


def find_both(text: Text, index: Index, faqs: Faqs) -> tuple[Findings, FaqMeant | None]:
    """What is found of procedures alone, and the entry that is meant.

    Both are ranked together; where an entry is near, procedures are ranked anew, so that it makes them no less sure.
    """
    found = find(text, index, without=faqs.away)
    near = [candidate for candidate in found.candidates if candidate.code in faqs.every]
    if not near:
        return found, None
    said = _said(text.folded)
    verbatim = next((each.code for each in near if _said(each.wording.split()) == said), "")
    is_first = near[0] is found.candidates[0]
    meant = FaqMeant(verbatim or near[0].code, found.confidence if is_first else 0.0, bool(verbatim))
    return find(text, index, without=faqs.every), meant if verbatim or is_first else None


def _said(words: Iterable[str]) -> list[str]:
    """All but fillers: the words that ask tell "khai sinh ở đâu" from "khai sinh mất bao lâu"."""
    words = tuple(words)
    fillers = filler_positions(words)
    return [word for at, word in enumerate(words) if at not in fillers] or list(words)
