"""The index holds what it was given, and nothing of what is not in the edition."""

import numpy as np

from knowledge.language.normalise import normalise
from knowledge.search.building import build_index
from knowledge.search.finder import find
from knowledge.search.index import Entry, Index
from knowledge.search.terms import terms_of
from knowledge.wordings import Wordings

from .conftest import ENTRIES, FAMILY, SAID, wordings


def test_every_name_and_wording_is_a_row_of_its_procedure(index: Index) -> None:
    at = index.position["1.000005"]
    rows = index.wordings[index.first_wording[at] : index.first_wording[at + 1]]
    assert rows == (
        "dang ky thuong tru",
        "nhap ho khau chuyen ho khau",
        "nhap khau ve nha chong",
        "chuyen ho khau",
        "cat khau",
    )


def test_entries_are_in_the_order_of_their_codes_however_they_come() -> None:
    forwards, backwards = build_index(ENTRIES, wordings()), build_index(ENTRIES[::-1], wordings())
    assert [entry.code for entry in forwards.entries] == sorted(entry.code for entry in ENTRIES)
    assert forwards.wordings == backwards.wordings
    assert np.array_equal(forwards.rarity, backwards.rarity)


def test_a_word_of_one_procedure_is_rarer_than_a_word_of_many(index: Index) -> None:
    assert index.rarity[index.terms["ngao"]] > index.rarity[index.terms["dang"]]


def test_a_procedure_that_only_the_wordings_know_is_found_but_not_held() -> None:
    index = build_index(ENTRIES[3:], wordings())
    assert not index.holds("1.000001")
    assert not index.holds("9.999999")
    assert index.holds("1.000004")
    assert find(normalise("vợ em mới đẻ"), index).codes[0] == "1.000001"


def test_a_family_keeps_only_the_options_of_the_edition(index: Index) -> None:
    (family,) = index.families["1.000001"]
    assert family.codes == ("1.000001", "1.000002", "1.000003")
    assert family.question == FAMILY.question


def test_a_family_of_which_one_option_is_left_is_no_question() -> None:
    index = build_index([ENTRIES[0], ENTRIES[4]], wordings())
    assert "1.000001" not in index.families


def test_the_signs_of_the_families_that_are_left_point_to_their_cases(index: Index) -> None:
    def pointed_to(line: str) -> set[str]:
        return {code for _, _, cases in index.signs.found_in(line.split()) for _, code in cases}

    assert pointed_to("chong tay mat so goc") == {"1.000002", "1.000003"}
    assert pointed_to("chong toi mat so") == set()


def test_the_words_of_a_procedures_names_are_known(index: Index) -> None:
    assert {"khai", "sinh", "con"} <= index.own_words("1.000001")
    assert index.own_words("9.999999") == frozenset()


def test_a_procedure_without_wordings_is_found_by_its_name() -> None:
    index = build_index([Entry("1.000011", "Cấp giấy phép nhập khẩu hóa chất")], Wordings({}, ()))
    assert index.plain_names == {}
    assert index.wordings == ("cap giay phep nhap khau hoa chat",)


def test_the_numbers_in_the_index_are_the_texts_it_was_given(index: Index) -> None:
    total = sum(1 + len(said) for said in SAID.values()) + len(ENTRIES) - len(SAID)
    assert len(index.wordings) == total == len(index.root_mass)
    assert len(index.named) == total


def test_terms_are_syllables_pairs_and_marked_syllables() -> None:
    assert list(terms_of(normalise("khai sinh"))) == ["khai", "sinh", "khai sinh"]
    assert set(terms_of(normalise("hộ khẩu"))) == {"ho", "khau", "ho khau", "^hộ", "^khẩu"}
