"""How well a replayed group kept its manners."""

import msgspec

from bot.conversation.group import Voice
from bot.conversation.group_warning import holds_personal_data
from bot.replay.replaying import Replayed


class Figures(msgspec.Struct, frozen=True):
    """How often it spoke where it should (`answered` of `asked`) and where it should not (`intruded` of `other`)."""

    messages: int = 0
    spoken: int = 0
    warned: int = 0
    leaks: int = 0
    asked: int = 0
    answered: int = 0
    right: int = 0
    known: int = 0  # of those it should, how many say which procedure is right
    other: int = 0
    intruded: int = 0

    @property
    def _rightly(self) -> str:
        return f", the right procedure first: {_share(self.right, self.known)}" if self.known else ""

    def __str__(self) -> str:
        lines = [f"{self.messages} messages, spoke {self.spoken} times, warned {self.warned} people"]
        if self.asked:
            lines.append(f"answered what it should: {_share(self.answered, self.asked)}{self._rightly}")
        if self.other:
            lines.append(f"spoke when it should not: {_share(self.intruded, self.other)}")
        lines.append(f"personal data repeated: {self.leaks}")
        return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)"


def counted(figures: Figures, replayed: Replayed) -> Figures:
    line, answer, spoke = replayed.line, replayed.turn.answer, replayed.spoke
    is_asked, is_other = line.should_answer is True, line.should_answer is False
    is_right = spoke and answer is not None and bool(set(answer.procedures[:1]) & set(line.gold or ()))
    return Figures(
        messages=figures.messages + 1,
        spoken=figures.spoken + spoke,
        warned=figures.warned + (replayed.turn.decision.voice is Voice.WARN),
        leaks=figures.leaks + (answer is not None and holds_personal_data(answer.plain)),
        asked=figures.asked + is_asked,
        answered=figures.answered + (is_asked and spoke),
        right=figures.right + (is_asked and is_right),
        known=figures.known + (is_asked and bool(line.gold)),
        other=figures.other + is_other,
        intruded=figures.intruded + (is_other and spoke),
    )
