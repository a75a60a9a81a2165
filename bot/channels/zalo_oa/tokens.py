"""The account's rights: an access token of 25 hours and a refresh token that works once (CHANNELS 3.1).

One process renews at a time, under a lease in the database, and what comes is stored before it is used. A process that
dies between the two loses the rights, and a person must consent again: there is no way around that.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
import structlog
from anyio import to_thread

from bot.app import App
from bot.channels.ledger import Ledger, Reason
from bot.channels.zalo.door import Door, DoorError
from bot.channels.zalo.fields import text
from bot.workers.patience import when_it_answers
from knowledge.channel_tokens import Kept, keep, kept, lease, let_go

RENEWED_AT = 0.8  # of its life
LEASE_SECONDS = 60.0  # longer than three tries take
WAIT_SECONDS, WAITS = 0.5, 40  # for another process that is renewing
LIFE = 90_000  # seconds, where nothing is said

CONSENT_GONE = ("-14002", "-14003", "-14004", "-14020")  # app inactive, redirect, secret, refresh token used up

log = structlog.get_logger()


class NoTokenError(Exception):
    """We have no rights at present; the message is for the log."""


class Pair(msgspec.Struct, frozen=True):
    access: str
    refresh: str

    def __repr__(self) -> str:
        return "Pair(…)"


class Rights(msgspec.Struct, frozen=True):
    pair: Pair
    issued_at: datetime
    expires_at: datetime

    def is_due(self, now: datetime) -> bool:
        return now >= self.issued_at + RENEWED_AT * (self.expires_at - self.issued_at)


class Tokens:
    """One in a process. Its account is the OA of the settings."""

    def __init__(self, app: App, door: Door, ledger: Ledger) -> None:
        self._app, self._door, self._ledger = app, door, ledger
        self._account = app.settings.zalo_oa
        self._url = f"{app.settings.zalo_oa_login.rstrip('/')}/v4/oa/access_token"
        self._lock = asyncio.Lock()

    async def current(self) -> str:
        """The access token. Raises NoTokenError."""
        rights = await to_thread.run_sync(self.load)
        is_good = self._app.clock() < rights.expires_at
        return rights.pair.access if is_good else await self.renewed(rights.pair.access)

    async def renew_in_time(self) -> None:
        """Renew what is at four fifths of its life. Raises NoTokenError."""
        rights = await to_thread.run_sync(self.load)
        if rights.is_due(self._app.clock()):
            await self.renewed(rights.pair.access)

    async def renewed(self, refused: str) -> str:
        """Another access token than the one refused; whoever comes second gets what the first one got."""
        async with self._lock:
            for _ in range(WAITS):
                rights = await to_thread.run_sync(self.load)
                if rights.pair.access != refused:
                    return rights.pair.access
                if await to_thread.run_sync(self._is_consent_gone):
                    raise NoTokenError("a person must consent again: motcua zalo-oa connect")
                if await to_thread.run_sync(self._lease):
                    return await self._renew(refused)
                await self._door.pause(WAIT_SECONDS)
        raise NoTokenError("another process renews for too long")

    async def exchange(self, code: str, verifier: str) -> None:
        """Rights for a consent just given. Raises NoTokenError."""
        await self._issue(grant_type="authorization_code", code=code, code_verifier=verifier)

    def load(self) -> Rights:
        with self._app.database.session() as session:
            found = kept(session, self._account)
        content = self._app.sealing.open(found.sealed.encode()) if found else None
        if found is None or content is None:
            raise NoTokenError("nobody has consented yet: motcua zalo-oa connect")
        return Rights(msgspec.json.decode(content, type=Pair), found.issued_at, found.expires_at)

    async def _renew(self, refused: str) -> str:
        """With the lease in hand; what another process stored just before it is looked at once more."""
        try:
            pair = (await to_thread.run_sync(self.load)).pair
            if pair.access != refused:
                await to_thread.run_sync(self._let_go)
                return pair.access
            return await self._issue(grant_type="refresh_token", refresh_token=pair.refresh)
        except NoTokenError:
            await to_thread.run_sync(self._let_go)
            raise

    async def _issue(self, **form: str) -> str:
        settings = self._app.settings
        now = self._app.clock()
        headers = {"secret_key": settings.zalo_oa_app_secret}
        try:
            _, body = await self._door.post(self._url, data={"app_id": settings.zalo_oa_app, **form}, headers=headers)
        except DoorError as error:
            raise NoTokenError(f"no new token: {error}") from None
        pair = _pair(body)
        if pair is None:
            raise await self._refused(text(body, "error") if isinstance(body, dict) else "")
        until = now + timedelta(seconds=_life(body))
        await when_it_answers(self._keep, pair, now, until, pause=self._door.pause)  # the old one works no more
        return pair.access

    async def _refused(self, code: str) -> NoTokenError:
        if code in CONSENT_GONE:
            await to_thread.run_sync(self._ledger.stop, Reason.CONSENT, code)
        return NoTokenError(f"no new token: refused with {code or 'an answer of another shape'}")

    def _is_consent_gone(self) -> bool:
        trouble = self._ledger.trouble()
        return trouble is not None and trouble.reason == Reason.CONSENT

    def _keep(self, pair: Pair, now: datetime, until: datetime) -> None:
        sealed = self._app.sealing.seal(msgspec.json.encode(pair)).decode()
        with self._app.database.queueing() as session:
            keep(session, self._account, Kept(sealed, now, until))
        log.info("zalo oa has a new token", until=until)

    def _lease(self) -> bool:
        try:
            with self._app.database.queueing() as session:
                return lease(session, self._account, self._app.clock(), LEASE_SECONDS)
        except sa.exc.OperationalError:  # another process writes the same row
            return False

    def _let_go(self) -> None:
        with self._app.database.queueing() as session:
            let_go(session, self._account)


def _pair(body: Any) -> Pair | None:
    if not isinstance(body, dict):
        return None
    access, refresh = text(body, "access_token"), text(body, "refresh_token")
    return Pair(access, refresh) if access and refresh else None


def _life(body: Any) -> int:
    """Seconds: the platform writes a text; what it says is trusted, not what its pages say."""
    said = text(body, "expires_in")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else LIFE  # noqa: PLR2004  30 years
