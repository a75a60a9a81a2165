"""From rows to records: what a row takes from its place, and every doubt at its row."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from catalogue_import.decision_file import DecisionFile, OnlineLevel, Status
from decision_makers import Grid
from knowledge.procedure import Channel, Level

Reader = Callable[..., DecisionFile]

NEW = ["A. DANH MỤC TTHC MỚI BAN HÀNH", "<", "<", "<"]


def one_column(heading: str, *cells: str) -> Grid:
    """Rows 1.000001, 1.000002 … with a single column more."""
    rows = [[str(at), f"1.00000{at}", f"Việc {at}", text] for at, text in enumerate(cells, start=1)]
    return Grid([["STT", "Mã TTHC", "Tên TTHC", heading], NEW, *rows])


def values(file: DecisionFile, name: str) -> list[Any]:
    return [getattr(record, name) for record in file.records]


def issues(file: DecisionFile) -> list[tuple[str, int | None]]:
    return [(issue.code, issue.where.row) for issue in file.issues]


@pytest.mark.parametrize(
    ("heading", "field", "cells", "expected"),
    [
        pytest.param(
            *("Dịch vụ công trực tuyến", "online_level"),
            ("Toàn trình", "Một phần", "x", "", "Mức độ 4"),
            [OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.UNSPECIFIED, OnlineLevel.NONE, OnlineLevel.FULL],
            id="online in words",
        ),
        pytest.param(
            *("Cấp thực hiện", "levels"),
            ("Cấp xã", "Tỉnh, xã", "Trung ương", "Cấp tỉnh/xã", "không rõ"),
            [
                *((Level.COMMUNE,), (Level.PROVINCE, Level.COMMUNE), (Level.MINISTRY,)),
                *((Level.PROVINCE, Level.COMMUNE), None),
            ],
            id="levels in words",
        ),
        pytest.param(
            *("Cách thức thực hiện", "channels"),
            ("Trực tiếp", "Trực tuyến, bưu chính công ích", "Qua Cổng dịch vụ công", "", "BCCI"),
            [
                *((Channel.DIRECT,), (Channel.ONLINE, Channel.POSTAL), (Channel.ONLINE,)),
                *(None, (Channel.POSTAL,)),
            ],
            id="channels in words",
        ),
        pytest.param(
            *("Thời hạn giải quyết (ngày)", "time_statutory"),
            ("7", "3,5", "Trong ngày", "", "02 giờ"),
            ["7 ngày", "3,5 ngày", "Trong ngày", None, "02 giờ"],
            id="the unit in the heading",
        ),
        pytest.param(
            *("Phí (nghìn đồng)", "fee_text"),
            ("50", "0", "Không", "-", "1.500"),
            ["50 nghìn đồng", "0", "Không", None, "1.500 nghìn đồng"],
            id="thousands in the heading",
        ),
        pytest.param(
            *("Địa điểm thực hiện", "place"),
            ("- A\n- B", "A; B", "A", "", "+ A;\n+ A."),
            [("A", "B"), ("A", "B"), ("A",), (), ("A",)],
            id="lists",
        ),
    ],
)
def test_a_column_is_read_row_by_row(
    heading: str, field: str, cells: tuple[str, ...], expected: list[Any], read_word: Reader
) -> None:
    assert values(read_word(one_column(heading, *cells)), field) == expected


def test_a_day_of_its_own_stands_above_all_others(read_word: Reader) -> None:
    file = read_word(one_column("Ngày có hiệu lực", "01/12/2026", "", "kể từ ngày ký", "31/02/2027"))
    assert values(file, "effective") == [date(2026, 12, 1), date(2026, 10, 10), date(2026, 10, 10), date(2026, 10, 10)]
    assert issues(file) == [("bad-day", 6)]


def test_a_status_of_its_own_stands_above_its_section(read_word: Reader) -> None:
    file = read_word(one_column("Nội dung công bố", "Bãi bỏ", "", "Sửa đổi, bổ sung"))
    assert values(file, "status") == [Status.REPEALED, Status.NEW, Status.AMENDED]


def test_a_row_without_a_name_is_read_and_reported(read_word: Reader) -> None:
    file = read_word(Grid([["STT", "Mã TTHC", "Tên TTHC", "Thời hạn"], NEW, ["1", "1.000001", "", "5 ngày"]]))
    assert values(file, "code") == ["1.000001"]
    assert issues(file) == [("no-name", 3)]


def test_names_are_shared_out_among_the_codes_of_a_cell_when_they_are_as_many(read_word: Reader) -> None:
    heading = ["STT", "Mã TTHC", "Tên TTHC", "Thời hạn"]
    file = read_word(
        Grid(
            [
                heading,
                NEW,
                ["1", "1.000001\n1.000002", "- Một\n- Hai", "5 ngày"],
                ["2", "1.000003\n1.000004", "Chung một tên", "5 ngày"],
            ]
        )
    )
    assert values(file, "name") == ["Một", "Hai", "Chung một tên", "Chung một tên"]
    assert issues(file) == [("names-differ", 4)]


def test_a_replacement_without_a_successor_is_reported(read_word: Reader) -> None:
    file = read_word(
        Grid(
            [
                ["STT", "Mã TTHC bị thay thế", "Tên TTHC bị thay thế", "Mã TTHC thay thế", "Tên TTHC thay thế"],
                ["1", "1.000001", "Một", "", ""],
            ]
        )
    )
    assert [(record.status, record.successor) for record in file.records] == [(Status.REPLACED, None)]
    assert issues(file) == [("no-successor", 2)]


def test_codes_of_internal_processes_give_nothing_and_are_noted(read_word: Reader) -> None:
    rows = [["1", "5.000001", "Nội bộ", "5 ngày"], ["2", "1.000002", "Hai", "5 ngày"]]
    file = read_word(Grid([["STT", "Mã TTHC", "Tên TTHC", "Thời hạn"], NEW, *rows]))
    assert values(file, "code") == ["1.000002"]
    assert issues(file) == [("internal-code", 3)]
    assert file.ignored == ("5.000001",)


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", Status.REPEALED),
        ("DANH MỤC TTHC ĐƯỢC SỬA ĐỔI, BỔ SUNG", Status.AMENDED),
        ("DANH MỤC TTHC MỚI BAN HÀNH", Status.NEW),
    ],
)
def test_the_title_of_an_annex_sets_the_status_of_its_rows(title: str, status: Status, read_word: Reader) -> None:
    rows = [["STT", "Mã TTHC", "Tên TTHC"], ["1", "1.000001", "Một"]]
    file = read_word(Grid(rows), annex=("Phụ lục I", title))
    assert values(file, "status") == [status]


def test_rows_without_any_status_are_reported_and_not_read(read_word: Reader) -> None:
    rows = [["STT", "Mã TTHC", "Tên TTHC"], ["1", "1.000001", "Một"], ["2", "1.000002", "Hai"]]
    file = read_word(Grid(rows), annex=("Phụ lục I", "DANH MỤC THỦ TỤC HÀNH CHÍNH"))
    assert file.records == ()
    assert issues(file) == [("no-status", 2), ("no-status", 3)]
    assert file.ignored == ()
