"""Announcements before an answer that they concern, in the words of whoever announced them."""

from bot.answers.facts import Facts
from bot.answers.layout import lay_out
from bot.answers.verdict import Verdict
from bot.conversation.messages import Block, Ending

ALONE = {Ending.EMERGENCY, Ending.SELF_HARM, Ending.SILENCE}  # where somebody is in danger nothing stands before it


def announced(ending: Ending, verdict: Verdict, facts: Facts) -> tuple[Block, ...]:
    if ending in ALONE:
        return ()
    told = _told(verdict, facts)
    return tuple(
        block
        for each in facts.announcements
        if each.is_about(told)
        for block in lay_out("announcement", text=each.text)
    )


def _told(verdict: Verdict, facts: Facts) -> set[str]:
    """Codes of what the answer tells: not of what it offers, and of what was asked where another answers for it."""
    asked = {instead.asked.procedure.code for instead in facts.instead.values()}
    linked = set(facts.faq.text.procedures) if facts.faq else set()
    return {*(part.code for part in verdict.parts), *asked, *linked}
