"""Signing what a browser keeps for us, so that nobody can call himself by another visitor's name."""

import hashlib
import hmac
import secrets


class Seal:
    """A keyed signature (HMAC-SHA256, cut to 128 bits) behind a value, parted by a dot."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.sha256(b"motcua.web.seal" + key).digest()  # a key of its own: hashes elsewhere share `key`

    def close(self, value: str) -> str:
        return f"{value}.{self._mark(value)}"

    def open(self, sealed: str) -> str | None:
        """The value, None for anything we did not seal."""
        value, _, mark = sealed.rpartition(".")
        is_ours = hmac.compare_digest(mark.encode(), self._mark(value).encode())
        return value if value and is_ours else None

    def _mark(self, value: str) -> str:
        return hmac.new(self._key, value.encode(), hashlib.sha256).hexdigest()[:32]


def new_chat_id() -> str:
    """A name nobody can guess: 128 random bits."""
    return secrets.token_urlsafe(16)
