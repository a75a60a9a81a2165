"""Where to go: the commune's office only where the record names it, everybody else as stated."""

from typing import Any

import pytest

from answer_parts import DIRECT, ONLINE, POSTAL, known, row
from bot.answers.wording import places
from knowledge.communes import Commune, CommuneKind, Contact
from knowledge.procedure import Level
from sample_procedures import make_checklist

CENTRE = "Trung tâm Phục vụ hành chính công xã, phường, đặc khu"
POLICE = "Công an xã, phường, đặc khu"


def said(**facts: Any) -> str:
    return " ".join(places.summary(known(**{"channels": (row(DIRECT),), **facts})))


@pytest.mark.parametrize(
    ("agency", "told"),
    [
        ("Ủy ban nhân dân cấp xã", CENTRE),
        ("Uỷ ban Nhân dân cấp xã, phường, thị trấn", CENTRE),
        ("UBND cấp  xã", CENTRE),
        ("Chủ tịch UBND cấp xã", CENTRE),
        ("Cơ quan chuyên môn về Nông nghiệp và Môi trường thuộc UBND cấp xã", CENTRE),
        ("Công an cấp Xã", POLICE),
        ("Sở Tư pháp", "Sở Tư pháp"),
        ("Ủy ban nhân dân cấp tỉnh", "Ủy ban nhân dân thành phố"),
        ("Công an cấp Tỉnh", "Công an thành phố"),
        ("Bảo hiểm xã hội tỉnh", "Bảo hiểm xã hội tỉnh"),
        ("Ban chỉ huy quân sự cấp Xã", "Ban chỉ huy quân sự cấp Xã"),
        ("Cục cảnh sát quản lý hành chính về trật tự, xã hội", "Cục cảnh sát quản lý hành chính về trật tự, xã hội"),
        ("Sở Nông nghiệp và Môi trường Thành phố Hà Nội", "Sở Nông nghiệp và Môi trường"),
        ("Sở Giao thông công chánh - TP.HCM", "Sở Giao thông công chánh"),
        ("Tòa án nhân dân_old", "Tòa án nhân dân"),
    ],
)
def test_an_agency_is_told_under_the_name_people_know(agency: str, told: str) -> None:
    assert said(executing=(agency,)) == f"{told}."


def test_the_level_alone_does_not_say_whose_office_it_is() -> None:
    assert said(levels=(Level.COMMUNE,), executing=("Chi cục Hải quan khu vực",)) == "Chi cục Hải quan khu vực."


def test_where_nobody_is_named_nobody_is_guessed() -> None:
    assert said(levels=(Level.COMMUNE,)) == (
        "Danh mục chưa ghi nơi làm; hỏi Trung tâm Phục vụ hành chính công gần bạn trước khi đi."
    )


@pytest.mark.parametrize("nobody", ["Cơ quan khác", "Công an huyện", "Bảo hiểm xã hội cấp huyện"])
def test_an_agency_that_is_none_is_not_shown(nobody: str) -> None:
    assert nobody not in said(executing=(nobody, "Sở Y tế"))


def test_only_the_abolished_level_is_told_as_such() -> None:
    assert "cấp huyện, đã bỏ từ 01/7/2025" in said(executing=("Ủy ban nhân dân cấp huyện",))


def test_the_nearest_office_comes_first() -> None:
    assert said(executing=("Sở Nội vụ", "Ủy ban nhân dân cấp xã")).startswith(f"{CENTRE}; Sở Nội vụ")


def test_agencies_of_other_provinces_go_where_others_remain() -> None:
    assert (
        said(executing=("Công an thành phố Hà Nội", "Phòng Quản lý xuất nhập cảnh")) == "Phòng Quản lý xuất nhập cảnh."
    )


def test_one_agency_written_twice_is_told_once() -> None:
    assert said(executing=("Sở Tư Pháp", "Sở Tư pháp")) == "Sở Tư pháp."


def test_many_agencies_are_counted() -> None:
    assert said(executing=tuple(f"Cục số {number}" for number in range(1, 6))) == (
        "Cục số 1; Cục số 2; Cục số 3 và 2 nơi khác: xem “Ai làm”."
    )


def test_the_competent_agency_serves_where_none_executes() -> None:
    assert said(competent=("Chủ tịch UBND cấp xã",)) == f"{CENTRE}."


