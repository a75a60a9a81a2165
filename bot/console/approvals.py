"""What waits for an approval: what others wrote, for those who approve; for the rest their own that wait for it."""

from collections.abc import Iterable, Iterator

from sqlmodel import Session

from bot.console.entering import Desk
from knowledge.faq.desk import Card
from knowledge.staff.accounts import is_alone
from knowledge.words.desk import WordCard, WordState

APPROVE = "approve"  # beside the states of entries and words


def entries_to_approve(desk: Desk, session: Session, cards: Iterable[Card]) -> list[Card]:
    waiting = (card for card in cards if card.awaits_approval and desk.who.serves(card.text.commune))
    return [card for card in waiting if _is_his(desk, session, card.newest.author)]


def words_to_approve(desk: Desk, session: Session, cards: Iterable[WordCard]) -> list[WordCard]:
    return [card for card in _waiting(desk, cards) if _is_his(desk, session, card.proposer)]


def _waiting(desk: Desk, cards: Iterable[WordCard]) -> Iterator[WordCard]:
    """A word that is asked of the city is the city's to approve; who asked sees it wait."""
    for card in cards:
        is_the_city_s = card.state is WordState.RAISED and (not desk.who.commune or card.proposer == desk.who.login)
        if is_the_city_s or (card.state is WordState.PROPOSED and desk.who.serves(card.text.commune)):
            yield card


def _is_his(desk: Desk, session: Session, author: str) -> bool:
    """One's own, for those who approve, only where nobody else is there to do it and the settings let them."""
    if author != desk.who.login:
        return desk.who.may_approve
    return not desk.who.may_approve or (desk.allows_own and is_alone(session, desk.who))
