"""Citizens who ask what nobody can answer, and staff who do, for tests."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa

from knowledge import waiting, waiting_groups, waiting_work
from knowledge.database import Database
from knowledge.faq.desk import draft
from knowledge.faq.entry import FaqText
from knowledge.outbox import OUTBOX
from knowledge.questions import MaskedExchange, record
from knowledge.staff.accounts import Act
from knowledge.staff_words import StaffWord
from knowledge.waiting import Status
from staff_people import LAN, PARKING


def meaning(text: str) -> Mapping[str, float]:
    words = set(text.split())
    return {word: len(words) ** -0.5 for word in words}


class Office:
    """Citizens who ask and staff who answer, a minute later each time."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now

    def asks(
        self, text: str, chat: str = "a", *, channel: str = "telegram", commune: str = "", address: str = ""
    ) -> None:
        self.now += timedelta(minutes=1)
        exchange = MaskedExchange(
            asked_at=self.now, channel=channel, chat=f"hash-{chat}", question=text, ending="unknown", commune=commune
        )
        with self.database.session(writing=True) as session:
            record(session, exchange, address or chat)
            waiting.collect(session, meaning)

    def answers(self, number: int = 1, text: FaqText = PARKING, *, faq: bool = False, is_sent: bool = True) -> int:
        act = Act(LAN, self.now)
        with self.database.session(writing=True) as session:
            entry = draft(session, text, act) if faq else None
            return waiting_work.answer(session, number, text, {}, act, faq=entry, is_sent=is_sent)

    def told(self) -> list[tuple[str, str, StaffWord]]:
        with self.database.session() as session:
            rows = session.connection().execute(sa.select(OUTBOX).order_by(OUTBOX.c.id)).mappings()
            return [(row["channel"], row["chat"], msgspec.json.decode(row["body"], type=StaffWord)) for row in rows]

    def waits(self, status: Status = Status.WAITING) -> dict[int, str]:
        with self.database.session() as session:
            return {group.id: group.question for group in waiting_groups.groups(session, status)}
