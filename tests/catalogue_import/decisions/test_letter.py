"""The letter of a decision: number, day, issuer, title, and for which rows another day holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_import.decision_file import Status
from catalogue_import.formats.decision.letter import Exemption, Letter, read_letter

HEAD = (
    "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 9006/QĐ-UBND",
    "Hải Phòng, ngày 27 tháng 8 năm 2026",
    "QUYẾT ĐỊNH",
    "Về việc công bố Danh mục thủ tục hành chính",
)
GROUNDS = ("CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010;")
FIRST = "Điều 1. Công bố kèm theo Quyết định này Danh mục thủ tục hành chính."
SIGNED = date(2026, 8, 27)


def letter(second: str = "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.", *more: str) -> Letter:
    return read_letter([*HEAD, *GROUNDS, FIRST, second, *more])


def exemption(clause: str) -> Exemption:
    (only,) = letter(f"Điều 2. Quyết định này có hiệu lực kể từ ngày ký. {clause}").exemptions
    return only


def test_the_letter_of_a_city_is_read_whole() -> None:
    found = letter().announcement
    assert (found.number, found.day, found.effective) == ("9006/QĐ-UBND", SIGNED, SIGNED)
    assert found.issuer == "Chủ tịch Ủy ban nhân dân thành phố Hải Phòng"
    assert found.title == "Về việc công bố Danh mục thủ tục hành chính"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        pytest.param("Số: 9006/QĐ-UBND", "9006/QĐ-UBND", id="plain"),
        pytest.param("Số : 9006 / QĐ - UBND", "9006/QĐ-UBND", id="spaces"),
        pytest.param("Số 12a/QĐ-SNV", "12a/QĐ-SNV", id="with a letter"),
        pytest.param("Số: 77/2026/QĐ-UBND", "77/2026/QĐ-UBND", id="with its year"),
        pytest.param("Số: 15/QĐ-BNN&MT", "15/QĐ-BNN&MT", id="a ministry"),
        pytest.param("Số:      /QĐ-UBND", "", id="not filled in"),
        pytest.param("Số: 15/TTr-SNV", "", id="a proposal is no decision"),
    ],
)
def test_the_number_stands_in_the_head(line: str, number: str) -> None:
    assert read_letter([HEAD[0], line, *GROUNDS, FIRST]).announcement.number == number


def test_the_line_below_an_annex_names_the_decision_where_the_letter_is_missing() -> None:
    line = "(Kèm theo Quyết định số 4127/QĐ-UBND ngày 05/11/2026 của Chủ tịch Ủy ban nhân dân thành phố Hải Phòng)"
    found = read_letter(["PHỤ LỤC I", line]).announcement
    assert (found.number, found.day) == ("4127/QĐ-UBND", date(2026, 11, 5))
    assert found.issuer == "Chủ tịch Ủy ban nhân dân thành phố Hải Phòng"


def test_a_decision_quoted_in_the_grounds_is_not_this_one() -> None:
    found = read_letter(["Số:   /QĐ-UBND", "Căn cứ Quyết định số 163/QĐ-BTP ngày 16/01/2026;", FIRST]).announcement
    assert (found.number, found.day) == ("", None)


def test_a_title_of_several_lines_ends_before_the_issuer() -> None:
    lines = ["V/v công bố Danh mục thủ tục hành chính", "trong lĩnh vực Hộ tịch", "_____", *GROUNDS]
    assert read_letter([HEAD[2], *lines, FIRST]).announcement.title == (
        "V/v công bố Danh mục thủ tục hành chính trong lĩnh vực Hộ tịch"
    )


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        pytest.param(["BỘ TƯ PHÁP", "BỘ TRƯỞNG BỘ TƯ PHÁP"], "Bộ trưởng bộ tư pháp", id="a minister"),
        pytest.param(["SỞ NỘI VỤ", "GIÁM ĐỐC SỞ NỘI VỤ"], "Giám đốc sở nội vụ", id="a director"),
        pytest.param(["ỦY BAN NHÂN DÂN XÃ A", "KT. CHỦ TỊCH"], "Chủ tịch Ủy ban nhân dân xã a", id="by the signer"),
    ],
)
def test_the_issuer_is_who_stands_above_the_grounds(lines: list[str], issuer: str) -> None:
    found = read_letter([*lines, HEAD[2], GROUNDS[1], FIRST]).announcement
    assert found.issuer.lower() == issuer.lower()


def test_days_that_cannot_be_are_told_and_nothing_is_made_of_them() -> None:
    found = read_letter(
        ["Số: 1/QĐ-UBND", "Hải Phòng, ngày 31 tháng 9 năm 2026", "Điều 2. Có hiệu lực từ ngày 30/02/2027."]
    )
    assert set(found.impossible) == {"31/9/2026", "30/02/2027"}
    assert (found.announcement.day, found.announcement.effective) == (None, None)


@pytest.mark.parametrize(
    ("clause", "codes"),
    [
        ("Thủ tục có mã 1.000001 có hiệu lực từ ngày 01/01/2027.", ("1.000001",)),
        ("Riêng thủ tục mã số 1.000001, 2.000002 có hiệu lực từ ngày 01/01/2027.", ("1.000001", "2.000002")),
    ],
)
def test_exemptions_by_code(clause: str, codes: tuple[str, ...]) -> None:
    assert (exemption(clause).codes, exemption(clause).effective) == (codes, date(2027, 1, 1))


def test_exemptions_by_field() -> None:
    found = exemption("Riêng các thủ tục thuộc lĩnh vực Hộ tịch có hiệu lực từ ngày 01/01/2027.")
    assert found.fields == ("hotich",)


@pytest.mark.parametrize(
    ("clause", "annex", "parts"),
    [
        ("Các thủ tục tại Phụ lục II có hiệu lực từ ngày 01/01/2027.", "ii", ()),
        ("Các thủ tục tại Mục B Phụ lục I có hiệu lực từ ngày 01/01/2027.", "i", ("b",)),
        ("Các thủ tục tại điểm 2 mục III có hiệu lực từ ngày 01/01/2027.", None, ("2", "iii")),
    ],
)
def test_exemptions_by_place(clause: str, annex: str | None, parts: tuple[str, ...]) -> None:
    assert (exemption(clause).annex, exemption(clause).parts) == (annex, parts)


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("số thứ tự 3", ("3",)),
        ("số thứ tự 1, 2 và 5", ("1", "2", "5")),
        ("STT 2 đến 4", ("2", "3", "4")),
        ("số thứ tự từ 7-9", ("7", "8", "9")),
        ("thủ tục hành chính số 02", ("2",)),
        ("thủ tục hành chính số 1.000001", ()),
    ],
)
def test_exemptions_by_row(said: str, rows: tuple[str, ...]) -> None:
    assert exemption(f"Các thủ tục tại {said} Phụ lục I có hiệu lực từ ngày 01/01/2027.").rows == rows


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("mới ban hành", Status.NEW),
        ("được sửa đổi, bổ sung", Status.AMENDED),
        ("bị bãi bỏ", Status.REPEALED),
    ],
)
def test_exemptions_by_status(said: str, status: Status) -> None:
    found = exemption(f"Riêng các thủ tục hành chính {said} có hiệu lực từ ngày 01/01/2027.")
    assert found.statuses == (status,)


@pytest.mark.parametrize(
    "said",
    [
        "kể từ ngày ký và được áp dụng từ ngày 01/12/2026.",
        "kể từ ngày ký ban hành, áp dụng kể từ ngày 01 tháng 12 năm 2026.",
        "từ ngày ký. Được thực hiện từ 01/12/2026; bãi bỏ Quyết định số 12/QĐ-UBND.",
    ],
    ids=["and applied", "issued, applied", "a sentence of its own"],
)
def test_the_day_of_application_counts_where_it_is_another_than_that_of_signing(said: str) -> None:
    found = letter(f"Điều 2. Quyết định này có hiệu lực {said}")
    assert (found.announcement.effective, found.exemptions, found.unclear) == (date(2026, 12, 1), (), ())


def test_a_day_of_application_for_some_rows_alone_does_not_count_for_all() -> None:
    said = "kể từ ngày ký; thủ tục mã 1.000001 được áp dụng từ ngày 01/12/2026."
    found = letter(f"Điều 2. Quyết định này có hiệu lực {said}")
    assert found.announcement.effective == SIGNED
    assert [(each.codes, each.effective) for each in found.exemptions] == [(("1.000001",), date(2026, 12, 1))]


def test_a_day_for_nobody_knows_which_rows_is_told_as_unclear() -> None:
    found = letter("Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Một số nội dung áp dụng từ ngày 01/01/2027.")
    assert found.exemptions == ()
    assert len(found.unclear) == 1


@pytest.mark.parametrize(
    "clause",
    [
        pytest.param("Quyết định số 12/QĐ-UBND ngày 02/02/2025 hết hiệu lực kể từ ngày 01/01/2027.", id="ends another"),
        pytest.param("Thay thế Quyết định số 12/QĐ-UBND ngày 02/02/2025.", id="replaces another"),
    ],
)
def test_what_is_said_of_another_decision_is_no_exemption(clause: str) -> None:
    found = letter(f"Điều 2. Quyết định này có hiệu lực kể từ ngày ký. {clause}")
    assert (found.announcement.effective, found.exemptions) == (SIGNED, ())


def test_paragraphs_of_an_article_are_read_with_it_up_to_the_recipients() -> None:
    found = letter(
        "Điều 2. Hiệu lực thi hành",
        "1. Quyết định này có hiệu lực từ ngày 01/10/2026.",
        "Nơi nhận:",
        "- Lưu: VT, có hiệu lực từ ngày 01/01/2030.",
    )
    assert (found.announcement.effective, found.exemptions, found.unclear) == (date(2026, 10, 1), (), ())


@given(st.lists(st.text(max_size=60), max_size=12))
def test_no_letter_brings_the_reading_down(texts: list[str]) -> None:
    found = read_letter(texts)
    assert found.announcement.effective is None or found.announcement.effective.year >= 1990
