"""A trial run before something is published: which questions would now be answered differently, and how."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import msgspec

from bot.answers.case import open_case
from bot.answers.decide import decide
from bot.answers.verdict import Verdict
from bot.app import App
from bot.console import words
from bot.console.tried import Tried, labelled_questions, nearest_in_words, past_questions
from bot.conversation.memory import Memory
from bot.conversation.messages import family_of
from bot.library import Snapshot
from knowledge.clock import vietnam_day
from knowledge.faq.entry import FaqEntry, FaqText
from knowledge.language.normalise import normalise
from knowledge.search.finder import find
from knowledge.words.word import StaffWord, WordKind, WordText, code_of, is_word

BETTER, WORSE = "tốt hơn", "kém đi"


class Change(NamedTuple):
    """A question that would be answered differently, `before` and `after` in words."""

    text: str
    before: str
    after: str
    times: int = 0
    effect: str = ""  # BETTER or WORSE, "" where nobody labelled it

    @property
    def is_worse(self) -> bool:
        return self.effect == WORSE


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """`past` and `labelled`: how many questions it was chosen among which to answer for a trial. `tried` were, those
    nearest in words; `untried` share words with it too. `own` are wordings that do not lead to what they are for."""

    past: int
    labelled: int
    tried: int
    untried: int
    changes: tuple[Change, ...]
    own: tuple[Change, ...]

    @property
    def worse(self) -> int:
        return sum(change.is_worse for change in self.changes)


def try_entry(text: FaqText, app: App, number: int = 0) -> Trial:
    """As if a text were published as the entry of a number, 0 for a new one."""
    entry = FaqEntry(id=number, revision=1, text=text, author="", approver="", approved_on=vietnam_day(app.clock()))
    before = app.library.current()
    after = app.library.trial({**before.faqs, entry.code: entry})
    present = before.faqs.get(entry.code)
    wordings = (*text.wordings, *(present.text.wordings if present else ()))
    return run(app, Pair(before, after, app.settings.commune), wordings, text.commune, (entry.code, *text.procedures))


def try_word(text: WordText, app: App, number: int = 0) -> tuple["Pair", Trial]:
    """As if a word were published, with both sides to try messages on."""
    before = app.library.current()
    after = app.library.trial(words=with_word(before.words, text, number))
    pair = Pair(before, after, text.commune or app.settings.commune)
    if text.kind is WordKind.SHORT_FORM:
        return pair, run(app, pair, (f"{text.said} {text.means}",), text.commune, ())
    return pair, run(app, pair, (text.said,), text.commune, (text.means, code_of(number)))


def with_word(words: Mapping[str, StaffWord], text: WordText, number: int) -> dict[str, StaffWord]:
    word = StaffWord(id=number, text=text, author="", approver="")
    return {**words, word.code: word}


class Pair(NamedTuple):
    """The knowledge of today, and as it would be."""

    before: Snapshot
    after: Snapshot
    commune: str  # of a citizen who named none


def run(app: App, pair: Pair, wordings: Sequence[str], commune: str, leads_to: Sequence[str]) -> Trial:
    """Try what is near to some wordings. `leads_to` is the code that they are for and codes that it serves as well,
    nothing where they are for none."""
    past, labelled = past_questions(app), labelled_questions(app, pair.before.index, wordings, commune)
    near = nearest_in_words(wordings, [*past, *labelled], pair.after.index)
    changes = [
        change
        for tried in near.tried
        if _is_touched(tried, pair, leads_to) and (change := _change(pair, _serving(tried, leads_to)))
    ]
    changes.sort(key=lambda change: (not change.is_worse, -change.times))
    own = [change for wording in wordings if leads_to and (change := _astray(pair, wording, commune, leads_to))]
    return Trial(
        past=len(past),
        labelled=len(labelled),
        tried=len(near.tried),
        untried=near.sharing - len(near.tried),
        changes=tuple(changes),
        own=tuple(own),
    )


def _is_touched(tried: Tried, pair: Pair, leads_to: Sequence[str]) -> bool:
    """Whether what is tried comes among what a question may mean, today or then: far cheaper than both answers."""
    if not leads_to:
        return True
    text, code = normalise(tried.text), leads_to[-1] if is_word(leads_to[-1]) else leads_to[0]
    return any(code in find(text, side.index).codes for side in (pair.after, pair.before))


def _serving(tried: Tried, leads_to: Sequence[str]) -> Tried:
    """An entry about a procedure is a right answer to what asks for it."""
    return tried._replace(right=(*tried.right, *leads_to)) if set(tried.right) & set(leads_to) else tried


def _change(pair: Pair, tried: Tried) -> Change | None:
    was, would = (verdict_on(tried, side, pair.commune) for side in (pair.before, pair.after))
    if gist(was) == gist(would):
        return None
    effect = _effect(tried.right, was, would)
    return Change(tried.text, told(was, pair.before), told(would, pair.after), tried.times, effect)


def _astray(pair: Pair, wording: str, commune: str, leads_to: Sequence[str]) -> Change | None:
    """What a wording leads to, if to something else."""
    would = verdict_on(Tried(wording, commune), pair.after, pair.commune)
    is_right = would.faq == leads_to[0] or leads_to[0] in {part.code for part in would.parts}
    return None if is_right else Change(wording, "", told(would, pair.after))


def verdict_on(tried: Tried, side: Snapshot, commune: str) -> Verdict:
    """As the first message of a chat."""
    return decide(open_case(tried.text, "", Memory(), side.index, faqs=side.of_staff(tried.commune or commune)))


def gist(verdict: Verdict) -> tuple[str, str, tuple[str, ...]]:
    """What has to be the same for two answers to be the same to a citizen."""
    codes = (*(part.code for part in verdict.parts), *(option.code for option in verdict.options))
    return family_of(verdict.ending), verdict.faq, codes


def told(verdict: Verdict, side: Snapshot) -> str:
    """A verdict in a few words for staff."""
    if verdict.faq:
        entry = side.faqs.get(verdict.faq)
        return f"Hỏi đáp: {entry.text.title}" if entry else "Hỏi đáp"
    if verdict.parts:
        return "; ".join(side.index.name_of(part.code) for part in verdict.parts)
    if verdict.options:
        return f"Hỏi lại: {' / '.join(option.label for option in verdict.options)}"
    return words.ENDINGS.get(verdict.ending, "Không trả lời thủ tục nào")


def _effect(right: Collection[str], was: Verdict, would: Verdict) -> str:
    before, after = (_rightness(right, verdict) for verdict in (was, would))
    return "" if before == after else BETTER if after > before else WORSE


def _rightness(right: Collection[str], verdict: Verdict) -> float:
    """Answering right counts whole, offering it half."""
    if {verdict.faq, *(part.code for part in verdict.parts)} & set(right):
        return 1.0
    return 0.5 if {option.code for option in verdict.options} & set(right) else 0.0
