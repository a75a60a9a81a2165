"""A member of staff at the console, for tests."""

import re
from html import unescape
from typing import Any

import httpx
from fastapi.testclient import TestClient

PASSWORD = "một câu dài dễ nhớ"


class Officer:
    """A browser of a member of staff that fills in forms as they were sent to it."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def log_in(self, login: str, password: str = PASSWORD, **fields: str) -> httpx.Response:
        data = {"ten": login, "mat_khau": password, **fields}
        return self.client.post("/can-bo/dang-nhap", data=data, follow_redirects=False)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.client.get(path, **options)

    @property
    def csrf(self) -> str:
        found = re.search(r'name="dau" value="(\w+)"', self.client.get("/can-bo").text)
        assert found
        return found[1]

    def send(self, path: str, **fields: str) -> httpx.Response:
        return self.client.post(path, data={"dau": self.csrf, **fields}, follow_redirects=False)


def words_of(response: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())
