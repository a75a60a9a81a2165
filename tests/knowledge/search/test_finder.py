"""Questions as people type them lead to the right procedure of a small index."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.normalise import normalise
from knowledge.search.asked import understand
from knowledge.search.features import FEATURES
from knowledge.search.finder import find
from knowledge.search.index import Index
from knowledge.search.weights import load_weights


@pytest.mark.parametrize(
    ("question", "code"),
    [
        pytest.param("làm giấy khai sinh cho con cần giấy tờ gì", "1.000001", id="with marks"),
        pytest.param("lam giay khai sinh cho con can giay to gi", "1.000001", id="without marks"),
        pytest.param("lm gks cho con ms sinh cần j ạ", "1.000001", id="teencode"),
        pytest.param("vợ em mới đẻ", "1.000001", id="a life event"),
        pytest.param("lam khia sinh cho con", "1.000001", id="letters exchanged"),
        pytest.param("lam giay khaisinh cho con", "1.000001", id="syllables run together"),
        pytest.param("ddawng kys khai sinh cho con", "1.000001", id="telex left as typed"),
        pytest.param("khai sinh cho con, chồng em là người nước ngoài", "1.000002", id="a circumstance named"),
        pytest.param("mất giấy khai sinh, xã bảo sổ gốc không còn", "1.000003", id="lost, and the register too"),
        pytest.param("cat khau", "1.000005", id="an everyday word"),
        pytest.param("chuyen hk ve nha chong", "1.000005", id="a short form by context"),
        pytest.param("khai báo ở trọ", "1.000004", id="by what one does"),
        pytest.param("mất cmt làm lại ở đâu", "1.000008", id="the paper's old name"),
        pytest.param("khai thuế cửa hàng", "1.000006", id="marks decide: thuế"),
        pytest.param("tách thửa đất", "1.000009", id="the city's own before the national twin"),
    ],
)
def test_the_right_procedure_comes_first(index: Index, question: str, code: str) -> None:
    assert find(normalise(question), index).codes[0] == code


def test_marks_tell_homographs_apart(index: Index) -> None:
    assert find(normalise("nộp thuế"), index).codes[0] == "1.000006"
    assert find(normalise("cho thuê mặt nước"), index).codes[0] == "1.000007"
    other_marks = {
        one.code: one.features[FEATURES.index("other_marks")] for one in find(normalise("thuê"), index).candidates
    }
    assert other_marks["1.000006"] == 1
    assert other_marks["1.000007"] == other_marks["1.000004"] == 0


def test_candidates_are_ranked_and_their_probabilities_add_up_to_one(index: Index) -> None:
    candidates = find(normalise("khai sinh"), index).candidates
    probabilities = [candidate.probability for candidate in candidates]
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) == pytest.approx(1)
    assert {"1.000001", "1.000002", "1.000003"} <= {candidate.code for candidate in candidates}


@pytest.mark.parametrize("nothing", ["", "😀", "xyzzy qwrt", "???"])
def test_a_message_without_a_known_word_has_no_candidates(index: Index, nothing: str) -> None:
    findings = find(normalise(nothing), index)
    assert findings.candidates == ()
    assert findings.confidence == 0.0


def test_confidence_falls_when_most_of_the_message_is_unknown(index: Index) -> None:
    sure = find(normalise("làm giấy khai sinh cho con mới sinh"), index)
    unsure = find(normalise("bóng đá tối qua khai cuộc lúc mấy giờ trên kênh nào"), index)
    assert sure.confidence > unsure.confidence + 0.2


def test_the_aspect_is_found_beside_the_subject(index: Index) -> None:
    assert find(normalise("dang ky tam tru het bao nhieu tien"), index).asked.aspect.aspect == "fee"


def test_words_that_only_ask_weigh_less_than_the_subject(index: Index) -> None:
    asked = understand(normalise("cho em hỏi khai sinh cần giấy tờ gì"), index)
    weights = dict(zip(asked.terms, asked.weights, strict=True))
    assert weights[index.terms["sinh"]] > weights[index.terms["giay"]] > 0


def test_the_clause_that_asks_weighs_more_than_the_story_before_it(index: Index) -> None:
    story = (
        "Tôi năm nay bảy mươi tuổi, ngày xưa thuê nhà ở phố, sau về quê sống cùng các con các cháu đông vui. "
        "Nay tôi muốn chuyển hộ khẩu thì làm thế nào?"
    )
    asked = understand(normalise(story), index)
    weights = dict(zip(asked.terms, asked.weights, strict=True))
    assert weights[index.terms["khau"]] > weights[index.terms["thue"]]


def test_all_weights_belong_to_features_and_signs_that_exist(index: Index) -> None:
    from knowledge.search.features import FEATURES
    from knowledge.search.finder import confidence_signs

    findings = find(normalise("khai sinh"), index)
    signs = confidence_signs(findings.asked, findings.candidates)
    assert set(load_weights().features) <= set(FEATURES)
    assert set(load_weights().confidence) == {*signs, "bias"}


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=120), st.text(alphabet="khai sinh tạm trú đấtthuê fjwz ,.?123", max_size=120)))
def test_finding_never_fails(index: Index, text: str) -> None:
    findings = find(normalise(text), index)
    assert 0.0 <= findings.confidence <= 1.0
