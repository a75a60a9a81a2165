"""iGate's search: GET …/pa/dossier/search?code=… with a bearer token."""

import httpx

from bot.dossiers.payloads import read_payload
from bot.dossiers.payloads.fields import InvalidPayloadError
from bot.dossiers.sources.source import Access, SourceDownError, exchanged
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Update


class IGate:
    """`access.password` is the bearer token."""

    name = "igate"

    def __init__(self, client: httpx.Client, access: Access, keys: Keys) -> None:
        self._client, self._access, self._keys = client, access, keys

    def ask(self, code: str) -> list[Update]:
        url = f"{self._access.url.rstrip('/')}/pa/dossier/search"
        asked = {"code": code, "spec": "slice", "page": "0", "size": "20"}
        headers = {"Authorization": f"Bearer {self._access.password}"}
        answer = exchanged(self._client, self._client.build_request("GET", url, params=asked, headers=headers))
        if not isinstance(answer, dict) or "content" not in answer:
            raise SourceDownError("an answer of another shape")
        try:
            updates = read_payload("TimHoSo", answer, self._keys, self._access.system)
        except InvalidPayloadError as error:
            raise SourceDownError("an answer of another shape") from error
        return [update for update in updates if code in update.entries[0].codes]
