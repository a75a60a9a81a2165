"""What a group was told to do (be quiet until then, speak only when called) outlives the process that heard it."""

from datetime import datetime, timedelta

import msgspec

from bot.app import App
from bot.conversation.room import Room
from bot.workers.sealing import SealedShelf
from bot.workers.shelf import put
from bot.workers.table import TableShelf

KEPT = timedelta(days=365)


class Standing(msgspec.Struct, frozen=True):
    quiet_until: datetime | None
    is_only_called: bool


class StandingOrders:
    """Of one group, in the database, whatever else is shared or not."""

    def __init__(self, app: App, channel: str, group: str) -> None:
        self._shelf = SealedShelf(TableShelf(app.database), app.sealing)
        self._key = f"room:{channel}:{group}"
        self._is_kept, self._is_known = app.is_recording, not app.is_recording

    def recall(self, room: Room, now: datetime) -> None:
        """Once, before the first message is judged."""
        if self._is_known:
            return
        self._is_known = True
        found = self._shelf.get(self._key, now)
        if found:
            standing = msgspec.msgpack.decode(found, type=Standing)
            room.quiet_until, room.is_only_called = standing.quiet_until, standing.is_only_called

    def keep(self, room: Room, now: datetime) -> None:
        if self._is_kept:
            standing = Standing(room.quiet_until, room.is_only_called)
            put(self._shelf, self._key, msgspec.msgpack.encode(standing), now, KEPT)
