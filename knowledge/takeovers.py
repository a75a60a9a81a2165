"""Private chats in which a member of staff speaks himself: whose they are and until when the assistant keeps quiet."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.procedure import Value
from knowledge.staff.accounts import ACCOUNTS, Act, account_of
from knowledge.staff.audit import Deed, write
from knowledge.versions import table_of
from knowledge.waiting_tables import Takeover as Row

TAKEOVERS = table_of(Row)


class Takeover(Value, frozen=True, kw_only=True):
    """`exchange` is the citizen's message that was answered last, `faq` the draft which that answer became."""

    id: int
    channel: str
    chat: str
    login: str
    since: datetime
    until: datetime
    exchange: int = 0
    faq: int | None = None


class UnknownTakeoverError(Exception):
    pass


def take_over(session: Session, channel: str, chat: str, act: Act, until: datetime) -> int:
    """A chat is this member of staff's until a moment; its number. Who speaks in it already gives way.

    Every beginning of a talk stands in the audit, not its going on.
    """
    account = account_of(session, act.who.login)
    if account is None:
        raise UnknownTakeoverError(f"{act.who.login} has no account")
    connection = session.connection()
    values = {"account": account.id, "until": until}
    mine = sa.and_(TAKEOVERS.c.channel == channel, TAKEOVERS.c.chat == chat)
    held = connection.execute(sa.select(TAKEOVERS).where(mine)).mappings().first()
    if held and held["account"] == account.id and held["until"] > act.at:
        connection.execute(sa.update(TAKEOVERS).where(mine).values(values))
        return int(held["id"])
    values["since"] = act.at
    if held:
        connection.execute(sa.update(TAKEOVERS).where(mine).values(values))
        number = held["id"]
    else:
        row = {"channel": channel, "chat": chat, "exchange": 0, **values}
        number = connection.execute(sa.insert(TAKEOVERS).returning(TAKEOVERS.c.id), row).scalar_one()
    write(session, act.note(Deed.TOOK_OVER, f"takeover-{number}", after=channel))
    return int(number)


def takeover(session: Session, number: int) -> Takeover:
    """Raises UnknownTakeoverError."""
    row = session.connection().execute(_NAMED.where(TAKEOVERS.c.id == number)).mappings().first()
    if row is None:
        raise UnknownTakeoverError(f"there is no takeover {number}")
    return Takeover(**row)


def takeovers_of(session: Session, login: str, now: datetime) -> list[Takeover]:
    """Those that go on."""
    query = _NAMED.where(ACCOUNTS.c.login == login, TAKEOVERS.c.until > now).order_by(TAKEOVERS.c.id)
    return [Takeover(**row) for row in session.connection().execute(query).mappings()]


def held_chats(session: Session, now: datetime) -> frozenset[tuple[str, str]]:
    """Channel and id of the chats in which staff speak now."""
    query = sa.select(TAKEOVERS.c.channel, TAKEOVERS.c.chat).where(TAKEOVERS.c.until > now)
    return frozenset((row.channel, row.chat) for row in session.connection().execute(query))


def note_answer(session: Session, number: int, exchange: int, faq: int | None) -> None:
    session.connection().execute(
        sa.update(TAKEOVERS).where(TAKEOVERS.c.id == number).values(exchange=exchange, faq=faq)
    )


def give_back(session: Session, number: int, act: Act) -> None:
    """The assistant answers there again; what has ended by itself stays as it was."""
    going = sa.and_(TAKEOVERS.c.id == number, TAKEOVERS.c.until > act.at)
    if session.connection().execute(sa.update(TAKEOVERS).where(going).values(until=act.at)).rowcount:
        write(session, act.note(Deed.GAVE_BACK, f"takeover-{number}"))


def forget_takeover(session: Session, channel: str, chat: str) -> None:
    mine = sa.and_(TAKEOVERS.c.channel == channel, TAKEOVERS.c.chat == chat)
    session.connection().execute(sa.delete(TAKEOVERS).where(mine))


_NAMED = sa.select(
    *(TAKEOVERS.c[name] for name in ("id", "channel", "chat", "since", "until", "exchange", "faq")), ACCOUNTS.c.login
).join(ACCOUNTS, ACCOUNTS.c.id == TAKEOVERS.c.account)
