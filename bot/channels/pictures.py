"""A picture of a receipt as a question: the codes in it are asked about, the picture itself is dropped."""

from collections.abc import Callable, Sequence

from bot.answers.actions import Action, ActionKind
from bot.answers.layout import lay_out
from bot.conversation.messages import Answer, Choice, Ending
from bot.dossiers.pictures import WORDS, Trouble
from knowledge.dossier_code import DossierCode


def answer_codes(codes: Sequence[DossierCode], act: Callable[[str], Answer]) -> Answer:
    """How far the one dossier is, by the action that asks for it; of several, which one is meant."""
    actions = [(code.canonical, str(Action(ActionKind.DOSSIER, code.canonical))) for code in codes]
    if len(actions) == 1:
        return act(actions[0][1])
    choices = tuple(Choice(label=name, action=action) for name, action in actions)
    return Answer(ending=Ending.CHOICE, blocks=lay_out("which_dossier"), choices=choices)


def told_trouble(trouble: Trouble) -> Answer:
    return Answer(ending=Ending.UNREADABLE, blocks=lay_out("said", sentence=WORDS[trouble]))
