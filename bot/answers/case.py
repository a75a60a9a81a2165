"""Everything the decision looks at, gathered in one frozen value."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from bot.answers.actions import Action, parse_action
from bot.answers.faq_finding import NO_FAQS, FaqMeant, Faqs, find_both
from bot.conversation.memory import Memory
from bot.dossiers.code import Reading, read_codes
from knowledge.communes import find_communes, names_of
from knowledge.language.asks import AskedInWords, asked_in_words
from knowledge.language.kinds import KindFound, chances_of_kinds, find_kind
from knowledge.language.normalise import Text, normalise
from knowledge.procedure import Aspect
from knowledge.search.asked import Asked
from knowledge.search.context import Earlier, find_after, says_nothing_new
from knowledge.search.finder import Findings, find
from knowledge.search.index import Index, content_words
from knowledge.search.topics import named_topic
from knowledge.search.weights import load_weights
from knowledge.wordings import Family
from knowledge.words.indexing import written_out

# A procedure code as people type it: spaces or a comma for the dot, the long local form with its suffix.
_CODE = re.compile(r"(?<![\d.])(\d)(\s?[.,]\s?|\s?)(\d{6})(?:\.000\.00\.00\.H\d\d)?(?!\d)")

_KINDS_OF_COMMUNE = frozenset("phuong xa khu tran p x tt".split())
_LIVING = frozenset(
    "toi em minh chau con bac co chu nha gia dinh o tai thuoc ben song dang phuong xa dac khu thi tran "
    "a nhe cu moi p x la hai phong hp tp thanh pho".split()
)
_AND = re.compile(r"(?i)\s(?:và|va|với cả|voi ca|\+|đồng thời|dong thoi)\s")
LONGEST_FOLLOW_UP = 40  # words; a longer message states its subject
LONGEST_DOUBLE = 160  # characters; in longer messages an "and" joins people and things, not questions


class Case(msgspec.Struct, frozen=True):
    """One turn before it is decided."""

    text: Text
    kind: KindFound | None
    codes: tuple[str, ...]  # procedure codes named in the message
    communes: tuple[str, ...]  # five-digit codes of communes named after their kind ("phường …")
    dossier_codes: Reading
    action: Action | None
    findings: Findings
    in_words: AskedInWords
    chances: Mapping[str, float]  # of "procedure" and of each other kind of message
    certainty: float  # how likely the first finding is what is asked for, 0 to 1
    in_context: Findings | None  # what the message means after the one before it
    halves: tuple[Findings, ...]  # of the two sides of an "and", each read as a message of its own
    memory: Memory
    index: Index
    is_group: bool = False
    faq: FaqMeant | None = None  # if what staff wrote comes nearer than every procedure

    @property
    def held(self) -> tuple[str, ...]:
        """The ranked codes that this edition holds."""
        return tuple(code for code in self.findings.codes if self.index.holds(code))

    @property
    def says_only_where(self) -> bool:
        """Whether the message holds nothing but a place and words such as "tôi ở"."""
        place = {word for code in self.communes for name in names_of(code) for word in normalise(name).folded}
        return all(word in place or word in _LIVING for word in self.text.folded)

    @property
    def topic(self) -> Family | None:
        """The family of a message that names a topic and nothing more about it."""
        return named_topic(self.findings.asked.words, self.index.topics)

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """All that the message asks for in so many words, in their order, if that is more than one thing."""
        return self.in_words.aspects if self.in_words.are_several else ()

    @property
    def says_nothing_new(self) -> bool:
        """Whether every word only asks, is a filler, or stands in a name of the subject spoken of."""
        asked = self.findings.asked
        is_whole = len(asked.words) == len(self.text.folded)
        also = self.in_words.asking if self.in_words.are_several and is_whole else ()
        return says_nothing_new(asked, self.memory.subject, self.index, also)

    @property
    def certainty_in_context(self) -> float:
        """How likely the first finding after the message before is what is asked for, 0 to 1."""
        if self.in_context is None:
            return 0.0
        return load_weights().certainty_of(self.in_context.confidence, self.chances["procedure"])


def open_case(
    text: str, action: str, memory: Memory, index: Index, *, is_group: bool = False, faqs: Faqs = NO_FAQS
) -> Case:
    """Understand a message and find what it may mean."""
    text = written_out(text, faqs.forms)
    normalised = normalise(text)
    communes = _communes_in(text, normalised)
    placeless = _without_places(normalised, communes)
    findings, faq = find_both(placeless, index, faqs)
    kind = find_kind(normalised)
    chances = chances_of_kinds(normalised, kind)
    return Case(
        text=normalised,
        kind=kind,
        codes=_codes_in(text, index),
        communes=communes,
        dossier_codes=read_codes(text),
        action=parse_action(action) if action else None,
        findings=findings,
        in_words=_in_words(normalised, findings.asked),
        chances=chances,
        certainty=load_weights().certainty_of(findings.confidence, chances["procedure"]),
        in_context=_in_context(normalised, memory, findings, index, faqs),
        halves=tuple(find(half, index, without=faqs.every) for half in _halves(text)),
        memory=memory,
        index=index,
        is_group=is_group,
        faq=faq,
    )


def _codes_in(text: str, index: Index) -> tuple[str, ...]:
    """Codes named in a text; seven digits without the dot count only when they are one."""
    found = ((f"{one}.{six}", bool(dot.strip())) for one, dot, six in _CODE.findall(text))
    return tuple(dict.fromkeys(code for code, has_dot in found if has_dot or index.holds(code)))


def _communes_in(text: str, normalised: Text) -> tuple[str, ...]:
    if _KINDS_OF_COMMUNE.isdisjoint(normalised.folded):
        return ()
    return tuple(commune.code for commune in find_communes(text))


def _without_places(text: Text, communes: Sequence[str]) -> Text:
    """The text without the names of communes: "ở xã Đức Hợp" has nothing to do with Germany."""
    for name in (name for code in communes for name in names_of(code)):
        words = normalise(name).folded
        for at in range(len(text.folded) - len(words) + 1):
            if text.folded[at : at + len(words)] == words:
                return normalise(" ".join((*text.words[:at], *text.words[at + len(words) :])))
    return text


def _in_words(text: Text, asked: Asked) -> AskedInWords:
    """What the mended words ask for; the typed ones where a place was left out and there are fewer of them."""
    words = asked.words if len(asked.words) == len(text.folded) else text.folded
    return asked_in_words(words, text.clauses, asked.aspect.aspect)


def _halves(text: str) -> tuple[Text, ...]:
    """The two sides of the only "and" of a message that is no story, if each names something."""
    sides = _AND.split(text)
    if len(sides) != 2 or len(text) > LONGEST_DOUBLE:  # noqa: PLR2004  two sides of one "and"
        return ()
    halves = tuple(normalise(side) for side in sides)
    is_full = all(len(content_words(half.folded)) > 1 and half.folded for half in halves)
    return halves if is_full else ()


def _in_context(text: Text, memory: Memory, alone: Findings, index: Index, faqs: Faqs) -> Findings | None:
    """What the message means after the one before it, if that had a subject; a letter states its own."""
    if memory.subject not in index.position or not 0 < len(text.folded) <= LONGEST_FOLLOW_UP:
        return None
    earlier = Earlier(memory.said or index.name_of(memory.subject), memory.subject)
    return find_after(text, earlier, alone, index, without=faqs.every)
