"""Sums in the notes of fees: the number beside a note is never passed for the whole truth."""

from datetime import date

import pytest

from answer_parts import DIRECT, TODAY, days, fee, row
from bot.answers.wording import fee_notes


@pytest.mark.parametrize(
    ("note", "amounts"),
    [
        ("135.000 đồng/lần", (135_000,)),
        ("Cơ sở bán buôn: 4.000.000 đồng; bán lẻ: 500.000 đồng", (500_000, 4_000_000)),
        ("02 triệu đồng/lần cấp; cấp lại 1,5 triệu đồng", (1_500_000, 2_000_000)),
        ("14.250.000/lần/đơn vị", (14_250_000,)),
        ("25.000đ/giấy thông hành", (25_000,)),
        ("20,000 VNĐ", (20_000,)),
        ("Theo Nghị định số 31/2021/NĐ-CP ngày 26/3/2021", ()),
        ("145 USD/thẻ", ()),
        ("", ()),
    ],
)
def test_sums_are_read_in_dong(note: str, amounts: tuple[int, ...]) -> None:
    assert fee_notes.sums_in([note]) == fee_notes.Sums(amounts)


@pytest.mark.parametrize(
    "note",
    ["0,1% giá trị hợp đồng, 5.000.000 đồng", "1.500.000 đồng, tối đa 10.000.000 đồng", "1.000 đồng và 20 đồng"],
    ids=["a share", "a limit", "too small to be a fee"],
)
def test_limits_and_shares_are_no_plain_sums(note: str) -> None:
    assert not fee_notes.sums_in([note]).is_plain


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Bán lẻ: 500.000 đồng", "500.000 đồng hoặc 4.000.000 đồng, tùy loại; xem “Lệ phí”"),
        (
            "2.000.000 đồng kể từ ngày 01/7/2025 đến hết ngày 31/12/2026",
            "2.000.000 đồng hoặc 4.000.000 đồng, tùy loại và ngày nộp; xem “Lệ phí”",
        ),
        (
            "; ".join(f"loại {number}: {number}00.000 đồng" for number in range(1, 8)),
            "từ 100.000 đồng đến 4.000.000 đồng, tùy loại; xem “Lệ phí”",
        ),
        ("Nộp trực tuyến bằng 50% mức thu", "có nhiều mức, trong đó có 4.000.000 đồng; xem “Lệ phí”"),
        ("4.000.000 đồng/lần", ""),
        ("Theo Thông tư số 64/2025/TT-BTC", ""),
    ],
    ids=["another sum", "another for a time", "many", "a share", "the same again", "no sum"],
)
def test_a_note_with_other_sums_makes_the_number_one_of_several(note: str, told: str) -> None:
    assert fee_notes.several([4_000_000], row(DIRECT, fee(4_000_000, note))) == told


def test_a_price_list_in_the_note_of_the_row_counts_too() -> None:
    listed = row(DIRECT, fee(4_000_000, "1"), time=days(30), note="Bán buôn: 4.000.000 đồng\nBán lẻ: 500.000 đồng")
    assert fee_notes.several([4_000_000], listed).startswith("500.000 đồng hoặc 4.000.000 đồng")


def test_each_fee_with_its_own_sum_is_left_to_itself() -> None:
    fees = fee(500_000, "Loại 1: 500.000 đồng"), fee(100_000, "Loại 2: 100.000 đồng")
    assert not fee_notes.several([500_000, 100_000], row(DIRECT, *fees))


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Mức thu 20.000 VNĐ/tờ khai", "danh mục ghi 20.000 đồng; xem “Lệ phí”"),
        ("Cấp mới 20.000 đồng, cấp lại 10.000 đồng", "10.000 đồng hoặc 20.000 đồng, tùy loại; xem “Lệ phí”"),
        ("5.000.000 đồng, không quá 1% giá trị", "có nhiều mức, tùy loại; xem “Lệ phí”"),
        ("Theo quy định", ""),
    ],
    ids=["one", "two", "a limit", "none"],
)
def test_a_note_without_a_number_beside_it_speaks_for_itself(note: str, told: str) -> None:
    assert fee_notes.in_note(note) == told


OVER = "Kể từ ngày 01/12/2023 đến hết ngày 31/12/2025, nộp trực tuyến là 115.000 đồng/lần."


def test_a_clause_whose_days_are_over_goes() -> None:
    published = row(DIRECT, fee(0, f"- Lệ phí: 135.000 đồng/lần.  - {OVER}"))
    (kept,) = fee_notes.in_force(published, TODAY).fees
    assert kept.note == "- Lệ phí: 135.000 đồng/lần."


@pytest.mark.parametrize(
    ("amount", "note", "day"),
    [
        (0, f"Lệ phí: 135.000 đồng/lần. {OVER}", date(2025, 12, 31)),
        (115_000, f"Lệ phí: 135.000 đồng/lần. {OVER}", TODAY),
        (0, OVER, TODAY),
        (0, "Lệ phí: 135.000 đồng. Áp dụng đến hết ngày 31/02/2025: 1.000 đồng.", TODAY),
    ],
    ids=["on the last day", "it explains the number", "nothing else is said", "a day that does not exist"],
)
def test_other_clauses_stay(amount: int, note: str, day: date) -> None:
    published = row(DIRECT, fee(amount, note))
    assert fee_notes.in_force(published, day) == published
