"""Leave one out: with the right record taken away, is a question answered with a twin of it?"""

import msgspec

from bot.answers.case import open_case
from bot.answers.decide import decide
from bot.conversation.memory import Memory
from bot.conversation.messages import Family, family_of
from bot.evaluation.labelled import Labelled
from knowledge.search.index import Index
from knowledge.search.leaving_out import without


class LeftOut(msgspec.Struct, frozen=True):
    """The code of the twin that was answered, or "" where none was: as it should be."""

    record: str  # the records are away, our wordings of them stay: as after a repeal
    wordings: str  # both are away: as with a procedure that nobody here has heard of


def leave_out(question: Labelled, index: Index) -> LeftOut | None:
    """None where there is nothing to leave out. All right codes are taken away, acceptable ones too.

    The rules of the whole path decide. Only how common words are still shows that the records were there.
    """
    if question.kind != "procedure" or not any(map(index.holds, question.gold)):
        return None
    return LeftOut(
        record=_twin(question.text, without(index, question.right)),
        wordings=_twin(question.text, without(index, question.right, and_wordings=True)),
    )


def _twin(text: str, index: Index) -> str:
    verdict = decide(open_case(text, "", Memory(), index))
    return verdict.parts[0].code if family_of(verdict.ending) is Family.ANSWER else ""
