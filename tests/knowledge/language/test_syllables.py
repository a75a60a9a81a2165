"""Syllables, their tones, and the keys they were typed with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.keyboard import decode_keys
from knowledge.language.slang import plain_spelling
from knowledge.language.syllables import add_tone, fold, is_marked, is_syllable, place_tone, split_tone


@pytest.mark.parametrize(
    ("marked", "folded"),
    [
        pytest.param("đăng ký", "dang ky", id="đ has no decomposition and is mapped"),
        pytest.param("ĐƯỜNG", "duong", id="capitals"),
        pytest.param("khẩu", "khau", id="hat and tone"),
        pytest.param("abc 12", "abc 12", id="plain text"),
        pytest.param("đa\u0306ng", "dang", id="decomposed letters"),
    ],
)
def test_folding_takes_case_and_marks_away(marked: str, folded: str) -> None:
    assert fold(marked) == folded


@pytest.mark.parametrize("word", ["nghieng", "giay", "quyen", "khuya", "oan", "thuong", "y", "gi", "cuoc"])
def test_real_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["khia2", "ddang", "giaays", "congty", "xyz", "fuong", "jay", "shop", ""])
def test_what_cannot_be_a_syllable_is_none(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        pytest.param("hoà", "hòa", id="oa"),
        pytest.param("khoẻ", "khỏe", id="oe"),
        pytest.param("thuỷ", "thủy", id="uy"),
        pytest.param("uỷ", "ủy", id="uy without onset"),
        pytest.param("quý", "quý", id="after qu there is one place"),
        pytest.param("quỹ", "quỹ", id="qu again"),
        pytest.param("hoàn", "hoàn", id="closed rhymes have one place"),
        pytest.param("hòa", "hòa", id="already the old way"),
    ],
)
def test_both_placements_of_a_tone_become_the_old_one(new: str, old: str) -> None:
    assert place_tone(new) == old
    assert place_tone(old) == old


def test_a_tone_taken_off_can_be_put_back() -> None:
    for syllable in ("hòa", "giấy", "quyền", "được", "thủy", "khẩu", "gì", "nghiệp"):
        assert add_tone(*split_tone(syllable)) == syllable


@pytest.mark.parametrize(
    ("text", "expected"), [("giấy", True), ("đi", True), ("giay", False), ("café", True), ("😀", False)]
)
def test_marks_are_noticed(text: str, expected: bool) -> None:
    assert is_marked(text) is expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng", "đăng"), ("ddangw", "đăng"), ("kys", "ký"), ("giaays", "giấy"), ("giaasy", "giấy"), ("towf", "tờ"),
        ("cuwowcs", "cước"), ("thuwowngf", "thường"), ("ddor", "đỏ"), ("chuwngs", "chứng"), ("thuwcj", "thực"),
        ("dduwowcj", "được"), ("nguwowif", "người"), ("hôj", "hộ"), ("tờf", "tờ"), ("nộpj", "nộp"),
    ],
)  # fmt: skip
def test_telex_keys_left_as_typed_are_decoded(typed: str, meant: str) -> None:
    assert decode_keys(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thu3", "thủ"), ("tuc5", "tục"), ("d9a8ng", "đăng"), ("ky1", "ký"), ("gia6y1", "giấy"), ("cu7o7c1", "cước"),
        ("kha6u3", "khẩu"), ("d9o3", "đỏ"), ("thu7c5", "thực"), ("ngu7o7i2", "người"), ("d9u7o7c5", "được"),
    ],
)  # fmt: skip
def test_vni_keys_left_as_typed_are_decoded(typed: str, meant: str) -> None:
    assert decode_keys(typed) == meant


@pytest.mark.parametrize("word", ["to", "thu", "cos", "con", "as", "xe", "an", "giấy", "internetcafe"])
def test_real_words_are_not_taken_for_keys(word: str) -> None:
    assert decode_keys(word) == word if is_syllable(fold(word)) else True


@pytest.mark.parametrize(
    ("slang", "plain"),
    [("fường", "phường"), ("jấy", "giấy"), ("kó", "có"), ("giấyy", "giấy"), ("sinhh", "sinh"), ("wá", "quá")],
)
def test_slang_is_spelled_out(slang: str, plain: str) -> None:
    assert plain_spelling(slang) == plain


@given(st.text(max_size=12))
def test_mending_a_word_never_fails_and_never_touches_a_syllable(word: str) -> None:
    for mend in (decode_keys, plain_spelling):
        mended = mend(word)
        if is_syllable(fold(word)):
            assert mended == word
        assert mend(mended) == mend(mend(mended))
