"""A small index with the traps of the real one: twins by circumstance, homographs without marks, a family."""

import pytest

from knowledge.procedure import Level
from knowledge.search.building import build_index
from knowledge.search.index import Entry, Index
from knowledge.wordings import Family, FamilyOption, ProcedureWordings, Wordings

COMMUNE, PROVINCE = (Level.COMMUNE,), (Level.PROVINCE,)

ENTRIES = (
    Entry("1.000001", "Thủ tục đăng ký khai sinh", COMMUNE, is_asked_often=True),
    Entry("1.000002", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài", COMMUNE),
    Entry("1.000003", "Thủ tục đăng ký lại khai sinh", COMMUNE),
    Entry("1.000004", "Đăng ký tạm trú", COMMUNE, is_asked_often=True),
    Entry("1.000005", "Đăng ký thường trú", COMMUNE, is_asked_often=True),
    Entry("1.000006", "Khai thuế đối với hộ kinh doanh", COMMUNE),
    Entry("1.000007", "Cho thuê mặt nước nuôi trồng thủy sản", PROVINCE),
    Entry("1.000008", "Cấp lại thẻ căn cước", COMMUNE),
    Entry("1.000009", "Tách thửa đất, hợp thửa đất", PROVINCE, is_city=True),
    Entry("1.000010", "Tách thửa đất hoặc hợp thửa đất", PROVINCE),
    Entry("1.000011", "Cấp giấy phép nhập khẩu hóa chất", (Level.MINISTRY,)),
)

SAID = {
    "1.000001": ("Làm giấy khai sinh cho con", "làm giấy khai sinh cho con mới sinh", "vợ mới đẻ em bé"),
    "1.000002": (
        "Khai sinh có bố hoặc mẹ nước ngoài",
        "khai sinh cho con có chồng người nước ngoài",
        "con lai khai sinh",
    ),
    "1.000003": ("Đăng ký lại khai sinh", "mất giấy khai sinh sổ gốc không còn", "làm lại khai sinh đã mất"),
    "1.000004": ("Đăng ký tạm trú", "khai báo ở trọ", "đăng ký tạm trú cho người thuê nhà"),
    "1.000005": ("Nhập hộ khẩu, chuyển hộ khẩu", "nhập khẩu về nhà chồng", "chuyển hộ khẩu", "cắt khẩu"),
    "1.000006": ("Khai thuế hộ kinh doanh", "nộp thuế quán bán hàng", "khai thuế cửa hàng"),
    "1.000007": ("Thuê mặt nước nuôi thủy sản", "thuê bãi nuôi ngao", "thuê mặt nước nuôi cá"),
    "1.000008": ("Làm lại căn cước bị mất", "mất căn cước", "mất chứng minh thư"),
}

FAMILY = Family(
    "khai sinh",
    "Bạn cần làm khai sinh cho trường hợp nào?",
    (
        FamilyOption("1.000001", "Trẻ mới sinh", usual=True),
        FamilyOption("1.000002", "Bố hoặc mẹ là người nước ngoài", folded_signs=(" nguoi nuoc ngoai ", " chong tay ")),
        FamilyOption("1.000003", "Mất bản chính và sổ gốc", folded_signs=(" so goc ",)),
        FamilyOption("9.999999", "Không có trong danh mục"),
    ),
)


def wordings() -> Wordings:
    said = {code: ProcedureWordings(code, name, rest) for code, (name, *rest) in SAID.items()}
    return Wordings(
        {code: ProcedureWordings(one.code, one.name, tuple(one.wordings)) for code, one in said.items()}, (FAMILY,)
    )


@pytest.fixture(scope="session")
def index() -> Index:
    return build_index(ENTRIES, wordings(), edition=7)
