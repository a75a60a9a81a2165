"""Words of staff beside procedures in the index of an edition, and whose messages they are read into."""

import re
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from knowledge.faq.entry import FaqEntry
from knowledge.faq.indexing import entries_of, with_faqs
from knowledge.search.index import Entry, Worded
from knowledge.wordings import ProcedureWordings, Wordings
from knowledge.words.word import StaffWord, WordKind

_TOKEN = re.compile(r"[^\W_]+")


def wordings_in(words: Iterable[StaffWord]) -> list[StaffWord]:
    return [word for word in words if word.text.kind is WordKind.WORDING]


def entries_of_words(words: Iterable[StaffWord], procedures: Iterable[Entry]) -> list[Entry]:
    """For the index a wording is one more thing to find, that stands as the procedure it means does; none for a
    procedure that the edition does not hold."""
    held = {entry.code: entry for entry in procedures}
    return [
        Entry(
            word.code,
            word.text.said,
            levels=held[word.text.means].levels,
            field=held[word.text.means].field,
            is_city=held[word.text.means].is_city,
            is_asked_often=held[word.text.means].is_asked_often,
            is_faq=True,
        )
        for word in wordings_in(words)
        if word.text.means in held
    ]


def with_words(wordings: Wordings, words: Iterable[StaffWord], indexed: Collection[str]) -> Wordings:
    """Each wording of the codes indexed, beside itself with the short forms of its place written out."""
    every = list(words)
    worded = {
        word.code: ProcedureWordings(word.code, word.text.said, (_written_out(word, every),))
        for word in wordings_in(every)
        if word.code in indexed
    }
    return Wordings({**wordings.procedures, **worded}, wordings.families)


def worded_by_staff(
    faqs: Mapping[str, FaqEntry],
    words: Mapping[str, StaffWord],
    procedures: Iterable[Entry],
    known: Mapping[str, Worded] = MappingProxyType({}),
) -> dict[str, Worded]:
    """All that staff wrote, by code, as it is indexed beside some procedures. `known`: of FAQ entries, from before."""
    new = {code: faq for code, faq in faqs.items() if code not in known}
    entries = [*entries_of(new.values()), *entries_of_words(words.values(), procedures)]
    said = with_words(with_faqs(Wordings({}, ()), new), words.values(), {entry.code for entry in entries}).procedures
    return {**known, **{entry.code: Worded(entry, said.get(entry.code)) for entry in entries}}


def _written_out(word: StaffWord, every: Iterable[StaffWord]) -> str:
    return written_out(word.text.said, forms_for(every, word.text.commune))


def forms_for(words: Iterable[StaffWord], commune: str) -> dict[str, str]:
    """Folded short form → what it stands for in a commune; its own go before the city's."""
    forms = [word.text for word in words if word.text.kind is WordKind.SHORT_FORM]
    places = ("", commune) if commune else ("",)
    return {form_key(form.said): form.means for place in places for form in forms if form.commune == place}


def form_key(token: str) -> str:
    """As short forms are told apart: đ is d there, any other mark makes it another word ("kó" is not "ko")."""
    return token.lower().replace("đ", "d")


def written_out(text: str, forms: Mapping[str, str]) -> str:
    """A message with its short forms written out; everything else stays as it was typed."""
    if not forms:
        return text
    return _TOKEN.sub(lambda token: forms.get(form_key(token[0]), token[0]), text)


def words_out_of_place(words: Iterable[StaffWord], commune: str) -> frozenset[str]:
    """Codes of the wordings of other communes than a citizen's ("" for one who named none)."""
    return frozenset(word.code for word in words if word.text.commune not in {"", commune})
