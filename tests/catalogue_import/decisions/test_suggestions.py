"""Codes suggested for rows whose own is broken; a person always decides."""

from catalogue_import.decision_file import Announcement, DecisionFile, Place, ReviewRecord
from catalogue_import.formats.decision.suggestions import names_of, review_of, with_suggestions

BIRTH, DEATH, TWIN = (
    ("1.001193", "Đăng ký khai sinh"),
    ("1.000656", "Đăng ký khai tử."),
    ("1.000999", "Đăng ký khai tử"),
)


def suggested(printed: str, name: str, *known: tuple[str, str]) -> ReviewRecord:
    review = review_of(printed, name, Place(row=7), None)
    file = DecisionFile(decision=Announcement(), needs_review=(review,))
    return with_suggestions(file, names_of(known)).needs_review[0]


def test_a_slip_of_one_digit_is_suggested_before_anybody_knows_the_name() -> None:
    review = review_of("10.005090", "Việc", Place(row=7), None)
    assert review.suggested_code == "1.005090"
    assert "chưa đối chiếu tên" in review.reason


def test_a_row_without_a_code_says_so_and_suggests_nothing() -> None:
    review = review_of("", "Việc", Place(), None)
    assert (review.suggested_code, review.reason) == (None, "dòng không có mã")


def test_the_name_of_the_catalogue_decides() -> None:
    review = suggested("1.00119", "ĐĂNG KÝ  KHAI SINH", BIRTH, DEATH)
    assert review.suggested_code == BIRTH[0]
    assert "tên trùng với 1.001193" in review.reason


def test_a_likely_code_of_another_procedure_is_withdrawn() -> None:
    """The digits say 1.005090, the catalogue knows that name under no such code."""
    review = suggested("10.005090", "Việc khác hẳn", BIRTH)
    assert review.suggested_code is None
    assert "không có tên này" in review.reason


def test_twins_are_told_apart_by_the_digits() -> None:
    assert suggested("1.0009991", "Đăng ký khai tử", DEATH, TWIN).suggested_code == TWIN[0]


def test_twins_that_nothing_tells_apart_are_both_named_and_neither_suggested() -> None:
    review = suggested("QT-01", "Đăng ký khai tử", DEATH, TWIN)
    assert review.suggested_code is None
    assert all(code in review.reason for code in (DEATH[0], TWIN[0]))


def test_place_and_printed_code_stay_as_they_were() -> None:
    review = suggested("QT-01", "Đăng ký khai sinh", BIRTH)
    assert (review.code_printed, review.where.row) == ("QT-01", 7)
