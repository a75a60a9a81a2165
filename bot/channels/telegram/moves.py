"""Groups that became supergroups and have another id now. What is kept of a group stays under the id that it had first
(its name); what is sent goes to the one it has."""

from bot.app import App
from bot.channels.telegram.wording import CHANNEL
from knowledge import moved_groups


class Moves:
    """For the process that answers; `recall` and `move` wait for the database."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._names: dict[int, int] = {}  # by the id now
        self._ids: dict[int, int] = {}  # the id now, by the name
        self.is_known = False

    def recall(self) -> None:
        """Once, before the first update is read."""
        with self._app.database.session() as session:
            for chat, name in moved_groups.names(session, CHANNEL).items():
                self._note(int(chat), int(name))
        self.is_known = True

    def move(self, before: int, chat: int) -> None:
        """Known at once, and to whoever answers after us as soon as it is stored."""
        self._note(chat, self.name_of(before))
        with self._app.database.queueing() as session:
            moved_groups.move(session, CHANNEL, str(before), str(chat))

    def name_of(self, chat: int) -> int:
        return self._names.get(chat, chat)

    def id_of(self, chat: int) -> int:
        """Where a group is now, by whichever id it is called."""
        name = self.name_of(chat)
        return self._ids.get(name, name)

    def has_left(self, chat: int) -> bool:
        """Whether the group is elsewhere now."""
        return self.id_of(chat) != chat

    def _note(self, chat: int, name: int) -> None:
        self._names[chat], self._ids[name] = name, chat
