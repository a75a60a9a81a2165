"""Decisions laid out as no sample is: other orders, words, merges and dirt; read by meaning in every kind of file."""

from collections.abc import Callable
from datetime import date
from unicodedata import normalize

import pytest

from catalogue_import.decision_file import DecisionFile, DecisionRecord, OnlineLevel, Status
from decision_makers import Grid
from knowledge.procedure import Channel, Level

Reader = Callable[..., DecisionFile]

SHUFFLED = Grid(
    [
        [
            *("TT", "Tên thủ tục", "Mức thu phí, lệ phí (nếu có)", "Mã số TTHC", "Cơ sở pháp lý"),
            *(
                "Thời gian thực hiện (ngày làm việc)",
                "<",
                "Mức độ DVC trực tuyến",
                "<",
                "Nơi tiếp nhận hồ sơ",
                "Quy mô",
            ),
        ],
        ["^", "^", "^", "^", "^", "Sau khi rút ngắn", "Theo luật định", "Một phần", "Toàn trình", "^", "^"],
        ["A", "DANH MỤC TTHC MỚI BAN HÀNH", *"<<<<<<<<<"],
        ["1", "LĨNH VỰC Y TẾ – CẤP XÃ", *"<<<<<<<<<"],
        ["1", "Cấp giấy A", "Không", "1.200001", "Luật 1; Nghị định 2", "3,5", "7", "", "x", "TTPVHCC cấp xã", "k"],
        ["2", "Cấp giấy B", "-nt-", "1.200002", "-nt-", "-nt-", "-nt-", "x", "", "-nt-", "k"],
        ["3", "Cấp giấy C", "5 đồng", "1.200003.000.00.00.H24", "nt", "Không", "12", "√", "", "Như trên", "k"],
        ["", "Tổng cộng: 3 TTHC", "", "", "", "", "", "", "", "", ""],
        ["B", "DANH MỤC TTHC TẠM DỪNG TIẾP NHẬN", *"<<<<<<<<<"],
        ["1", "Cấp giấy D", "Không", "1.200004", "Luật 1", "3,5", "7", "", "x", "TTPVHCC cấp xã", "k"],
        ["C", "DANH MỤC TTHC ĐƯỢC SỬA ĐỔI, BỔ SUNG", *"<<<<<<<<<"],
        ["1", "Cấp giấy E", "Không", "1.2OO005", "Luật 1", "3", "6", "", "x", "TTPVHCC cấp xã", "k"],
        ["2", "1.200006", "Cấp giấy lệch", "Không", "Luật", "3", "6", "", "x", "x", "k"],
        ["3", "Cấp giấy không mã", "Không", "", "Luật 1", "3", "6", "", "x", "TTPVHCC cấp xã", "k"],
    ]
)


def by_code(file: DecisionFile) -> dict[str, DecisionRecord]:
    return {record.code: record for record in file.records}


def codes_of(file: DecisionFile) -> set[str]:
    return {issue.code for issue in file.issues}


def test_columns_in_any_order_and_wording_are_told_by_what_they_mean(read: Reader) -> None:
    first = by_code(read(SHUFFLED))["1.200001"]
    assert (first.status, first.field, first.levels) == (Status.NEW, "Y tế", (Level.COMMUNE,))
    assert (first.time_statutory, first.time_shortened) == ("7 ngày làm việc", "3,5 ngày làm việc")
    assert (first.place, first.fee_text) == (("TTPVHCC cấp xã",), "Không")
    assert (first.online_level, first.legal_basis) == (OnlineLevel.FULL, ("Luật 1", "Nghị định 2"))


def test_as_above_takes_every_value_from_above_and_no_shortening_stays_none(read: Reader) -> None:
    records = by_code(read(SHUFFLED))
    second, third = records["1.200002"], records["1.200003"]
    assert (second.fee_text, second.time_shortened, second.place) == ("Không", "3,5 ngày làm việc", ("TTPVHCC cấp xã",))
    assert (third.legal_basis, third.time_shortened) == (("Luật 1", "Nghị định 2"), None)
    assert second.online_level is third.online_level is OnlineLevel.PARTIAL


