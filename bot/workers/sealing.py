"""Words of citizens that lie outside the process lie there sealed, under keys that name nobody."""

import base64
import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

from bot.workers.shelf import Change, Result, Shelf
from knowledge.shelf import Left


class Sealing:
    """By a key made of the installation's secret. What another secret sealed is as if it were not there."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._fernet = Fernet(base64.urlsafe_b64encode(sha256(b"sealing " + self._secret).digest()))

    def name(self, key: str) -> str:
        return hmac.new(self._secret, key.encode(), sha256).hexdigest()

    def seal(self, value: bytes) -> bytes:
        return self._fernet.encrypt(value)

    def open(self, sealed: bytes | None) -> bytes | None:
        try:
            return self._fernet.decrypt(sealed) if sealed else None
        except InvalidToken:
            return None


class SealedShelf:
    """A shelf over another one that others could look into."""

    def __init__(self, shelf: Shelf, sealing: Sealing) -> None:
        self._shelf, self._sealing = shelf, sealing

    def get(self, key: str, now: datetime) -> bytes | None:
        return self._sealing.open(self._shelf.get(self._sealing.name(key), now))

    def change(self, key: str, change: Change[Result], now: datetime, keep: timedelta) -> Result:
        def sealed(before: bytes | None) -> tuple[bytes | Left | None, Result]:
            value, result = change(self._sealing.open(before))
            return (self._sealing.seal(value) if isinstance(value, bytes) else value), result

        return self._shelf.change(self._sealing.name(key), sealed, now, keep)

    def drop(self, key: str) -> None:
        self._shelf.drop(self._sealing.name(key))

    def sweep(self, now: datetime) -> None:
        self._shelf.sweep(now)

    def close(self) -> None:
        self._shelf.close()
