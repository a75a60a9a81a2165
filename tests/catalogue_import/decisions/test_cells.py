"""What the text of a single cell says."""

import pytest

from catalogue_import.formats.decision.values import (
    channels_in,
    fee_text,
    is_ditto,
    is_marked,
    items,
    laws,
    levels_in,
    split_times,
    time_shortened,
    time_statutory,
)
from knowledge.procedure import Channel, Level

MINISTRY, PROVINCE, COMMUNE = Level.MINISTRY, Level.PROVINCE, Level.COMMUNE


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Cấp tỉnh", (PROVINCE,)),
        ("cấp Trung ương, cấp tỉnh và cấp xã", (MINISTRY, PROVINCE, COMMUNE)),
        ("Cấp tỉnh, xã", (PROVINCE, COMMUNE)),
        ("Cấp tỉnh/xã", (PROVINCE, COMMUNE)),
        ("UBND thành phố", (PROVINCE,)),
        ("Ủy ban nhân dân xã, phường, đặc khu", (COMMUNE,)),
        ("Lĩnh vực Hộ tịch", ()),
        ("", ()),
    ],
)
def test_levels_are_told_in_the_order_of_decisions(text: str, levels: tuple[Level, ...]) -> None:
    assert levels_in(text) == levels


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("Trực tiếp/Trực tuyến/BCCI", (Channel.DIRECT, Channel.ONLINE, Channel.POSTAL)),
        ("Nộp qua Cổng dịch vụ công hoặc bưu điện", (Channel.ONLINE, Channel.POSTAL)),
        ("Th ực hi ện tr ực ti ếp", (Channel.DIRECT,)),
        ("Không", ()),
    ],
)
def test_channels_are_told_by_their_words(text: str, channels: tuple[Channel, ...]) -> None:
    assert channels_in(text) == channels


@pytest.mark.parametrize(
    ("text", "unit", "time"),
    [
        ("10", "ngày làm việc", "10 ngày làm việc"),
        ("7,5", "ngày", "7,5 ngày"),
        ("03 ngày làm việc", "ngày", "03 ngày làm việc"),
        ("không quá 5 ngày", "", "không quá 5 ngày"),
        ("Trong ngày", "ngày", "Trong ngày"),
        ("-", "ngày", None),
        ("", "ngày", None),
    ],
)
def test_a_time_keeps_its_words_and_a_bare_number_gets_the_unit(text: str, unit: str, time: str | None) -> None:
    assert time_statutory(text, unit) == time


@pytest.mark.parametrize(
    "text",
    ["", "-", ".", "Không", "Không cắt giảm", "Không thực hiện cắt giảm", "Giữ nguyên", "Không rút ngắn"],
)
def test_what_was_not_shortened_has_no_shortened_time(text: str) -> None:
    assert time_shortened(text, "ngày") is None


def test_a_shortened_time_is_one() -> None:
    assert time_shortened("05", "ngày làm việc") == "05 ngày làm việc"
    assert time_shortened("Rút ngắn còn 05 ngày", "") == "Rút ngắn còn 05 ngày"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("20 ngày làm việc (cắt giảm còn 10 ngày làm việc)", ("20 ngày làm việc", "10 ngày làm việc")),
        ("Theo quy định: 20 ngày\nSau cắt giảm: 17 ngày", ("20 ngày", "17 ngày")),
        ("15 ngày, rút ngắn xuống còn 7,5 ngày", ("15 ngày", "7,5 ngày")),
        ("15 ngày kể từ ngày nhận hồ sơ", ("15 ngày kể từ ngày nhận hồ sơ", "")),
        ("", ("", "")),
    ],
)
def test_one_cell_may_say_both_times(text: str, times: tuple[str, str]) -> None:
    assert split_times(text) == times


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("15.000đ", "15.000đ"),
        ("15 nghìn", "15 nghìn"),
        ("Không quy định", "Không quy định"),
        ("0", "0"),
        ("-", None),
        (" ", None),
    ],
)
def test_a_fee_is_the_text_of_its_cell(text: str, fee: str | None) -> None:
    assert fee_text(text) == fee


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- A;\n- B.", ("A", "B")),
        ("+ A\n+ A", ("A",)),
        ("A; B - C", ("A", "B", "C")),
        ("1. A\n2) B\na) C", ("A", "B", "C")),
        ("Nghị định số 1/2026/NĐ-CP", ("Nghị định số 1/2026/NĐ-CP",)),
        ("\n;\n-", ()),
    ],
)
def test_lists_lose_their_bullets_and_what_comes_twice(text: str, found: tuple[str, ...]) -> None:
    assert items(text) == found


def test_laws_that_a_file_ran_together_are_parted_after_their_numbers() -> None:
    assert laws("Luật số 31/2024/QH15 Nghị định số 49/2026/NĐ-CP") == (
        "Luật số 31/2024/QH15",
        "Nghị định số 49/2026/NĐ-CP",
    )


@pytest.mark.parametrize("text", ["-nt-", "nt", "Như trên", '"', "- nt -", "//"])
def test_like_above_is_written_in_many_ways(text: str) -> None:
    assert is_ditto(text)


@pytest.mark.parametrize(("text", "is_one"), [("x", True), ("✓", True), ("Có", True), ("", False), ("Không", False)])
def test_a_mark_is_anything_but_a_no(text: str, *, is_one: bool) -> None:
    assert is_marked(text) is is_one
    assert not is_ditto(text)