def test_every_row_that_is_not_read_is_reported(read: Reader) -> None:
    file = read(SHUFFLED)
    assert set(by_code(file)) == {"1.200001", "1.200002", "1.200003", "1.200005"}
    assert {"unknown-status", "no-status", "shifted-row", "no-code", "unknown-column", "total-row"} <= codes_of(file)
    assert [review.name for review in file.needs_review] == ["Cấp giấy không mã"]
    assert file.ignored == ()  # nothing unread is passed off as merely quoted
    assert file.is_refused


def test_an_unknown_column_is_reported_by_its_heading(read: Reader) -> None:
    unknown = [issue for issue in read(SHUFFLED).issues if issue.code == "unknown-column"]
    assert [issue.where.column for issue in unknown] == ["Quy mô"]


def test_repealed_rows_take_what_is_merged_and_go_on_in_the_next_row(read: Reader) -> None:
    file = read(
        Grid(
            [
                [
                    *("STT", "Số hồ sơ TTHC", "Tên thủ tục hành chính", "Tên VBQPPL quy định nội dung bãi bỏ"),
                    *("Số Quyết định đã công bố", "Lĩnh vực", "Cơ quan giải quyết", "Cấp thực hiện"),
                ],
                ["1", "1.300001", "Thủ tục X", "Nghị định 5", "12/QĐ-BTP", "Hộ tịch", "UBND cấp xã", "Cấp xã"],
                ["2", "1.300002", "Thủ tục Y", "^", "^", "^", "^", "Cấp tỉnh, Cấp xã"],
                ["", "", "(phần sau)", "^", "^", "^", "^", ""],
            ]
        ),
        annex=("Phụ lục I", "DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ"),
    )
    second = by_code(file)["1.300002"]
    assert (second.status, second.name) == (Status.REPEALED, "Thủ tục Y (phần sau)")
    assert (second.legal_basis, second.announced_by) == (("Nghị định 5",), "12/QĐ-BTP")
    assert (second.field, second.place) == ("Hộ tịch", ("UBND cấp xã",))
    assert second.levels == (Level.PROVINCE, Level.COMMUNE)
    assert file.issues == ()


def test_replacements_in_one_heading_row_have_their_successors(read: Reader) -> None:
    file = read(
        Grid(
            [
                [
                    "STT",
                    "Mã TTHC bị thay thế",
                    "Tên TTHC bị thay thế",
                    "Mã TTHC thay thế",
                    "Tên TTHC thay thế",
                    "Ghi chú",
                ],
                ["1", "1.400001", "Cũ một", "1.500001", "Mới một", ""],
                [
                    "2",
                    "1.400002\n1.400003",
                    "- Cũ hai\n- Cũ ba",
                    "1.500002",
                    "Mới hai",
                    "có hiệu lực từ ngày 01/01/2027",
                ],
            ]
        )
    )
    told = {(record.code, record.name, record.successor) for record in file.records if record.successor}
    assert told == {
        ("1.400001", "Cũ một", "1.500001"),
        ("1.400002", "Cũ hai", "1.500002"),
        ("1.400003", "Cũ ba", "1.500002"),
    }
    assert {record.code for record in file.records if record.status is Status.NEW} == {"1.500001", "1.500002"}
    assert by_code(file)["1.400003"].effective == date(2027, 1, 1)


def test_headings_of_three_rows_and_both_times_in_one_cell_are_understood(read: Reader) -> None:
    file = read(
        "I. LĨNH VỰC HỘ TỊCH (CẤP XÃ)",
        "1. Thủ tục hành chính mới ban hành",
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC", "Thời hạn giải quyết", "Cách thức thực hiện", "<", "<", "<", "Phí"],
                ["^", "^", "^", "^", "Trực tiếp", "Trực tuyến", "<", "BCCI", "^"],
                ["^", "^", "^", "^", "^", "Toàn trình", "Một phần", "^", "^"],
                ["1", "1.600001", "Đăng ký M", "05 ngày (cắt giảm còn 2,5 ngày)", "x", "x", "", "x", ""],
                [
                    "2",
                    "1.600002",
                    "Đăng ký N",
                    "- Theo quy định: 10 ngày\n- Sau cắt giảm: 5 ngày",
                    "x",
                    "",
                    "x",
                    "",
                    "-",
                ],
                ["3", "1.600003", "Đăng ký P", "10 ngày", "", "", "", "x", "Không"],
            ]
        ),
    )
    records = by_code(file)
    assert records["1.600001"].channels == (Channel.DIRECT, Channel.ONLINE, Channel.POSTAL)
    assert (records["1.600001"].time_statutory, records["1.600001"].time_shortened) == ("05 ngày", "2,5 ngày")
    assert (records["1.600002"].time_statutory, records["1.600002"].time_shortened) == ("10 ngày", "5 ngày")
    assert (records["1.600002"].fee_text, records["1.600003"].fee_text) == (None, "Không")
    assert records["1.600003"].online_level is OnlineLevel.NONE
    assert records["1.600003"].levels == (Level.COMMUNE,)


