"""Values of fields in plain Vietnamese: nothing of the program's own words, and never a zero for what is not stated."""

from typing import Any

import pytest

from knowledge.value_words import missing, same_items, value_in_words

DECISION = {"number": "1/QĐ-UBND", "day": "2026-08-30"}
GROUND = {"decision": DECISION, "since": "2026-09-01"}
IN_THREE_DAYS = {"amount": 3.5, "unit": "working_day"}


def filing(*fees: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"channel": "direct", "time_limit": IN_THREE_DAYS, "fees": list(fees), **more}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param(None, "(không có)", id="nothing"),
        pytest.param([], "(không có)", id="an empty list"),
        pytest.param(True, "có", id="yes"),
        pytest.param(False, "không", id="no"),
        pytest.param("5 ngày", "5 ngày", id="a text"),
        pytest.param("2026-08-30", "30/08/2026", id="a day"),
        pytest.param(["commune", "province"], "cấp xã; cấp tỉnh", id="levels"),
        pytest.param(DECISION, "1/QĐ-UBND", id="a decision"),
        pytest.param([{"number": "1/QĐ"}, {"number": "2/QĐ"}], "1/QĐ; 2/QĐ", id="decisions"),
        pytest.param({**GROUND, "text": "full"}, "toàn trình (Quyết định 1/QĐ-UBND từ 01/09/2026)", id="with a ground"),
        pytest.param(GROUND, "Quyết định 1/QĐ-UBND từ 01/09/2026", id="a ground alone"),
        pytest.param(
            {**GROUND, "statutory": "10 ngày", "shortened": "5 ngày"},
            "10 ngày, rút còn 5 ngày (Quyết định 1/QĐ-UBND từ 01/09/2026)",
            id="both times",
        ),
        pytest.param(
            {**GROUND, "statutory": "10 ngày"}, "10 ngày (Quyết định 1/QĐ-UBND từ 01/09/2026)", id="not shortened"
        ),
    ],
)
def test_a_value_is_told_in_a_line(value: object, said: str) -> None:
    assert value_in_words(value) == said


@pytest.mark.parametrize(
    ("fees", "said"),
    [
        pytest.param([{"kind": "service_fee", "amount": 8_000}], "lệ phí 8.000 đồng", id="an amount"),
        pytest.param([{"amount": 0}], "phí 0 đồng", id="zero"),
        pytest.param([{"note": "theo HĐND"}], "phí chưa ghi mức (theo HĐND)", id="not declared"),
        pytest.param([], "chưa ghi phí", id="no fee at all"),
        pytest.param([{"amount": 10, "currency": "USD"}], "phí 10 USD", id="in dollars"),
        pytest.param([{"amount": 1}, {"amount": 1_500_000}], "phí 1 đồng và phí 1.500.000 đồng", id="two"),
    ],
)
def test_the_three_states_of_a_fee_are_told_apart(fees: list[dict[str, Any]], said: str) -> None:
    assert value_in_words(filing(*fees)) == f"trực tiếp, 3,5 ngày làm việc, {said}"


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        pytest.param({"amount": 3, "unit": "hour"}, "3 giờ", id="hours"),
        pytest.param({"amount": 0, "unit": "day"}, "0 ngày", id="zero is a number"),
        pytest.param({"text": "Trong ngày"}, "Trong ngày", id="as text"),
        pytest.param({"unit": "other"}, "chưa ghi thời hạn", id="a placeholder of the portal"),
    ],
)
def test_a_time_never_stands_apart_from_its_unit(limit: dict[str, Any], said: str) -> None:
    assert value_in_words({"channel": "online", "time_limit": limit}) == f"trực tuyến, {said}, chưa ghi phí"


def test_a_fee_of_the_council_says_for_whom_where_and_by_what() -> None:
    fee = {
        "channels": ["online"],
        "amount": 0,
        "ground": "NQ 23/2026",
        "kind": "Lệ phí hộ tịch",
        "payers": ["mọi người"],
    }
    assert value_in_words(fee) == "Lệ phí hộ tịch 0 đồng cho mọi người, trực tuyến (NQ 23/2026)"


def test_a_law_is_the_same_by_its_number() -> None:
    old = [{"number": "104/2022/NĐ-CP"}, {"number": "Thông tư 8/2025/TT-BTP"}, {"number": "Hiến pháp"}]
    new = [{"number": "Nghị định số 104/2022/NĐ-CP"}, {"number": "08/2025/TT-BTP"}, {"number": "66.7/2025/NQ-CP"}]
    assert missing(new, old) == [{"number": "66.7/2025/NQ-CP"}]
    assert missing(old, new) == [{"number": "Hiến pháp"}]


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        pytest.param(["a", "b"], ["b", "a"], True, id="another order"),
        pytest.param(["a"], ["a", "b"], False, id="one more"),
        pytest.param(["a", "b"], ["a"], False, id="one less"),
        pytest.param(None, [], False, id="nothing and an empty list"),
        pytest.param("a", "a", True, id="texts"),
        pytest.param("ab", "ba", False, id="texts in another order"),
    ],
)
def test_lists_are_compared_by_their_members(before: object, after: object, is_same: bool) -> None:
    assert same_items(before, after) is is_same
