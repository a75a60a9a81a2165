"""The record of what was asked: one row a turn, already masked, never changed."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.procedure import Value
from knowledge.tables import Exchange
from knowledge.versions import table_of


class MaskedExchange(Value, frozen=True):
    """A turn as it may be kept: `question` and `shown` are masked, `chat` is a keyed hash of the channel's id.

    With `edition` and `procedures` (ranked codes, best first) it tells later why an answer was given.
    """

    asked_at: datetime  # aware
    channel: str
    chat: str
    question: str
    ending: str
    commune: str = ""  # five digits
    action: str = ""
    procedures: tuple[str, ...] = ()
    faq: str = ""
    aspect: str = ""
    confidence: float = 0.0
    edition: int = 0
    shown: str = ""
    milliseconds: float = 0.0


def record(session: Session, exchange: MaskedExchange) -> None:
    """Store one turn: a single insert, no object tracked, so that it costs an answer nearly nothing."""
    row = {field: getattr(exchange, field) for field in MaskedExchange.__struct_fields__}
    texts = {"question": _storable(exchange.question), "shown": _storable(exchange.shown)}
    session.connection().execute(_INSERT, row | texts | {"procedures": ",".join(exchange.procedures)})


def forget_exchanges(session: Session, chat: str) -> int:
    """Delete what was recorded of a chat, named by its hash; how many turns that were."""
    exchanges = table_of(Exchange)
    return session.connection().execute(sa.delete(exchanges).where(exchanges.c.chat == chat)).rowcount


def _storable(text: str) -> str:
    """Half characters (lone surrogates) and NUL can be typed into a request, but no database takes them."""
    return text.encode(errors="replace").decode().replace("\0", "?")


_INSERT = sa.insert(table_of(Exchange))