@pytest.mark.parametrize(
    ("channels", "ways"),
    [
        ((DIRECT,), ""),
        ((DIRECT, ONLINE), "; hoặc nộp trực tuyến trên Cổng Dịch vụ công quốc gia"),
        ((DIRECT, POSTAL), "; hoặc gửi qua bưu điện"),
        (
            (DIRECT, ONLINE, POSTAL),
            "; hoặc nộp trực tuyến trên Cổng Dịch vụ công quốc gia; hoặc gửi qua bưu điện",
        ),
        ((ONLINE,), "; chỉ nộp trực tuyến trên Cổng Dịch vụ công quốc gia"),
    ],
    ids=["direct", "online too", "postal too", "all", "online only"],
)
def test_the_other_ways_of_filing_follow(channels: tuple[Any, ...], ways: str) -> None:
    assert said(executing=("Công an cấp Xã",), channels=tuple(map(row, channels))) == f"{POLICE}{ways}."


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "Các Trung tâm Phục vụ HCC trên địa bàn thành phố",
            "Các Trung tâm Phục vụ hành chính công trên địa bàn thành phố.",
        ),
        ("Công an cấp xã\n", f"{POLICE}."),
        ("Không có thông tin", "Sở Y tế."),
        ("", "Sở Y tế."),
        ("- Nộp tại trụ sở chính\n- hoặc điểm tiếp nhận", "Sở Y tế."),
        ("Ủy ban nhân dân cấp huyện", "Sở Y tế."),
        ("Trụ sở " + "số 18, đường Hoàng Diệu, " * 8, "Sở Y tế."),
    ],
    ids=["plain", "police", "no information", "empty", "several lines", "abolished level", "long"],
)
def test_a_plain_published_address_is_the_place(address: str, told: str) -> None:
    assert said(receiving_address=address, executing=("Sở Y tế",)) == told


def test_a_procedure_without_territory_may_be_filed_anywhere() -> None:
    assert said(executing=("Sở Y tế",), is_non_territorial=True) == "Sở Y tế. Không phụ thuộc nơi bạn ở."


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"executing": ("Ủy ban nhân dân cấp xã",)}, "Nộp ở"),
        ({"executing": ("Công an cấp Xã",)}, "Nộp ở"),
        ({"receiving_address": "Bộ phận Một cửa", "executing": ("Bộ Y tế",)}, "Nộp ở"),
        ({"checklist": make_checklist(place="Sở Y tế.")}, "Nộp ở"),
        ({"executing": ("Sở Tư pháp",)}, "Nơi làm"),
    ],
    ids=["centre", "police", "address", "plain words", "an agency that carries it out"],
)
def test_an_agency_that_carries_out_is_not_said_to_take_dossiers(facts: dict[str, Any], label: str) -> None:
    assert places.label(known(**facts)) == label


# The citizen's commune

AN_PHONG = Commune(code="00001", kind=CommuneKind.WARD, name="An Phong")
VINH_BAO = Commune(
    code="00002",
    kind=CommuneKind.COMMUNE,
    name="Vĩnh Bảo",
    contact=Contact(
        address="Đường 20/8", hotlines=("0823.000.000",), hours="thứ Hai đến thứ Sáu", source="trang của xã"
    ),
)


def test_the_chosen_commune_is_named_where_its_office_is_the_place() -> None:
    told = places.summary(known(executing=("Ủy ban nhân dân cấp xã",)), AN_PHONG)
    assert told[-1] == "Nơi của bạn: Phường An Phong."


def test_it_is_not_named_where_another_office_is() -> None:
    told = places.summary(known(executing=("Sở Tư pháp",)), AN_PHONG)
    assert "An Phong" not in " ".join(told)


def test_it_follows_plain_words_too() -> None:
    told = places.summary(known(make_checklist(place="Công an xã, phường, đặc khu.")), AN_PHONG)
    assert told == ("Công an xã, phường, đặc khu.", "Nơi của bạn: Phường An Phong.")


def test_a_known_contact_is_shown_to_be_checked() -> None:
    assert places.office_of(VINH_BAO) == (
        "Nơi của bạn: Xã Vĩnh Bảo, Đường 20/8, điện thoại 0823.000.000, thứ Hai đến thứ Sáu (cần đối chiếu).",
    )


def test_no_contact_is_invented() -> None:
    assert places.office_of(AN_PHONG) == ("Nơi của bạn: Phường An Phong.",)


def test_the_page_lists_every_agency_as_published() -> None:
    procedure = known(
        executing=("Ủy ban nhân dân cấp xã", "Sở Y tế Thành phố Hà Nội"),
        competent=("Chủ tịch UBND cấp xã",),
        coordinating=("Công an huyện",),
        receiving_address="Nơi thứ nhất\nNơi thứ hai",
    ).procedure
    assert [(section.label, section.lines) for section in places.agency_sections(procedure)] == [
        ("Cơ quan thực hiện", ("Ủy ban nhân dân cấp xã", "Sở Y tế Thành phố Hà Nội")),
        ("Cơ quan có thẩm quyền", ("Chủ tịch Ủy ban nhân dân cấp xã",)),
        ("Cơ quan phối hợp", ("Công an huyện",)),
        ("Nơi nhận hồ sơ", ("Nơi thứ nhất", "Nơi thứ hai")),
    ]
