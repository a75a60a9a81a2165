"""When an answer written by staff is the answer."""

from bot.answers.case import Case
from bot.answers.verdict import Verdict
from bot.conversation.messages import Ending

ANSWER_FROM = 0.75  # a little more than for procedures: the ranking was fitted without entries
MOST_CANDIDATES = 5


def asked(case: Case) -> Verdict | None:
    """A message in an entry's own words means it, whatever else they may mean."""
    if case.faq is None or (case.in_context is not None and case.says_nothing_new):
        return None
    if not case.faq.is_verbatim and case.faq.confidence < ANSWER_FROM:
        return None
    return told(case, case.faq.code, 1.0 if case.faq.is_verbatim else case.faq.confidence)


def told(case: Case, code: str, confidence: float) -> Verdict:
    return Verdict(ending=Ending.FAQ, faq=code, confidence=confidence, candidates=case.held[:MOST_CANDIDATES])
