"""Entries in use that somebody should look at again, and why."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlmodel import Session

from knowledge.faq.desk import Card, State
from knowledge.faq.stale import old_faqs

HALF_A_YEAR = timedelta(days=183)  # to the next look, unless somebody says otherwise


def to_review(session: Session, cards: Iterable[Card], today: date) -> list[Card]:
    """A procedure changed after the approval, the day to look again has come, or the last day of use is over."""
    old = {each.entry.id for each in old_faqs(session)}
    in_use = (card for card in cards if card.state in {State.LIVE, State.CHANGED})
    return [card for card in in_use if card.id in old or is_due(card, today) or is_over(card, today)]


def reasons(session: Session, card: Card, today: date) -> Iterator[str]:
    """Why an entry is among those of `to_review`, in Vietnamese; nothing for one that is not."""
    yield from (each.reason for each in old_faqs(session) if each.entry.id == card.id)
    if card.live and card.live.text.review_on and is_due(card, today):
        yield f"đã đến ngày xem lại {card.live.text.review_on:%d/%m/%Y}"
    if card.live and card.live.text.valid_to and is_over(card, today):
        yield f"hết thời gian dùng từ sau ngày {card.live.text.valid_to:%d/%m/%Y}"


def is_due(card: Card, today: date) -> bool:
    return card.live is not None and card.live.text.review_on is not None and card.live.text.review_on <= today


def is_over(card: Card, today: date) -> bool:
    """It answers nobody any more: saying that it is right would change nothing."""
    return card.live is not None and card.live.text.valid_to is not None and card.live.text.valid_to < today
