"""What a tap carries back: short strings (Telegram allows 64 bytes) that also work as links and form values."""

from enum import StrEnum

import msgspec


class View(StrEnum):
    """A part of a procedure that a button can ask for."""

    SUMMARY = "summary"
    DOCUMENTS = "documents"
    ALL_PAPERS = "all_papers"
    FEE = "fee"
    TIME = "time"
    PLACE = "place"
    STEPS = "steps"
    CONDITIONS = "conditions"
    RESULT = "result"
    FORM = "form"
    ONLINE = "online"
    WHO = "who"
    LEGAL = "legal"


class ActionKind(StrEnum):
    SHOW = "show"  # show:<code>:<view>
    PICK = "pick"  # pick:<code>, one of the offered options
    OFFICER = "officer"  # ask a person
    COMMUNE = "commune"  # commune:<five digits>
    RESTART = "restart"
    DOSSIER = "dossier"  # dossier:<code>, how far it is
    DOSSIER_MORE = "dossier_more"  # what takes the second factor
    FOLLOW = "follow"  # follow:<code>
    UNFOLLOW = "unfollow"
    WRONG = "wrong"  # the answer is; see bot.conversation.feedback
    FORGET = "forget"  # all that is kept of the chat


class Action(msgspec.Struct, frozen=True):
    kind: ActionKind
    value: str = ""
    view: View = View.SUMMARY

    def __str__(self) -> str:
        if self.kind is ActionKind.SHOW:
            return f"{self.kind}:{self.value}:{self.view}"
        return f"{self.kind}:{self.value}" if self.value else str(self.kind)


def show(code: str, view: View = View.SUMMARY) -> str:
    return str(Action(ActionKind.SHOW, code, view))


def parse_action(text: str) -> Action | None:
    """The action of a tap, None for anything we did not make (old buttons, forged values)."""
    kind, _, rest = text.partition(":")
    value, _, view = rest.partition(":")
    try:
        return Action(ActionKind(kind), value, View(view or View.SUMMARY))
    except ValueError:
        return None
