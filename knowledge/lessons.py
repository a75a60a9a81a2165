"""What staff answered somebody becomes a draft entry: told by its origin, and never published by itself."""

import re

from sqlmodel import Session

from knowledge.catalogue import names_known
from knowledge.faq import desk
from knowledge.faq.reading import Typed, read
from knowledge.language.kinds import Force, find_kind
from knowledge.language.normalise import normalise
from knowledge.procedure import Value
from knowledge.search.index import content_words
from knowledge.staff.accounts import Act

SHORTEST = 12  # letters of an answer: "vâng ạ" teaches nothing

_MASKED = re.compile(r"\[[A-Z]+\]|\*{3,}")  # what stands in place of personal data


class Lesson(Value, frozen=True):
    """A question and its answer, both masked, and where they were said."""

    question: str
    answer: str
    origin: str


def learn(session: Session, lesson: Lesson, act: Act) -> int | None:
    """The number of the new draft; None for small talk, and for what an entry is asked in these words already."""
    typed = Typed(wordings=wording_of(lesson.question), answer=lesson.answer.strip(), commune=act.who.commune)
    if not asks(typed.wordings) or len(typed.answer) < SHORTEST or _is_known(session, typed.wordings):
        return None
    text, _ = read(typed, names_known(session).__contains__)
    return desk.draft(session, text, act, lesson.origin) if text else None


def learn_more(session: Session, number: int, answer: str, act: Act) -> bool:
    """Add what was said besides to a draft that nobody has touched since; whether it could be."""
    card = desk.card(session, number)
    if card.newest.author != act.who.login or not card.awaits_approval or card.live:
        return False
    typed = Typed(
        wordings="\n".join(card.text.wordings), answer=f"{card.text.answer}\n\n{answer}", commune=card.text.commune
    )
    text, _ = read(typed, names_known(session).__contains__)
    if text is None:
        return False
    desk.revise(session, number, text, card.newest.number, act, card.newest.origin)
    return True


def wording_of(question: str) -> str:
    """A masked message without what stands in place of personal data."""
    return " ".join(_MASKED.sub(" ", question).split())


def asks(wording: str) -> bool:
    """Whether a message asks something, and is no greeting, thanks and the like."""
    said = normalise(wording)
    kind = find_kind(said)
    return bool(said.folded and content_words(said.folded)) and (kind is None or kind.force is not Force.WHOLE)


def _is_known(session: Session, wording: str) -> bool:
    folded = normalise(wording).folded
    return any(
        normalise(each).folded == folded
        for card in desk.cards(session)
        if card.state is not desk.State.RETIRED
        for each in card.text.wordings
    )