def test_a_new_section_above_ends_the_status_of_the_one_before(read: Reader) -> None:
    table = ["STT", "Mã TTHC", "Tên TTHC", "Căn cứ"]
    file = read(
        "I. LĨNH VỰC HỘ TỊCH",
        "1. Thủ tục hành chính bị bãi bỏ",
        Grid([table, ["1", "1.600004", "Đăng ký Q", "Luật"]]),
        "II. LĨNH VỰC CHỨNG THỰC",
        Grid([table, ["1", "1.600005", "Đăng ký R", "Luật"]]),
    )
    assert set(by_code(file)) == {"1.600004"}
    assert "no-status" in codes_of(file)


def test_days_of_their_own_hold_for_their_rows_only(read: Reader) -> None:
    file = read(
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC", "Địa điểm"],
                ["A. DANH MỤC TTHC SỬA ĐỔI", "<", "<", "<"],
                ["I", "LĨNH VỰC A", "<", "<"],
                ["1", "1.700001", "Một", "Trung tâm"],
                ["2", "1.700002", "Hai", "Trung tâm"],
                ["II", "LĨNH VỰC B", "<", "<"],
                ["1", "1.700003", "Ba", ""],
                ["B. DANH MỤC TTHC MỚI", "<", "<", "<"],
                ["1", "1.700004", "Bốn", ""],
            ]
        ),
        effective="Điều 2. Quyết định này có hiệu lực sau 10 ngày kể từ ngày ký. Riêng các thủ tục lĩnh vực B có hiệu "
        "lực kể từ ngày 01/01/2027; thủ tục có mã 1.700002 có hiệu lực từ ngày 15 tháng 12 năm 2026; các thủ tục tại "
        "Phần B Phụ lục I có hiệu lực từ 01/02/2027.",
    )
    days = {record.code: record.effective for record in file.records}
    assert days == {
        "1.700001": date(2026, 10, 20),
        "1.700002": date(2026, 12, 15),
        "1.700003": date(2027, 1, 1),
        "1.700004": date(2027, 2, 1),
    }
    assert file.issues == ()


def test_letters_apart_from_their_marks_and_from_each_other_are_mended(read: Reader) -> None:
    grid = Grid(
        [
            ["STT", "Mã TTHC", "T ên th ủ t ục h ành ch ính", "Th ời h ạn gi ải quy ết", "L ĩnh v ực"],
            ["A. DANH M ỤC TH Ủ T ỤC H ÀNH CH ÍNH B Ị B ÃI B Ỏ", "<", "<", "<", "<"],
            ["1", "2.900001", "Th ủ t ục đ ăng k ý khai t ử", "5 ng ày", "H ộ t ịch"],
        ]
    )
    only = by_code(read(Grid([[normalize("NFD", text) for text in row] for row in grid.rows])))["2.900001"]
    assert (only.status, only.name) == (Status.REPEALED, "Thủ tục đăng ký khai tử")
    assert (only.time_statutory, only.field) == ("5 ngày", "Hộ tịch")


def test_a_heading_of_two_rows_without_merged_cells_is_understood(read: Reader) -> None:
    file = read(
        Grid(
            [
                ["STT", "Mã số", "Tên TTHC", "Thời hạn giải quyết", "", "Dịch vụ công trực tuyến", "Cấp"],
                ["", "", "", "Theo quy định", "Cắt giảm", "", ""],
                ["A. TTHC MỚI BAN HÀNH", "", "", "", "", "", ""],
                ["1", "1.910001", "Thủ tục A", "7 ngày", "3 ngày", "Toàn trình", "Xã"],
                ["2", "1.910002", "Thủ tục B", "7 ngày", "", "Một phần", "Tỉnh, Xã"],
                ["3", "1.910003", "Thủ tục C", "7 ngày", "", "x", ""],
            ]
        )
    )
    records = by_code(file)
    assert [record.time_shortened for record in file.records] == ["3 ngày", None, None]
    assert records["1.910002"].levels == (Level.PROVINCE, Level.COMMUNE)
    assert [record.online_level for record in file.records] == [
        OnlineLevel.FULL,
        OnlineLevel.PARTIAL,
        OnlineLevel.UNSPECIFIED,
    ]


