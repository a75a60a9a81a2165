"""Why a word that staff want to add must not be: it already means something else, or says nothing of its own."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from knowledge.language.normalise import normalise
from knowledge.language.short_forms import load_senses
from knowledge.search.index import Index, content_words
from knowledge.words.indexing import form_key
from knowledge.words.word import StaffWord, WordKind, WordText, is_word

LEAST_LETTERS = 3  # of a wording's own words together
MOST_ASKING = 6  # words of a wording that only ask, beside those of its subject


class Why(StrEnum):
    BELONGS = "belongs"  # to another procedure, `other` is its code
    ENTRY = "entry"  # of an FAQ entry, `other` is its code
    KNOWN = "known"  # of this procedure already, or the same short form
    STAFF = "staff"  # another word of staff says so, `other` is what that means
    COMMON = "common"  # a short form that is a word of its own
    MEANS = "means"  # a short form that we write out otherwise, `other` is how
    EMPTY = "empty"  # nothing but words that only ask


class Clash(NamedTuple):
    why: Why
    other: str = ""


def clashes(text: WordText, index: Index, words: Iterable[StaffWord]) -> Iterator[Clash]:
    """Everything that speaks against a word, in its place; nothing for a sound one."""
    yield from _with_staff(text, words)
    yield from _of_form(text, index) if text.kind is WordKind.SHORT_FORM else _of_wording(text, index)


def _with_staff(text: WordText, words: Iterable[StaffWord]) -> Iterator[Clash]:
    places = {"", text.commune}
    for each in (word.text for word in words if word.text.kind is text.kind):
        is_here = each.commune in places or not text.commune
        if is_here and _same(each, text):
            yield Clash(Why.KNOWN if each.means == text.means else Why.STAFF, each.means)


def _same(one: WordText, other: WordText) -> bool:
    if one.kind is WordKind.SHORT_FORM:
        return form_key(one.said) == form_key(other.said)
    return _own_words(one.said) == _own_words(other.said)


def _own_words(text: str) -> frozenset[str]:
    folded = normalise(text).folded
    return content_words(folded) if folded else frozenset()


def _of_form(text: WordText, index: Index) -> Iterator[Clash]:
    key = form_key(text.said)
    senses = load_senses().get(key, ())
    if senses:
        same = any(normalise(sense.full).words == normalise(text.means).words for sense in senses)
        yield Clash(Why.KNOWN if same and len(senses) == 1 else Why.MEANS, " / ".join(sense.full for sense in senses))
    elif key in index.terms and key.isalpha():
        yield Clash(Why.COMMON)


def _of_wording(text: WordText, index: Index) -> Iterator[Clash]:
    own = _own_words(text.said)
    if sum(map(len, own)) < LEAST_LETTERS:
        yield Clash(Why.EMPTY)
        return
    for code in owners_of(own, index):
        if code == text.means:
            yield Clash(Why.KNOWN)
        elif index.entries[index.position[code]].is_faq:
            yield Clash(Why.ENTRY, code)
        else:
            yield Clash(Why.BELONGS, code)


def owners_of(own: frozenset[str], index: Index) -> list[str]:
    """Codes that have a wording of just these words, apart from words that only ask; words of staff are no owners."""
    rows = [row for row, line in enumerate(index.wordings) if _is_just(own, line.split())]
    owners = index.first_wording.searchsorted(rows, side="right") - 1
    codes = dict.fromkeys(index.entries[at].code for at in owners.tolist())
    return [code for code in codes if not is_word(code)]


def _is_just(own: frozenset[str], words: Sequence[str]) -> bool:
    return own.issubset(words) and len(words) <= len(own) + MOST_ASKING and content_words(words) == own
