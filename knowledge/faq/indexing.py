"""FAQ entries beside procedures in the index of an edition, and who is answered with which."""

from collections.abc import Iterable, Mapping

from knowledge.faq.entry import FaqEntry
from knowledge.procedure import Level
from knowledge.search.index import Entry
from knowledge.wordings import ProcedureWordings, Wordings


def entries_of(faqs: Iterable[FaqEntry]) -> list[Entry]:
    """For the index an FAQ entry is one more thing to find, handled at the counter of a commune."""
    return [Entry(each.code, each.text.title, levels=(Level.COMMUNE,), is_faq=True) for each in faqs]


def with_faqs(wordings: Wordings, faqs: Mapping[str, FaqEntry]) -> Wordings:
    worded = {code: ProcedureWordings(code, each.text.title, each.text.wordings) for code, each in faqs.items()}
    return Wordings({**wordings.procedures, **worded}, wordings.families)


def out_of_place(faqs: Mapping[str, FaqEntry], commune: str) -> frozenset[str]:
    """Codes that a citizen of a commune ("" for one who named none) is not answered with: other communes' own, and
    the city's where the commune has its own instead."""
    own = [each.text for each in faqs.values() if commune and each.text.commune == commune]
    replaced = {text.instead_of for text in own if text.instead_of}
    return frozenset(
        code for code, each in faqs.items() if each.text.commune not in {"", commune} or each.id in replaced
    )
