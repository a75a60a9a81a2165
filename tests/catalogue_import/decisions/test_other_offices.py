"""Decisions as other offices write them, field by field: words, orders and merges that no sample has."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from catalogue_import.decision_file import DecisionFile, OnlineLevel, Status
from decision_makers import Grid
from knowledge.procedure import Channel, Level
from random_decisions import RandomDecision

Reader = Callable[..., DecisionFile]

CITY = "Trung tâm Phục vụ hành chính công thành phố"
COMMUNES = "Trung tâm Phục vụ hành chính công xã, phường, đặc khu"
WORK_LAWS = ("Luật Việc làm số 74/2025/QH15", "Nghị định số 318/2025/NĐ-CP")
SIGNED, IN_FORCE, NEW_YEAR = date(2026, 10, 10), date(2026, 11, 15), date(2027, 1, 1)

OF_WORK = Grid(
    [
        [
            *("Stt", "Tên thủ tục hành chính/Mã số TTHC", "Thời hạn giải quyết (ngày làm việc)", "<"),
            *("Địa điểm, cách thức thực hiện", "Phí, lệ phí (đồng)", "Dịch vụ công trực tuyến", "<"),
            *("Căn cứ pháp lý", "Cấp thực hiện"),
        ],
        ["^", "^", "Quy định", "Sau cắt giảm", "^", "^", "Toàn trình", "Một phần", "^", "^"],
        ["A", "Danh mục thủ tục hành chính mới ban hành", *"<<<<<<<<"],
        ["I", "Lĩnh vực Việc làm", *"<<<<<<<<"],
        [
            *("1", "Đăng ký dịch vụ việc làm\n(1.201001)", "20", "10", CITY, "Không", "x", ""),
            *("- Luật Việc làm số 74/2025/QH15;\n- Nghị định số 318/2025/NĐ-CP.", "Cấp tỉnh"),
        ],
        ["2", "Cấp lại giấy phép\n(1.201002)", "05", "2,5", "-nt-", "-nt-", "", "x", "-nt-", "-nt-"],
        ["B", "Danh mục thủ tục hành chính được sửa đổi, bổ sung", *"<<<<<<<<"],
        ["I", "Lĩnh vực Tiền lương", *"<<<<<<<<"],
        [
            *("1", "Khai báo thang lương\n(1.201004)", "5", "-", f"{COMMUNES}; {CITY}", "50.000", "", "x"),
            *("Bộ luật Lao động số 45/2019/QH14", "Cấp tỉnh, cấp xã"),
        ],
        ["2", "Xếp hạng đơn vị\n(1.201005)", "-nt-", "-nt-", "-nt-", "-nt-", "x", "", "-nt-", "-nt-"],
    ]
)
WORK_DAY = (
    "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày 15 tháng 11 năm 2026 và thay thế Quyết định số "
    "1122/QĐ-UBND ngày 02/5/2025. Riêng thủ tục hành chính số thứ tự 2 Mục A Phụ lục I có hiệu lực từ ngày 01/01/2027."
)


def told(file: DecisionFile, *names: str) -> dict[str, tuple[Any, ...]]:
    """The named fields of every record, by code."""
    return {record.code: tuple(getattr(record, name) for name in names) for record in file.records}


def issue_codes(file: DecisionFile) -> set[str]:
    return {issue.code for issue in file.issues}


def test_a_code_below_its_name_and_units_in_headings_are_read(read: Reader) -> None:
    file = read(OF_WORK, effective=WORK_DAY)
    assert told(file, "name", "time_statutory", "time_shortened", "fee_text") == {
        "1.201001": ("Đăng ký dịch vụ việc làm", "20 ngày làm việc", "10 ngày làm việc", "Không"),
        "1.201002": ("Cấp lại giấy phép", "05 ngày làm việc", "2,5 ngày làm việc", "Không"),
        "1.201004": ("Khai báo thang lương", "5 ngày làm việc", None, "50.000 đồng"),
        "1.201005": ("Xếp hạng đơn vị", "5 ngày làm việc", None, "50.000 đồng"),
    }
    assert file.issues == ()


def test_a_column_of_places_may_be_headed_by_channels_too(read: Reader) -> None:
    file = read(OF_WORK, effective=WORK_DAY)
    assert told(file, "place", "channels") == {
        "1.201001": ((CITY,), None),
        "1.201002": ((CITY,), None),
        "1.201004": ((COMMUNES, CITY), None),
        "1.201005": ((COMMUNES, CITY), None),
    }


def test_such_a_column_may_also_say_the_channels(read_word: Reader) -> None:
    file = read_word(
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC", "Cách thức, địa điểm thực hiện"],
                ["A. TTHC MỚI BAN HÀNH", "<", "<", "<"],
                ["1", "1.201001", "Một", "- Trực tiếp tại Trung tâm A\n- Trực tuyến tại Cổng"],
            ]
        )
    )
    assert told(file, "place", "channels") == {
        "1.201001": (("Trực tiếp tại Trung tâm A", "Trực tuyến tại Cổng"), (Channel.DIRECT, Channel.ONLINE))
    }


def test_statuses_fields_levels_and_days_of_such_a_decision_are_right(read: Reader) -> None:
    file = read(OF_WORK, effective=WORK_DAY)
    both = (Level.PROVINCE, Level.COMMUNE)
    assert told(file, "status", "field", "levels", "online_level", "effective") == {
        "1.201001": (Status.NEW, "Việc làm", (Level.PROVINCE,), OnlineLevel.FULL, IN_FORCE),
        "1.201002": (Status.NEW, "Việc làm", (Level.PROVINCE,), OnlineLevel.PARTIAL, NEW_YEAR),
        "1.201004": (Status.AMENDED, "Tiền lương", both, OnlineLevel.PARTIAL, IN_FORCE),
        "1.201005": (Status.AMENDED, "Tiền lương", both, OnlineLevel.FULL, IN_FORCE),
    }
    assert told(file, "legal_basis")["1.201002"] == (WORK_LAWS,)


def test_old_and_new_may_be_told_by_the_upper_heading_alone(read: Reader) -> None:
    file = read(
        Grid(
            [
                ["TT", "Thủ tục hành chính cũ", "<", "Thủ tục hành chính mới", "<", "Lĩnh vực", "Cấp giải quyết"],
                ["^", "Tên TTHC", "Mã số", "Tên TTHC", "Mã số", "^", "^"],
                ["1", "Đăng ký A", "1.401001", "Đăng ký liên thông", "1.401009", "Hộ tịch", "Xã"],
                ["2", "Đăng ký B", "1.401002", "^", "^", "^", "^"],
                ["3", "Đăng ký C", "1.401003", "Đăng ký mới C", "1.401010", "Cư trú", "Tỉnh, xã"],
            ]
        ),
        annex=("Phụ lục I", "DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC THAY THẾ"),
    )
    assert told(file, "status", "name", "successor", "field") == {
        "1.401001": (Status.REPLACED, "Đăng ký A", "1.401009", "Hộ tịch"),
        "1.401002": (Status.REPLACED, "Đăng ký B", "1.401009", "Hộ tịch"),
        "1.401003": (Status.REPLACED, "Đăng ký C", "1.401010", "Cư trú"),
        "1.401009": (Status.NEW, "Đăng ký liên thông", None, "Hộ tịch"),
        "1.401010": (Status.NEW, "Đăng ký mới C", None, "Cư trú"),
    }
    assert file.issues == ()  # a successor of two is no repetition


def test_tables_without_a_heading_go_on_with_the_one_above(read: Reader) -> None:
    heading = [
        *("STT", "Tên thủ tục hành chính", "Mã TTHC", "Thời hạn giải quyết theo quy định"),
        *("Thời hạn giải quyết của thành phố", "Hình thức nộp hồ sơ"),
    ]
    first = ["1", "Đăng ký phương tiện", "1.501001", "03 ngày", "02 ngày", "Trực tiếp; trực tuyến; bưu chính công ích"]
    file = read(
        "I. THỦ TỤC HÀNH CHÍNH CẤP TỈNH",
        "1. Lĩnh vực Đường thủy nội địa",
        Grid([heading, first]),
        "2. Lĩnh vực Đăng kiểm",
        Grid([["1", "Cấp giấy chứng nhận", "1.501002", "02 ngày", "Giữ nguyên", "Trực tiếp"]]),
        "II. THỦ TỤC HÀNH CHÍNH CẤP XÃ",
        Grid([["1", "Xóa đăng ký", "1.501003", "03 ngày", "01 ngày", "Trực tuyến toàn trình"]]),
        annex=("Phụ lục I", "DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC CHUẨN HÓA"),
    )
    assert told(file, "field", "levels", "time_statutory", "time_shortened") == {
        "1.501001": ("Đường thủy nội địa", (Level.PROVINCE,), "03 ngày", "02 ngày"),
        "1.501002": ("Đăng kiểm", (Level.PROVINCE,), "02 ngày", None),
        "1.501003": (None, (Level.COMMUNE,), "03 ngày", "01 ngày"),
    }
    assert told(file, "channels", "online_level") == {
        "1.501001": ((Channel.DIRECT, Channel.ONLINE, Channel.POSTAL), OnlineLevel.UNSPECIFIED),
        "1.501002": ((Channel.DIRECT,), None),
        "1.501003": ((Channel.ONLINE,), OnlineLevel.FULL),
    }


def test_how_much_was_cut_is_not_taken_for_the_time_that_is_left(read: Reader) -> None:
    file = read(
        Grid(
            [
                [
                    *("Số TT", "Tên thủ tục", "Mã thủ tục", "Cơ quan có thẩm quyền giải quyết", "<", "<"),
                    *("Tổng thời gian giải quyết", "Thời gian được cắt giảm", "Thời gian còn lại", "Trạng thái"),
                ],
                ["^", "^", "^", "Bộ", "Tỉnh", "Xã", "^", "^", "^", "^"],
                [f"({number})" for number in range(1, 11)],
                ["1", "Thủ tục P", "1.701001", "", "x", "x", "10 ngày", "4 ngày", "6 ngày", "Sửa đổi, bổ sung"],
                ["2", "Thủ tục Q", "1.701002", "", "", "x", "8 ngày", "", "8 ngày", "Ban hành mới"],
            ]
        )
    )
    assert told(file, "status", "levels", "time_statutory", "time_shortened") == {
        "1.701001": (Status.AMENDED, (Level.PROVINCE, Level.COMMUNE), "10 ngày", "6 ngày"),
        "1.701002": (Status.NEW, (Level.COMMUNE,), "8 ngày", "8 ngày"),
    }
    assert file.issues == ()


def test_two_columns_that_mean_the_same_are_reported(read_word: Reader) -> None:
    file = read_word(
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC", "Thời hạn giải quyết", "Thời gian thực hiện"],
                ["A. TTHC MỚI BAN HÀNH", "<", "<", "<", "<"],
                ["1", "1.701001", "Một", "5 ngày", "7 ngày"],
            ]
        )
    )
    assert told(file, "time_statutory") == {"1.701001": ("5 ngày\n7 ngày",)}
    (issue,) = file.issues
    assert (issue.code, issue.where.column) == ("repeated-column", "Thời gian thực hiện")


def test_fees_in_two_columns_are_both_told_and_equal_ones_once(read_word: Reader) -> None:
    file = read_word(
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC", "Phí (nếu có)", "Lệ phí (nếu có)"],
                ["A. TTHC MỚI BAN HÀNH", "<", "<", "<", "<"],
                ["1", "1.701001", "Một", "Không", "8.000 đồng/bản"],
                ["2", "1.701002", "Hai", "Không", "Không"],
            ]
        )
    )
    assert told(file, "fee_text") == {"1.701001": ("Không\n8.000 đồng/bản",), "1.701002": ("Không",)}
    assert file.issues == ()


def test_a_cell_over_two_columns_below_one_heading_is_read_once(read: Reader) -> None:
    file = read(
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC", "<", "Địa điểm"],
                ["A. TTHC MỚI BAN HÀNH", "<", "<", "<", "<"],
                ["1", "1.701001", "Một", "<", "Trung tâm A"],
            ]
        )
    )
    assert told(file, "name", "place") == {"1.701001": ("Một", ("Trung tâm A",))}
    assert file.issues == ()


def test_a_code_quoted_in_brackets_beside_a_code_gives_no_record(read_word: Reader) -> None:
    file = read_word(
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC"],
                ["A. TTHC ĐƯỢC SỬA ĐỔI", "<", "<"],
                ["1", "1.115003\n(mã cũ: 1.115099)", "Cấp đổi"],
                ["2", "(1.115004)", "Gia hạn"],
            ]
        )
    )
    assert set(told(file, "name")) == {"1.115003", "1.115004"}
    assert file.ignored == ("1.115099",)
    assert file.issues == ()


TWO_AND_TWO = Grid(
    [
        ["STT", "Mã TTHC", "Tên TTHC"],
        ["A. DANH MỤC TTHC MỚI BAN HÀNH", "<", "<"],
        ["1", "1.100001", "Một"],
        ["2", "1.100002", "Hai"],
        ["B. DANH MỤC TTHC ĐƯỢC SỬA ĐỔI, BỔ SUNG", "<", "<"],
        ["1", "1.100003", "Ba"],
        ["2", "1.100004", "Bốn"],
    ]
)


@pytest.mark.parametrize(
    ("effective", "days"),
    [
        pytest.param(
            "Điều 2. Quyết định có hiệu lực thi hành từ ngày 01 tháng 01 năm 2027, trừ các thủ tục hành chính tại số "
            "thứ tự 1, 2 Mục B Phụ lục I có hiệu lực kể từ ngày ký.",
            (NEW_YEAR, NEW_YEAR, SIGNED, SIGNED),
            id="all but rows of a section",
        ),
        pytest.param(
            "Điều 2. Quyết định này có hiệu lực từ ngày ký. Riêng các thủ tục hành chính mới ban hành có hiệu lực từ "
            "ngày 01/01/2027.",
            (NEW_YEAR, NEW_YEAR, SIGNED, SIGNED),
            id="those of one status",
        ),
        pytest.param(
            "Điều 2. Quyết định này có hiệu lực từ ngày ký. Thủ tục hành chính số 02 mục A có hiệu lực từ 01/01/2027.",
            (SIGNED, NEW_YEAR, SIGNED, SIGNED),
            id="one by its number with a zero before",
        ),
        pytest.param(
            "Điều 2. Quyết định này có hiệu lực thi hành sau 07 (bảy) ngày, kể từ ngày ký. Thủ tục hành chính có mã số "
            "1.100002, 1.100004 thực hiện từ ngày 01-01-2027.",
            (date(2026, 10, 17), NEW_YEAR, date(2026, 10, 17), NEW_YEAR),
            id="by codes",
        ),
        pytest.param(
            "Điều 2. Quyết định này có hiệu lực kể từ ngày ký; sửa đổi nội dung tương ứng tại Quyết định số "
            "3407/QĐ-UBND ngày 15/9/2025 của Chủ tịch UBND thành phố.",
            (SIGNED,) * 4,
            id="with the day of another decision",
        ),
    ],
)
def test_days_for_part_of_the_rows(effective: str, days: tuple[date, ...], read_word: Reader) -> None:
    file = read_word(TWO_AND_TWO, effective=effective)
    assert tuple(record.effective for record in file.records) == days
    assert file.issues == ()


def test_process_columns_of_a_mixed_annex_are_no_problem(read: Reader) -> None:
    file = read(
        Grid([["STT", "Mã TTHC", "Tên TTHC"], ["1", "3.100001", "Hỗ trợ giống"]]),
        "Phụ lục II",
        "QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        Grid(
            [
                ["STT", "Mã TTHC", "Tên quy trình", "Thời gian", "Người thực hiện"],
                ["1", "3.100001", "Quy trình hỗ trợ giống", "8 giờ", "Công chức"],
            ]
        ),
        annex=("Phụ lục I", "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH"),
    )
    assert told(file, "status", "name") == {"3.100001": (Status.NEW, "Hỗ trợ giống")}
    assert issue_codes(file) == set()


@pytest.mark.parametrize("name", ["Công nhận hộ nghèo", "Tổng hợp hồ sơ nhà ở", "Cộng tác viên trợ giúp pháp lý"])
def test_a_name_that_begins_like_a_total_is_a_name(name: str, read: Reader) -> None:
    file = read(
        Grid([["STT", "Tên TTHC", "Mã TTHC"], ["1", name, "1.601001"], ["Tổng cộng: 01 thủ tục", "<", "<"]]),
        annex=("Phụ lục I", "DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ"),
    )
    assert told(file, "name", "status") == {"1.601001": (name, Status.REPEALED)}
    assert issue_codes(file) == {"total-row"}


def test_codes_alone_are_repealed_without_their_names(read: Reader) -> None:
    file = read(
        Grid(
            [
                ["STT", "Số hồ sơ TTHC", "Lý do"],
                ["1", "1.601001.000.00.00.H24", "Nghị định số 10/2026/NĐ-CP"],
                ["2", "1.601002, 1.601003 và 1.601004", "^"],
            ]
        ),
        annex=("Phụ lục I", "DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ"),
    )
    repealed = ("", ("Nghị định số 10/2026/NĐ-CP",))
    assert told(file, "name", "legal_basis") == {f"1.60100{at}": repealed for at in range(1, 5)}
    assert issue_codes(file) == {"no-name"}


def test_codes_may_stand_in_the_names_of_a_replacement(read: Reader) -> None:
    file = read(
        Grid(
            [
                ["TT", "Thủ tục hành chính bị thay thế", "Được thay thế bằng thủ tục"],
                ["1", "1.601001 - Đăng ký A", "1.601009 - Đăng ký D"],
                ["2", "- Đăng ký B (1.601002)\n- Đăng ký C (1.601003)", "Đăng ký E (mã 1.601010)"],
            ]
        ),
        annex=("Phụ lục I", "DANH MỤC THỦ TỤC HÀNH CHÍNH THAY THẾ"),
    )
    assert told(file, "name", "successor") == {
        "1.601001": ("Đăng ký A", "1.601009"),
        "1.601002": ("Đăng ký B", "1.601010"),
        "1.601003": ("Đăng ký C", "1.601010"),
        "1.601009": ("Đăng ký D", None),
        "1.601010": ("Đăng ký E", None),
    }


def test_the_field_in_the_title_of_a_list_takes_no_status_from_it(read: Reader) -> None:
    file = read(
        Grid(
            [
                ["STT", "Mã TTHC", "Tên TTHC", "Thời hạn", "Phí"],
                ["LĨNH VỰC KINH DOANH", "<", "<", "<", "<"],
                ["1", "1.601001", "Đăng ký", "3 ngày", "15.000đ"],
            ]
        ),
        annex=("Phụ lục 01", "DANH MỤC THỦ TỤC HÀNH CHÍNH SỬA ĐỔI, BỔ SUNG TRONG LĨNH VỰC KINH DOANH"),
    )
    assert told(file, "status", "field", "fee_text") == {"1.601001": (Status.AMENDED, "Kinh doanh", "15.000đ")}


def test_rows_above_the_first_heading_of_a_table_are_told(read_word: Reader) -> None:
    file = read_word(
        Grid(
            [
                ["A. TTHC MỚI BAN HÀNH", "<", "<"],
                ["1", "1.601001", "Một"],
                ["STT", "Mã TTHC", "Tên TTHC"],
                ["2", "1.601002", "Hai"],
            ]
        )
    )
    said = [issue.message for issue in file.issues if issue.code == "no-header"]
    assert len(said) == 1
    assert "1.601001" in said[0]
    assert [record.code for record in file.records] + [row.code_printed for row in file.needs_review] in (
        ["1.601002"],
        [],
    )


@pytest.mark.parametrize("seed", range(4))
def test_in_a_table_whose_rows_slipped_every_code_is_read_or_told(seed: int, read_word: Reader) -> None:
    made = RandomDecision(seed)
    first = len(made.heading)
    rows = [*made.rows[:first], *(["", *row] if row[0][:1].isdigit() else [*row, "<"] for row in made.rows[first:])]
    rows[:first] = [[*row, ""] for row in rows[:first]]
    file = read_word(Grid(rows))
    told_of = " ".join([*(issue.message for issue in file.issues), *(row.name for row in file.needs_review)])
    squeezed = "".join(told_of.replace("\u200b", "").split())
    codes = {record.code for record in file.records}
    assert [code for code in made.expected if code not in codes and code not in squeezed] == []
