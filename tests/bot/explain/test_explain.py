"""Why this was answered: every sheet holds the numbers that the answer was made of."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.case import Case, open_case
from bot.answers.decide import ANSWER_FROM, RULES, decide
from bot.app import App
from bot.conversation.memory import NOTHING
from bot.conversation.messages import Answer, Chat, Question
from bot.conversation.reply import reply_to
from bot.explain import SHEETS, explained
from bot.explain.candidates import candidates, confidence, features
from bot.explain.decision import answered, numbers, rules
from bot.explain.language import repairs, steps, understood, words
from bot.explain.sheet import Sheet
from knowledge.search.features import FEATURES
from knowledge.search.weights import load_weights
from web_app import MovingClock, make_app

ASKED = "lam giay khai sinh cho con can giay to gi"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    app = make_app(tmp_path_factory.mktemp("explain"), MovingClock())
    yield app
    app.close()


@pytest.fixture(scope="module")
def case(app: App) -> Case:
    return case_of(ASKED, app)


def case_of(text: str, app: App) -> Case:
    return open_case(text, "", NOTHING, app.library.index)


def answer_of(text: str, app: App) -> tuple[Question, Answer]:
    question = Question(text=text, chat=Chat("test", text[:20]), asked_at=app.clock())
    return question, reply_to(question, app)


def told(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in sheet.rows}


# The whole


def test_the_sheets_come_in_the_order_of_the_path(app: App) -> None:
    sheets = explained(*answer_of("lm giấy khai sinh ở xã Vĩnh Bảo", app), app)
    assert [sheet.title for sheet in sheets] == [
        "normalisation", "repairs", "words", "understood", "candidates", "features: value × weight", "confidence",
        "rules", "numbers", "answered",
    ]  # fmt: skip


def test_sheets_that_have_nothing_to_tell_are_left_out(app: App) -> None:
    titles = [sheet.title for sheet in explained(*answer_of("qwrtz", app), app)]
    assert "candidates" not in titles
    assert "confidence" not in titles
    assert titles[-1] == "answered"


def test_explaining_neither_answers_nor_remembers(app: App) -> None:
    question, answer = answer_of(ASKED, app)
    before = app.memories.recall(question.chat.key, app.clock())
    explained(question, answer, app)
    assert app.memories.recall(question.chat.key, app.clock()) == before


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_whatever_was_asked_can_be_explained_in_full_rows(app: App, text: str) -> None:
    opened = case_of(text, app)
    for sheet in (make(opened) for make in SHEETS):
        assert all(len(row) == len(sheet.columns) for row in sheet.rows), sheet.title
        assert all(isinstance(cell, str) for row in sheet.rows for cell in row), sheet.title


def test_of_an_endless_letter_the_end_is_explained_as_it_was_read(app: App) -> None:
    text = "kính gửi quý ủy ban nhân dân " * 200 + ASKED
    weights = next(sheet for sheet in explained(*answer_of(text, app), app) if sheet.title == "words")
    assert "sinh" in told(weights)


# Language


@pytest.mark.parametrize(
    ("text", "step", "change"),
    [
        ("Xin CHÀO", "lower", "Xin CHÀO → xin chào"),
        ("mất cccd", "write_out_short_forms", "cccd → căn cước công dân"),
        ("ddangw ky", "decode_keyboard", "ddangw → đăng"),
        ("mấttttt rồi", "collapse_runs", "mấttttt → mất"),
        ("hoà giải", "unify_spelling", "hoà → hòa"),
        ("đăng ký", None, ""),
    ],
    ids=["capitals", "a short form", "telex", "a key held", "an old tone place", "nothing to do"],
)
def test_a_step_is_named_with_the_words_it_changed(app: App, text: str, step: str | None, change: str) -> None:
    fired = told(steps(case_of(text, app)))
    assert (set(fired), fired.get(step or "", ("",))) == ({step} - {None}, (change,))


def test_a_typing_error_is_shown_beside_what_it_was_taken_for(app: App) -> None:
    assert told(repairs(case_of("lam giay khai sihn cho con", app)))["mended"] == ("sihn → sinh",)


def test_a_place_that_was_left_out_of_the_search_is_shown(app: App) -> None:
    assert "vinh bao → (nothing)" in told(repairs(case_of("khai sinh ở xã Vĩnh Bảo", app)))["mended"][0]


def test_words_have_their_weight_and_how_many_share_them(case: Case, app: App) -> None:
    weights = told(words(case))
    assert set(weights) == set(case.findings.asked.words)
    assert float(weights["sinh"][0]) > float(weights["can"][0])
    assert int(weights["giay"][1].replace(",", "")) > int(weights["khai"][1].replace(",", "")) > 0
    assert told(words(case_of("khai sinh qwrtz", app)))["qwrtz"][1] == "never met"


def test_what_is_asked_is_told_with_its_chances(case: Case) -> None:
    found = told(understood(case))
    assert found["aspect"] == ("documents",)
    assert found["aspect by the model"][0].startswith("documents ")
    assert found["kind by the model"][0].startswith("procedure ")
    assert "communes" not in found


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("cảm ơn ad", "kind by phrases", "thanks (whole)"),
        ("khai sinh cho con có bố người nước ngoài", "circumstances", "foreign"),
        ("tôi ở xã Vĩnh Bảo", "communes", "11824"),
        ("thủ tục 1.001193", "procedure codes", "1.001193"),
    ],
)
def test_what_was_found_besides_is_told(app: App, text: str, name: str, value: str) -> None:
    assert value in told(understood(case_of(text, app)))[name][0]


# Candidates


def test_candidates_are_listed_by_rank_with_name_and_closest_wording(case: Case) -> None:
    first = candidates(case).rows[0]
    assert first[:2] == ("1", "1.001193")
    assert float(first[2]) == pytest.approx(case.findings.candidates[0].probability, abs=0.006)
    assert first[3] == case.index.name_of("1.001193")
    assert first[4] == case.findings.candidates[0].wording
    assert len(candidates(case).rows) <= 5


def test_a_procedure_that_only_our_wordings_know_is_marked(app: App) -> None:
    opened = case_of("đăng ký khai sinh", app)
    for row in candidates(opened).rows:
        assert ("not in the catalogue" in row[3]) is not opened.index.holds(row[1])


def test_value_times_weight_adds_up_to_the_score(case: Case) -> None:
    sheet = features(case)
    assert sheet.columns[2:] == case.findings.codes[:3]
    *rows, totals = sheet.rows
    for column in range(2, len(sheet.columns)):
        products = [float(row[column].split()[1]) for row in rows]
        assert float(totals[column]) == pytest.approx(sum(products), abs=0.01 * len(FEATURES))


def test_scores_stand_in_the_order_of_the_ranking(case: Case) -> None:
    totals = [float(cell) for cell in features(case).rows[-1][2:]]
    assert totals == sorted(totals, reverse=True)


def test_a_feature_that_adds_nothing_to_any_is_left_out(case: Case) -> None:
    assert {row[0] for row in features(case).rows} < {*FEATURES, "score"}
    assert not any(cell.endswith("-0.00") for row in features(case).rows for cell in row)


def test_confidence_is_told_sign_by_sign_and_ends_in_the_certainty(case: Case) -> None:
    found = told(confidence(case))
    assert set(load_weights().confidence) <= set(found)
    assert float(found["confidence in the first candidate"][0]) == pytest.approx(case.findings.confidence, abs=0.006)
    assert float(found["certainty, from both"][0]) == pytest.approx(case.certainty, abs=0.006)


# Decision


@pytest.mark.parametrize(
    ("text", "rule"),
    [(ASKED, "by_confidence"), ("cảm ơn ad", "small_talk"), ("1.001193", "code_named"), ("", "unreadable")],
)
def test_the_rule_that_decided_is_the_last_one_named(app: App, text: str, rule: str) -> None:
    opened = case_of(text, app)
    (passed, named), decided = rules(opened).rows
    assert (passed, decided) == ("passed", (rule, str(decide(opened).ending)))
    names = [each.__name__ for each in RULES]
    assert ", ".join(names[: names.index(rule)]) == named


def test_numbers_stand_beside_what_they_are_compared_with(case: Case) -> None:
    first = numbers(case).rows[0]
    assert first[0] == "certainty"
    assert float(first[1]) == pytest.approx(case.certainty, abs=0.006)
    assert (float(first[3]), first[4]) == (ANSWER_FROM, "reached")
    assert {row[4] for row in numbers(case).rows} == {"reached", "not reached"}


def test_what_was_answered_ends_the_explanation(app: App) -> None:
    _, answer = answer_of(ASKED, app)
    found = told(answered(answer))
    assert found["ending"] == ("procedure (family answer)",)
    assert found["procedures"][0].startswith("1.001193")
    assert found["edition"] == (str(app.library.edition),)
