"""How an FAQ entry is told: the words of staff between the question they answer and where they come from."""

import msgspec

from bot.answers import buttons
from bot.answers.actions import show
from bot.answers.facts import Facts
from bot.answers.layout import lay_out, length
from bot.answers.markup import parse
from bot.answers.wording import amounts, prose
from bot.conversation.messages import Block, Choice
from knowledge.communes import commune_of
from knowledge.faq.entry import FaqEntry, FaqText
from knowledge.search.index import Index

Told = tuple[tuple[Block, ...], tuple[Choice, ...]]


def told(entry: FaqEntry, facts: Facts) -> Told:
    return blocks_of(entry), _choices(entry, facts)


def blocks_of(entry: FaqEntry) -> tuple[Block, ...]:
    first, *rest = lay_out("faq", title=entry.text.title, source=source_of(entry))
    return (first, *answer_of(entry.text), *rest)


def short(entry: FaqEntry, room: int) -> Told:
    """For a group: the first sentences within `room` letters, and that there is more."""
    blocks = answer_of(entry.text)
    if length(blocks) <= room:
        return blocks, ()
    said = " ".join(" ".join(block.plain.split()) for block in blocks)
    sentences = prose.fitting(prose.sentences(said), room) or (prose.short(said, room),)
    return lay_out("faq_short", said=" ".join(sentences)), ()


def answer_of(text: FaqText) -> tuple[Block, ...]:
    return in_blocks(text.answer)


def in_blocks(written: str) -> tuple[Block, ...]:
    """What staff write: a dash begins an item as people type it."""
    lines = (f"• {line[2:]}" if line.startswith(("- ", "* ")) else line for line in written.splitlines())
    return parse("\n".join(lines))


def source_of(entry: FaqEntry) -> str:
    commune = commune_of(entry.text.commune)
    office = commune.full_name if commune else "Thành phố Hải Phòng"
    return f"{office} trả lời, duyệt ngày {amounts.day(entry.approved_on)}"


def _choices(entry: FaqEntry, facts: Facts) -> tuple[Choice, ...]:
    names = facts.names
    linked = (
        Choice(label=names[code], action=show(code))
        for code in entry.text.procedures[: buttons.MOST - 1]
        if code in names
    )
    return (*linked, buttons.OFFICER)


def with_faq(facts: Facts, entry: FaqEntry | None, index: Index) -> Facts:
    """Facts with an entry, and the names of the procedures it links to as far as the edition holds them."""
    codes = entry.text.procedures if entry else ()
    names = {code: index.name_of(code) for code in codes if index.holds(code)}
    return msgspec.structs.replace(facts, faq=entry, names={**facts.names, **names})
