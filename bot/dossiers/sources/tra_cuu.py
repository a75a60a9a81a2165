"""TraCuuHoSo at an agency's adapter: login, then POST; an expired login is renewed once."""

from threading import Lock
from typing import Any

import httpx

from bot.dossiers.payloads import read_payload
from bot.dossiers.payloads.fields import InvalidPayloadError
from bot.dossiers.sources.source import Access, SourceDownError, exchanged
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Update

GOOD = {"00", "0"}


class TraCuuHoSo:
    """`access.url` is the adapter's; the login stands beside it at …/login."""

    name = "tra_cuu"

    def __init__(self, client: httpx.Client, access: Access, keys: Keys) -> None:
        self._client, self._access, self._keys = client, access, keys
        self._session = ""
        self._lock = Lock()

    def ask(self, code: str) -> list[Update]:
        answer = self._asked(code, self._logged_in(""))
        if not _is_good(answer):
            answer = self._asked(code, self._logged_in(self._session))  # most likely the login has expired
        if not _is_good(answer):
            raise SourceDownError("an error code, also after a new login")
        try:
            updates = read_payload("TraCuuHoSo", answer, self._keys, self._access.system)
        except InvalidPayloadError as error:
            raise SourceDownError("an answer of another shape") from error
        return [update for update in updates if code in update.entries[0].codes]

    def _asked(self, code: str, session: str) -> Any:
        body = {"session": session, "madonvi": self._access.unit, "service": "TraCuuHoSo", "mahoso": code}
        return self._post(self._access.url, body)

    def _logged_in(self, expired: str) -> str:
        """The session, a new one if there is none yet or this is the expired one; one login at a time."""
        with self._lock:
            if self._session in {"", expired}:
                body = {"username": self._access.user, "password": self._access.password}
                answer = self._post(f"{self._access.url.rstrip('/')}/login", body)
                if not _is_good(answer) or not answer.get("session"):
                    raise SourceDownError("the login was refused")
                self._session = str(answer["session"])
            return self._session

    def _post(self, url: str, body: dict[str, str]) -> Any:
        headers = {"dstcode": self._access.unit}
        return exchanged(self._client, self._client.build_request("POST", url, json=body, headers=headers))


def _is_good(answer: Any) -> bool:
    return isinstance(answer, dict) and str(answer.get("error_code")) in GOOD
