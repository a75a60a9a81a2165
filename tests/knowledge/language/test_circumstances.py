"""Circumstances as bits: named as whole words, told by name, the same bits everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.circumstances import circumstances_in, general_words, load_circumstances, mask_of
from knowledge.language.normalise import normalise
from knowledge.search.features import SPECIAL

NAMES = [*load_circumstances()]


def named(message: str) -> set[str]:
    bits = circumstances_in(" ".join(normalise(message).folded))
    return {name for name in NAMES if bits & mask_of({name})}


@pytest.mark.parametrize(
    ("message", "names"),
    [
        pytest.param("chồng em là người nước ngoài", {"foreign"}, id="a foreigner"),
        pytest.param("lấy chồng Hàn", {"foreign"}, id="a short name of a country behind a person"),
        pytest.param("vợ em người Lào", {"foreign"}, id="a short name behind another person"),
        pytest.param("ông chuyên gia Ấn Độ", {"foreign"}, id="a country that is no other word"),
        pytest.param("cưới bên Đức", {"abroad"}, id="done abroad"),
        pytest.param("ở nước ngoài lâu năm", {"foreign", "abroad"}, id="abroad in general"),
        pytest.param("bộ đội chống Pháp", {"ministry", "exchange"}, id="a war, not a husband"),
        pytest.param("người lao động", set(), id="a worker, not somebody from Laos"),
        pytest.param("người đại diện", set(), id="a representative, not somebody from Taiwan"),
        pytest.param("bị mất thẻ căn cước", {"again"}, id="lost"),
        pytest.param("xin cấp đổi", {"exchange"}, id="exchanged"),
        pytest.param("con dưới 14 tuổi", {"child"}, id="a child"),
        pytest.param("công ty tôi", {"organisation"}, id="a company"),
        pytest.param("bộ quốc phòng", {"ministry"}, id="the army"),
        pytest.param("thay đổi vì ghi sai", {"change", "exchange"}, id="a correction, by words that also say exchange"),
        pytest.param("đăng ký kết hôn", set(), id="nothing special"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_circumstances_are_told_by_the_words_that_name_them(message: str, names: set[str]) -> None:
    assert named(message) == names


def test_a_word_inside_a_longer_one_names_nothing() -> None:
    assert circumstances_in("conx xcon") == 0


def test_each_circumstance_has_a_bit_of_its_own() -> None:
    bits = [mask_of({name}) for name in NAMES]
    assert all(bit.bit_count() == 1 for bit in bits)
    assert len(set(bits)) == len(NAMES) == sum(bits).bit_count()


def test_a_name_that_is_no_circumstance_has_no_bit() -> None:
    assert mask_of({"no such circumstance"}) == mask_of(()) == 0


def test_the_special_circumstances_of_ranking_all_exist() -> None:
    assert SPECIAL.bit_count() == 5


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("lay chong han", ("nguoi", "nuoc", "ngoai"), id="somebody from abroad"),
        pytest.param("cuoi ben duc", ("o", "nuoc", "ngoai"), id="something done abroad"),
        pytest.param("lam giay khai sinh", (), id="nothing that has a general word"),
    ],
)
def test_a_particular_word_is_also_found_by_the_general_one(line: str, words: tuple[str, ...]) -> None:
    assert general_words(circumstances_in(line)) == words


@given(st.sets(st.sampled_from(NAMES)))
def test_the_mask_of_several_is_that_of_each_together(names: set[str]) -> None:
    together = 0
    for name in names:
        together |= mask_of({name})
    assert mask_of(names) == together


@given(st.lists(st.sampled_from("con lai doi nuoc ngoai mat sai cong ty khai sinh mo".split()), max_size=10))
def test_saying_more_never_unsays_a_circumstance(words: list[str]) -> None:
    assert circumstances_in(" ".join(words)) & ~circumstances_in(" ".join([*words, "khai", "sinh"])) == 0


@given(st.text(max_size=80))
def test_any_line_has_circumstances_or_none(line: str) -> None:
    assert 0 <= circumstances_in(line) < 1 << len(NAMES)