def test_a_code_listed_once_for_each_level_is_one_record(read: Reader) -> None:
    file = read(
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC", "Thời hạn", "Cơ quan thực hiện"],
                ["I. THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH CẤP TỈNH", "<", "<", "<", "<"],
                ["1", "1.920001", "Thủ tục A", "7 ngày", "Sở Y tế"],
                ["II. THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH CẤP XÃ", "<", "<", "<", "<"],
                ["1", "1.920001", "Thủ tục A", "7 ngày", "UBND cấp xã"],
                ["2", "6.920002", "Thủ tục nội bộ", "7 ngày", "UBND cấp xã"],
            ]
        )
    )
    (only,) = file.records
    assert only.levels == (Level.PROVINCE, Level.COMMUNE)
    assert only.place == ("Sở Y tế", "UBND cấp xã")
    assert file.ignored == ("6.920002",)


def test_code_and_status_may_stand_with_the_name_and_in_a_column(read: Reader) -> None:
    file = read(
        Grid(
            [
                [
                    "STT",
                    "Tên thủ tục hành chính (mã TTHC)",
                    "Nội dung công bố",
                    "Cấp tỉnh",
                    "Cấp xã",
                    "Ngày có hiệu lực",
                ],
                ["1", "Thủ tục A (1.930001)", "Mới ban hành", "x", "", "01/12/2026"],
                ["2", "1.930002 - Thủ tục B", "Sửa đổi, bổ sung", "x", "x", ""],
                ["3", "Thủ tục C\n1.930003", "Bãi bỏ", "", "x", "31/11/2026"],
            ]
        )
    )
    told = [(record.code, record.name, record.status) for record in file.records]
    assert told == [
        ("1.930001", "Thủ tục A", Status.NEW),
        ("1.930002", "Thủ tục B", Status.AMENDED),
        ("1.930003", "Thủ tục C", Status.REPEALED),
    ]
    assert by_code(file)["1.930001"].effective == date(2026, 12, 1)
    assert "bad-day" in codes_of(file)


def test_the_content_of_procedures_is_read_by_the_labels_of_its_parts(read: Reader) -> None:
    file = read(
        "NỘI DUNG THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH",
        "I. LĨNH VỰC HỘ TỊCH",
        "A. THỦ TỤC HÀNH CHÍNH CẤP XÃ",
        "1. Thủ tục đăng ký A - 1.940001",
        "a) Trình tự thực hiện:",
        "Bước 1: Nộp.",
        "Bước 2: Nhận.",
        "b) Cách thức thực hiện: Trực tiếp hoặc trực tuyến.",
        "c) Thành phần hồ sơ, số lượng hồ sơ:",
        Grid([["STT", "Tên loại giấy tờ", "Số lượng"], ["1", "Tờ khai", "01 bản chính"], ["2", "Giấy", "02 bản sao"]]),
        "d) Thời hạn giải quyết: 05 ngày làm việc.",
        "đ) Đối tượng thực hiện: Cá nhân, Tổ chức (không bao gồm doanh nghiệp, HTX).",
        "h) Phí, lệ phí: Không",
        "l) Căn cứ pháp lý:",
        "- Luật Hộ tịch;",
        "2. Thủ tục đăng ký B (Mã TTHC: 1.940002)",
        "1.1. Trình tự thực hiện",
        "Nộp hồ sơ.",
        "1.4. Thời hạn giải quyết: 3 ngày",
    )
    records = by_code(file)
    first, content = records["1.940001"], records["1.940001"].content
    assert content
    assert (first.name, first.time_statutory, first.fee_text) == ("Thủ tục đăng ký A", "05 ngày làm việc", "Không")
    assert content.steps == ("Bước 1: Nộp.", "Bước 2: Nhận.")
    assert [(paper.name, paper.originals, paper.copies) for paper in content.papers] == [
        ("Tờ khai", 1, 0),
        ("Giấy", 0, 2),
    ]
    assert content.subjects == ("Cá nhân", "Tổ chức (không bao gồm doanh nghiệp, HTX)")
    assert (records["1.940002"].time_statutory, records["1.940002"].where.item) == ("3 ngày", 2)


