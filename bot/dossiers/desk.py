"""The desk where one asks how far a dossier is: limits first, then the ledger, and a live source if there is one.

Whoever gives only a code learns the state, the next move, the due date and the office. What to add or to pay, and the
name of a sensitive procedure, take the second factor. An unknown code and a wrong factor get the same words after the
same work and not before the same time.
"""

import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlmodel import Session

from bot.conversation.messages import Chat
from bot.dossiers.outcomes import (
    Closed,
    CodeAsked,
    Elsewhere,
    FactorAsked,
    Missing,
    Outcome,
    Paused,
    Private,
    Request,
    Told,
    Wish,
    since_of,
)
from bot.dossiers.sources.source import SourceDownError
from knowledge.database import Database
from knowledge.dossier_code import DossierCode, dossier_code
from knowledge.dossiers import attempts
from knowledge.dossiers.attempts import Attempt
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.following import Follower, follow, forget_chat, is_followed, unfollow
from knowledge.dossiers.ledger import Known, Update, find_dossier, is_empty
from knowledge.dossiers.moments import moment_of
from knowledge.dossiers.sensitive import is_sensitive
from knowledge.dossiers.taking_in import LEDGER, take_in
from knowledge.dossiers.timeliness import timeliness

FRESH = timedelta(minutes=10)  # a system is not asked again about what it told so recently
OLD = timedelta(days=4)  # a register is exported each working day; older than a long weekend is said to be old
FLOOR = 0.25  # seconds before which no reply to a factor or about an unknown code goes out
REVISITED = {"web"}  # channels that cannot send: their notices stand on a page of its own
WRITTEN = {Wish.FOLLOW, Wish.STOP}
NO_FACTOR = ("0" * 32,)  # what the digits are compared with where there is nothing to compare with

log = structlog.get_logger()


class Asked(Protocol):
    """A guarded source, see bot.dossiers.sources."""

    def ask(self, code: str) -> list[Update]: ...
    def close(self) -> None: ...


class Asker(Protocol):
    """Who asks: the chat, and whom the channel knows behind it (a user, an address), "" if it does not."""

    @property
    def chat(self) -> Chat: ...
    @property
    def user(self) -> str: ...


