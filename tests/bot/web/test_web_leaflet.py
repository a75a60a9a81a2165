import json
from itertools import pairwise
from urllib.parse import quote

import pytest
import zxingcpp
from fastapi.testclient import TestClient
from PIL import Image, ImageDraw

from html_pages import Page, page_of
from web_app import BARE, BIRTH, FORMALITY_ID, RICH


@pytest.fixture
def rich(client: TestClient) -> Page:
    return page_of(client.get(f"/tthc/{RICH}"))


@pytest.fixture
def bare(client: TestClient) -> Page:
    return page_of(client.get(f"/tthc/{BARE}"))


def section(page: Page, name: str) -> str:
    return page.one(f"section[aria-labelledby={name}]").text


def test_the_everyday_name_is_the_title_and_the_official_one_stands_under_it(rich: Page) -> None:
    assert rich.one("h1").text == "Xin phép nuôi rồng"
    assert "Cấp giấy phép nuôi <rồng> & phượng tại nhà" in rich.one(".official").text
    assert RICH in rich.one(".official").text


def test_the_papers_of_everybody_can_be_ticked_first(rich: Page) -> None:
    first = rich.one(".ticks")
    assert [tick.text for tick in first.all("label")] == [
        "Đơn xin nuôi rồng",
        "Căn cước (bản chính, chỉ để cán bộ xem)",
    ]
    assert all(box.attributes["type"] == "checkbox" for box in first.all("input"))


def test_papers_of_a_case_stand_under_the_case_with_what_serves_instead(rich: Page) -> None:
    bring = section(rich, "mang-theo")
    assert rich.one(".case").text == "Rồng đã lớn"
    assert "Ảnh rồng (2 bản sao)" in bring
    assert "Hoặc: tranh vẽ rồng" in bring


def test_what_the_office_looks_up_is_not_to_be_ticked(rich: Page) -> None:
    assert "Cán bộ tự tra, bạn không phải mang: Giấy tờ về nơi cư trú." in rich.one(".box").text
    assert "Không cần xác nhận của hàng xóm." in section(rich, "mang-theo")
    assert not [tick for tick in rich.all(".tick") if "nơi cư trú" in tick.text]


def test_fees_of_the_city_carry_their_ground_and_a_warning(rich: Page) -> None:
    rows = rich.one("section[aria-labelledby=le-phi] .rows").text
    assert rows == "Nộp trực tuyến 0 đồng Theo Nghị quyết 23/2026/NQ-HĐND cần đối chiếu"


def test_a_fee_of_the_city_that_has_ended_is_not_shown(rich: Page) -> None:
    assert "Nghị quyết cũ" not in rich.text
    assert "5.000" not in rich.text


def test_the_three_states_of_fees_stay_apart(rich: Page) -> None:
    published = rich.one("section[aria-labelledby=le-phi] details").text
    assert "nộp trực tiếp 120.000 đồng: mỗi con" in published
    assert "Danh mục ghi 0 đồng, kèm ghi chú: “theo quy định của HĐND cấp tỉnh”" in published.replace(
        "Hội đồng nhân dân", "HĐND"
    )
    assert "chưa ghi mức phí" in published
    assert "miễn phí" not in rich.text.lower()


def test_a_time_without_a_real_unit_never_becomes_a_number(rich: Page) -> None:
    published = rich.one("section[aria-labelledby=bao-lau] details").text
    assert "nộp trực tiếp 3,5 ngày làm việc." in published
    assert "nộp bưu điện 5 ngày." in published
    assert "nộp trực tuyến Danh mục quốc gia chưa ghi số ngày" in published


def test_the_record_stands_whole_in_the_fine_print(rich: Page) -> None:
    published = section(rich, "day-du")
    for words in (
        "Giấy tờ phải nộp",
        "Đơn xin nuôi rồng",
        "don-nuoi-rong.docx",
        "rồng con không phải nộp ảnh",
        "Nhận giấy phép.",
        "Nhà có sân rộng.",
        "Giấy phép nuôi rồng",
        "Công dân Việt Nam",
        "Ủy ban nhân dân cấp xã",
        "01/2026/NĐ-CP: Nghị định về rồng",
    ):
        assert words in published


def test_notes_between_the_papers_are_folded_away(rich: Page) -> None:
    notes = rich.one("details.notes")
    assert "open" not in notes.attributes
    assert "rồng con không phải nộp ảnh" in notes.text


def test_the_source_names_decision_day_of_the_data_and_edition(rich: Page) -> None:
    source = rich.all("p.source")[-1].text
    assert source == "Theo Quyết định 163/QĐ-BTP ngày 16/01/2026, Bộ Tư pháp. Dữ liệu đến 18/07/2026, ấn bản 3."


def test_a_name_with_markup_in_it_is_shown_as_written(client: TestClient) -> None:
    text = client.get(f"/tthc/{RICH}").text
    assert "&lt;rồng&gt; &amp; phượng" in text
    assert "<rồng>" not in text


