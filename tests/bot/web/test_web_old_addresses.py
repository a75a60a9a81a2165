import pytest
from fastapi.testclient import TestClient

from html_pages import page_of
from web_app import FORMALITY_ID, RICH

OLD = "/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html"


@pytest.mark.parametrize(
    "address",
    [
        f"{OLD}?ma_thu_tuc={RICH}",
        f"{OLD}?ma_thu_tuc=%20{RICH}",
        f"/thu-tuc-hanh-chinh/{FORMALITY_ID}",
        f"/tim-kiem-thu-tuc-hanh-chinh?formalityId={FORMALITY_ID}&searchType=PROVINCE&provinceCode=31",
    ],
    ids=["of the old portal", "with a space", "by formality id", "of the filing form"],
)
def test_an_address_from_a_poster_leads_to_the_leaflet(client: TestClient, address: str) -> None:
    response = client.get(address, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (302, f"/tthc/{RICH}")


@pytest.mark.parametrize(
    "address",
    [OLD, f"{OLD}?ma_thu_tuc=9.999999", "/thu-tuc-hanh-chinh/unknown", "/tim-kiem-thu-tuc-hanh-chinh"],
    ids=["without a code", "unknown code", "unknown id", "without an id"],
)
def test_an_address_that_leads_nowhere_offers_the_search(client: TestClient, address: str) -> None:
    page = page_of(client.get(address))
    assert page.status == 404
    assert page.one("form[role=search]")
