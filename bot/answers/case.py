"""Everything the decision looks at, gathered in one frozen value."""

import re

import msgspec

from bot.answers.actions import Action, parse_action
from bot.conversation.memory import Memory
from knowledge.language.fillers import filler_positions
from knowledge.language.kinds import KindFound, find_kind
from knowledge.language.normalise import Text, normalise
from knowledge.search.finder import Findings, find
from knowledge.search.index import Index

# A procedure code as people type it: spaces or a comma for the dot, the long local form with its suffix.
_CODE = re.compile(r"(?<![\d.])(\d)\s?[.,]\s?(\d{6})(?:\.000\.00\.00\.H\d\d)?(?!\d)")


class Case(msgspec.Struct, frozen=True):
    """One turn before it is decided."""

    text: Text
    kind: KindFound | None
    codes: tuple[str, ...]  # procedure codes named in the message
    action: Action | None
    findings: Findings
    memory: Memory
    index: Index
    is_group: bool = False

    @property
    def says_nothing_new(self) -> bool:
        """Whether every word only asks, is a filler, or stands in a name of the subject spoken of."""
        asked = self.findings.asked
        fillers, own = filler_positions(asked.words), self.index.own_words(self.memory.subject)
        return all(at in asked.aspect.asking or at in fillers or word in own for at, word in enumerate(asked.words))


def open_case(text: str, action: str, memory: Memory, index: Index, *, is_group: bool = False) -> Case:
    """Understand a message and find what it may mean."""
    normalised = normalise(text)
    return Case(
        text=normalised,
        kind=find_kind(normalised.folded),
        codes=tuple(dict.fromkeys(f"{one}.{six}" for one, six in _CODE.findall(text))),
        action=parse_action(action) if action else None,
        findings=find(normalised, index),
        memory=memory,
        index=index,
        is_group=is_group,
    )
