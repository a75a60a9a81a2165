"""An entry as citizens of each channel will see it, what lies near it, and where its figures differ from the record."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from bot.answers.facts import Facts
from bot.answers.faqs import with_faq
from bot.answers.render import render
from bot.answers.verdict import Verdict
from bot.console.conflicts import conflicts
from bot.console.entering import Desk
from bot.console.preview import Form, forms_of
from bot.conversation.messages import Answer, Ending
from bot.library import Snapshot
from knowledge.clock import vietnam_day
from knowledge.faq.entry import FaqEntry, FaqText, code_of, number_of
from knowledge.language.normalise import normalise
from knowledge.search.finder import find

MOST_NEAR = 5
LEAST_NEAR = 0.05  # of the probability among what was found
MOST_WORDINGS = 4  # of an entry that are looked up


class Near(msgspec.Struct, frozen=True):
    label: str
    address: str


class Look(msgspec.Struct, frozen=True):
    """On the web, in a group, and in each channel."""

    answer: Answer
    group: Answer
    forms: tuple[Form, ...]
    warnings: tuple[str, ...]


def look_of(text: FaqText, desk: Desk, approved_on: date | None = None) -> Look:
    """As it will be once it is approved, today unless another day is given."""
    day, app = vietnam_day(desk.act.at), desk.site.app
    entry = FaqEntry(id=1, revision=1, text=text, author="", approver="", approved_on=approved_on or day)
    facts = with_faq(Facts(day=day), entry, app.library.index)
    verdict = Verdict(ending=Ending.FAQ, faq=entry.code, confidence=1.0)
    private, group = (
        render(verdict, facts, is_group=is_group, public_url=app.settings.public_url) for is_group in (False, True)
    )
    forms = forms_of(private, group, app.settings)
    return Look(answer=private, group=group, forms=forms, warnings=tuple(differences(text, desk)))


def names_of(desk: Desk, text: FaqText) -> dict[str, str]:
    """Of the procedures that it links to, as far as the edition holds them."""
    index = desk.site.app.library.index
    return {code: index.name_of(code) for code in text.procedures if index.holds(code)}


def differences(text: FaqText, desk: Desk) -> Iterator[str]:
    """Amounts and lengths of time in the answer that no linked procedure's record has; without a link against the
    procedure that its question asks for."""
    app, day = desk.site.app, vietnam_day(desk.act.at)
    codes = text.procedures or _asked_for(text, desk)
    with desk.session() as session:
        found = [app.library.procedure(session, code, day, text.commune) for code in codes]
    yield from conflicts(text.answer, [each for each in found if each], day)


def _asked_for(text: FaqText, desk: Desk) -> tuple[str, ...]:
    index = desk.site.app.library.index
    found = find(normalise(text.title), index, without={*_snapshot(desk).faqs, *_snapshot(desk).words})
    is_clear = bool(found.candidates) and found.candidates[0].probability >= 0.5 and index.holds(found.codes[0])  # noqa: PLR2004  more than all others together
    return found.codes[:1] if is_clear else ()


def _snapshot(desk: Desk) -> Snapshot:
    return desk.site.app.library.current()


def nearest(text: FaqText, desk: Desk, but: int = 0) -> Sequence[Near]:
    """Entries and procedures that the same words find, nearest first, each wording in turn."""
    lists = [near_words(wording, desk, but=but) for wording in text.wordings[:MOST_WORDINGS]]
    ranked = (near[at] for at in range(MOST_NEAR) for near in lists if at < len(near))
    return list(dict.fromkeys(ranked))[: MOST_NEAR + len(lists) - 1]


def near_words(words: str, desk: Desk, but: int = 0) -> Sequence[Near]:
    index = desk.site.app.library.index
    found = find(normalise(words), index, without={code_of(but), *_snapshot(desk).words})
    close = [each.code for each in found.candidates if each.probability >= LEAST_NEAR and index.holds(each.code)]
    return [Near(index.name_of(code), _address(code)) for code in close[:MOST_NEAR]]


def _address(code: str) -> str:
    number = number_of(code)
    return f"/tthc/{code}" if number is None else f"/can-bo/hoi-dap/{number}"
