"""Sending as the account: each message once, in the form that it takes; what stops it is told to the operator
(CHANNELS 3.3, 3.4)."""

import re
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple

import structlog
from anyio import to_thread

from bot.app import App
from bot.channels.ledger import SENT, Ledger, Reason
from bot.channels.zalo.door import DoorError
from bot.channels.zalo.fields import part, text
from bot.channels.zalo.writing import page_of
from bot.channels.zalo_oa.api import CHAT, GROUP, Api, RefusedError
from bot.channels.zalo_oa.form import CHANNEL, NUMBERS, in_buttons, in_numbers
from bot.channels.zalo_oa.tokens import NoTokenError
from bot.conversation.messages import Answer
from bot.outbox.sender import SendFailedError, in_parts
from bot.workers.inbox import NoTicket, Ticket
from bot.workers.patience import when_it_answers
from knowledge.channel_ledger import month_of
from knowledge.channel_marks import is_first, is_set
from knowledge.clock import VIETNAM

SHAPE_REFUSED = {-233, -201}
NO_FOLLOWER = {-213, -244, -248, -237, -403, -108, -114, -118}  # or one who wants none, or no group of ours any more
NIGHT = {-234, -133}
STOPS = {-211: Reason.QUOTA, -221: Reason.PACKAGE, -223: Reason.PACKAGE, -224: Reason.PACKAGE}
WAITS = {-218: timedelta(days=1), -115: timedelta(days=1), -227: timedelta(days=1), -230: timedelta(days=1)}
LATER = timedelta(hours=1)
MORNING = time(6, 0)
NO_TICKET = NoTicket()
_MENTION = re.compile(r"\[@[^\]]*\]?")  # of a member, or of everybody

log = structlog.get_logger()


class Letter(NamedTuple):
    """Where messages go, what they count as, and what they answer."""

    path: str
    recipient: dict[str, str]
    kind: str
    ticket: Ticket


class Post:
    def __init__(self, app: App, api: Api, ledger: Ledger) -> None:
        self._app, self._api, self._ledger = app, api, ledger

    def _no_buttons(self) -> str:
        """The mark that the account took no buttons, this month: then they are tried again."""
        settings = self._app.settings
        return f"form:{CHANNEL}:{settings.zalo_oa}:{settings.zalo_oa_menu}:{month_of(self._app.clock())}"

    async def is_stopped(self) -> bool:
        """Without consent what is left of the token's life is still used."""
        trouble = await when_it_answers(self._ledger.trouble)
        return trouble is not None and trouble.reason != Reason.CONSENT

    async def to_citizen(
        self, citizen: str, answer: Answer, kind: str = SENT, ticket: Ticket = NO_TICKET, parts: int = 0
    ) -> None:
        """All but the first `parts` of it. Raises SendFailedError; permanent: he takes none any more."""
        page = page_of(answer, self._app.settings.public_url)
        form = self._app.settings.zalo_oa_menu
        no_buttons = self._no_buttons()
        is_plain = form == NUMBERS or await to_thread.run_sync(is_set, self._app.database, no_buttons)
        letter = Letter(CHAT, {"user_id": citizen}, kind, ticket)
        pressed = () if is_plain else in_buttons(answer, form, page)
        numbered = [{"text": piece.text} for piece in in_numbers(answer, page)[max(len(pressed) - 1, 0) :]]
        steps = [partial(self._sent, letter, message) for message in (*pressed[:-1], *(() if pressed else numbered))]
        if pressed:
            steps.append(partial(self._with_buttons, letter, pressed[-1], numbered))
        await in_parts(steps, parts)

    async def _with_buttons(self, letter: Letter, message: dict[str, Any], numbered: list[dict[str, Any]]) -> None:
        """The last piece, or in its place what is numbered, where the account does not take this form; nothing was sent
        then."""
        try:
            await self._sent(letter, message)
        except ShapeRefusedError:
            for each in numbered:
                await self._sent(letter, each)
            await to_thread.run_sync(is_first, self._app.database, self._no_buttons(), self._app.clock())
            log.warning("zalo oa takes no buttons: menus are numbered from now on")

    async def to_group(
        self, group: str, member: str, answer: Answer, ticket: Ticket = NO_TICKET, parts: int = 0
    ) -> None:
        """All but the first `parts` of it. Raises SendFailedError; permanent: the group is gone."""
        page = page_of(answer, self._app.settings.public_url)
        letter = Letter(GROUP, {"group_id": group}, SENT, ticket)
        whom = f"[@{member}] " if member.isalnum() else ""
        texts = [whom + _MENTION.sub("", piece.text) for piece in in_numbers(answer, page, is_group=True)]
        await in_parts([partial(self._sent, letter, {"text": text}) for text in texts], parts)

    async def call(self, path: str, body: dict[str, Any], kind: str, ticket: Ticket = NO_TICKET) -> None:
        """Raises SendFailedError."""
        if await self.is_stopped():
            raise SendFailedError("the channel is stopped", wait=LATER, is_early=True)
        try:
            data = await self._api.call(path, body, ticket)
        except RefusedError as error:
            raise await self._refused(error.code) from None
        except (DoorError, NoTokenError) as error:
            raise SendFailedError(str(error)) from None
        await when_it_answers(self._count, kind, data)

    def _count(self, kind: str, data: dict[str, Any]) -> None:
        self._ledger.sent(kind)
        quota = part(data, "quota")
        left = text(quota, "remainingQuota") if kind != SENT else ""  # what is free has no end since 2026
        if left.isascii() and left.isdecimal():
            self._ledger.left(int(left))

    async def _sent(self, letter: Letter, message: dict[str, Any]) -> None:
        body = {"recipient": letter.recipient, "message": message}
        await self.call(letter.path, body, letter.kind, letter.ticket)

    async def _refused(self, code: int) -> SendFailedError:
        reason = f"refused with {code}"
        if code in SHAPE_REFUSED:
            return ShapeRefusedError(reason)
        if stop := STOPS.get(code):
            await to_thread.run_sync(self._ledger.stop, stop, str(code))
            return SendFailedError(reason, wait=LATER, is_early=True)
        if code in NIGHT:
            return SendFailedError(reason, wait=until_morning(self._app.clock()), is_early=True)
        log.warning("zalo oa refused a message", code=code)
        return SendFailedError(reason, permanent=code in NO_FOLLOWER, wait=WAITS.get(code))


class ShapeRefusedError(SendFailedError):
    """The account takes no message of this form."""


def until_morning(now: datetime) -> timedelta:
    local = now.astimezone(VIETNAM)
    morning = datetime.combine(local.date(), MORNING, VIETNAM)
    return (morning if local < morning else morning + timedelta(days=1)) - local
