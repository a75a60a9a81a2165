"""When an answer written by staff is the answer."""

from bot.answers.case import Case
from bot.answers.faq_finding import FaqMeant
from bot.answers.verdict import Verdict
from bot.conversation.messages import Ending

ANSWER_FROM = 0.75  # a little more than for procedures: the ranking was fitted without entries
MOST_CANDIDATES = 5


def meant(case: Case) -> FaqMeant | None:
    """What staff wrote, where it is surely meant: a message in its very words is, whatever else they may mean."""
    if case.faq is None or (case.in_context is not None and case.says_nothing_new):
        return None
    if case.faq.is_verbatim:
        return case.faq._replace(confidence=1.0)
    return case.faq if case.faq.confidence >= ANSWER_FROM else None


def told(case: Case, code: str, confidence: float) -> Verdict:
    return Verdict(ending=Ending.FAQ, faq=code, confidence=confidence, candidates=case.held[:MOST_CANDIDATES])
