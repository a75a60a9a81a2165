import pytest
from fastapi.testclient import TestClient

from bot.app import App
from bot.web.listing import PAGE, FieldRow, Wanted, code_in, fields_asked_often, list_fields, list_procedures
from html_pages import page_of
from knowledge.procedure import Level
from web_app import BIRTH, RICH, RICH_PROCEDURE


def found(client: TestClient, **wanted: str) -> list[str]:
    return [link.text for link in page_of(client.get("/tim", params=wanted)).all(".found a")]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("khai sinh", "khai sinh"),
        ("lam giay khai sinh cho con", "khai sinh"),
        ("tach thua", "thửa"),
        ("mo quan an", "kinh doanh"),
        ("nuoi rong", "rồng"),
    ],
    ids=["with marks", "a sentence without marks", "two bare words", "everyday words", "a procedure of the city"],
)
def test_procedures_are_found_the_way_citizens_type(client: TestClient, typed: str, name: str) -> None:
    assert any(name in shown.lower() for shown in found(client, q=typed)[:3])


@pytest.mark.parametrize("typed", [BIRTH, f" {BIRTH}.", f"{BIRTH}.000.00.00.H24"], ids=["bare", "with a dot", "local"])
def test_a_typed_code_leads_to_its_leaflet_at_once(client: TestClient, typed: str) -> None:
    response = client.get("/tim", params={"q": typed}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, f"/tthc/{BIRTH}")


def test_a_code_that_we_do_not_have_is_searched_as_words(client: TestClient) -> None:
    page = page_of(client.get("/tim", params={"q": "7.777777"}))
    assert page.status == 200
    assert "chưa tìm thấy" in page.text


def test_nothing_found_says_what_to_do(client: TestClient) -> None:
    page = page_of(client.get("/tim", params={"q": "zzzzqqqq"}))
    assert "chưa tìm thấy thủ tục nào cho “zzzzqqqq”" in page.one("[role=status]").text
    assert page.one(".box a[href='/']")
    assert page.one(".box a[href='/tim']")
    assert page.one("#tim").attributes["value"] == "zzzzqqqq"


def test_the_empty_search_offers_the_fields_with_their_counts(client: TestClient, built: App) -> None:
    page = page_of(client.get("/tim"))
    every = list_fields(built.library.index)
    assert page.one("details summary").text == f"Tất cả {len(every)} lĩnh vực, {len(built.library.index.held)} thủ tục"
    assert len(page.all("details .fields li")) == len(every)


def test_the_fields_that_many_ask_about_stand_first_and_open(client: TestClient) -> None:
    assert page_of(client.get("/tim")).one(".fields").text.startswith("Hộ tịch")
    rows = (FieldRow("A", 9, 1), FieldRow("B", 99, 0), FieldRow("C", 5, 3))
    assert [row.name for row in fields_asked_often(rows)] == ["C", "A"]


def test_abbreviations_in_the_names_of_fields_are_written_out() -> None:
    row = FieldRow("cấp sổ BHXH, thẻ BHYT", 1, 0)
    assert row.in_words == "Cấp sổ bảo hiểm xã hội, thẻ bảo hiểm y tế"
    assert row.url.endswith("BHXH%2C+th%E1%BA%BB+BHYT")


def test_a_field_lists_its_procedures_in_the_order_of_the_alphabet(client: TestClient) -> None:
    assert found(client, linh_vuc="Nuôi rồng") == [RICH_PROCEDURE.name, "Đăng ký thả diều đêm"]


def test_a_field_can_be_narrowed_to_a_level(client: TestClient) -> None:
    assert found(client, linh_vuc="Nuôi rồng", cap="commune") == [RICH_PROCEDURE.name]
    labels = [link.text for link in page_of(client.get("/tim", params={"linh_vuc": "Nuôi rồng"})).all(".filters a")]
    assert labels == ["Mọi cấp (2)", "Xã, phường (1)", "Thành phố (2)"]


def test_the_chosen_level_is_told_to_screen_readers(client: TestClient) -> None:
    page = page_of(client.get("/tim", params={"linh_vuc": "Nuôi rồng", "cap": "commune"}))
    assert page.one(".filters a[aria-current=true]").text == "Xã, phường (1)"


def test_long_lists_are_cut_into_pages_that_lead_to_each_other(client: TestClient) -> None:
    first = page_of(client.get("/tim", params={"cap": "commune"}))
    assert len(first.all(".found li")) == PAGE
    assert not first.all("a[rel=prev]")
    second = page_of(client.get(first.one("a[rel=next]").attributes["href"]))
    assert second.one(".found").attributes["start"] == str(PAGE + 1)
    assert second.one("a[rel=prev]").attributes["href"] == "/tim?cap=commune"
    assert {link.text for link in first.all(".found a")}.isdisjoint(link.text for link in second.all(".found a"))


def test_every_procedure_stands_on_exactly_one_page(built: App) -> None:
    index = built.library.index
    pages = list_procedures(index, Wanted(level=Level.COMMUNE)).pages
    codes = [
        entry.code
        for page in range(1, pages + 1)
        for entry in list_procedures(index, Wanted(level=Level.COMMUNE, page=page)).entries
    ]
    assert len(codes) == len(set(codes))
    assert set(codes) == {entry.code for entry in index.entries if Level.COMMUNE in entry.levels}


@pytest.mark.parametrize(
    "address",
    ["/tim?trang=99999999", "/tim?cap=village&linh_vuc=x", "/tim?trang=-1&cap=commune", "/tim?trang=x&q=khai+sinh"],
    ids=["page too far", "unknown level and field", "negative page", "page of letters"],
)
def test_a_mistyped_address_is_never_an_error(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 200


def test_a_page_beyond_the_last_shows_the_last(client: TestClient) -> None:
    page = page_of(client.get("/tim", params={"linh_vuc": "Nuôi rồng", "trang": "9"}))
    assert len(page.all(".found li")) == 2


def test_a_query_is_cut_where_nobody_types_on(client: TestClient) -> None:
    page = page_of(client.get("/tim", params={"q": "khai sinh " * 400}))
    assert len(page.one("#tim").attributes["value"]) == 300


def test_what_was_searched_is_never_markup(client: TestClient) -> None:
    text = client.get("/tim", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    ("wanted", "url"),
    [
        (Wanted(), "/tim"),
        (Wanted(query="a b"), "/tim?q=a+b"),
        (
            Wanted(field="Hộ tịch", level=Level.COMMUNE, page=2),
            "/tim?linh_vuc=H%E1%BB%99+t%E1%BB%8Bch&cap=commune&trang=2",
        ),
    ],
    ids=["nothing", "words", "everything"],
)
def test_what_is_wanted_can_be_written_as_an_address(wanted: Wanted, url: str) -> None:
    assert wanted.url == url


def test_a_search_within_a_field_keeps_to_it(built: App) -> None:
    listing = list_procedures(built.library.index, Wanted(query="giấy phép", field="Nuôi rồng"))
    assert {entry.field for entry in listing.entries} == {"Nuôi rồng"}


def test_a_list_of_what_was_found_ends_where_the_words_do(client: TestClient) -> None:
    assert 1 <= len(found(client, q="tach thua")) < 10


def test_only_codes_of_the_edition_count_as_codes(built: App) -> None:
    assert code_in(f"mã {RICH} là gì", built.library.index) == RICH
    assert code_in("1.999999", built.library.index) is None
