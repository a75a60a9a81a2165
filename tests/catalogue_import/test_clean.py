"""Cleaning: what becomes of dirt, and that clean text is left alone."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue_import.clean import DIRT, clean, clean_line

DIRTY_TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\u00a0\u200b\u00ad\u200e\uf0fc\uf076\u0301\u0323\r\n\t\x00aăâđêôơư ế"),
    )
)


@pytest.mark.parametrize(
    ("published", "cleaned"),
    [
        pytest.param("đăng ký khai sinh", "đăng ký khai sinh", id="clean text stays"),
        pytest.param("", "", id="nothing stays nothing"),
        pytest.param("thu\u0309 tu\u0323c", "thủ tục", id="decomposed letters are composed"),
        pytest.param("phí\u00a0hộ\u00a0tịch", "phí hộ tịch", id="no-break spaces become spaces"),
        pytest.param("phí\u2003hộ tịch", "phí hộ tịch", id="wide spaces become spaces"),
        pytest.param("giấy\u200b tờ", "giấy tờ", id="zero-width spaces are dropped"),
        pytest.param("giấy\u00ad tờ", "giấy tờ", id="soft hyphens are dropped"),
        pytest.param("\u200egiấy tờ", "giấy tờ", id="direction marks are dropped"),
        pytest.param("\ufeffgiấy tờ", "giấy tờ", id="a byte order mark inside is dropped"),
        pytest.param("\uf0fc Tờ khai", "- Tờ khai", id="tick of Wingdings becomes a dash"),
        pytest.param("\uf076 Tờ khai", "- Tờ khai", id="diamond of Wingdings becomes a dash"),
        pytest.param("\uf0a7Tờ khai", "-Tờ khai", id="no space is invented behind a bullet"),
        pytest.param("  Tờ khai \n", "Tờ khai", id="spaces at both ends are trimmed"),
        pytest.param("Bước 1\r\nBước 2\rBước 3", "Bước 1\nBước 2\nBước 3", id="line breaks become one kind"),
        pytest.param("Bước 1\u2028Bước 2\x0bBước 3", "Bước 1\nBước 2\nBước 3", id="rare line breaks too"),
        pytest.param("a\tb", "a\tb", id="tabs stay, tables are typed with them"),
        pytest.param("mã\x00số", "mãsố", id="NUL is dropped"),
        pytest.param("e\u200b\u0301", "é", id="a mark behind something invisible finds its letter again"),
        pytest.param("Đơn ₫ “mẫu” – 1½", "Đơn ₫ “mẫu” – 1½", id="signs of ordinary writing stay"),
    ],
)
def test_text_is_cleaned(published: str, cleaned: str) -> None:
    assert clean(published) == cleaned


@pytest.mark.parametrize(
    ("published", "cleaned"),
    [
        pytest.param("Cấp lại\nGiấy chứng nhận", "Cấp lại Giấy chứng nhận", id="a line break becomes a space"),
        pytest.param("Cấp  lại \t Giấy", "Cấp lại Giấy", id="runs of spaces become one"),
        pytest.param(" Cấp lại\u00a0\u00a0Giấy ", "Cấp lại Giấy", id="no-break spaces count as spaces"),
        pytest.param("Cấp lại Giấy", "Cấp lại Giấy", id="a clean name stays"),
    ],
)
def test_a_name_becomes_one_line(published: str, cleaned: str) -> None:
    assert clean_line(published) == cleaned


@given(DIRTY_TEXTS)
@example("e\u200b\u0301")
@example(" \u0301a")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(DIRTY_TEXTS)
def test_cleaned_text_is_composed_trimmed_and_without_dirt(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert DIRT.search(cleaned) is None


@given(DIRTY_TEXTS)
def test_a_cleaned_line_has_no_break_and_single_spaces(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert clean_line(line) == line


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"])))
def test_letters_numbers_and_punctuation_survive(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_clean_text_is_not_copied() -> None:
    """Nearly all texts are clean; copies of 34 million characters would cost time and memory."""
    text = "Ủy ban nhân dân cấp xã nơi cư trú"
    assert clean(text) is text
    assert clean_line(text) is text
