"""The shelf in Valkey (or Redis). Without an answer from it the service goes on as if nothing lay there."""

from datetime import datetime, timedelta
from typing import cast

import structlog
from redis import Redis
from redis.client import Pipeline
from redis.exceptions import RedisError, WatchError

from bot.workers.shelf import Change, Result

PREFIX = "motcua:"
TIMEOUT = 1.0  # seconds: a citizen waits for it
TRIES = 50  # so many others in a row who were faster would be an attack

log = structlog.get_logger()


class ValkeyShelf:
    """Values go by themselves when their time is over."""

    def __init__(self, url: str) -> None:
        self._client = Redis.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)

    def get(self, key: str, now: datetime) -> bytes | None:  # noqa: ARG002  Shelf's own: Valkey has a clock
        try:
            return cast("bytes | None", self._client.get(PREFIX + key))
        except RedisError as error:
            _tell(error)
            return None

    def change(self, key: str, change: Change[Result], now: datetime, keep: timedelta) -> Result:  # noqa: ARG002  as in get
        try:
            return self._changed(PREFIX + key, change, keep)
        except RedisError as error:
            _tell(error)
            return change(None)[1]

    def _changed(self, key: str, change: Change[Result], keep: timedelta) -> Result:
        with self._client.pipeline() as pipe:
            for _ in range(TRIES):
                try:
                    return _change_once(pipe, key, change, keep)
                except WatchError:
                    continue
        raise RedisError("somebody else was always faster")

    def drop(self, key: str) -> None:
        try:
            self._client.delete(PREFIX + key)
        except RedisError as error:
            _tell(error)

    def sweep(self, now: datetime) -> None:
        """Valkey does it itself."""

    def answers(self) -> bool:
        try:
            self._client.ping()
        except RedisError:
            return False
        return True

    def close(self) -> None:
        self._client.close()


def _change_once(pipe: Pipeline, key: str, change: Change[Result], keep: timedelta) -> Result:
    """Raises WatchError where somebody changed it meanwhile."""
    pipe.watch(key)  # type: ignore[no-untyped-call]  # redis annotates most of itself
    value, result = change(cast("bytes | None", pipe.get(key)))
    pipe.multi()
    if value is None:
        pipe.delete(key)
    elif isinstance(value, bytes):
        pipe.set(key, value, px=keep)
    pipe.execute()
    return result


def _tell(error: RedisError) -> None:
    log.warning("valkey does not answer: conversations and limits start anew", reason=type(error).__name__)
