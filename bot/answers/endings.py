"""How each ending is told in private: its blocks and what is offered to tap."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.answers import buttons, dossiers, faqs
from bot.answers.actions import View, show
from bot.answers.aspects import OTHERS_LETTERS, aspects_told
from bot.answers.card import COMFORTABLE, Card, Score, cards_of, name_of, official_name, whole_score, with_papers
from bot.answers.facts import Facts
from bot.answers.layout import lay_out
from bot.answers.pages import PAGES, VIEW_OF, VIEWS
from bot.answers.verdict import Option, Part, Verdict
from bot.answers.wording import amounts, changes, details, papers, places, titles
from bot.answers.wording.section import within
from bot.conversation.messages import Block, Choice, Ending
from bot.dossiers.outcomes import Closed
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import CODE

FIRST_MESSAGE = 1_200  # characters: what a person reads in one go on a phone
PAGE = 8_000  # characters behind a button, two messages of the tightest channel; the web page has the rest
WHICH_CASE = "Bạn hỏi cho trường hợp nào?"

Written = tuple[tuple[Block, ...], tuple[Choice, ...]]
Writer = Callable[[Verdict, Facts, str], Written]


def written(ending: Ending, verdict: Verdict, facts: Facts, public_url: str = "") -> Written:
    return WRITERS.get(ending, _said)(verdict, facts, public_url) if ending is not Ending.SILENCE else ((), ())


def address_of(known: KnownProcedure, public_url: str) -> str:
    """Our page of a procedure, or the national portal's where this server has no public address."""
    return f"{public_url.rstrip('/')}/tthc/{known.procedure.code}" if public_url else known.procedure.listing_link


# A procedure


def _answer(verdict: Verdict, facts: Facts, public_url: str) -> Written:
    parts = [part for part in verdict.parts if part.code in facts.known]
    first, known = parts[0], facts.known[parts[0].code]
    if len(parts) > 1:
        return _several(parts, facts)
    if known.city.ended:
        return _ended(known, facts)
    if first.view is not View.SUMMARY:
        return _page(known, facts, first.view, public_url)
    if first.aspects:
        return _aspects(known, facts, first, verdict.others)
    return _asked_alone(known, verdict, facts)


def _asked_alone(known: KnownProcedure, verdict: Verdict, facts: Facts) -> Written:
    """One aspect; of one of which nothing is stated that is said, and the whole."""
    part = verdict.parts[0]
    if part.aspect not in VIEWS:
        return _one_summary(known, verdict, facts)
    page = PAGES[VIEWS[part.aspect]]
    stated = page.brief(known, facts)
    if details.NOTHING_STATED.issuperset(stated):
        return _one_summary(known, verdict, facts, said_first=f"{page.label}: {stated[0]}")
    return _aspects(known, facts, part)


def _one_summary(known: KnownProcedure, verdict: Verdict, facts: Facts, said_first: str = "") -> Written:
    blocks = _summary([known], facts, others=_in_line(verdict.others), said_first=said_first)
    return blocks, buttons.under_summary(known, _said_in(blocks), verdict.others)


def _ended(known: KnownProcedure, facts: Facts) -> Written:
    """Nothing of what is no longer the rule is told, only since when and by what."""
    blocks = lay_out(
        "ended",
        name=name_of(known, facts),
        ended=changes.ended(known.city.ended) if known.city.ended else "",
        no_longer=changes.NO_LONGER,
        source=details.source(known),
    )
    return blocks, (buttons.OFFICER,)


def _several(parts: list[Part], facts: Facts) -> Written:
    """Two things asked at once: the asked aspect of each, else both summaries in one message."""
    known = [facts.known[part.code] for part in parts]
    summaries = tuple(Choice(label=name_of(each, facts), action=show(each.procedure.code)) for each in known)
    if all(part.aspects or part.aspect in VIEWS for part in parts):
        told = (_aspects(each, facts, part)[0] for each, part in zip(known, parts, strict=True))
        return tuple(block for blocks in told for block in blocks), (*summaries, buttons.OFFICER)
    return _summary(known, facts), (*summaries, buttons.OFFICER)


