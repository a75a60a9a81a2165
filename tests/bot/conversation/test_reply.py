"""The whole path, from a citizen's message to the stored turn, on a real database with the starter catalogue."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import enumerate as threads
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot.app import App, build_app
from bot.conversation.memory import Memory
from bot.conversation.messages import Answer, Chat, Ending, Question
from bot.conversation.reply import LETTERS, reply_to
from bot.settings import Settings
from knowledge.communes import commune_of
from knowledge.database import Database, open_database, sqlite_url
from knowledge.procedure import Aspect
from knowledge.tables import Exchange
from web_app import MovingClock

BIRTH, FOREIGN_BIRTH, WARD = "1.001193", "2.000528", "10507"
ASK_BIRTH, ASK_FEE = "lam giay khai sinh cho con can giay to gi", "mất bao nhiêu tiền"
NUMBER = "0000000000"
CHATS = count(1)


class Talk:
    """A chat of its own with the running product, and what was stored of it."""

    def __init__(self, app: App, clock: MovingClock) -> None:
        self.app, self.clock = app, clock
        self.chat = Chat("web", f"chat-{next(CHATS)}")

    def say(self, text: str = "", **fields: Any) -> Answer:
        asked: dict[str, Any] = {"text": text, "chat": self.chat, "asked_at": self.clock()}
        question = Question(**asked | fields)
        return reply_to(question, self.app)

    @property
    def memory(self) -> Memory:
        return self.app.memories.recall(self.chat.key, self.clock())

    def broken(self, database: Database) -> "Talk":
        """The same chat, while the database is another one."""
        other = Talk(replace(self.app, database=database), self.clock)
        other.chat = self.chat
        return other


@pytest.fixture(scope="module")
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, clock: MovingClock) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("reply")
    app = build_app(Settings(data_dir=folder, database_url="", secret="for tests only", commune=""), clock)
    yield app
    for thread in threads():
        if thread.name == "library":  # a day went by in a test: the new snapshot still reads the database
            thread.join()
    app.close()


@pytest.fixture
def talk(app: App, clock: MovingClock) -> Talk:
    with app.database.session() as session:
        session.connection().execute(sa.delete(Exchange))
    return Talk(app, clock)


@pytest.fixture
def without_table(app: App, tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """A copy of the database that lost a table, as after a broken disk."""
    opened: list[Database] = []

    def lose(table: str) -> Database:
        app.library._known.clear()  # what was decoded before would hide the loss
        path = tmp_path / f"without-{table}.sqlite3"
        source, copy = sqlite3.connect(app.settings.data_dir / "motcua.sqlite3"), sqlite3.connect(path)
        source.backup(copy)
        copy.close()
        source.close()
        opened.append(open_database(sqlite_url(path)))
        with opened[-1].session() as session:
            session.connection().execute(sa.text(f"ALTER TABLE {table} RENAME TO lost"))
        return opened[-1]

    yield lose
    for database in opened:
        database.close()


def stored(app: App) -> list[Exchange]:
    with app.database.session() as session:
        return list(session.exec(select(Exchange).order_by(col(Exchange.id))).all())


# Answers


def test_a_question_is_answered_from_the_catalogue(talk: Talk) -> None:
    answer = talk.say(ASK_BIRTH)
    assert (answer.ending, answer.procedures[0], answer.aspect) == (Ending.PROCEDURE, BIRTH, Aspect.DOCUMENTS)
    assert answer.plain.startswith("Đăng ký khai sinh cho con")
    assert "Tờ khai đăng ký khai sinh" in answer.plain
    assert answer.edition == talk.app.library.edition == 1


def test_one_aspect_is_answered_first_and_alone(talk: Talk) -> None:
    answer = talk.say("đăng ký khai sinh cho con hết bao nhiêu tiền")
    assert (answer.ending, answer.aspect, answer.procedures[0]) == (Ending.ASPECT, Aspect.FEE, BIRTH)
    assert answer.plain.startswith("Lệ phí")


def test_the_same_question_has_the_same_answer(talk: Talk, app: App) -> None:
    first, again = talk.say(ASK_BIRTH), Talk(app, talk.clock).say(ASK_BIRTH)
    assert first == again


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        pytest.param("xin chào", Ending.GREETING, id="a greeting"),
        pytest.param("cảm ơn", Ending.THANKS, id="thanks"),
        pytest.param("bạn làm được gì", Ending.HELP, id="help wanted"),
        pytest.param("cháy nhà rồi cứu với", Ending.EMERGENCY, id="danger"),
        pytest.param("hồ sơ của tôi đến đâu rồi", Ending.DOSSIER, id="a dossier"),
        pytest.param("9.999999", Ending.NO_DATA, id="a code nobody has"),
        pytest.param("1.001193", Ending.PROCEDURE, id="a code"),
        pytest.param("", Ending.UNREADABLE, id="nothing"),
        pytest.param("😀😀", Ending.UNREADABLE, id="pictures"),
        pytest.param("\x00\x01\x02\x03", Ending.UNREADABLE, id="control characters"),
        pytest.param("\ud800\ud800", Ending.UNREADABLE, id="halves of characters"),
    ],
)
def test_every_message_has_its_ending_and_some_words(talk: Talk, text: str, ending: Ending) -> None:
    answer = talk.say(text)
    assert answer.ending is ending
    assert answer.plain.strip()
    assert [row.ending for row in stored(talk.app)] == [ending]


def test_a_message_that_is_too_long_is_declined_before_it_is_read(talk: Talk) -> None:
    limit = LETTERS * talk.app.settings.question_characters
    answer = talk.say("khai sinh ".ljust(limit, "a") + "!")
    assert answer.ending is Ending.UNREADABLE
    assert "dài quá" in answer.plain
    assert talk.memory == Memory()


def test_a_message_of_just_the_longest_length_is_read(talk: Talk) -> None:
    limit = talk.app.settings.question_characters
    assert talk.say("làm khai sinh cho con".ljust(limit)).procedures[0] == BIRTH


def test_a_long_letter_is_read_from_its_end_where_the_ask_stands(talk: Talk) -> None:
    story = "Tôi kể lại đầu đuôi câu chuyện nhà tôi. " * 80
    assert len(story) > talk.app.settings.question_characters
    assert talk.say(story + "Tóm lại làm giấy khai sinh cho con cần gì?").procedures[0] == BIRTH


def test_a_group_gets_the_short_form(talk: Talk) -> None:
    group = Chat("web", talk.chat.id, is_group=True)
    short, whole = (
        talk.say("làm khai sinh cho con", chat=group),
        Talk(talk.app, talk.clock).say("làm khai sinh cho con"),
    )
    assert short.procedures[0] == whole.procedures[0] == BIRTH
    assert len(short.plain) < len(whole.plain) / 2
    assert short.choices == ()


# Memory


def test_a_follow_up_keeps_the_subject(talk: Talk) -> None:
    talk.say(ASK_BIRTH)
    answer = talk.say(ASK_FEE)
    assert (answer.procedures[0], answer.aspect) == (BIRTH, Aspect.FEE)
    assert answer.plain.startswith("Lệ phí")


def test_several_aspects_are_answered_at_once_and_asked_on(talk: Talk) -> None:
    plain = talk.say("đăng ký tạm trú nộp ở đâu, mất mấy ngày").plain
    assert 0 <= plain.find("Nộp ở") < plain.find("Bao lâu")
    assert "Lệ phí" not in plain
    plain = talk.say("thế phí và thời gian thì sao").plain
    assert 0 <= plain.find("Lệ phí") < plain.find("Bao lâu") < plain.find("Thủ tục: Đăng ký tạm trú")


def test_a_day_of_filing_asks_for_the_rule_of_that_day(talk: Talk) -> None:
    """The council freed filing online from 8/8/2026 on."""
    talk.say(ASK_BIRTH)
    before, today = talk.say("nộp tháng 5/2026 thì theo quy định nào"), talk.say(ASK_BIRTH)
    assert before.procedures[0] == BIRTH
    assert "Theo quy định của ngày 01/05/2026." in before.plain
    assert "Nghị quyết 23/2026" not in before.plain
    assert "Nghị quyết 23/2026" in today.plain
    assert "Theo quy định của ngày" not in today.plain


AS_OF_MAY = "Theo quy định của ngày 01/05/2026."


@pytest.mark.parametrize("how", ["number", "tap", "words"])
def test_a_day_of_filing_outlives_the_choice_that_it_was_answered_with(talk: Talk, how: str) -> None:
    offered = talk.say("nhà đất nộp tháng 5/2026 thì theo quy định nào").choices
    taken = {
        "number": {"text": "2"},
        "tap": {"action": offered[1].action},
        "words": {"text": offered[1].label},
    }[how]
    assert offered[1].action.startswith("pick:")
    assert AS_OF_MAY in talk.say(**taken).plain
    assert AS_OF_MAY in talk.say(ASK_FEE).plain


def test_a_day_of_filing_ends_with_its_subject_and_with_a_word_for_now(talk: Talk) -> None:
    talk.say("đăng ký khai sinh nộp tháng 5/2026 thì theo quy định nào")
    assert AS_OF_MAY not in talk.say("bây giờ thì mất bao nhiêu tiền").plain
    talk.say("đăng ký khai sinh nộp tháng 5/2026 thì theo quy định nào")
    assert AS_OF_MAY not in talk.say("đăng ký kết hôn cần giấy tờ gì").plain


def test_the_payer_and_the_channel_that_a_message_names_are_answered_first(talk: Talk) -> None:
    answer = talk.say("nhà em hộ nghèo ra phường làm khai sinh muộn cho con mất bao nhiêu tiền")
    assert "8.000 đồng" not in answer.plain
    assert answer.plain.index("Trực tiếp") < answer.plain.index("Trực tuyến")


def test_chats_do_not_hear_each_other(talk: Talk) -> None:
    talk.say(ASK_BIRTH)
    assert BIRTH not in Talk(talk.app, talk.clock).say(ASK_FEE).procedures[:1]


def test_small_talk_leaves_the_subject_as_it_was(talk: Talk) -> None:
    talk.say(ASK_BIRTH)
    talk.say("xin chào")
    assert talk.memory.subject == BIRTH
    assert talk.say(ASK_FEE).procedures[0] == BIRTH


def test_thanks_end_the_subject_but_not_the_commune(talk: Talk) -> None:
    talk.say(ASK_BIRTH, commune=WARD)
    talk.say("cảm ơn ad")
    assert talk.memory == Memory(commune=WARD)


def test_a_subject_is_forgotten_after_its_time(talk: Talk) -> None:
    talk.say(ASK_BIRTH)
    talk.clock.move(minutes=talk.app.settings.memory_minutes, seconds=1)
    assert talk.memory == Memory()
    assert talk.say(ASK_FEE).procedures[0] != BIRTH


def test_a_subject_is_still_known_just_before_its_time(talk: Talk) -> None:
    talk.say(ASK_BIRTH)
    talk.clock.move(minutes=talk.app.settings.memory_minutes)
    assert talk.say(ASK_FEE).procedures[0] == BIRTH


def test_every_message_renews_the_time_of_a_subject(talk: Talk) -> None:
    talk.say(ASK_BIRTH)
    for _ in range(3):
        talk.clock.move(minutes=talk.app.settings.memory_minutes - 1)
        assert talk.say(ASK_FEE).procedures[0] == BIRTH


# Choices


def test_a_topic_is_asked_about_and_a_number_takes_the_choice(talk: Talk) -> None:
    offered = talk.say("sổ đỏ")
    assert offered.ending is Ending.CHOICE
    second = talk.memory.offered[1]
    assert f"2. {second.label}" in offered.plain
    taken = talk.say("2")
    assert (taken.ending, taken.procedures[0]) == (Ending.PROCEDURE, second.code)
    assert (talk.memory.subject, talk.memory.rounds) == (second.code, 0)


def test_a_tap_takes_the_choice_that_it_shows(talk: Talk) -> None:
    offered = talk.say("sổ đỏ")
    third = talk.memory.offered[2]
    (choice,) = [choice for choice in offered.choices if choice.label == third.label]
    assert talk.say(action=choice.action).procedures[0] == third.code


def test_a_choice_is_not_taken_by_somebody_else(talk: Talk) -> None:
    talk.say("sổ đỏ")
    other = Talk(talk.app, talk.clock)
    assert other.say("2").procedures[:1] != (talk.memory.offered[1].code,)


def test_the_aspect_asked_for_survives_the_choice(talk: Talk) -> None:
    assert talk.say("sổ đỏ hết bao nhiêu tiền").ending is Ending.CHOICE
    assert talk.say("2").aspect is Aspect.FEE


def test_other_cases_offered_beside_an_answer_can_be_tapped(talk: Talk) -> None:
    answer = talk.say("làm khai sinh cho con")
    actions = {choice.action for choice in answer.choices}
    assert f"pick:{FOREIGN_BIRTH}" in actions
    assert talk.say(action=f"pick:{FOREIGN_BIRTH}").procedures[0] == FOREIGN_BIRTH


# The commune


def test_a_commune_that_was_named_is_remembered(talk: Talk) -> None:
    chosen = talk.say("tôi ở phường Thành Đông")
    assert chosen.ending is Ending.COMMUNE_CHOSEN
    assert "Phường Thành Đông" in talk.say(ASK_BIRTH).plain
    assert talk.memory.commune == WARD


def test_a_commune_outlives_the_subject(talk: Talk) -> None:
    talk.say(action=f"commune:{WARD}")
    talk.clock.move(days=3)
    assert talk.memory == Memory(commune=WARD)
    assert "Phường Thành Đông" in talk.say(ASK_BIRTH).plain


def test_a_commune_of_the_channel_is_heard_and_a_named_one_goes_before_it(talk: Talk) -> None:
    talk.say(ASK_BIRTH, commune=WARD)
    assert talk.memory.commune == WARD
    other = commune_of("11824")
    assert other is not None
    talk.say(f"tôi ở {other.full_name}", commune=WARD)
    assert talk.memory.commune == other.code


def test_the_commune_that_is_served_is_the_last_resort(talk: Talk) -> None:
    served = replace(talk.app, settings=talk.app.settings.model_copy(update={"commune": WARD}))
    assert "Phường Thành Đông" in Talk(served, talk.clock).say(ASK_BIRTH).plain


def test_a_commune_that_does_not_exist_harms_no_answer(talk: Talk) -> None:
    talk.say(action="commune:nowhere")
    assert talk.say(ASK_BIRTH).procedures[0] == BIRTH


# The record


def test_a_turn_is_stored_with_what_explains_it(talk: Talk) -> None:
    answer = talk.say(ASK_BIRTH, commune=WARD)
    (row,) = stored(talk.app)
    assert (row.question, row.ending, row.edition, row.commune) == (ASK_BIRTH, "procedure", 1, WARD)
    assert row.procedures == ",".join(answer.procedures)
    assert (row.aspect, row.confidence, row.shown) == ("documents", answer.confidence, answer.plain)
    assert (row.asked_at, row.channel) == (talk.clock(), "web")
    assert row.milliseconds > 0


def test_a_chat_is_stored_as_a_hash_that_is_the_same_each_time(talk: Talk) -> None:
    talk.say(ASK_BIRTH)
    talk.say(ASK_FEE)
    Talk(talk.app, talk.clock).say(ASK_FEE)
    first, second, other = (row.chat for row in stored(talk.app))
    assert first == second != other
    assert talk.chat.id not in first


def test_personal_data_is_masked_before_it_is_stored(talk: Talk) -> None:
    talk.say(f"số căn cước {NUMBER}, làm khai sinh cho con", action=f"pick:{NUMBER}")
    (row,) = stored(talk.app)
    assert row.question == "số căn cước [SO], làm khai sinh cho con"
    assert row.action == "pick:[SO]"
    assert NUMBER not in row.shown


def test_an_action_of_ours_is_stored_as_it_is(talk: Talk) -> None:
    talk.say(action=f"show:{BIRTH}:fee")
    talk.say(action=f"commune:{WARD}")
    assert [row.action for row in stored(talk.app)] == [f"show:{BIRTH}:fee", f"commune:{WARD}"]


# Failures


def test_whatever_goes_wrong_inside_ends_in_a_polite_answer_that_is_reported(
    talk: Talk, without_table: Callable[[str], Database]
) -> None:
    with capture_logs() as logs:
        answer = talk.broken(without_table("procedure_version")).say(ASK_BIRTH)
    assert answer.ending is Ending.ERROR
    assert answer.plain.strip()
    assert answer.procedures == ()
    (line,) = [log for log in logs if log["event"] != "edition loaded"]  # a day went by in an earlier test
    assert (line["event"], line["log_level"], line["channel"]) == ("a turn failed", "error", "web")
    assert "no such table: procedure_version" in line["exception"]


def test_an_answer_that_cannot_be_recorded_is_given_all_the_same(
    talk: Talk, without_table: Callable[[str], Database]
) -> None:
    with capture_logs() as logs:
        answer = talk.broken(without_table("exchange")).say(ASK_BIRTH)
    assert answer.procedures[0] == BIRTH
    (line,) = [log for log in logs if log["event"] != "edition loaded"]  # a day went by in an earlier test
    assert (line["event"], line["log_level"]) == ("an exchange was not recorded", "warning")
    assert "exception" not in line


def test_a_failure_leaves_no_half_record(talk: Talk, without_table: Callable[[str], Database]) -> None:
    broken = talk.broken(without_table("procedure_version"))
    with capture_logs():
        assert broken.say(ASK_BIRTH).ending is Ending.ERROR
    assert stored(broken.app) == []
    assert talk.memory == Memory()


def test_after_a_failure_the_next_question_is_answered(talk: Talk, without_table: Callable[[str], Database]) -> None:
    talk.say(ASK_BIRTH)
    with capture_logs():
        talk.broken(without_table("procedure_version")).say(ASK_FEE)
    assert talk.memory.subject == BIRTH
    answer = talk.say(ASK_FEE)
    assert (answer.ending, answer.procedures[0]) == (Ending.ASPECT, BIRTH)
    assert [row.ending for row in stored(talk.app)] == ["procedure", "aspect"]


def test_the_report_of_a_failure_names_nobody(
    talk: Talk, without_table: Callable[[str], Database], capsys: pytest.CaptureFixture[str]
) -> None:
    """Pretty traces print local variables: the message as typed, the chat, the key of the hashes."""
    talk.broken(without_table("procedure_version")).say(f"{ASK_BIRTH}, gọi {NUMBER}")
    printed = "".join(capsys.readouterr())
    assert "a turn failed" in printed
    assert "no such table" in printed
    for secret in (NUMBER, talk.chat.id, talk.app.secret):
        assert secret not in printed


def test_who_means_to_file_today_is_told_what_can_be_estimated_of_the_day(talk: Talk) -> None:
    talk.say(ASK_BIRTH)
    answer = talk.say("nộp hôm nay thì bao giờ có")
    assert answer.procedures[0] == BIRTH
    assert "giấy tiếp nhận" in answer.plain
