"""The page of what changed between two editions."""

import pytest
from starlette.testclient import TestClient


def test_without_numbers_the_last_change_is_shown(client: TestClient) -> None:
    page = client.get("/thay-doi")
    assert page.status_code == 200
    assert "Thủ tục có thay đổi" in page.text


def test_everything_since_the_beginning_leads_to_its_leaflets(client: TestClient) -> None:
    page = client.get("/thay-doi?tu=0&den=1").text
    assert "Thủ tục mới" in page
    assert 'href="/tthc/' in page


@pytest.mark.parametrize("query", ["tu=x", "den=-1", "tu=1&den=" + "9" * 40, "tu=%F0%9F%98%80"])
def test_what_is_no_number_is_left_out(client: TestClient, query: str) -> None:
    assert client.get(f"/thay-doi?{query}").status_code == 200


def test_an_edition_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/thay-doi?den=99").status_code == 404
