"""The small parts below the pages, each alone: seal, transcripts, buckets, addresses."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.markup import parse
from bot.conversation.messages import Answer, Choice, Ending
from bot.web.asking import is_ours
from bot.web.bring import published_papers
from bot.web.leaflet import step_text
from bot.web.rate import client_of
from bot.web.seal import Seal, new_chat_id
from bot.web.templating import address, icon, leaflet_address, menu_of, without_menu
from bot.web.transcripts import CHATS, TURNS, Transcripts, Turn
from bot.workers.buckets import CLIENTS, TokenBuckets
from knowledge.procedure import Paper, PaperGroup
from web_app import MovingClock

HOUR = timedelta(hours=1)


# Seal


@given(st.text(min_size=1))
def test_what_was_sealed_comes_out_as_it_went_in(value: str) -> None:
    seal = Seal(b"key")
    assert seal.open(seal.close(value)) == value


@given(st.text())
def test_what_we_did_not_seal_opens_to_nothing(text: str) -> None:
    assert Seal(b"key").open(text) is None


def test_a_seal_of_another_key_opens_to_nothing() -> None:
    assert Seal(b"one").open(Seal(b"other").close("chat")) is None


def test_changing_a_sealed_value_breaks_the_seal() -> None:
    seal = Seal(b"key")
    _, _, mark = seal.close("mine").rpartition(".")
    assert seal.open(f"yours.{mark}") is None


def test_names_of_chats_cannot_be_guessed() -> None:
    names = {new_chat_id() for _ in range(1000)}
    assert len(names) == 1000
    assert min(map(len, names)) >= 22


# Transcripts


def turn(asked: str, clock: MovingClock) -> Turn:
    return Turn(asked, Answer(ending=Ending.GREETING, blocks=parse("Chào bạn.")), clock())


def test_turns_come_back_in_the_order_they_were_said() -> None:
    clock = MovingClock()
    transcripts = Transcripts(HOUR, clock)
    transcripts.add("a", turn("một", clock))
    assert [each.asked for each in transcripts.add("a", turn("hai", clock))] == ["một", "hai"]
    assert [each.asked for each in transcripts.of("a")] == ["một", "hai"]


def test_only_the_newest_turns_are_kept() -> None:
    clock = MovingClock()
    transcripts = Transcripts(HOUR, clock)
    for number in range(TURNS + 3):
        transcripts.add("a", turn(str(number), clock))
    assert [each.asked for each in transcripts.of("a")] == [str(number) for number in range(3, TURNS + 3)]


def test_a_chat_lives_as_long_as_somebody_speaks_in_it() -> None:
    clock = MovingClock()
    transcripts = Transcripts(HOUR, clock)
    transcripts.add("a", turn("một", clock))
    clock.move(minutes=50)
    transcripts.add("a", turn("hai", clock))
    clock.move(minutes=50)
    assert len(transcripts.of("a")) == 2
    clock.move(minutes=10)
    assert transcripts.of("a") == ()


def test_sweeping_drops_the_silent_and_keeps_the_others() -> None:
    clock = MovingClock()
    transcripts = Transcripts(HOUR, clock)
    transcripts.add("silent", turn("một", clock))
    clock.move(minutes=40)
    transcripts.add("speaking", turn("hai", clock))
    clock.move(minutes=40)
    transcripts.sweep()
    assert len(transcripts._shelf) == 1
    assert transcripts.of("speaking")


def test_the_number_of_chats_is_bounded_and_the_longest_silent_goes_first() -> None:
    clock = MovingClock()
    transcripts = Transcripts(HOUR, clock)
    for number in range(CHATS):
        transcripts.add(str(number), turn("a", clock))
    transcripts.add("0", turn("b", clock))
    transcripts.add("one more", turn("c", clock))
    assert len(transcripts._shelf) == CHATS
    assert transcripts.of("0")
    assert not transcripts.of("1")


def test_a_forgotten_chat_is_gone_and_forgetting_a_stranger_is_no_error() -> None:
    clock = MovingClock()
    transcripts = Transcripts(HOUR, clock)
    transcripts.add("a", turn("một", clock))
    transcripts.forget("a")
    transcripts.forget("b")
    assert transcripts.of("a") == ()


# Buckets


def test_a_client_has_a_minutes_worth_at_once_and_then_one_at_a_time() -> None:
    clock = MovingClock()
    buckets = TokenBuckets(4, clock)
    assert [buckets.take("a") for _ in range(5)] == [0, 0, 0, 0, 15]
    clock.move(seconds=15)
    assert [buckets.take("a") for _ in range(2)] == [0, 15]


def test_the_wait_shrinks_as_time_passes() -> None:
    clock = MovingClock()
    buckets = TokenBuckets(1, clock)
    buckets.take("a")
    clock.move(seconds=45)
    assert buckets.take("a") == pytest.approx(15)


def test_a_bucket_is_never_fuller_than_full() -> None:
    clock = MovingClock()
    buckets = TokenBuckets(2, clock)
    buckets.take("a")
    clock.move(hours=5)
    assert [buckets.take("a") > 0 for _ in range(3)] == [False, False, True]


def test_a_clock_set_back_locks_nobody_out() -> None:
    clock = MovingClock()
    buckets = TokenBuckets(2, clock)
    buckets.take("a")
    clock.move(hours=-1)
    assert buckets.take("a") == 0
    clock.move(seconds=30)
    assert buckets.take("a") == 0


def test_the_number_of_buckets_is_bounded() -> None:
    buckets = TokenBuckets(1, MovingClock())
    for number in range(CLIENTS + 10):
        buckets.take(str(number))
    assert len(buckets._shelf) == CLIENTS


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("testclient", "testclient"),
        ("", ""),
    ],
    ids=["IPv4", "IPv6", "a neighbour in the same network", "IPv4 in IPv6", "a name", "unknown"],
)
def test_a_household_with_a_whole_network_is_one_client(host: str, client: str) -> None:
    assert client_of(host) == client


# Templates


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://dichvucong.gov.vn/x?a=1", "https://dichvucong.gov.vn/x?a=1"),
        ("/tthc/1.001193", "/tthc/1.001193"),
        ("tel:02253123456", "tel:02253123456"),
        ("javascript:alert(1)", "#"),
        (" JavaScript:alert(1)", "#"),
        ("data:text/html,x", "#"),
        ("http://[", "#"),
    ],
    ids=["portal", "our page", "telephone", "script", "script in disguise", "data", "broken"],
)
def test_only_addresses_that_lead_somewhere_stand_in_links(url: str, shown: str) -> None:
    assert address(url) == shown


def test_a_listed_menu_becomes_numbered_buttons() -> None:
    choices = (Choice(label="Sang tên"), Choice(label="Cấp lại"), Choice(label="Hỏi cán bộ"))
    answer = Answer(
        ending=Ending.CHOICE, blocks=parse("Việc gì?\n\n1. Sang tên\n2. Cấp lại\n\nTrả lời bằng số."), choices=choices
    )
    assert menu_of(answer) == {"Sang tên": 1, "Cấp lại": 2}
    assert [block.plain for block in without_menu(answer)] == ["Việc gì?", "Trả lời bằng số."]


def test_an_answer_without_a_menu_keeps_all_its_blocks() -> None:
    answer = Answer(
        ending=Ending.PROCEDURE, blocks=parse("# Khai sinh\n\n• Tờ khai"), choices=(Choice(label="Tờ khai"),)
    )
    assert tuple(without_menu(answer)) == answer.blocks


@pytest.mark.parametrize(
    ("ending", "procedures", "leads_to"),
    [
        (Ending.PROCEDURE, ("1.001193", "1.004884"), "/tthc/1.001193"),
        (Ending.ASPECT, (" 1.014325",), "/tthc/%201.014325"),
        (Ending.CHOICE, ("1.001193",), ""),
        (Ending.PROCEDURE, (), ""),
    ],
    ids=["an answer", "an odd code", "a choice", "no procedure"],
)
def test_only_an_answer_about_one_procedure_leads_to_a_leaflet(
    ending: Ending, procedures: tuple[str, ...], leads_to: str
) -> None:
    assert leaflet_address(Answer(ending=ending, blocks=(), procedures=procedures)) == leads_to


def test_the_icon_is_a_drawing_without_anything_to_fetch() -> None:
    assert icon().startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize(
    ("action", "ours"),
    [
        ("show:1.001193:fee", True),
        ("officer", True),
        ("", False),
        ("show:1.001193:x", False),
        ("pick:" + "1" * 80, False),
    ],
    ids=["a view", "a person", "nothing", "no such view", "too long"],
)
def test_only_actions_that_we_made_are_passed_on(action: str, ours: bool) -> None:
    assert is_ours(action) is ours


# The leaflet's parts


def test_published_papers_keep_headings_and_set_notes_apart() -> None:
    group = PaperGroup(
        heading="* Giấy tờ phải nộp:", papers=(Paper(name="- Đơn;", originals=2), Paper(name="Lưu ý về đơn"))
    )
    (case,) = published_papers((group,))
    assert case.heading == "Giấy tờ phải nộp"
    assert [(item.name, item.remark) for item in case.items] == [("Đơn", "2 bản")]
    assert case.notes == ("Lưu ý về đơn",)


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [("Bước 1:", "Nộp đơn", "Bước 1: Nộp đơn"), ("", "Nộp đơn", "Nộp đơn"), ("Nộp đơn", "", "Nộp đơn")],
    ids=["both", "text only", "name only"],
)
def test_a_step_is_named_once(name: str, text: str, shown: str) -> None:
    assert step_text(name, text) == shown
