"""From a verdict and its facts to an answer, for private chats and for groups."""

import msgspec

from bot.answers.announcing import announced
from bot.answers.dossiers import ENDINGS
from bot.answers.endings import written
from bot.answers.facts import Facts
from bot.answers.layout import lay_out
from bot.answers.short import shortened
from bot.answers.verdict import Verdict
from bot.conversation.messages import Answer, Ending


def render(verdict: Verdict, facts: Facts, *, is_group: bool = False, public_url: str = "") -> Answer:
    """The answer to a verdict; in a group its short form. `public_url` is where citizens reach this server."""
    verdict = _answering(verdict, facts)
    if verdict.ending is Ending.FAQ and facts.faq is None:  # a button of an entry that was retired meanwhile
        verdict = msgspec.structs.replace(verdict, ending=Ending.UNKNOWN)
    ending = _honest(verdict, facts)
    blocks, choices = (shortened if is_group else written)(ending, verdict, facts, public_url)
    return Answer(
        ending=ending,
        blocks=(*announced(ending, verdict, facts), *blocks),
        choices=choices,
        procedures=verdict.candidates or tuple(part.code for part in verdict.parts),
        faq=verdict.faq or None if ending is Ending.FAQ else None,
        aspect=verdict.aspect,
        confidence=verdict.confidence,
        edition=facts.edition,
    )


def render_error() -> Answer:
    return Answer(ending=Ending.ERROR, blocks=lay_out(Ending.ERROR))


def _answering(verdict: Verdict, facts: Facts) -> Verdict:
    """The verdict on the procedures that answer for those that were asked."""
    if not facts.instead:
        return verdict
    moved = {instead.asked.procedure.code: code for code, instead in facts.instead.items()}
    parts = tuple(msgspec.structs.replace(part, code=moved.get(part.code, part.code)) for part in verdict.parts)
    candidates = tuple(dict.fromkeys(moved.get(code, code) for code in verdict.candidates))
    return msgspec.structs.replace(verdict, parts=parts, candidates=candidates)


def _honest(verdict: Verdict, facts: Facts) -> Ending:
    """A procedure that is not the rule on this day has no answer, whatever the index still knew; how a look-up of a
    dossier ends is known only after it."""
    if facts.dossier is not None:
        return ENDINGS[type(facts.dossier)]
    is_answer = verdict.ending in {Ending.PROCEDURE, Ending.ASPECT}
    return Ending.NO_DATA if is_answer and not facts.known else verdict.ending
