"""What is offered to tap: at most six, a person last, nothing that leads nowhere."""

import pytest

from answer_parts import DIRECT, ONLINE, asked_of, known, labels, row
from bot.answers.actions import ActionKind, View, parse_action
from bot.answers.buttons import MOST
from bot.answers.verdict import Option
from knowledge.procedure import Aspect
from sample_procedures import make_checklist

OTHERS = tuple(Option(f"1.00000{number}", f"Trường hợp {number}") for number in range(2, 7))


def test_the_usual_buttons_of_a_procedure() -> None:
    answer = asked_of(known(conditions="Đủ 18 tuổi", channels=(row(DIRECT), row(ONLINE))))
    assert labels(answer) == ["Nộp trực tuyến", "Các bước", "Tất cả giấy tờ", "Điều kiện", "Hỏi cán bộ"]


def test_filing_online_is_offered_only_where_the_record_has_it() -> None:
    assert "Nộp trực tuyến" not in labels(asked_of(known(channels=(row(DIRECT),))))


def test_filing_online_leads_to_the_portals_page_of_the_procedure() -> None:
    answer = asked_of(known(channels=(row(ONLINE),)))
    assert answer.choices[0].url == "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/id-1.000001"
    assert answer.choices[0].action == ""


@pytest.mark.parametrize(("conditions", "offered"), [("", False), ("Không", False), ("Đủ 18 tuổi", True)])
def test_conditions_are_offered_only_where_there_are_some(conditions: str, offered: bool) -> None:
    assert ("Điều kiện" in labels(asked_of(known(conditions=conditions)))) is offered


def test_what_the_text_points_to_can_be_tapped() -> None:
    answer = asked_of(known(channels=(row(DIRECT, note="Vùng khó khăn 20 ngày. " + "Không tính ngày nghỉ. " * 9),)))
    assert "xem “Thời gian”" in answer.plain
    assert labels(answer)[0] == "Thời gian"


def test_other_cases_take_two_places_at_the_most() -> None:
    answer = asked_of(known(), others=OTHERS)
    assert [label for label in labels(answer) if label.startswith("Trường hợp")] == ["Trường hợp 2", "Trường hợp 3"]


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("aspect", list(Aspect))
def test_there_are_never_more_than_six_and_a_person_is_last(view: View, aspect: Aspect) -> None:
    procedure = known(make_checklist(conditions=("Đủ 18 tuổi.",)), channels=(row(DIRECT), row(ONLINE)))
    answer = asked_of(procedure, aspect=aspect, view=view, others=OTHERS)
    assert 1 <= len(answer.choices) <= MOST
    assert labels(answer)[-1] == "Hỏi cán bộ"
    assert len(set(labels(answer))) == len(answer.choices)


@pytest.mark.parametrize("view", list(View))
def test_every_button_carries_an_action_we_understand_within_64_bytes(view: View) -> None:
    for choice in asked_of(known(channels=(row(ONLINE),)), view=view, others=OTHERS).choices:
        if not choice.url:
            assert parse_action(choice.action) is not None
            assert len(choice.action.encode()) <= 64


def test_a_page_does_not_offer_itself() -> None:
    assert "Các bước" not in labels(asked_of(known(), view=View.STEPS))
    assert "Mẫu đơn" not in labels(asked_of(known(), view=View.FORM))


def test_from_a_page_the_rest_can_be_reached() -> None:
    actions = [parse_action(choice.action) for choice in asked_of(known(), view=View.ALL_PAPERS).choices]
    views = {action.view for action in actions if action is not None and action.kind is ActionKind.SHOW}
    assert views == {View.SUMMARY, View.STEPS, View.FORM, View.RESULT, View.LEGAL}
