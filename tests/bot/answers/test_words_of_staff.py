"""Words that staff added, on the whole path to an answer."""

from collections.abc import Iterator

import pytest

from bot.app import App, build_app
from bot.conversation.messages import Answer, Chat, Ending, Question
from bot.conversation.reply import reply_to
from bot.settings import Settings
from bot.web.listing import Wanted, list_procedures
from knowledge.database import open_database
from knowledge.procedure import Aspect
from knowledge.staff.accounts import Act
from knowledge.starter import publish_starter
from knowledge.words.desk import approve_word, propose, retire_word
from knowledge.words.word import WordKind, WordText
from staff_people import HOA, LAN, OTHER_WARD, WARD
from web_app import BIRTH, MovingClock

MARRIAGE = "1.000894"
WORDS = (
    WordText(kind=WordKind.WORDING, said="giấy chim én", means=MARRIAGE),
    WordText(kind=WordKind.WORDING, said="bùa em bé", means=BIRTH, commune=WARD),
    WordText(kind=WordKind.SHORT_FORM, said="gce", means="giấy chim én"),
    WordText(kind=WordKind.SHORT_FORM, said="zks", means="giấy khai sinh", commune=WARD),
    WordText(kind=WordKind.WORDING, said="sổ rồng vàng", means="9.999999"),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    clock, settings = MovingClock(), Settings(data_dir=tmp_path_factory.mktemp("words"), database_url="", commune="")
    database = open_database(settings.database)
    with database.session(writing=True) as session:
        publish_starter(session, clock())
        for text in WORDS:
            approve_word(session, propose(session, text, Act(LAN, clock())), Act(HOA, clock()))
    database.close()
    built = build_app(settings, clock)
    yield built
    built.close()


def ask(app: App, text: str, commune: str = "") -> Answer:
    question = Question(text=text, chat=Chat("web", f"{text}{commune}"), asked_at=app.clock(), commune=commune)
    return reply_to(question, app)


@pytest.mark.parametrize("text", ["giấy chim én", "xin giay chim en", "cho em hỏi làm giấy chim én cần giấy tờ gì ạ"])
def test_a_wording_leads_to_its_procedure(app: App, text: str) -> None:
    answer = ask(app, text)
    assert (answer.ending, answer.procedures[0]) == (Ending.PROCEDURE, MARRIAGE)


def test_what_is_asked_about_it_is_answered(app: App) -> None:
    answer = ask(app, "giấy chim én mất bao nhiêu tiền")
    assert (answer.ending, answer.aspect, answer.procedures[0]) == (Ending.ASPECT, Aspect.FEE, MARRIAGE)


@pytest.mark.parametrize(("commune", "is_known"), [(WARD, True), (OTHER_WARD, False), ("", False)])
def test_a_commune_s_wording_is_its_own(app: App, commune: str, is_known: bool) -> None:
    answer = ask(app, "xin bùa em bé", commune)
    assert (answer.ending is Ending.PROCEDURE and answer.procedures[0] == BIRTH) is is_known


@pytest.mark.parametrize(("text", "commune"), [("xin gce", ""), ("GCE cần gì", OTHER_WARD), ("làm zks cho con", WARD)])
def test_short_forms_are_understood_where_they_hold(app: App, text: str, commune: str) -> None:
    answer = ask(app, text, commune)
    assert answer.ending is Ending.PROCEDURE
    assert answer.procedures[0] == (BIRTH if "zks" in text else MARRIAGE)


def test_elsewhere_a_short_form_is_left_as_it_is(app: App) -> None:
    assert ask(app, "zks", OTHER_WARD).ending is not Ending.PROCEDURE


def test_a_wording_for_what_is_not_held_misleads_nobody(app: App) -> None:
    assert ask(app, "sổ rồng vàng").ending is not Ending.PROCEDURE
    assert "word-5" not in app.library.index.position


@pytest.mark.parametrize("text", ["làm giấy khai sinh cho con", "đăng ký kết hôn cần gì", "xin xác nhận độc thân"])
def test_other_questions_are_answered_as_before(app: App, text: str) -> None:
    answer = ask(app, text, WARD)
    assert answer.ending is Ending.PROCEDURE
    assert all(code[0].isdigit() for code in answer.procedures)


def test_words_of_staff_are_no_procedures(app: App) -> None:
    index = app.library.index
    assert not [entry for entry in index.held if entry.code.startswith("word-")]
    listed = list_procedures(index, Wanted(query="giấy chim én"))
    assert all(entry.code[0].isdigit() for entry in listed.entries)


def test_a_retired_word_is_forgotten(app: App) -> None:
    with app.database.session(writing=True) as session:
        text = WordText(kind=WordKind.WORDING, said="thẻ bướm đêm", means=BIRTH)
        number = propose(session, text, Act(LAN, app.clock()))
        approve_word(session, number, Act(HOA, app.clock()))
    app.library.refresh(app.clock())
    assert ask(app, "thẻ bướm đêm").procedures[0] == BIRTH
    with app.database.session(writing=True) as session:
        retire_word(session, number, "thử", Act(HOA, app.clock()))
    app.library.refresh(app.clock())
    assert ask(app, "thẻ bướm đêm ", "").ending is not Ending.PROCEDURE
