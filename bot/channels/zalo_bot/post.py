"""Sending: each message once, again only where the platform says that it did not take it; a spent quota or a refused
token stops everything, and the operator is told (CHANNELS 2.1)."""

from datetime import timedelta
from typing import Any

import structlog
from anyio import to_thread

from bot.channels.ledger import Ledger, Reason
from bot.channels.zalo.door import DoorError, NotSentError
from bot.channels.zalo.writing import Piece
from bot.channels.zalo_bot.api import QUOTA, TEMPORARY, TOKEN, Api, RefusedError
from bot.outbox.sender import SendFailedError
from bot.workers.inbox import NoTicket, Ticket
from bot.workers.patience import when_it_answers

BACK_OFF = (2.0, 10.0)  # seconds, after the first and the second refusal for the time being
LATER = timedelta(hours=1)
NO_TICKET = NoTicket()
STOPS = {TOKEN: Reason.TOKEN, QUOTA: Reason.QUOTA}

log = structlog.get_logger()


class Post:
    def __init__(self, api: Api, ledger: Ledger) -> None:
        self._api, self._ledger = api, ledger

    async def is_stopped(self) -> bool:
        return await when_it_answers(self._ledger.trouble) is not None

    async def send(self, chat: str, piece: Piece, ticket: Ticket = NO_TICKET) -> None:
        """Raises SendFailedError; permanent: this chat takes none."""
        if await self.is_stopped():
            raise SendFailedError("the channel is stopped", wait=LATER, is_early=True)
        try:
            await self._tried(chat, piece, ticket)
        except RefusedError as error:
            raise await self._refused(error) from None
        except NotSentError as error:
            raise SendFailedError(f"not sent: {error}") from None
        except DoorError as error:  # it may have arrived: a notice is repeated with a word, an answer is not
            raise SendFailedError(f"unclear: {error}") from None
        await when_it_answers(self._ledger.sent)

    async def _tried(self, chat: str, piece: Piece, ticket: Ticket) -> None:
        for wait in (*BACK_OFF, None):
            await ticket.out()
            try:
                await self._api.call("sendMessage", chat_id=chat, text=piece.text, **_styles(piece))
            except RefusedError as error:
                if error.code != TEMPORARY or wait is None:
                    raise
                await ticket.back()
                await self._api.door.pause(wait)
            else:
                ticket.arrived()
                return

    async def _refused(self, error: RefusedError) -> SendFailedError:
        if reason := STOPS.get(error.code):
            await to_thread.run_sync(self._ledger.stop, reason, str(error.code))
            return SendFailedError(f"refused with {error.code}", wait=LATER, is_early=True)
        if error.code != TEMPORARY:
            log.error("zalo bot refused a message of ours", code=error.code)
        return SendFailedError(f"refused with {error.code}")


def _styles(piece: Piece) -> dict[str, Any]:
    styles = [{"start": start, "len": length, "st": ["b"]} for start, length in piece.bold]
    return {"text_styles": styles} if styles else {}
