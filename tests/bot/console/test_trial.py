"""Trial runs: what would be answered differently, before it is."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from bot.app import App
from bot.console.trial import WORSE, Trial, try_entry
from bot.console.tried import MOST_TRIED, Tried, nearest_in_words
from bot.conversation.messages import Answer, Chat, Question
from bot.conversation.reply import reply_to
from bot.settings import Settings
from console_officer import Officer, words_of
from knowledge.faq.entry import FaqText
from staff_people import OTHER_WARD, PARKING, WARD, publish_faq

Ask, Enter = Callable[..., Answer], Callable[[str], Officer]
CASH = FaqText(wordings=("Trung tâm có máy rút tiền không", "rút tiền mặt ở đâu"), answer="Có, ở sảnh.")
BIRTH = "1.001193"


def texts_of(trial: Trial) -> set[str]:
    return {change.text for change in trial.changes}


def test_a_past_question_that_the_entry_would_answer_is_told_before_and_after(app: App, ask: Ask) -> None:
    for chat in ("a", "b"):
        ask("trung tâm có máy rút tiền không", chat)
    ask("làm giấy khai sinh cho con", "c")
    trial = try_entry(CASH, app)
    assert trial.past == 2
    (change,) = (each for each in trial.changes if each.text == "trung tâm có máy rút tiền không")
    assert change.times == 2
    assert change.after == f"Hỏi đáp: {CASH.title}"
    assert change.before != change.after
    assert "làm giấy khai sinh cho con" not in texts_of(trial)


def test_a_trial_changes_no_answer(app: App, ask: Ask) -> None:
    edition, index = app.library.edition, app.library.index
    try_entry(CASH, app)
    assert (app.library.edition, app.library.index) == (edition, index)
    assert ask("trung tâm có máy rút tiền không").faq is None


def test_an_entry_that_takes_the_questions_of_a_procedure_is_shown_as_worse(app: App) -> None:
    greedy = FaqText(wordings=("làm giấy khai sinh cho con",), answer="Đáp.")
    trial = try_entry(greedy, app)
    assert trial.labelled > 0
    assert trial.worse >= 1
    assert trial.changes[0].effect == WORSE


def test_an_entry_about_the_procedure_itself_is_no_worse_for_its_questions(app: App) -> None:
    about = FaqText(wordings=("làm giấy khai sinh cho con",), answer="Đáp.", procedures=(BIRTH,))
    worse = [change for change in try_entry(about, app).changes if change.effect == WORSE]
    assert not any("khai sinh cho con" in change.text for change in worse)


def test_a_wording_that_leads_elsewhere_is_told(app: App) -> None:
    publish_faq(app.database, CASH, app.clock())
    app.library.refresh(app.clock())
    again = FaqText(wordings=("Trung tâm có máy rút tiền không", "rút tiền mặt ở đâu"), answer="Không còn.")
    assert {change.text for change in try_entry(again, app).own} <= set(again.wordings)
    assert try_entry(CASH, app, 1).own == ()


def test_an_edited_entry_is_compared_with_what_is_in_use(app: App, ask: Ask) -> None:
    publish_faq(app.database, CASH, app.clock())
    app.library.refresh(app.clock())
    ask("rút tiền mặt ở đâu")
    fewer = msgspec.structs.replace(CASH, wordings=("Trung tâm có máy nước không",))
    (change,) = (each for each in try_entry(fewer, app, 1).changes if each.text == "rút tiền mặt ở đâu")
    assert change.before == f"Hỏi đáp: {CASH.title}"


@pytest.mark.parametrize(("commune", "is_changed"), [(WARD, True), (OTHER_WARD, False), ("", True)])
def test_another_commune_s_questions_are_left_as_they_are(app: App, commune: str, is_changed: bool) -> None:
    settings = app.settings.model_copy(update={"commune": WARD})
    tried = msgspec.structs.replace(CASH, commune=commune)
    trial = try_entry(tried, _asked_in(app, settings))
    assert (CASH.title in texts_of(trial)) is is_changed


def _asked_in(app: App, settings: Settings) -> App:
    here = dataclasses.replace(app, settings=settings)
    reply_to(Question(text=CASH.title, chat=Chat("web", "x"), asked_at=app.clock(), commune=WARD), here)
    return here


def test_labelled_questions_of_the_operator_are_tried(app: App, tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "own.jsonl").write_text(
        '{"id": "1", "text": "máy rút tiền mặt để ở đâu", "gold": ["1.001193"]}\n', encoding="utf-8"
    )
    (folder / "broken.jsonl").write_text("{", encoding="utf-8")
    here = _asked_in(app, app.settings.model_copy(update={"data_dir": tmp_path}))
    assert "máy rút tiền mặt để ở đâu" in texts_of(try_entry(CASH, here))


def test_of_many_questions_the_nearest_are_tried(app: App) -> None:
    every = [Tried(f"khai sinh số {number}") for number in range(MOST_TRIED + 50)]
    near = nearest_in_words(("làm khai sinh",), [*every, Tried("trồng hoa hồng")], app.library.index)
    assert len(near.tried) == MOST_TRIED
    assert near.sharing == MOST_TRIED + 50
    assert Tried("trồng hoa hồng") not in near.tried


def test_staff_try_a_draft_out_from_the_form_and_from_its_page(enter: Enter, ask: Ask) -> None:
    ask(CASH.title, "a")
    lan, fields = enter("lan"), {"wordings": "\n".join(CASH.wordings), "answer": CASH.answer}
    shown = lan.send("/can-bo/hoi-dap/moi", **fields, viec="thu")
    assert shown.status_code == 200
    assert "Chọn từ 1 câu người dân hỏi gần đây" in words_of(shown)
    assert f"sau: Hỏi đáp: {CASH.title}" in words_of(shown)
    assert "rút tiền mặt ở đâu</textarea>" in shown.text
    address = lan.send("/can-bo/hoi-dap/moi", **fields, viec="luu").headers["location"].partition("?")[0]
    assert f"{address}/chay-thu" in enter("hoa").get(address).text
    assert f"sau: Hỏi đáp: {CASH.title}" in words_of(enter("hoa").get(f"{address}/chay-thu"))


def test_an_entry_is_shown_in_the_form_of_every_channel(enter: Enter) -> None:
    shown = enter("lan").send(
        "/can-bo/hoi-dap/moi", wordings=PARKING.title, answer="Ở **cổng <sau>**.", procedures=BIRTH, viec="xem"
    )
    assert "<strong>cổng &lt;sau&gt;</strong>" in shown.text  # on the web
    assert "<b>cổng &lt;sau&gt;</b>" in shown.text  # Telegram
    assert "Ở cổng &lt;sau&gt;." in shown.text  # plain
    assert words_of(shown).count("Hỏi cán bộ") >= 3  # the button in each


def test_what_lies_near_is_shown_before_saving(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    app.library.refresh(app.clock())
    shown = enter("lan").send("/can-bo/hoi-dap/moi", wordings="gửi xe ở đâu", answer="Ở sân.", viec="xem")
    assert 'href="/can-bo/hoi-dap/1"' in shown.text
