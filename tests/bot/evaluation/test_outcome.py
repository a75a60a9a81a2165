"""Labelled questions go the way of a citizen, each in a chat of its own."""

from collections.abc import Iterator

import pytest

from bot.app import App, build_app
from bot.conversation.messages import Chat, Family
from bot.evaluation.labelled import Labelled
from bot.evaluation.outcome import NOWHERE, Outcome, ask_all
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


def test_field_and_level_are_those_of_the_first_right_procedure(app: App) -> None:
    index = app.library.index
    entry = index.entries[index.position[BIRTH]]
    (outcome,) = asked(app, Labelled(id="a", text=ASK_BIRTH, gold=(BIRTH, "9.999999")))
    assert (outcome.field, outcome.level) == (entry.field, "commune")


@pytest.mark.parametrize(
    ("question", "place"),
    [
        (Labelled(id="a", text="alo", kind="chitchat"), ""),
        (Labelled(id="b", text="đăng ký nuôi rồng"), ""),
        (Labelled(id="c", text="đăng ký nuôi rồng", gold=("9.999999",)), NOWHERE),
    ],
    ids=["small talk", "nobody's procedure", "one that the catalogue does not hold"],
)
def test_what_has_no_record_has_no_field_and_no_level(app: App, question: Labelled, place: str) -> None:
    (outcome,) = asked(app, question)
    assert (outcome.field, outcome.level) == (place, place)


def test_records_are_left_out_only_when_that_is_wanted(app: App) -> None:
    question = Labelled(id="a", text=ASK_BIRTH, gold=(BIRTH,))
    (plain,), (left_out,) = asked(app, question), ask_all([question], app, leaving_out=True)
    assert plain.left_out is None
    assert left_out.left_out is not None
    assert left_out.is_right