def _summary(known: list[KnownProcedure], facts: Facts, *, others: str = "", said_first: str = "") -> tuple[Block, ...]:
    """The wording that shows most papers, the roomiest of those that show as many."""
    words = [papers.in_words(each) for each in known]
    message = FIRST_MESSAGE - len(said_first) - (len(others) + OTHERS_LETTERS if others else 0)
    whole = list(map(whole_score, words))
    best: tuple[list[Score], list[Card]] = ([], [])
    for at, bare in enumerate(zip(*(cards_of(each, facts) for each in known), strict=True)):
        if best[0] == whole or (at >= COMFORTABLE and not any(score.missing for score in best[0])):
            break
        full = [
            with_papers(card, each, message // len(bare) - card.letters) for card, each in zip(bare, words, strict=True)
        ]
        best = max(best, ([score for _, score in full], [card for card, _ in full]), key=lambda pair: pair[0])
    return lay_out("procedure", cards=best[1], others=others, said_first=said_first)


def _aspects(known: KnownProcedure, facts: Facts, part: Part, others: Sequence[Option] = ()) -> Written:
    """What was asked for; where papers were, the other cases are offered as beside a summary."""
    views = [VIEW_OF[aspect] for aspect in part.aspects or (part.aspect,)]
    offered = others if View.DOCUMENTS in views else ()
    blocks = aspects_told(known, facts, views, FIRST_MESSAGE, others=_in_line(offered))
    return blocks, buttons.under_aspects(known, _said_in(blocks), views, offered)


def _in_line(others: Sequence[Option]) -> str:
    return "; ".join(option.label for option in others[: buttons.MOST_OTHERS])


def _page(known: KnownProcedure, facts: Facts, view: View, public_url: str) -> Written:
    page, official = PAGES[view], official_name(known, facts)
    sections, left = within(page.sections(known, facts), PAGE - len(official))
    blocks = lay_out(
        "page",
        label=page.label,
        name=name_of(known, facts),
        official=official,
        notices=changes.notices(known, facts),
        sections=sections,
        left=left,
        address=address_of(known, public_url),
        source=details.source(known),
    )
    return blocks, buttons.under_page(known, view)


def _said_in(blocks: Iterable[Block]) -> str:
    return "\n".join(block.plain for block in blocks)


# Everything else


def _choice(verdict: Verdict, _facts: Facts, _public_url: str) -> Written:
    options = tuple(map(_readable, verdict.options))
    blocks = lay_out("choice", question=verdict.question or WHICH_CASE, options=options)
    return blocks, tuple(map(buttons.pick, options))


def _unsure(verdict: Verdict, _facts: Facts, _public_url: str) -> Written:
    options = tuple(map(_readable, verdict.options))
    return lay_out("unsure", options=options), (*map(buttons.pick, options), buttons.NONE_OF_THESE)


def _readable(option: Option) -> Option:
    """An option that is labelled with an official name, under its heading."""
    return Option(option.code, titles.title(option.label))


def _no_data(verdict: Verdict, facts: Facts, _public_url: str) -> Written:
    asked = next(iter((*verdict.candidates, *(part.code for part in verdict.parts))), "")
    code = asked if CODE.fullmatch(asked) else ""  # a forged button may carry anything
    data_day = amounts.day(facts.data_day) if facts.data_day else ""
    ended = changes.ended(facts.ended, what=f"Thủ tục mã {code}") if facts.ended and code else ""
    return lay_out("no_data", code=code, data_day=data_day, ended=ended), (buttons.OFFICER,)


def _faq(_verdict: Verdict, facts: Facts, _public_url: str) -> Written:
    return faqs.told(facts.faq, facts) if facts.faq else ((), ())


def _at_the_desk(verdict: Verdict, facts: Facts, public_url: str) -> Written:
    if facts.dossier is None or isinstance(facts.dossier, Closed):
        return _said(verdict, facts, public_url)
    return dossiers.told(facts.dossier, public_url)


def _said(verdict: Verdict, facts: Facts, _public_url: str) -> Written:
    """The endings that are a text of their own."""
    values: dict[str, Any] = {
        "commune": facts.commune,
        "office": places.office_of(facts.commune) if facts.commune else (),
        "place_named": verdict.place_named,
        "reason": verdict.unreadable,
        "staff": facts.staff,
    }
    offered = (buttons.OFFICER,) if verdict.ending in {Ending.UNKNOWN, Ending.DOSSIER} else ()
    return lay_out(verdict.ending, **values), offered


WRITERS: dict[Ending, Writer] = {
    Ending.PROCEDURE: _answer,
    Ending.ASPECT: _answer,
    Ending.CHOICE: _choice,
    Ending.UNSURE: _unsure,
    Ending.NO_DATA: _no_data,
    Ending.FAQ: _faq,
    **dict.fromkeys(dossiers.ENDINGS.values(), _at_the_desk),
}
