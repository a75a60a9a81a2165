"""Who wants to hear of which dossier, and what is put into the outbox for them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.clock import VIETNAM
from knowledge.dossier_tables import DossierFollow
from knowledge.dossiers.dossier import Dossier, Status
from knowledge.dossiers.ledger import DOSSIER, Change, decoded
from knowledge.dossiers.moments import Moment, as_datetime, day_of, has_time
from knowledge.outbox import Message, give_up_chat, put, withdraw
from knowledge.procedure import Value
from knowledge.versions import chunks, table_of

FOLLOW = table_of(DossierFollow)
REMIND = timedelta(days=1)  # before the due date
REMINDED = (Status.RECEIVED, Status.IN_WORK, Status.TO_ADD, Status.TO_PAY)
TOLD = ("status", "due", "status_raw", "returned")  # a change of these is worth a notice
_FOLLOWERS = sa.select(FOLLOW).where(FOLLOW.c.dossier.in_(sa.bindparam("these", expanding=True))).order_by(FOLLOW.c.id)


class NoticeKind(StrEnum):
    CHANGED = "changed"
    DUE_SOON = "due_soon"


class Notice(Value, frozen=True):
    """The body of a notice: what was so when it was put, told as it was."""

    kind: NoticeKind
    code: str
    status: int | None = None
    status_raw: str = ""
    due: Moment | None = None
    due_before: Moment | None = None
    at: Moment | None = None


class Follower(Value, frozen=True):
    dossier: int
    channel: str
    chat: str


def follow(session: Session, follower: Follower, now: datetime) -> bool:
    """Whether this is new: following twice is following once."""
    if is_followed(session, follower):
        return False
    session.connection().execute(sa.insert(FOLLOW).values(**_row(follower), since=now))
    return True


def unfollow(session: Session, follower: Follower) -> bool:
    """Whether it was followed; what was not sent yet is not sent any more."""
    withdraw(session, _key(follower))
    return bool(session.connection().execute(sa.delete(FOLLOW).where(*_is(follower))).rowcount)


def forget_chat(session: Session, channel: str, chat: str) -> None:
    """Somebody wants to be forgotten, or his chat takes no messages any more."""
    session.connection().execute(sa.delete(FOLLOW).where(FOLLOW.c.channel == channel, FOLLOW.c.chat == chat))
    give_up_chat(session, channel, chat, "forgotten")


def is_followed(session: Session, follower: Follower) -> bool:
    return session.connection().scalar(sa.select(FOLLOW.c.id).where(*_is(follower))) is not None


def followed_by(session: Session, channel: str, chat: str) -> list[int]:
    """The dossiers a chat follows."""
    query = sa.select(FOLLOW.c.dossier).where(FOLLOW.c.channel == channel, FOLLOW.c.chat == chat)
    return list(session.connection().scalars(query))


def _row(follower: Follower) -> dict[str, int | str]:
    return {"dossier": follower.dossier, "channel": follower.channel, "chat": follower.chat}


def _is(follower: Follower) -> tuple[sa.ColumnElement[bool], ...]:
    return tuple(FOLLOW.c[name] == value for name, value in _row(follower).items())


def tell_changes(session: Session, changes: Sequence[Change], now: datetime) -> None:
    """Put a notice for each follower of each dossier whose state or due date changed."""
    worth = {change.id: change for change in changes if change.before and _is_news(change.before, change.after)}
    messages = [
        _message(follower, _changed(worth[follower.dossier]), f"{now.timestamp()}", now)
        for follower in _followers(session, worth)
    ]
    if messages:
        put(session, messages, now)


def _is_news(before: Dossier, after: Dossier) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in TOLD)


def _changed(change: Change) -> Notice:
    before, after = change.before or change.after, change.after
    return Notice(
        kind=NoticeKind.CHANGED,
        code=after.code,
        status=after.status,
        status_raw=after.status_raw,
        due=after.due,
        due_before=before.due if before.due != after.due else None,
        at=after.updated,
    )


def _followers(session: Session, numbers: Iterable[int]) -> list[Follower]:
    rows: list[sa.Row[Any]] = []
    for chunk in chunks(list(numbers)):
        rows += session.connection().execute(_FOLLOWERS, {"these": chunk})
    return [Follower(dossier=row.dossier, channel=row.channel, chat=row.chat) for row in rows]


def _message(follower: Follower, notice: Notice, what: str, now: datetime) -> Message:
    key = f"{_key(follower)}{notice.kind}:{what}"
    body = msgspec.json.encode(notice).decode()
    return Message(key=key, channel=follower.channel, chat=follower.chat, body=body, not_before=now)


def _key(follower: Follower) -> str:
    """What the keys of all notices to a follower begin with."""
    return f"{follower.channel}:{follower.chat}:{follower.dossier}:"


def remind_due(session: Session, now: datetime) -> None:
    """Put a reminder for each followed open dossier that is due today or tomorrow; each due date once."""
    today = now.astimezone(VIETNAM).date()
    query = (
        sa.select(FOLLOW.c.channel, FOLLOW.c.chat, DOSSIER.c.id, DOSSIER.c.body)
        .join(DOSSIER, DOSSIER.c.id == FOLLOW.c.dossier)
        .where(DOSSIER.c.due >= today.isoformat(), DOSSIER.c.due < (today + REMIND + REMIND).isoformat())
        .where(DOSSIER.c.status.in_(REMINDED))
    )
    rows = session.connection().execute(query).all()
    put(session, [message for row in rows for message in _reminder(row, now)], now)


def _reminder(row: Any, now: datetime) -> list[Message]:
    dossier = decoded(row.body)
    if dossier.due is None or _end(dossier.due) <= now:
        return []
    notice = Notice(kind=NoticeKind.DUE_SOON, code=dossier.code, status=dossier.status, due=dossier.due)
    return [_message(Follower(dossier=row.id, channel=row.channel, chat=row.chat), notice, dossier.due, now)]


def _end(due: Moment) -> datetime:
    """A due date without a time ends with its day."""
    return as_datetime(due) if has_time(due) else as_datetime(day_of(due)) + timedelta(days=1)