class Desk:
    """Safe to use from several threads."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        source: Asked | None = None,
        *,
        always_factor: bool = False,
        sensitive: tuple[str, ...] = (),
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._database, self._keys, self._source = database, keys, source
        self._always_factor, self._pause = always_factor, pause
        self._sensitive = sensitive
        self._has_any = False

    def close(self) -> None:
        if self._source:
            self._source.close()

    def serve(self, request: Request, asker: Asker, now: datetime) -> Outcome:
        """Raises what the database raises; a source that is down does not."""
        if asker.chat.is_group:
            return Private()
        if not request.code:
            return CodeAsked(request.doubt) if self._is_open() else Closed()
        code = dossier_code(request.code)
        if code.is_insurance:
            return Elsewhere("Bảo hiểm xã hội")
        if not self._is_open():
            return Closed()
        started = time.monotonic()
        outcome = self._looked_up(request, code, asker, now)
        if request.factor or isinstance(outcome, Missing):
            self._pause(max(0.0, FLOOR - (time.monotonic() - started)))
        return outcome

    def forget(self, chat: Chat) -> None:
        """Somebody wants to be forgotten: he follows nothing any more, and is told nothing more."""
        with self._database.queueing() as session:
            forget_chat(session, chat.channel, self._page(chat) or chat.id)

    def _page(self, chat: Chat) -> str:
        return self._keys.page(chat.key) if chat.channel in REVISITED else ""

    def _is_open(self) -> bool:
        if self._source is None and not self._has_any:
            with self._database.session() as session:
                self._has_any = not is_empty(session)
        return self._source is not None or self._has_any

    def _looked_up(self, request: Request, code: DossierCode, asker: Asker, now: datetime) -> Outcome:
        attempt = self._attempt(code, asker, now)
        with self._database.queueing() as session:
            wait = attempts.wait_for(session, attempt, now, proves=bool(request.factor))
            is_walked = attempts.is_walked(session, attempt, now)
        if wait:
            return Paused(math.ceil(wait.total_seconds() / 60))
        if is_walked:
            log.warning("codes of one agency and day are being walked through", sequence=attempt.sequence)
        is_down = self._refresh(code, now)
        with self._turn(request, attempt) as session:
            known = _find(session, code)
            is_locked = bool(request.factor) and attempts.is_locked(session, attempt, now)
            is_right = self._is_right(request.factor, known, code) and not is_locked
            if request.factor and not is_right:
                attempts.note_wrong(session, attempt, now)
                return Missing()
            is_proven = is_right or (known is not None and not set(known.dossier.codes).isdisjoint(request.proven))
            if not is_proven and (request.wish in {Wish.MORE, Wish.FOLLOW} or is_walked or self._always_factor):
                return FactorAsked(code.canonical, request.wish)
            return self._told(session, known, request, asker, now, is_proven=is_proven, is_down=is_down)

    def _turn(self, request: Request, attempt: Attempt) -> AbstractContextManager[Session]:
        """Factors for one code are looked at one after the other, so that none is before the lock has seen it."""
        is_writing = bool(request.factor) or request.wish in WRITTEN
        return self._database.queueing(attempt.code) if is_writing else self._database.session()

    def _is_sensitive(self, procedure: str) -> bool:
        return is_sensitive(procedure, self._sensitive)

    def _attempt(self, code: DossierCode, asker: Asker, now: datetime) -> Attempt:
        """In hashes under this year's key."""
        askers = {asker.chat.key, f"{asker.chat.channel}/{asker.user}"} if asker.user else {asker.chat.key}
        hashed = [self._keys.code(value, now.year) for value in (*sorted(askers), code.spellings[-1], code.sequence)]
        return Attempt(askers=tuple(hashed[:-2]), code=hashed[-2], sequence=hashed[-1])

    def _refresh(self, code: DossierCode, now: datetime) -> bool:
        """Ask the source unless it told lately; whether it could not be asked."""
        if self._source is None:
            return False
        with self._database.session() as session:
            known = _find(session, code)
        if known and now - known.read_at < FRESH:
            return False
        try:
            updates = self._source.ask(code.canonical)
        except SourceDownError as error:
            log.info("a dossier is told as last known", code=self._keys.code(code.canonical, now.year), why=str(error))
            return True
        if updates:
            with self._database.queueing(LEDGER) as session:
                take_in(session, updates, now, is_asked=True)
        return False

    def _is_right(self, factor: str, known: Known | None, code: DossierCode) -> bool:
        """One comparison at least, whether there is something to compare with or not."""
        factors = {entry.code: entry.factors for entry in known.dossier.entries} if known else {}
        has_any = any(factors.values())
        return self._keys.proves(factor, factors if has_any else {code.canonical: NO_FACTOR}) and bool(factor)

    def _told(  # noqa: PLR0913  each is a finding of the one look-up
        self,
        session: Session,
        known: Known | None,
        request: Request,
        asker: Asker,
        now: datetime,
        *,
        is_proven: bool,
        is_down: bool,
    ) -> Outcome:
        if known is None:
            return Missing()
        page = self._page(asker.chat)
        follower = Follower(dossier=known.id, channel=asker.chat.channel, chat=page or asker.chat.id)
        if request.wish is Wish.FOLLOW:
            follow(session, follower, now)
        if request.wish is Wish.STOP:
            unfollow(session, follower)
        moment = moment_of(now)
        return Told(
            dossier=known.dossier,
            since=since_of(known),
            timeliness=timeliness(known.dossier, moment),
            now=moment,
            read_at=known.read_at,
            wish=request.wish,
            procedure=known.dossier.procedure if is_proven or not self._is_sensitive(known.dossier.procedure) else "",
            is_proven=is_proven,
            can_prove=any(entry.factors for entry in known.dossier.entries),
            is_followed=is_followed(session, follower),
            follow_page=page,
            is_old=is_down or now - known.read_at > OLD,
            other_codes=request.other_codes,
        )


def _find(session: Session, code: DossierCode) -> Known | None:
    found = (find_dossier(session, spelling) for spelling in code.spellings)
    return next((known for known in found if known), None)