def test_the_qr_code_opens_the_listing_link(rich: Page) -> None:
    drawn = rich.one("svg.qr")
    decoded = zxingcpp.read_barcodes(drawn_qr(drawn.one("path[stroke]").attributes["d"]))
    assert [code.text for code in decoded] == [f"https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{FORMALITY_ID}"]
    assert drawn.attributes["role"] == "img"
    assert drawn.one("title").text


def drawn_qr(path: str) -> Image.Image:
    """The picture of segno's path: relative strokes of one module's height, eight pixels a module."""
    image = Image.new("L", (60 * 8, 60 * 8), 255)
    draw = ImageDraw.Draw(image)
    x = y = 0.0
    for command, rest in ((part[0], part[1:]) for part in _commands(path)):
        numbers = [float(number) for number in rest.replace("-", " -").split()]
        if command == "M":
            x, y = numbers
        elif command == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            draw.rectangle((x * 8, (y - 0.5) * 8, (x + numbers[0]) * 8 - 1, (y + 0.5) * 8 - 1), fill=0)
            x += numbers[0]
    return image


def _commands(path: str) -> list[str]:
    marked = path
    for letter in "Mmh":
        marked = marked.replace(letter, f"|{letter}")
    return [part for part in marked.split("|") if part]


def test_without_a_checklist_the_published_papers_can_be_ticked_under_their_case(bare: Page) -> None:
    assert bare.one("h1").text == "Đăng ký thả diều đêm"
    assert bare.one(".when").text == "Tùy trường hợp của bạn"
    assert bare.one(".case").text == "Trường hợp diều có đèn"
    assert bare.one(".tick").text == "Sơ đồ đèn (bản sao)"


def test_what_the_record_does_not_say_is_said_to_be_unsaid(bare: Page) -> None:
    assert "chưa ghi mức phí" in section(bare, "le-phi")
    assert "chưa ghi số ngày" in section(bare, "bao-lau")
    assert "chưa ghi nơi tiếp nhận" in section(bare, "nop-o-dau")
    assert bare.all("p.source")[-1].text == "Dữ liệu đến 18/07/2026, ấn bản 3."


def test_the_leaflet_of_the_most_asked_procedure_reads_from_our_checklist(client: TestClient) -> None:
    page = page_of(client.get(f"/tthc/{BIRTH}"))
    assert "Giấy chứng sinh" in section(page, "mang-theo")
    assert "0 đồng nếu làm trong 60 ngày từ khi sinh." in section(page, "le-phi")
    assert "Trong ngày" in section(page, "bao-lau")
    assert "Trung tâm Phục vụ hành chính công" in section(page, "nop-o-dau")


def test_every_leaflet_of_the_starter_catalogue_can_be_made(client: TestClient) -> None:
    results = client.get("/api/v1/search", params={"level": "commune"}).json()
    codes = [result["code"] for result in results["results"]]
    assert len(codes) == 20
    for code in codes:
        page = page_of(client.get(f"/tthc/{code}"))
        assert page.status == 200
        assert page.all(".tick") or "chưa ghi giấy tờ" in section(page, "mang-theo")


def test_headings_descend_without_a_gap(rich: Page) -> None:
    levels = [int(element.tag[1]) for element in rich.walk() if element.tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))


def test_the_chosen_commune_is_named_where_it_receives(client: TestClient) -> None:
    assert "Nơi bạn đã chọn" not in client.get(f"/tthc/{RICH}").text
    client.post("/xa-phuong", data={"ma": "10507"})
    assert "Nơi bạn đã chọn: Phường Thành Đông" in section(page_of(client.get(f"/tthc/{RICH}")), "nop-o-dau")
    assert "Nơi bạn đã chọn" not in client.get(f"/tthc/{BARE}").text


def test_the_leaflet_can_be_asked_about(client: TestClient, rich: Page) -> None:
    button = rich.one(".actions button[name=action]")
    answer = page_of(client.post("/hoi", data={"text": "Xin phép nuôi rồng", "action": button.attributes["value"]}))
    assert "Xin phép nuôi rồng" in answer.one(".answer h3").text


@pytest.mark.parametrize("code", ["9.999999", "abc", "1.001193'--", "%00", "../../etc/passwd", "𝟏.001193"], ids=str)
def test_an_unknown_code_gets_a_friendly_page_with_the_search(client: TestClient, code: str) -> None:
    page = page_of(client.get(f"/tthc/{quote(code, safe='%')}"))
    assert page.status == 404
    assert page.one("h1").text == "Không có trang này"
    assert page.one("form[role=search] input[name=q]")


def test_spaces_around_a_code_do_not_matter(client: TestClient) -> None:
    assert client.get(f"/tthc/%20{BIRTH}%20").status_code == 200


def test_the_page_and_the_interface_tell_the_same_record(client: TestClient) -> None:
    record = json.loads(client.get(f"/api/v1/procedures/{RICH}").text)
    assert record["procedure"]["name"] == "Cấp giấy phép nuôi <rồng> & phượng tại nhà"
    assert record["checklist"]["name"] == "Xin phép nuôi rồng"
