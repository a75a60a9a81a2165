"""Labelled questions go the way of a citizen, each in a chat of its own; leaving one out takes only it away."""

from collections.abc import Iterator

import pytest

from bot.app import App, build_app
from bot.conversation.messages import Chat, Family
from bot.evaluation.labelled import Labelled
from bot.evaluation.outcome import Outcome, answered_by_a_twin, ask_all
from bot.settings import Settings
from web_app import MovingClock

from .conftest import OTHER, RIGHT, make_outcome

BIRTH = "1.001193"
ASK_BIRTH, ASK_FEE = "làm giấy khai sinh cho con cần giấy tờ gì", "mất bao nhiêu tiền"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("outcome"), database_url="", secret="for tests", commune="")
    app = build_app(settings, MovingClock())
    yield app
    app.close()


def asked(app: App, *questions: Labelled) -> list[Outcome]:
    return list(ask_all(questions, app))


def test_an_outcome_holds_what_was_answered(app: App) -> None:
    question = Labelled(id="a", text=ASK_BIRTH, aspect="documents", gold=(BIRTH,))
    (outcome,) = asked(app, question)
    assert outcome.question is question
    assert (outcome.family, outcome.procedures[0], outcome.aspect) == (Family.ANSWER, BIRTH, "documents")
    assert outcome.is_answered
    assert outcome.is_right
    assert outcome.confidence > 0.6
    assert outcome.milliseconds > 0


def test_a_follow_up_is_asked_after_its_context(app: App) -> None:
    follow_up = Labelled(id="a", text=ASK_FEE, kind="followup", context=ASK_BIRTH, gold=(BIRTH,))
    alone = Labelled(id="b", text=ASK_FEE, kind="followup", gold=(BIRTH,))
    with_context, without = asked(app, follow_up, alone)
    assert (with_context.is_right, with_context.aspect) == (True, "fee")
    assert not without.is_right


def test_questions_of_one_id_do_not_hear_each_other(app: App) -> None:
    _, second = asked(app, Labelled(id="a", text=ASK_BIRTH), Labelled(id="a", text=ASK_FEE))
    assert BIRTH not in second.procedures[:1]


def test_chats_of_a_run_are_forgotten(app: App) -> None:
    asked(app, Labelled(id="a", text=ASK_BIRTH))
    assert app.memories.recall(Chat("evaluation", "0:a").key, app.clock()).subject == ""


def test_questions_are_asked_one_by_one_as_they_are_wanted(app: App) -> None:
    taken: list[str] = []

    def questions() -> Iterator[Labelled]:
        for name in ("a", "b"):
            taken.append(name)
            yield Labelled(id=name, text="xin chào")

    run = ask_all(questions(), app)
    next(run)
    assert taken == ["a"]


@pytest.mark.parametrize(
    ("outcome", "is_right", "is_wrong_answer"),
    [
        pytest.param(make_outcome(RIGHT), True, False, id="right"),
        pytest.param(make_outcome(OTHER, RIGHT), False, True, id="only second"),
        pytest.param(make_outcome(OTHER, acceptable=(OTHER,)), True, False, id="acceptable"),
        pytest.param(make_outcome(OTHER, family=Family.CHOOSE), False, False, id="offered, not answered"),
        pytest.param(make_outcome(RIGHT, kind="status"), True, True, id="a dossier answered with a procedure"),
        pytest.param(make_outcome(family=Family.DECLINE), False, False, id="declined"),
        pytest.param(make_outcome(), False, True, id="answered with nothing"),
    ],
)
def test_what_is_right_and_what_is_a_wrong_answer(outcome: Outcome, is_right: bool, is_wrong_answer: bool) -> None:
    assert (outcome.is_right, outcome.is_wrong_answer) == (is_right, is_wrong_answer)


def test_with_every_right_record_away_another_one_answers_or_none(app: App) -> None:
    question = Labelled(id="a", text="đăng ký tạm trú", gold=("1.004194",))
    twins = answered_by_a_twin([question], app, threshold=0.0)
    assert [found for found, _ in twins] == [question]
    assert twins[0][1] != "1.004194"


def test_acceptable_records_are_taken_away_too(app: App) -> None:
    question = Labelled(id="a", text="đăng ký tạm trú", gold=("1.004194",))
    ((_, twin),) = answered_by_a_twin([question], app, threshold=0.0)
    wider = Labelled(id="a", text="đăng ký tạm trú", gold=("1.004194",), acceptable=(twin,))
    ((_, other),) = answered_by_a_twin([wider], app, threshold=0.0)
    assert other not in {twin, "1.004194"}


def test_leaving_one_out_counts_only_what_would_be_answered(app: App) -> None:
    question = Labelled(id="a", text="đăng ký tạm trú", gold=("1.004194",))
    assert answered_by_a_twin([question], app, threshold=1.0) == []


@pytest.mark.parametrize(
    "question",
    [
        Labelled(id="a", text="đăng ký tạm trú", kind="followup", gold=("1.004194",)),
        Labelled(id="b", text="đăng ký tạm trú", kind="procedure"),
        Labelled(id="c", text="xyzzyx qwrtz", gold=("1.004194",)),
    ],
    ids=["a follow-up", "nobody's procedure", "a message that shares no word with any"],
)
def test_leaving_one_out_leaves_these_alone(app: App, question: Labelled) -> None:
    assert answered_by_a_twin([question], app, threshold=0.0) == []


def test_the_index_is_whole_again_after_leaving_one_out(app: App) -> None:
    question = Labelled(id="a", text=ASK_BIRTH, gold=(BIRTH,))
    answered_by_a_twin([question], app, threshold=0.0)
    (outcome,) = asked(app, question)
    assert outcome.is_right
