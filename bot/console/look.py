"""An entry as citizens will see it, what lies near it, and where its figures differ from the record."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from bot.answers import faqs
from bot.answers.filing import UNSAID
from bot.answers.short import GROUP_MESSAGE
from bot.answers.wording import city_fees, fees
from bot.console.entering import Desk
from bot.conversation.messages import Answer, Block, Ending
from knowledge.catalogue import KnownProcedure
from knowledge.clock import vietnam_day
from knowledge.faq.entry import FaqEntry, FaqText, code_of, number_of
from knowledge.language.normalise import normalise
from knowledge.search.finder import find

MOST_NEAR = 5
LEAST_NEAR = 0.05  # of the probability among what was found

_AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)\s*(?:đồng|đ|vnđ)\b", re.IGNORECASE)


class Near(msgspec.Struct, frozen=True):
    label: str
    address: str


class Look(msgspec.Struct, frozen=True):
    """In a private chat, in a group, and as plain text where a channel has no bold type."""

    answer: Answer
    group: str
    plain: str
    linked: tuple[Near, ...]
    warnings: tuple[str, ...]


def look_of(text: FaqText, desk: Desk) -> Look:
    app = desk.site.app
    entry = FaqEntry(id=1, revision=1, text=text, author="", approver="", approved_on=vietnam_day(app.clock()))
    index = app.library.index
    names = {code: index.name_of(code) for code in text.procedures if index.holds(code)}
    blocks: tuple[Block, ...] = faqs.blocks_of(entry)
    answer = Answer(ending=Ending.FAQ, blocks=blocks)
    short, _ = faqs.short(entry, GROUP_MESSAGE)
    return Look(
        answer=answer,
        group="\n\n".join(block.plain for block in short),
        plain=answer.plain,
        linked=tuple(Near(name, f"/tthc/{code}") for code, name in names.items()),
        warnings=tuple(_differences(text, desk)),
    )


def _differences(text: FaqText, desk: Desk) -> Iterator[str]:
    """Amounts in the answer that no linked procedure's record has."""
    amounts = {int(found.replace(".", "")): found for found in _AMOUNT.findall(text.answer)}
    if not amounts or not text.procedures:
        return
    app = desk.site.app
    today = vietnam_day(app.clock())
    with desk.session() as session:
        found = [app.library.procedure(session, code, today) for code in text.procedures]
    known = [each for each in found if each]
    said = {amount for each in known for amount in _amounts_of(each, desk)}
    for amount, written in amounts.items():
        if amount not in said:
            yield f"Số tiền {written} đồng không có trong danh mục của thủ tục liên quan. Bạn kiểm tra lại."


def _amounts_of(known: KnownProcedure, desk: Desk) -> set[int]:
    today = vietnam_day(desk.site.app.clock())
    words = (*fees.of_catalogue(known, today), *city_fees.of_city(known, today, UNSAID))
    told = {int(each.replace(".", "")) for each in _AMOUNT.findall(" ".join(words))}
    return told | {int(fee.amount) for row in known.procedure.channels for fee in row.fees if fee.amount is not None}


def nearest(text: FaqText, desk: Desk, but: int = 0) -> Sequence[Near]:
    """Entries and procedures that the same words find, nearest first."""
    return near_words(text.title, desk, but=but)


def near_words(words: str, desk: Desk, but: int = 0) -> Sequence[Near]:
    index = desk.site.app.library.index
    found = find(normalise(words), index, without={code_of(but)})
    close = [each.code for each in found.candidates if each.probability >= LEAST_NEAR and index.holds(each.code)]
    return [Near(index.name_of(code), _address(code)) for code in close[:MOST_NEAR]]


def _address(code: str) -> str:
    number = number_of(code)
    return f"/tthc/{code}" if number is None else f"/can-bo/hoi-dap/{number}"
