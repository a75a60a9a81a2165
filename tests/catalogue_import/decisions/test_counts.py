"""What Điều 1 says is announced, against what was read."""

from collections.abc import Callable, Sequence

import pytest

from catalogue_import.decision_file import DecisionFile, Status
from catalogue_import.formats.decision.counts import Claim, claims, report_counts
from catalogue_import.reading_issues import Reporter
from decision_makers import Grid

Reader = Callable[..., DecisionFile]

NEW, AMENDED, REPEALED, REPLACED = Status.NEW, Status.AMENDED, Status.REPEALED, Status.REPLACED
EACH = (
    "Điều 1. Công bố kèm theo Quyết định này 02 thủ tục hành chính mới ban hành (Phụ lục I), 01 thủ tục hành chính "
    "được sửa đổi, bổ sung (Phụ lục II) và 03 (ba) TTHC bị bãi bỏ."
)
IN_PARTS = "Điều 1. Công bố 5 thủ tục hành chính mới ban hành, trong đó 3 thủ tục mới cấp tỉnh và 2 thủ tục mới cấp xã."
BY_LEVEL = "Điều 1. Công bố 5 thủ tục hành chính, gồm 3 thủ tục hành chính cấp tỉnh, 2 thủ tục hành chính cấp xã."


def reported(text: str, read: Sequence[Status | None]) -> list[str]:
    reporter = Reporter()
    report_counts([text], read, reporter)
    return [issue.message for issue in reporter.issues]


def test_every_number_has_the_statuses_that_follow_it() -> None:
    assert list(claims([EACH])) == [Claim(2, (NEW,)), Claim(1, (AMENDED,)), Claim(3, (REPEALED,))]


def test_the_number_may_stand_in_a_paragraph_below_the_article() -> None:
    texts = ["Điều 1. Công bố kèm theo:", "1. 04 thủ tục hành chính mới ban hành.", "Điều 2. Có 9 thủ tục khác."]
    assert list(claims(texts)) == [Claim(4, (NEW,))]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param(EACH, [NEW, NEW, AMENDED, *[REPEALED] * 3], id="each status"),
        pytest.param(IN_PARTS, [NEW] * 5, id="in parts of one status"),
        pytest.param(BY_LEVEL, [AMENDED] * 5, id="in parts by level"),
        pytest.param(
            "Điều 1. Công bố 2 TTHC mới lĩnh vực A và 3 TTHC mới lĩnh vực B.", [NEW] * 5, id="fields added up"
        ),
        pytest.param("Điều 1. Công bố 05 TTHC mới ban hành, được sửa đổi.", [NEW, *[AMENDED] * 4], id="two together"),
        pytest.param("Điều 1. Công bố 6 quy trình nội bộ giải quyết 9 thủ tục nội bộ.", [NEW], id="internal processes"),
        pytest.param("Điều 1. Công bố 1 thủ tục thay thế 3 thủ tục.", [REPLACED, NEW], id="replacements"),
        pytest.param("Điều 1. Công bố Danh mục thủ tục hành chính.", [NEW] * 7, id="no number"),
        pytest.param("Điều 3. Công bố 2 thủ tục hành chính.", [NEW] * 7, id="another article"),
        pytest.param("Điều 1. Công bố 3 thủ tục hành chính.", [NEW, AMENDED, None], id="a row for review counts"),
    ],
)
def test_numbers_that_fit_are_no_issue(text: str, read: list[Status | None]) -> None:
    assert reported(text, read) == []


@pytest.mark.parametrize(
    ("text", "read", "said"),
    [
        pytest.param(EACH, [NEW, AMENDED, *[REPEALED] * 3], "2 thủ tục mới, trong tệp có 1 dòng", id="one missing"),
        pytest.param(EACH, [NEW, NEW, AMENDED, REPEALED], "3 thủ tục bãi bỏ, trong tệp có 1 dòng", id="two missing"),
        pytest.param(BY_LEVEL, [NEW] * 4, "5 thủ tục, trong tệp có 4 dòng", id="of a total"),
        pytest.param(IN_PARTS, [NEW] * 6, "5 thủ tục mới, trong tệp có 6 dòng", id="one too many"),
        pytest.param("Điều 1. Công bố 2 TTHC.", [], "2 thủ tục, trong tệp có 0 dòng", id="nothing read"),
    ],
)
def test_a_number_that_does_not_fit_is_told(text: str, read: list[Status], said: str) -> None:
    assert reported(text, read) == [f"Điều 1 ghi {said}. Kiểm tra dòng bị thiếu"]


def test_a_missing_row_of_a_file_is_told_for_the_file_as_a_whole(read: Reader) -> None:
    """A warning: the row may have been left out on purpose, and what is there can be published."""
    rows = [["STT", "Mã TTHC", "Tên TTHC"], ["A. TTHC MỚI BAN HÀNH", "<", "<"], ["1", "1.601001", "Một"]]
    file = read(Grid(rows), first="Điều 1. Công bố kèm theo Quyết định này 02 thủ tục hành chính mới ban hành.")
    assert [issue.code for issue in file.issues] == ["count-differs"]
    assert not file.is_refused
