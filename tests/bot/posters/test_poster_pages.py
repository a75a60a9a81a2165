"""Posters on paper: codes are read back, texts are all there, nothing leaves the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from bot.posters.drawing import CARD, PAGE
from bot.posters.fitting import REGULAR, STRONG, fit, register_fonts
from bot.posters.pictures import write_pictures
from bot.posters.poster import Poster
from bot.posters.sheets import PAPERS, Layout, names_of, slots_of, write_pdf

BASE = "https://hoidap.example.gov.vn"
LONG = "Cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất " * 12
STACKED = "Ễ Ộ Ậ Ữ Ỹ ẵ ặ ợ ỳ đ Đ Ằ ệ"  # two marks on a letter, and every kind of letter


def poster(code: str = "1.001193", **changes: Any) -> Poster:
    made = Poster(
        code=code,
        place="Xã Vĩnh Bảo",
        title="Đăng ký khai sinh cho con",
        official="Đăng ký khai sinh",
        link=f"{BASE}/tthc/{code}",
        hint="Mở camera hoặc Zalo, quét mã này.",
        sources=("Mã thủ tục 1.001193, theo Quyết định 163/QĐ-BTP", "In ngày 22/11/2026, ấn bản 3."),
    )
    return made._replace(**changes)


def many(count: int) -> list[Poster]:
    return [poster(f"1.{number:06}") for number in range(count)]


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., Path]:
    def write(*posters: Poster, paper: str = "A4", layout: Layout = Layout.PAGE) -> Path:
        path = tmp_path / f"{paper}-{layout}.pdf"
        write_pdf(posters, path, paper, layout, lambda _done: None)
        return path

    return write


def pages(path: Path) -> list[tuple[float, float]]:
    with pypdfium2.PdfDocument(path) as document:
        return [(round(page.get_width()), round(page.get_height())) for page in document]


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def picture(path: Path, folder: Path, dpi: int = 100) -> Path:
    write_pictures(path, folder, ["one"], dpi, lambda _done: None)
    return folder / "one.png"


def read_codes(path: Path, dpi: int) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        found = [zxingcpp.read_barcodes(page.render(scale=dpi / 72).to_pil()) for page in document]
    return [code.text for page in found for code in page]


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_code_on_every_paper_and_layout_is_read_back(
    printed: Callable[..., Path], paper: str, layout: Layout
) -> None:
    posters = many(3)
    assert sorted(read_codes(printed(*posters, paper=paper, layout=layout), 100)) == [each.link for each in posters]


def test_a_code_is_read_from_a_coarse_print(printed: Callable[..., Path]) -> None:
    assert read_codes(printed(poster()), 45) == [poster().link]


def test_the_link_of_the_portal_is_read_back(printed: Callable[..., Path]) -> None:
    link = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019bad30-cd83-76ea-9f9a-bc6cebad4138"
    assert read_codes(printed(poster(link=link), layout=Layout.CARDS), 150) == [link]


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("A3", (842, 1191))], ids=["A4", "A3"])
def test_pages_have_the_size_of_the_paper(printed: Callable[..., Path], paper: str, size: tuple[int, int]) -> None:
    for layout in Layout:
        assert pages(printed(poster(), paper=paper, layout=layout)) == [size]


@pytest.mark.parametrize(("paper", "cards"), [("A4", 8), ("A3", 18)], ids=["A4", "A3"])
def test_a_sheet_takes_as_many_cards_as_have_room(printed: Callable[..., Path], paper: str, cards: int) -> None:
    assert len(slots_of(PAPERS[paper], Layout.CARDS)) == cards
    assert len(pages(printed(*many(cards), paper=paper, layout=Layout.CARDS))) == 1
    assert len(pages(printed(*many(cards + 1), paper=paper, layout=Layout.CARDS))) == 2


@pytest.mark.parametrize("paper", PAPERS)
def test_cards_lie_on_the_paper_and_not_on_each_other(paper: str) -> None:
    slots = slots_of(PAPERS[paper], Layout.CARDS)
    assert min(slot.x for slot in slots) > 0
    assert min(slot.y for slot in slots) > 0
    assert max(slot.x for slot in slots) + CARD.width < PAPERS[paper].width
    assert max(slot.y for slot in slots) + CARD.height < PAPERS[paper].height
    assert all(
        abs(one.x - other.x) >= CARD.width - 0.01 or abs(one.y - other.y) >= CARD.height - 0.01
        for one in slots
        for other in slots
        if one is not other
    )


def test_everything_it_says_can_be_read(printed: Callable[..., Path]) -> None:
    text = text_of(printed(poster()))
    for said in ("Xã Vĩnh Bảo", "Đăng ký khai sinh cho con", "163/QĐ-BTP", "ấn bản 3", f"{BASE}/tthc/1.001193"):
        assert said in text


@pytest.mark.parametrize("layout", Layout)
def test_vietnamese_letters_are_in_the_embedded_fonts(printed: Callable[..., Path], layout: Layout) -> None:
    path = printed(poster(title=STACKED, official=STACKED), layout=layout)
    assert STACKED in text_of(path)
    assert path.read_bytes().count(b"/FontFile2") == 2, "the regular and the strong one, each once"


@pytest.mark.parametrize("layout", Layout)
def test_of_a_very_long_name_no_word_is_lost_or_cut(printed: Callable[..., Path], layout: Layout) -> None:
    path = printed(poster(title=LONG, official=LONG), layout=layout)
    count = 24 if layout is Layout.PAGE else 12
    assert text_of(path).count("gắn liền với đất") == count
    assert read_codes(path, 100) == [poster().link]


@pytest.mark.parametrize("layout", Layout)
def test_nothing_is_drawn_at_the_edge_of_the_paper(
    printed: Callable[..., Path], tmp_path: Path, layout: Layout
) -> None:
    from PIL import Image

    path = printed(poster(title=LONG, official=LONG, link=BASE + "/tthc/" + "9" * 90), layout=layout)
    with Image.open(picture(path, tmp_path / "p", 72)).convert("L") as page:
        edges = [(0, 30, 12, page.height), (page.width - 12, 30, page.width, page.height)]
        assert all(page.crop(edge).getextrema() == (255, 255) for edge in edges)


def test_the_same_posters_give_the_same_file(printed: Callable[..., Path]) -> None:
    assert printed(poster()).read_bytes() == printed(poster()).read_bytes()


def test_pictures_have_the_dots_that_were_asked_for(printed: Callable[..., Path], tmp_path: Path) -> None:
    from PIL import Image

    with Image.open(picture(printed(poster()), tmp_path / "p", 150)) as image:
        assert image.size == (1241, 1754)
        assert round(image.info["dpi"][0]) == 150
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["one.png"]


def test_pages_are_named_by_code_and_sheets_by_number() -> None:
    assert list(names_of(many(2), "A4", Layout.PAGE)) == ["1.000000", "1.000001"]
    assert list(names_of(many(9), "A4", Layout.CARDS)) == ["trang-001", "trang-002"]
    assert list(names_of([poster(" 1.014325")], "A4", Layout.PAGE)) == ["1.014325"]


# Fitting


def test_a_short_text_keeps_its_size() -> None:
    fitted = fit("Khai sinh", STRONG, 36, PAGE.width, 100)
    assert (fitted.size, fitted.lines) == (36, ("Khai sinh",))


@pytest.mark.parametrize("height", [20, 60, 200])
def test_a_long_text_shrinks_until_all_of_it_has_room(height: float) -> None:
    fitted = fit(LONG, REGULAR, 36, 200, height)
    assert fitted.height <= height
    assert " ".join(fitted.lines) == " ".join(LONG.split())


def test_a_word_wider_than_the_box_breaks() -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    fitted = fit("x" * 200, REGULAR, 12, 100, 1_000)
    assert "".join(fitted.lines) == "x" * 200
    assert all(stringWidth(line, REGULAR, 12) <= 100 for line in fitted.lines)


def test_a_text_of_nothing_takes_no_room() -> None:
    assert fit("", REGULAR, 12, 100, 10).height <= 12 * 1.4


def test_fonts_are_registered_once() -> None:
    register_fonts()
    register_fonts()
