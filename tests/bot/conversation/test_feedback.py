"""“Chưa đúng”, /gopy and the control below an answer: noted once for staff, on every channel the same."""

from itertools import count
from typing import Any

import msgspec
import pytest
from sqlmodel import select

from bot.app import MOST_NOTED, App
from bot.channels.names import CHANNEL_NAMES
from bot.conversation.commands import read_command
from bot.conversation.feedback import OF_ANOTHER, WRONG, can_be_wrong, doubted, says_wrong, with_doubt
from bot.conversation.messages import Answer, Chat, Ending, Question
from bot.conversation.privacy import hashed
from bot.conversation.reply import reply_to
from knowledge.tables import Exchange
from knowledge.waiting import behind, collect
from knowledge.waiting_groups import asked_in, groups

CHATS = count(1)
BIRTH, ASK = "1.001193", "đăng ký khai sinh cho con cần gì"
SAID_WRONG = ("chưa đúng", "Sai rồi ạ", "/gopy", "/gopy chưa đúng", "#gopy")


class Person:
    """Somebody in a chat of his own."""

    def __init__(self, app: App, channel: str = "telegram", *, is_group: bool = False) -> None:
        number = next(CHATS)
        self.app, self.user = app, f"{channel}:{number}"
        self.chat = Chat(channel, f"-9:0/{number}" if is_group else f"feedback-{number}", is_group=is_group)

    def say(self, text: str = "", **fields: Any) -> Answer:
        asked = {"text": text, "chat": self.chat, "asked_at": self.app.clock(), "user": self.user}
        return reply_to(Question(**asked | fields), self.app)

    @property
    def kept(self) -> list[Exchange]:
        with self.app.database.session() as session:
            mine = Exchange.chat == hashed(self.chat.key, self.app.secret)
            return list(session.exec(select(Exchange).where(mine).order_by(Exchange.id)))  # type: ignore[arg-type]  a column

    @property
    def endings(self) -> list[str]:
        return [each.ending for each in self.kept]


def waiting(app: App) -> dict[str, int]:
    """What waits for staff, and how often it was asked."""

    def meaning(text: str) -> dict[str, float]:
        return {text: 1.0}

    with app.database.session(writing=True) as session:
        while behind(session):
            collect(session, meaning)
        return {group.question: len(asked_in(session, group.id)) for group in groups(session, most=10_000)}


@pytest.mark.parametrize("channel", CHANNEL_NAMES)
@pytest.mark.parametrize("said", SAID_WRONG)
def test_on_every_channel_the_question_before_waits_for_staff(app: App, channel: str, said: str) -> None:
    person, before = Person(app, channel), waiting(app).get(ASK, 0)
    person.say(ASK)
    assert person.say(said).plain.startswith("Góp ý đã được ghi lại để cán bộ xem")
    assert (person.kept[-1].ending, person.kept[-1].procedures) == ("feedback", BIRTH)
    assert waiting(app)[ASK] == before + 1


def test_the_control_below_an_answer_says_the_same(app: App) -> None:
    person, before = Person(app, "web"), waiting(app).get(ASK, 0)
    person.say(ASK)
    assert person.say("Câu trả lời chưa đúng", action=WRONG.action).ending is Ending.FEEDBACK
    assert waiting(app)[ASK] == before + 1


@pytest.mark.parametrize("said", SAID_WRONG)
def test_about_one_answer_it_is_noted_once_and_told_politely(app: App, said: str) -> None:
    person = Person(app)
    person.say(ASK)
    person.say("chưa đúng")
    for _ in range(3):
        again = person.say(said)
        assert again.ending is Ending.FEEDBACK_AGAIN
        assert "ghi lại rồi" in again.plain
    assert person.endings.count("feedback") == 1


def test_the_next_answer_may_be_wrong_too(app: App) -> None:
    person = Person(app)
    for question in (ASK, "đăng ký kết hôn cần gì"):
        person.say(question)
        assert person.say("sai rồi").ending is Ending.FEEDBACK


def test_who_says_more_is_noted_again_and_masked(app: App) -> None:
    person = Person(app)
    person.say(ASK)
    person.say("chưa đúng")
    assert person.say("/gopy phí là 8.000 đồng, số của em 000000000000").ending is Ending.FEEDBACK
    assert "8.000 đồng" in person.kept[-1].question
    assert "000000000000" not in person.kept[-1].question
    assert not person.kept[-1].question.startswith("/")


