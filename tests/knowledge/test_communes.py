"""Citizens name their commune as they always have; facts are the published ones, contacts never invented."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.communes import CommuneKind, commune_of, communes, communes_like, find_communes


def names(text: str) -> list[str]:
    return [commune.full_name for commune in find_communes(text)]


# The directory


def test_there_are_114_communes_of_three_kinds() -> None:
    kinds = [commune.kind for commune in communes()]
    assert {kind: kinds.count(kind) for kind in CommuneKind} == {"xã": 67, "phường": 45, "đặc khu": 2}
    assert len({commune.code for commune in communes()}) == len({commune.full_name for commune in communes()}) == 114


def test_every_commune_has_an_official_code_and_the_units_it_was_made_of() -> None:
    for commune in communes():
        assert len(commune.code) == 5
        assert commune.code.isdigit()
        assert commune.old_units
        for text in (commune.name, *commune.old_units):
            assert text == unicodedata.normalize("NFC", text).strip()


def test_the_directory_is_the_published_one(shared: Path) -> None:
    text = (shared / "catalogue" / "haiphong_communes.json").read_text()
    published = json.loads(unicodedata.normalize("NFC", text))
    stated = {
        unit["code"]: (unit["full_name"], tuple(old for old in unit["old_units"] if old != "-")) for unit in published
    }
    assert {commune.code: (commune.full_name, commune.old_units) for commune in communes()} == stated


def test_only_the_contact_that_a_source_gives_is_known_and_it_says_so() -> None:
    known = [commune for commune in communes() if commune.contact]
    assert [commune.full_name for commune in known] == ["Xã Vĩnh Bảo"]
    contact = known[0].contact
    assert contact is not None
    assert (contact.address, contact.hotlines) == ("Đường 20/8", ("0823.919.686", "0967.311.138"))
    assert contact.hours is None
    assert contact.second_hand
    assert "Vĩnh Bảo" in contact.source


def test_a_commune_is_looked_up_by_its_code() -> None:
    vinh_bao = commune_of("11824")
    assert vinh_bao is not None
    assert vinh_bao.full_name == "Xã Vĩnh Bảo"
    assert commune_of("00000") is None


# Names people use


@pytest.mark.parametrize("commune", communes(), ids=lambda commune: commune.code)
def test_every_commune_is_found_by_its_full_name(commune: object) -> None:
    assert find_communes(commune.full_name) == (commune,)  # type: ignore[attr-defined]  # parametrize knows no types


@pytest.mark.parametrize("commune", communes(), ids=lambda commune: commune.code)
def test_every_old_unit_leads_to_the_commune_it_became(commune: object) -> None:
    for old in commune.old_units:  # type: ignore[attr-defined]  # the same
        assert commune in find_communes(f"{old.replace(' (', ' cũ (')} cũ"), old


@pytest.mark.parametrize(
    "text",
    [
        "Phường Cẩm Thượng",
        "phuong cam thuong",
        "Cẩm Thượng",
        "cam thuong",
        "P. Cẩm Thượng",
        "p.cam thuong",
        "P Cẩm Thượng cũ",
        "tôi ở phường Cẩm Thượng, muốn làm khai sinh",
        "Cẩm Thượng, thành phố Hải Phòng",
        unicodedata.normalize("NFD", "phường Cẩm Thượng"),
        "PHƯỜNG CẨM THƯỢNG",
    ],
)
def test_an_old_ward_is_understood_however_it_is_written(text: str) -> None:
    assert names(text) == ["Phường Thành Đông"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("xã Cẩm Giàng", ["Xã Cẩm Giàng"], id="marks tell two names apart"),
        pytest.param("xa cam giang", ["Xã Cẩm Giang", "Xã Cẩm Giàng"], id="without marks both are meant"),
        pytest.param("Hoà Bình", ["Phường Hòa Bình"], id="the tone may stand on the other vowel"),
        pytest.param("Kiến Thuỵ", ["Xã Kiến Thụy"], id="there too"),
        pytest.param("thị trấn Cát Bà", ["Đặc khu Cát Hải"], id="a township of old"),
        pytest.param("tt cat ba", ["Đặc khu Cát Hải"], id="a township in short"),
        pytest.param("đk Cát Hải", ["Đặc khu Cát Hải"], id="a special zone in short"),
        pytest.param("huyện Bạch Long Vĩ", ["Đặc khu Bạch Long Vĩ"], id="a district that became a special zone"),
        pytest.param("x. vĩnh bảo", ["Xã Vĩnh Bảo"], id="a commune in short"),
    ],
)
def test_names_are_understood_as_written(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_name_borne_today_means_the_commune_of_today() -> None:
    assert names("Gia Viên") == ["Phường Gia Viên"]


def test_a_name_said_to_be_old_means_every_heir_of_the_old_unit() -> None:
    assert names("phường Gia Viên cũ") == ["Phường Hồng Bàng", "Phường Ngô Quyền", "Phường Gia Viên"]


def test_an_ambiguous_old_name_gives_every_commune_and_its_district_settles_it() -> None:
    assert names("Tân Dân") == ["Phường Lê Đại Hành", "Phường Nhị Chiểu", "Xã An Lão"]
    assert names("Tân Dân, Chí Linh") == ["Phường Lê Đại Hành"]
    assert names("phường Tân Dân thị xã Kinh Môn") == ["Phường Nhị Chiểu"]


def test_the_kind_tells_two_old_units_of_one_name_apart() -> None:
    assert names("xã Lê Lợi") != names("phường Lê Lợi")
    assert "Phường Trần Hưng Đạo" in names("xã Lê Lợi")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("xã hội", id="a word that begins like a kind"),
        pytest.param("nhà xa quá", id="far, not commune"),
        pytest.param("huyện Vĩnh Bảo", id="a district is not the commune of its name"),
        pytest.param("quận Lê Chân", id="nor is a borough"),
        pytest.param("phường nào cũng được", id="no name"),
        pytest.param("làm khai sinh cho bé Gia Minh ở đâu", id="a name of a person in a sentence"),
        pytest.param("phường", id="a kind alone"),
        pytest.param("Bến Nghé", id="a place elsewhere"),
    ],
)
def test_what_names_no_commune_finds_none(text: str) -> None:
    assert names(text) == []


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert set(find_communes(text)) <= set(communes())
    assert set(communes_like(text)) <= set(communes())


# Choosing from a list


def test_a_person_who_typed_nothing_sees_all() -> None:
    assert communes_like("  ") == communes()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("bao", "Xã Vĩnh Bảo", id="one word of the name"),
        pytest.param("vinh b", "Xã Vĩnh Bảo", id="an unfinished word"),
        pytest.param("thuong cam", "Phường Thành Đông", id="words of an old name in any order"),
    ],
)
def test_a_few_letters_narrow_the_list(text: str, found: str) -> None:
    shown = [commune.full_name for commune in communes_like(text)]
    assert found in shown
    assert len(shown) < 30


def test_a_name_that_is_understood_leaves_only_its_communes() -> None:
    assert [commune.full_name for commune in communes_like("cam thuong")] == ["Phường Thành Đông"]


def test_letters_of_no_name_leave_nothing() -> None:
    assert communes_like("zzz") == ()
