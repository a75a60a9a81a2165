"""Questions of citizens that wait for staff, for tests."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from knowledge.questions import MaskedExchange, record
from knowledge.waiting import collect
from knowledge.waiting_groups import groups


def meaning(text: str) -> Mapping[str, float]:
    words = set(text.split())
    return {word: len(words) ** -0.5 for word in words}


def waiting_question(session: Session, text: str, now: datetime, commune: str = "") -> int:
    """Asked by a citizen of a commune; the number of its group."""
    exchange = MaskedExchange(
        asked_at=now, channel="web", chat=f"chat-{text}", question=text, ending="unknown", commune=commune
    )
    record(session, exchange, f"chat-{text}")
    collect(session, meaning)
    return max(each.id for each in groups(session))
