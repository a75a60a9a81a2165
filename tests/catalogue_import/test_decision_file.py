"""The values of a decision that was read."""

import pytest

from catalogue_import.decision_file import Announcement, CellIssue, DecisionFile, Place
from catalogue_import.issues import Severity


@pytest.mark.parametrize(
    ("place", "said"),
    [
        pytest.param(Place(annex="Phụ lục I", table=2, row=7, stt="1"), "Phụ lục I, bảng 2, dòng 7", id="table"),
        pytest.param(
            Place(annex="PL I", sheet="PL I", row=10), "trang tính “PL I”, dòng 10", id="sheet named as the annex"
        ),
        pytest.param(Place(page=3, column="Mã"), "trang 3, cột “Mã”", id="page"),
        pytest.param(Place(), "", id="the file itself"),
    ],
)
def test_a_place_is_said_as_staff_would_say_it(place: Place, said: str) -> None:
    assert str(place) == said


@pytest.mark.parametrize(("severity", "refused"), [(Severity.STOP, True), (Severity.WARN, False)])
def test_a_file_with_an_error_is_refused_and_one_with_doubts_is_not(severity: Severity, refused: bool) -> None:
    issue = CellIssue(code="x", severity=severity, message="…", where=Place())
    assert DecisionFile(decision=Announcement(), issues=(issue,)).is_refused is refused