@pytest.mark.parametrize(
    ("effective", "told"),
    [
        pytest.param("Điều 2. Quyết định này có hiệu lực từ ngày 31/02/2027.", "bad-day", id="impossible"),
        pytest.param("Điều 2. Quyết định này có hiệu lực từ ngày 01/9/2026.", "early-day", id="before signing"),
        pytest.param("Điều 2. Các Sở chịu trách nhiệm thi hành.", "no-effective-day", id="missing"),
        pytest.param(
            "Điều 2. Quyết định này có hiệu lực kể từ ngày ký, trừ lĩnh vực Y tế có hiệu lực từ ngày 01/01/2027.",
            "unused-exemption",
            id="for no row",
        ),
    ],
)
def test_a_doubtful_day_is_reported(effective: str, told: str, read_word: Reader) -> None:
    grid = Grid([["STT", "Mã TTHC", "Tên TTHC"], ["A. TTHC MỚI BAN HÀNH", "<", "<"], ["1", "1.950001", "Một"]])
    assert told in codes_of(read_word(grid, effective=effective))


def test_content_after_a_list_adds_to_its_records(read_word: Reader) -> None:
    file = read_word(
        "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH",
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC", "Phí"],
                ["LĨNH VỰC HỘ TỊCH", "<", "<", "<"],
                ["1", "1.950001", "Một", "Không"],
            ]
        ),
        "PHẦN II. NỘI DUNG CỤ THỂ CỦA TỪNG THỦ TỤC HÀNH CHÍNH",
        "1. Một (1.950001)",
        "1.1. Trình tự thực hiện: Nộp.",
        "1.4. Thời hạn giải quyết: 5 ngày",
    )
    (only,) = file.records
    assert (only.status, only.fee_text, only.time_statutory) == (Status.NEW, "Không", "5 ngày")
    assert only.content
    assert only.content.steps == ("Nộp.",)
    assert file.issues == ()


def test_two_annexes_one_below_the_other_stay_apart(read: Reader) -> None:
    file = read(
        Grid([["STT", "Mã TTHC", "Tên TTHC"], ["1", "1.950001", "Một"]]),
        "PHỤ LỤC II",
        "DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ",
        Grid([["TT", "Mã số", "Thủ tục hành chính"], ["1", "1.950002", "Hai"], ["Ghi chú: xem mã 1.960001", "<", "<"]]),
        annex=("PHỤ LỤC I", "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH TRONG LĨNH VỰC Y TẾ THUỘC SỞ Y TẾ"),
    )
    told = [(record.code, record.status, record.field, record.where.annex) for record in file.records]
    assert told == [
        ("1.950001", Status.NEW, "Y tế", "PHỤ LỤC I"),
        ("1.950002", Status.REPEALED, None, "PHỤ LỤC II"),
    ]
    assert file.ignored == ("1.960001",)


def test_one_mark_over_both_columns_says_online_without_saying_which(read: Reader) -> None:
    file = read(
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC", "DVC trực tuyến", "<"],
                ["^", "^", "^", "Toàn trình", "Một phần"],
                ["A. TTHC MỚI BAN HÀNH", "<", "<", "<", "<"],
                ["1", "1.950001", "Một", "x", "<"],
                ["2", "1.950002", "Hai", "x", "x"],
            ]
        )
    )
    assert [record.online_level for record in file.records] == [OnlineLevel.UNSPECIFIED, OnlineLevel.FULL]
    assert codes_of(file) == {"both-online"}


def test_a_long_table_goes_on_over_pages_with_what_is_merged(read: Reader) -> None:
    rows = [
        [str(number), f"1.80{number:04d}", f"Thủ tục thứ {number}", "Trung tâm A" if number % 3 == 1 else "^"]
        for number in range(1, 61)
    ]
    heading = [["STT", "Mã TTHC", "Tên TTHC", "Địa điểm"], ["A. TTHC MỚI BAN HÀNH", "<", "<", "<"]]
    file = read(Grid([*heading, *rows]))
    assert [record.name for record in file.records] == [row[2] for row in rows]
    assert {record.place for record in file.records} == {("Trung tâm A",)}