@pytest.mark.parametrize("said", SAID_WRONG)
def test_about_nothing_nothing_is_noted(app: App, said: str) -> None:
    person = Person(app)
    answer = person.say(said)
    assert answer.ending is Ending.FEEDBACK_AGAIN
    assert "Viết sau /gopy" in answer.plain
    assert person.endings == ["feedback_again"]


def test_a_proposal_needs_no_answer_before_it(app: App) -> None:
    person = Person(app)
    assert person.say(f"/gopy nên có giờ làm việc buổi tối {person.user}").ending is Ending.FEEDBACK
    assert waiting(app)[f"nên có giờ làm việc buổi tối {person.user}"] == 1


def test_a_flood_of_one_person_ends_whatever_chat_he_opens(app: App) -> None:
    endings = []
    for _ in range(MOST_NOTED + 5):
        person = Person(app)
        person.user = "telegram:flood"
        endings.append(person.say("/gopy tràn ngập").ending)
    assert endings.count(Ending.FEEDBACK) == MOST_NOTED
    assert endings[-1] is Ending.FEEDBACK_AGAIN
    assert Person(app).say("/gopy của người khác").ending is Ending.FEEDBACK


def test_in_a_group_the_word_is_short_and_said_once(app: App) -> None:
    person = Person(app, is_group=True)
    person.say(ASK)
    first = person.say("/gopy")
    assert (first.ending, len(first.plain) < 80) == (Ending.FEEDBACK, True)
    assert person.say("/gopy").ending is Ending.SILENCE


def test_what_another_one_was_told_is_what_waits(app: App) -> None:
    person = Person(app, is_group=True)
    question = f"thủ tục mà người khác hỏi {person.user}"
    assert person.say(question, action=OF_ANOTHER).ending is Ending.FEEDBACK
    assert waiting(app)[question] == 1


@pytest.mark.parametrize("command", ["/xoa", "#xoa", "/XOA", "/xoa đi", "/xoa@tro_ly_bot"])
@pytest.mark.parametrize("channel", ["web", "widget", "kiosk", "api", "terminal", "zalo_oa"])
def test_who_wants_to_be_forgotten_is_wherever_he_says_it(app: App, channel: str, command: str) -> None:
    person = Person(app, channel)
    person.say(ASK)
    assert person.say(command).ending is Ending.FORGOTTEN
    assert person.kept == []
    assert app.memories.recall(person.chat.key, app.clock()).subject == ""


@pytest.mark.parametrize(
    ("text", "action", "rest"),
    [
        ("/gopy phí sai", "wrong:said", "phí sai"),
        ("  #goopy\nphí sai ", "wrong:said", "phí sai"),
        ("/GOPY@bot phí sai", "wrong:said", "phí sai"),
        ("/gopyphí", "", "/gopyphí"),
        ("/hoi khai sinh", "", "/hoi khai sinh"),
        ("viết /gopy ở đâu", "", "viết /gopy ở đâu"),
        ("", "", ""),
    ],
)
def test_commands_are_read_at_the_beginning_alone(app: App, text: str, action: str, rest: str) -> None:
    question = Question(text=text, chat=Chat("web", "x"), asked_at=app.clock())
    read = read_command(question)
    assert (read.action, read.text) == (action, rest)


def test_what_is_tapped_is_no_command(app: App) -> None:
    question = Question(text="/xoa", chat=Chat("web", "x"), asked_at=app.clock(), action="restart")
    assert read_command(question) is question


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("Chưa đúng", True),
        ("sai roi a", True),
        ("CHƯA ĐÚNG!!!", True),
        ("không đúng", True),
        ("sai tên thì sửa ở đâu", False),
        ("chưa đúng hạn thì sao", False),
        ("", False),
    ],
)
def test_words_that_only_say_it_is_wrong(app: App, text: str, *, is_wrong: bool) -> None:
    assert says_wrong(text) is is_wrong
    question = Question(text=text, chat=Chat("web", f"words-{next(CHATS)}"), asked_at=app.clock())
    assert (doubted(question, app) is not None) is is_wrong
    assert doubted(msgspec.structs.replace(question, action="restart"), app) is None


@pytest.mark.parametrize("ending", Ending)
def test_only_what_tells_something_can_be_wrong(ending: Ending) -> None:
    answer = Answer(ending=ending, blocks=())
    is_told = ending in {Ending.PROCEDURE, Ending.ASPECT, Ending.FAQ, Ending.CHOICE, Ending.UNSURE}
    assert can_be_wrong(answer) is is_told
    told = with_doubt(answer)
    assert told is not None
    assert (WRONG in told.choices) is is_told


def test_silence_has_no_button() -> None:
    assert with_doubt(None) is None
