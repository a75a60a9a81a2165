"""One person's data: found by the channel and its own id of the chat, without loading what the bot knows."""

from datetime import timedelta

from bot.conversation.memory import MemoryStore
from bot.conversation.messages import Chat
from bot.conversation.privacy import hashed
from bot.dossiers.desk import REVISITED
from bot.settings import Settings
from bot.web.transcripts import Transcripts
from bot.workers.making import make_shelf
from bot.workers.sealing import Sealing
from knowledge.clock import now
from knowledge.database import Database
from knowledge.dossiers.factors import Keys
from knowledge.privacy import Person


def person_of(chat: Chat, secret: str) -> Person:
    pages = (Keys(secret).page(chat.key),) if chat.channel in REVISITED else ()
    return Person(channel=chat.channel, chat=chat.id, hashed=hashed(chat.key, secret), addresses=(chat.id, *pages))


def forget_conversation(chat: Chat, settings: Settings, database: Database, secret: str) -> None:
    """What is in hand on a shelf that processes share; one process alone forgets it after its minutes."""
    shelf = make_shelf(settings, database, Sealing(secret))
    if shelf:
        Transcripts(timedelta(minutes=settings.memory_minutes), now, shelf).forget(chat.id)
        MemoryStore(timedelta(minutes=settings.memory_minutes), shelf).forget(chat.key)
        shelf.close()
