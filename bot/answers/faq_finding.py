"""Which FAQ entry or wording of staff a message means, if one comes nearer than every procedure."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from knowledge.faq.entry import FaqEntry
from knowledge.faq.indexing import out_of_place
from knowledge.language.fillers import filler_positions
from knowledge.language.normalise import Text
from knowledge.search.finder import Candidate, Findings, as_one, find
from knowledge.search.index import Index, content_words
from knowledge.words.indexing import forms_for, words_out_of_place
from knowledge.words.word import StaffWord, WordKind

NOTHING: Mapping[str, str] = MappingProxyType({})


class Faqs(NamedTuple):
    """What staff added, for a citizen of one commune. `every`: codes of all of it in the index; `away`: of what is not
    for him; `means`: code of a wording → of the procedure it means; `forms`: short form → words."""

    every: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    means: Mapping[str, str] = NOTHING
    forms: Mapping[str, str] = NOTHING


class FaqMeant(NamedTuple):
    """An entry by its code, or for a wording the procedure it means."""

    code: str
    confidence: float
    is_verbatim: bool  # the message is one of its wordings, fillers apart


NO_FAQS = Faqs()


def faqs_for(faqs: Mapping[str, FaqEntry], commune: str, words: Mapping[str, StaffWord] = MappingProxyType({})) -> Faqs:
    if not (faqs or words):
        return NO_FAQS
    away = out_of_place(faqs, commune) | words_out_of_place(words.values(), commune)
    means = {code: word.text.means for code, word in words.items() if word.text.kind is WordKind.WORDING}
    return Faqs(frozenset({*faqs, *means}), away, means, forms_for(words.values(), commune))


def find_both(text: Text, index: Index, faqs: Faqs) -> tuple[Findings, FaqMeant | None]:
    """What is found of procedures alone, and what staff wrote that is meant.

    Both are ranked together; where something of theirs is near, procedures are ranked anew, so that it makes them no
    less sure.
    """
    found = find(text, index, without=faqs.away)
    near = [candidate for candidate in found.candidates if candidate.code in faqs.every]
    if not near:
        return found, None
    verbatim = next((each.code for each in near if _is_said(each, text, faqs)), "")
    code, is_first = verbatim or near[0].code, near[0] is found.candidates[0]
    meant = faqs.means.get(code, code)
    confidence = as_one(found, meant) if is_first else 0.0
    is_meant = bool(verbatim) or is_first
    return find(text, index, without=faqs.every), FaqMeant(meant, confidence, bool(verbatim)) if is_meant else None


def _is_said(candidate: Candidate, text: Text, faqs: Faqs) -> bool:
    """Whether a message is an entry's wording; to a wording of a procedure it may add what about it is asked."""
    words = candidate.wording.split()
    if candidate.code in faqs.means:
        return content_words(text.folded) == content_words(words)
    return _said(text.folded) == _said(words)


def _said(words: Iterable[str]) -> list[str]:
    """All but fillers: the words that ask tell "khai sinh ở đâu" from "khai sinh mất bao lâu"."""
    words = tuple(words)
    fillers = filler_positions(words)
    return [word for at, word in enumerate(words) if at not in fillers] or list(words)
