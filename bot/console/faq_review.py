"""Entries in use that somebody should look at again."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from knowledge.faq.desk import Card, State
from knowledge.faq.stale import old_faqs


def to_review(session: Session, cards: Iterable[Card], today: date) -> list[Card]:
    """A procedure changed after the approval, the day to look again has come, or the last day of use is over."""
    old = {each.entry.id for each in old_faqs(session)}
    in_use = (card for card in cards if card.state in {State.LIVE, State.CHANGED})
    return [card for card in in_use if card.id in old or _is_due(card, today)]


def _is_due(card: Card, today: date) -> bool:
    text = card.live.text if card.live else card.text
    is_due = text.review_on is not None and text.review_on <= today
    return is_due or (text.valid_to is not None and text.valid_to < today)
