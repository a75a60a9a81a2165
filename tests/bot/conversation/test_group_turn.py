"""A group's turns over the running product with the starter catalogue."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.app import App
from bot.conversation.group import WAIT, WAIT_OF_A_WISH, Reason, Voice, silent
from bot.conversation.group_turn import GroupTalk, Turn
from bot.conversation.group_warning import personal_data_in, warning
from bot.conversation.messages import Answer, Ending
from bot.conversation.privacy import hashed
from bot.conversation.room import Role, Said
from bot.outbox.delivering import deliver
from knowledge.outbox import Limits
from knowledge.tables import Exchange
from web_app import MovingClock

BIRTH, MARRIAGE = "1.001193", "1.000894"
ASK_BIRTH = "làm giấy khai sinh cho con mới sinh cần những giấy tờ gì ạ"
NUMBER = "000000000000"


class Group:
    """A group with a clock, and what is said in it."""

    def __init__(self, app: App, folder: Path) -> None:
        self.clock = MovingClock()
        self.talk = GroupTalk(app, "telegram", folder.name, private_url="https://t.me/tro_ly?start=hoi")
        self.count = 0

    def say(self, author: str, text: str, **fields: Any) -> Turn:
        self.count += 1
        said: dict[str, Any] = {"id": str(self.count), "author": author, "at": self.clock(), "text": text}
        return self.talk.hear(Said(**said | fields))

    def after(self, wait: timedelta) -> tuple[Turn, ...]:
        self.clock.at += wait
        return self.talk.due(self.clock())


@pytest.fixture
def group(app: App, tmp_path: Path) -> Group:
    return Group(app, tmp_path)


def test_a_question_is_answered_after_a_moment_and_once(group: Group) -> None:
    assert group.say("lan", ASK_BIRTH).answer is None
    assert group.after(WAIT - timedelta(seconds=1)) == ()
    (turn,) = group.after(timedelta(seconds=1))
    assert turn.answer is not None
    assert turn.answer.procedures[0] == BIRTH
    assert turn.said.id == "1"
    assert group.after(timedelta(hours=1)) == ()


def test_called_we_answer_at_once(group: Group) -> None:
    turn = group.say("lan", ASK_BIRTH, calls_us=True)
    assert turn.decision.reason is Reason.CALLED
    assert turn.answer is not None
    assert len(turn.answer.plain) < 450


def test_a_question_in_two_halves_is_joined(group: Group) -> None:
    group.say("lan", "hai đứa em tính cưới cuối năm")
    group.say("tu", "cưới nhớ mời cả xóm nhé")
    group.say("lan", "thì đăng ký ở xã cần giấy gì ạ")
    (turn,) = group.after(WAIT)
    assert turn.answer is not None
    assert turn.answer.procedures[0] == MARRIAGE


def test_an_addition_within_the_wait_gives_one_answer(group: Group) -> None:
    group.say("lan", ASK_BIRTH)
    group.say("lan", "bé được 2 tuần ạ")
    (turn,) = group.after(WAIT_OF_A_WISH)
    assert turn.answer is not None
    assert turn.answer.procedures[0] == BIRTH


@pytest.mark.parametrize(
    "staff",
    [{"text": "@lan em mang giấy chứng sinh nhé"}, {"text": "mang giấy chứng sinh nhé", "reply_author": "lan"},
     {"text": "bạn vừa hỏi ra quầy 2 nhé"}],
    ids=["by handle", "by reply", "to nobody by name"],
)  # fmt: skip
def test_a_person_of_the_office_is_faster(group: Group, staff: dict[str, str]) -> None:
    group.say("lan", ASK_BIRTH)
    group.say("hanh", role=Role.STAFF, **staff)
    assert group.after(WAIT) == ()


def test_staff_who_speak_to_another_take_nothing_away(group: Group) -> None:
    group.say("lan", ASK_BIRTH)
    group.say("hanh", "@tu mai nhé", role=Role.STAFF)
    assert len(group.after(WAIT)) == 1


def test_an_administrator_silences_and_wakes_us(group: Group) -> None:
    order = group.say("chu nhiem", "im lặng 30 phút", role=Role.ADMIN, calls_us=True)
    assert (order.decision.reason, order.answer) == (Reason.COMMAND, None)
    assert group.say("lan", ASK_BIRTH).decision.reason is Reason.QUIET
    group.say("chu nhiem", "bot hoạt động lại nhé", role=Role.ADMIN)
    assert group.say("tu", ASK_BIRTH).decision.voice is Voice.WAIT


def test_a_citizen_cannot_silence_us(group: Group) -> None:
    group.say("lan", "im lặng 30 phút", calls_us=True)
    assert group.say("tu", ASK_BIRTH).decision.voice is Voice.WAIT


def test_an_order_drops_what_waits(group: Group) -> None:
    group.say("lan", ASK_BIRTH)
    group.say("chu nhiem", "bot im lặng nhé", role=Role.ADMIN)
    assert group.after(WAIT) == ()


def test_a_repeat_is_told_to_be_above(group: Group) -> None:
    group.say("lan", ASK_BIRTH, calls_us=True)
    turn = group.say("tu", ASK_BIRTH, calls_us=True)
    assert turn.answer is not None
    assert turn.answer.plain.startswith("Đã trả lời ở trên")


def test_a_nudge_after_an_answer_is_silence(group: Group) -> None:
    group.say("lan", ASK_BIRTH, calls_us=True)
    assert group.say("lan", "ai biết không ạ").decision.reason is Reason.ANSWERED


def test_a_follow_up_leans_on_what_its_author_was_told(group: Group) -> None:
    group.say("lan", ASK_BIRTH, calls_us=True)
    group.say("lan", "thế mất bao nhiêu tiền ạ")
    (turn,) = group.after(WAIT)
    assert turn.answer is not None
    assert turn.answer.procedures[0] == BIRTH


def test_each_person_has_his_own_subject(group: Group) -> None:
    group.say("lan", ASK_BIRTH, calls_us=True)
    group.say("tu", "thế mất bao nhiêu tiền ạ")
    assert group.after(WAIT) == ()


@pytest.mark.parametrize("text", [f"căn cước em {NUMBER} đây ạ", "hồ sơ H24.999-261120-0007 của em đến đâu rồi ạ"])
@pytest.mark.parametrize("calls_us", [True, False])
def test_personal_data_is_never_repeated(group: Group, text: str, *, calls_us: bool) -> None:
    turn = group.say("lan", text, calls_us=calls_us)
    said = turn.answer.plain if turn.answer else ""
    assert NUMBER not in said
    assert "261120" not in said


def test_who_posts_a_number_is_warned_and_shown_the_way(group: Group) -> None:
    turn = group.say("lan", f"căn cước em {NUMBER} đây ạ")
    assert turn.answer is not None
    assert turn.answer.ending is Ending.PERSONAL_DATA
    assert "số căn cước" in turn.answer.plain
    assert [choice.url for choice in turn.answer.choices] == ["https://t.me/tro_ly?start=hoi"]


def test_a_question_with_a_number_is_answered_with_the_warning(group: Group) -> None:
    turn = group.say("lan", f"căn cước {NUMBER}, {ASK_BIRTH}")
    assert turn.answer is not None
    assert turn.answer.procedures[0] == BIRTH
    assert "thu hồi tin nhắn" in turn.answer.plain


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (NUMBER, ("số căn cước",)),
        ("mã H24.999-261120-0007", ("mã hồ sơ",)),
        ("bán trâu gọi 0000000000", ()),
        ("đăng ký nuôi trâu", ()),
    ],
)
def test_kinds_of_personal_data_in_words(text: str, kinds: tuple[str, ...]) -> None:
    assert personal_data_in(text) == kinds


def test_without_an_address_there_is_no_empty_button() -> None:
    assert warning(NUMBER, "").choices == ()


def test_the_time_of_the_next_answer_is_known(group: Group) -> None:
    assert group.talk.next_due is None
    group.say("lan", ASK_BIRTH)
    assert group.talk.next_due == group.clock() + WAIT


def anew(group: Group, app: App, folder: Path) -> None:
    """Another process hears the group from now on."""
    group.talk = GroupTalk(app, "telegram", folder.name)


def test_an_order_to_be_quiet_outlives_the_process_that_heard_it(app: App, group: Group, tmp_path: Path) -> None:
    group.say("sếp", "bot im lặng 30 phút", role=Role.ADMIN)
    anew(group, app, tmp_path)
    assert group.say("lan", ASK_BIRTH).decision.reason is Reason.QUIET
    group.clock.move(minutes=31)
    assert group.say("tu", ASK_BIRTH).decision.voice is Voice.WAIT


def test_the_newest_order_is_the_one_that_stands(app: App, group: Group, tmp_path: Path) -> None:
    group.say("sếp", "bot chỉ trả lời khi được gọi nhé", role=Role.ADMIN)
    anew(group, app, tmp_path)
    assert group.say("lan", ASK_BIRTH).decision.reason is Reason.ONLY_CALLED
    group.say("sếp", "bot hoạt động lại nhé", role=Role.ADMIN)
    anew(group, app, tmp_path)
    assert group.say("lan", ASK_BIRTH).decision.voice is Voice.WAIT


# The digest of the day


class Heard:
    """A sender that only listens."""

    name = "telegram"
    limits = Limits(per_second=100)

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:
        self.told.append((chat, answer.plain))


def told_in_the_evening(app: App, group: Group, folder: Path, hours: float = 7) -> list[str]:
    """What this group was told after so many hours; it is noon at first."""
    group.clock.move(hours=hours)
    sender = Heard()
    deliver(app.database, sender, group.clock)
    return [text for chat, text in sender.told if chat == folder.name]


def ask_a_day(group: Group) -> None:
    for author in ("lan", "tu"):
        group.say(author, ASK_BIRTH, calls_us=True)
    group.say("hoa", "đăng ký kết hôn cần giấy tờ gì", calls_us=True)


def test_without_an_order_a_group_is_told_nothing_in_the_evening(app: App, group: Group, tmp_path: Path) -> None:
    ask_a_day(group)
    assert told_in_the_evening(app, group, tmp_path) == []


def test_by_order_a_group_is_told_once_what_was_asked_most(app: App, group: Group, tmp_path: Path) -> None:
    turn = group.say("sếp", "bot tổng kết cuối ngày nhé", role=Role.ADMIN)
    assert (turn.decision.reason, turn.answer) == (Reason.COMMAND, None)
    ask_a_day(group)
    assert told_in_the_evening(app, group, tmp_path, hours=5) == []
    (text,) = told_in_the_evening(app, group, tmp_path, hours=2)
    birth, marriage = (text.index(word) for word in ("2 lần", "1 lần"))
    assert birth < marriage
    assert "khai sinh" in text.lower()
    assert "lan" not in text.split()
    assert told_in_the_evening(app, group, tmp_path, hours=24) == []


def test_what_is_asked_after_it_stands_in_the_next_one(app: App, group: Group, tmp_path: Path) -> None:
    group.say("sếp", "trợ lý tổng kết hằng ngày", role=Role.ADMIN)
    group.clock.move(hours=7)
    ask_a_day(group)
    assert told_in_the_evening(app, group, tmp_path, hours=1) == []
    assert len(told_in_the_evening(app, group, tmp_path, hours=22)) == 1


def test_a_restart_forgets_neither_the_order_nor_the_count(app: App, group: Group, tmp_path: Path) -> None:
    group.say("sếp", "bot tổng kết cuối ngày", role=Role.ADMIN)
    ask_a_day(group)
    anew(group, app, tmp_path)
    ask_a_day(group)
    (text,) = told_in_the_evening(app, group, tmp_path)
    assert "4 lần" in text


def test_told_to_stop_it_takes_back_what_was_to_come(app: App, group: Group, tmp_path: Path) -> None:
    group.say("sếp", "bot tổng kết cuối ngày", role=Role.ADMIN)
    ask_a_day(group)
    group.say("sếp", "bot thôi tổng kết", role=Role.ADMIN)
    ask_a_day(group)
    assert told_in_the_evening(app, group, tmp_path) == []


def test_a_citizen_orders_no_digest(app: App, group: Group, tmp_path: Path) -> None:
    group.say("lan", "bot tổng kết cuối ngày", calls_us=True)
    ask_a_day(group)
    assert told_in_the_evening(app, group, tmp_path) == []


# What is said of our answers


@pytest.mark.parametrize("said", ["chưa đúng", "Sai rồi ạ", "/gopy", "/gopy phí sai rồi"])
def test_called_and_told_to_be_wrong_we_note_it_in_a_few_words(group: Group, said: str) -> None:
    group.say("lan", ASK_BIRTH, calls_us=True)
    turn = group.say("lan", said, calls_us=True)
    assert turn.decision.reason is Reason.FEEDBACK
    assert turn.answer is not None
    assert (turn.answer.ending, len(turn.answer.plain) < 80) == (Ending.FEEDBACK, True)
    assert turn.answer.procedures == (BIRTH,)


def test_talk_among_people_that_something_is_wrong_is_theirs(group: Group) -> None:
    group.say("lan", ASK_BIRTH, calls_us=True)
    assert group.say("lan", "chưa đúng").decision.reason is not Reason.FEEDBACK


def test_a_group_that_doubts_us_together_is_told_once(group: Group) -> None:
    group.say("lan", ASK_BIRTH, calls_us=True)
    answers = [group.say(who, "sai rồi", calls_us=True).answer for who in ("tu", "hung", "lan", "mai")]
    assert [answer is not None for answer in answers] == [True, False, False, False]


def test_who_doubts_what_another_one_was_told_speaks_of_that_question(group: Group, app: App) -> None:
    group.say("lan", ASK_BIRTH, calls_us=True)
    group.say("tu", "chưa đúng", calls_us=True)
    with app.database.session() as session:
        row = session.exec(select(Exchange).order_by(Exchange.id.desc()).limit(1)).one()  # type: ignore[union-attr]  a column
    assert (row.ending, row.action, row.question) == ("feedback", "wrong:about", ASK_BIRTH)


def test_where_nothing_was_answered_there_is_nothing_to_doubt(group: Group) -> None:
    turn = group.say("lan", "sai rồi", calls_us=True)
    assert (turn.answer, turn.decision.reason) == (None, Reason.FEEDBACK)


def test_who_wants_to_be_forgotten_in_a_group_is(group: Group, app: App) -> None:
    group.say("lan", ASK_BIRTH, calls_us=True)
    turn = group.say("lan", "/xoa", calls_us=True)
    assert turn.answer is not None
    assert turn.answer.ending is Ending.FORGOTTEN
    with app.database.session() as session:
        mine = Exchange.chat == hashed(group.talk._chat("lan").key, app.secret)
        assert list(session.exec(select(Exchange).where(mine))) == []


def test_feedback_with_personal_data_warns_its_author(group: Group) -> None:
    group.say("lan", ASK_BIRTH, calls_us=True)
    turn = group.say("lan", f"/gopy số căn cước của em là {NUMBER}", calls_us=True)
    assert turn.answer is not None
    assert "thu hồi tin nhắn" in turn.answer.plain
    assert NUMBER not in turn.answer.plain


# What is changed after it was said


def change(group: Group, number: str, text: str, *, is_open: bool = False, **fields: Any) -> Turn:
    said: dict[str, Any] = {"id": number, "author": "lan", "at": group.clock(), "text": text}
    return group.talk.edited(Said(**said | fields), is_open=is_open)


def test_what_waits_and_is_changed_is_answered_once_as_it_reads_now(group: Group) -> None:
    number = group.say("lan", ASK_BIRTH).said.id
    group.clock.move(seconds=5)
    turn = change(group, number, "đăng ký kết hôn cần giấy tờ gì ạ?")
    assert turn.decision.voice is Voice.WAIT
    assert group.after(WAIT - timedelta(seconds=5)) == ()
    (answered,) = group.after(timedelta(seconds=5))
    assert answered.answer is not None
    assert answered.answer.procedures[0] == MARRIAGE
    assert group.after(WAIT) == ()


def test_what_waits_and_becomes_talk_is_not_answered(group: Group) -> None:
    number = group.say("lan", ASK_BIRTH).said.id
    assert change(group, number, "thôi cảm ơn cả nhà").answer is None
    assert group.after(WAIT) == ()


def test_another_message_of_the_same_person_still_waits(group: Group) -> None:
    group.say("lan", ASK_BIRTH)
    assert change(group, "another", "mai mưa không nhỉ").decision.reason is Reason.EDITED
    assert len(group.after(WAIT)) == 1


def test_what_it_said_before_is_no_half_of_what_it_says_now(group: Group) -> None:
    number = group.say("lan", "em muốn làm khai sinh").said.id
    turn = change(group, number, "đăng ký kết hôn cần giấy tờ gì", calls_us=True)
    assert turn.decision.text == "đăng ký kết hôn cần giấy tờ gì"


def test_what_concerns_nobody_of_us_is_left_alone_when_changed(group: Group) -> None:
    assert change(group, "9", ASK_BIRTH).decision == silent(Reason.EDITED)


@pytest.mark.parametrize("fields", [{"calls_us": True}, {"is_open": True}], ids=["called", "answered before"])
def test_called_or_answered_before_it_is_heard_like_any_other(group: Group, fields: dict[str, Any]) -> None:
    assert change(group, "9", ASK_BIRTH, **fields).decision.voice in {Voice.SPEAK, Voice.WAIT}


def test_a_number_written_in_later_is_warned_of(group: Group) -> None:
    assert change(group, "9", f"căn cước em {NUMBER}").decision.voice is Voice.WARN
