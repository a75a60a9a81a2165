"""When an account may write to somebody unasked: free within 48 hours of his last act, paid within 7 days, never after
that (CHANNELS 3.3). Kept under keyed hashes."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.app import App
from bot.channels.zalo_oa.form import CHANNEL
from bot.conversation.messages import Chat
from bot.conversation.privacy import hashed
from knowledge import channel_ledger

FREE_FOR, PAID_FOR = timedelta(hours=48), timedelta(days=7)
A_MINUTE = timedelta(minutes=1)  # our clock and theirs, and the way there


class Window(StrEnum):
    FREE = "free"
    PAID = "paid"
    CLOSED = "closed"


class Windows:
    def __init__(self, app: App) -> None:
        self._app = app

    def acted(self, citizen: str, at: datetime) -> None:
        with self._app.database.queueing() as session:
            channel_ledger.acted(session, self._key(citizen), min(at, self._app.clock()))

    def of(self, citizen: str) -> Window:
        with self._app.database.session() as session:
            last = channel_ledger.last_act(session, self._key(citizen))
        age = self._app.clock() - last + A_MINUTE if last else PAID_FOR + A_MINUTE
        if age > PAID_FOR:
            return Window.CLOSED
        return Window.FREE if age <= FREE_FOR else Window.PAID

    def mute(self, chat: str) -> None:
        """A person of the office has taken over."""
        until = self._app.clock() + timedelta(minutes=self._app.settings.zalo_oa_mute_minutes)
        with self._app.database.queueing() as session:
            channel_ledger.mute(session, self._key(chat), until)

    def is_muted(self, chat: str) -> bool:
        with self._app.database.session() as session:
            return channel_ledger.is_muted(session, self._key(chat), self._app.clock())

    def forget_act(self, citizen: str) -> None:
        with self._app.database.queueing() as session:
            channel_ledger.forget_act(session, self._key(citizen))

    def forget(self, citizen: str) -> None:
        with self._app.database.queueing() as session:
            channel_ledger.forget_chat(session, self._key(citizen))

    def sweep(self) -> None:
        with self._app.database.queueing() as session:
            channel_ledger.forget_chats(session, self._app.clock() - PAID_FOR)

    def _key(self, chat: str) -> str:
        return hashed(Chat(CHANNEL, chat).key, self._app.secret)
