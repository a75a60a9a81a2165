"""What people write to the assistant about itself, the same on every channel: "/xoa", "/gopy …", also "#gopy"."""

import re

import msgspec

from bot.answers.actions import Action, ActionKind
from bot.conversation.messages import Question

FORGET, FEEDBACK = "xoa", "gopy"
SAID, ABOUT = "said", "about"  # of feedback: something is said about the answer before; the text is what was asked
ACTIONS = {
    FORGET: Action(ActionKind.FORGET),
    FEEDBACK: Action(ActionKind.WRONG, SAID),
    "goopy": Action(ActionKind.WRONG, SAID),  # as menus of communes have it
}
_COMMAND = re.compile(rf"\s*[/#]({'|'.join(ACTIONS)})(?:@\w+)?(?=\s|$)\s*", re.ASCII | re.IGNORECASE)


def read_command(question: Question) -> Question:
    """A question that begins with such a command as what it means; any other as it is."""
    found = None if question.action else _COMMAND.match(question.text)
    if found is None:
        return question
    action = ACTIONS[found[1].lower()]
    return msgspec.structs.replace(question, text=question.text[found.end() :].strip(), action=str(action))
