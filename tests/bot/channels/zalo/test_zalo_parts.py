"""The small parts that both channels share: numbers, commands, pictures from outside, windows."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.app import App
from bot.channels.ledger import Ledger, Reason
from bot.channels.tally import Tally
from bot.channels.zalo.commands import command_in
from bot.channels.zalo.fields import moment, number_of, part, text
from bot.channels.zalo.groups import MOST_GROUPS, Groups
from bot.channels.zalo.media import Media, addresses_of, is_local
from bot.channels.zalo.menus import GroupMenus, chosen, is_number, offer
from bot.channels.zalo.names import called_in, names_in
from bot.channels.zalo_oa.window import Window, Windows
from bot.conversation.messages import Answer, Chat, Choice, Ending
from bot.dossiers.pictures import MOST_BYTES
from knowledge.channel_ledger import counts
from web_app import MovingClock

from .conftest import MakeApp

FIRST, SECOND = Choice(label="Một", action="officer"), Choice(label="Hai", url="https://a.vn")


@pytest.mark.parametrize("typed", ["2", "2.", " 2 ", "số 2", "số 2 nhé", "hai", "cái thứ hai", "２", "2)", "chọn 2 ạ"])
def test_a_number_however_it_is_typed(typed: str) -> None:
    assert is_number(typed)
    assert chosen(typed, (FIRST, SECOND)) == SECOND


@pytest.mark.parametrize(
    "typed", ["", "0001", "2026", "1.001193", "lệ phí 2 con", "một mình tôi đi được không", "🙏", "12"]
)
def test_other_texts_are_no_numbers_of_a_menu(typed: str) -> None:
    assert not is_number(typed) or chosen(typed, (FIRST, SECOND)) is None


def test_a_number_beyond_the_menu_takes_nothing() -> None:
    assert chosen("3", (FIRST, SECOND)) is None
    assert chosen("1", ()) is None


def test_the_last_menu_of_a_group_is_open_for_ten_minutes(clock: MovingClock) -> None:
    menus = GroupMenus()
    menus.shown("g", (FIRST,), clock())
    assert menus.open_in("g", clock() + timedelta(minutes=10)) == (FIRST,)
    assert menus.open_in("g", clock() + timedelta(minutes=11)) == ()
    assert menus.open_in("other", clock()) == ()


def test_an_answer_without_choices_ends_the_menu(clock: MovingClock) -> None:
    menus = GroupMenus()
    menus.shown("g", (FIRST,), clock())
    menus.shown("g", (), clock())
    assert menus.open_in("g", clock()) == ()


def test_of_very_many_groups_the_oldest_menus_go(clock: MovingClock) -> None:
    menus = GroupMenus()
    for number in range(MOST_GROUPS + 1):
        menus.shown(str(number), (FIRST,), clock())
    assert menus.open_in("0", clock()) == ()
    assert menus.open_in("1", clock()) == (FIRST,)


def test_what_was_offered_is_remembered_and_nothing_is_not(make: MakeApp) -> None:
    app, chat = make(), Chat("zalo_bot", "offered")
    offer((FIRST,), chat, app)
    offer((), chat, app)
    assert app.memories.recall(chat.key, app.clock()).choices == (FIRST,)


def test_groups_are_bounded_and_a_left_one_begins_anew(make: MakeApp) -> None:
    groups = Groups(make(), "zalo_bot")
    first = groups.talk_of("g")
    assert groups.talk_of("g") is first
    groups.left("g")
    groups.left("g")
    assert groups.talk_of("g") is not first
    for number in range(MOST_GROUPS):
        groups.talk_of(str(number))
    assert len(groups._talks) == MOST_GROUPS


def test_silence_stays_silence_in_a_group(make: MakeApp) -> None:
    silence = Answer(ending=Ending.SILENCE, blocks=())
    assert Groups(make(), "zalo_bot").introduced("a new group", silence) == silence


# Commands and names


@pytest.mark.parametrize(
    ("typed", "command", "rest"),
    [
        ("/xoa", "xoa", ""),
        ("#XOA", "xoa", ""),
        ("/xa An Phong", "xa", "An Phong"),
        ("#tracuuhoso", "tracuu", ""),
        ("#goopy sai rồi", "gopy", "sai rồi"),
        ("/hoi khai sinh", "hoi", "khai sinh"),
        ("/khac", "", "/khac"),
        ("1/2 suất đất", "", "1/2 suất đất"),
        ("/xoadata", "", "/xoadata"),
        ("# ghi chú", "", "# ghi chú"),
        ("", "", ""),
        ("/" + "x" * 5_000, "", "/" + "x" * 5_000),
    ],
)
def test_commands_in_plain_text(typed: str, command: str, rest: str) -> None:
    assert command_in(typed) == (command, rest)


def test_names_are_parted_by_semicolons() -> None:
    assert names_in(" @Bot A; Bot B ;;") == ["Bot A", "Bot B"]
    assert names_in("") == []


@pytest.mark.parametrize("typed", ["bot a ơi phí?", "Bot A: phí?", "@bot a phí?", "BOT A, phí?"])
def test_who_begins_with_our_name_calls_us(typed: str) -> None:
    assert called_in(typed, ["Bot A"]) == ("phí?", True)


def test_without_a_name_nobody_calls_us() -> None:
    assert called_in("@Bot A phí?", []) == ("@Bot A phí?", False)


# Fields


@pytest.mark.parametrize(("value", "read"), [("x", "x"), (7, "7"), (True, ""), (None, ""), ([], ""), (1.5, "")])
def test_texts_may_be_numbers_and_nothing_else(value: Any, read: str) -> None:
    assert text({"a": value}, "a") == read
    assert text({}, "a") == ""


@pytest.mark.parametrize("value", [None, [], "x", 3])
def test_a_part_that_is_none_is_empty(value: Any) -> None:
    assert part({"a": value}, "a") == {}


def test_moments_in_milliseconds_and_seconds() -> None:
    assert moment("1795330800123") == moment(1795330800.123) or moment("1795330800") == moment(1795330800)
    assert [moment(value) for value in (None, "", "-1", "1e3", True, [], "9" * 15)][:6] == [None] * 6


def test_the_stand_in_of_a_number_tells_events_apart() -> None:
    assert number_of("a", 1, "x") == number_of("a", 1, "x")
    assert len({number_of("a", 1, "x"), number_of("b", 1, "x"), number_of("a", 2, "x"), number_of("a", 1, "y")}) == 4


# Pictures


def media(answer: Any, *addresses: str, is_open: bool = False) -> Media:
    client = httpx.AsyncClient(transport=httpx.MockTransport(answer), follow_redirects=False)
    return Media(client, is_open=is_open, resolve=lambda _host: list(addresses))


def good(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=b"picture")


async def test_a_picture_of_a_public_server_is_fetched() -> None:
    assert await media(good, "8.8.8.8").fetched("https://photo.zdn.vn/1.jpg") == b"picture"


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("https://inside/1.jpg", ["10.0.0.7"]),
        ("https://inside/1.jpg", ["8.8.8.8", "127.0.0.1"]),
        ("https://inside/1.jpg", ["169.254.169.254"]),
        ("https://inside/1.jpg", ["::1"]),
        ("https://inside/1.jpg", ["fd00::1"]),
        ("https://nowhere/1.jpg", []),
        ("http://photo.zdn.vn/1.jpg", ["8.8.8.8"]),
        ("file:///etc/passwd", ["8.8.8.8"]),
        ("https://[::1", ["8.8.8.8"]),
        ("x", ["8.8.8.8"]),
    ],
)
async def test_what_leads_into_our_network_is_not_fetched_and_not_logged(url: str, addresses: list[str]) -> None:
    asked: list[httpx.Request] = []
    with capture_logs() as lines:
        assert await media(lambda request: asked.append(request) or good(request), *addresses).fetched(url) == b""
    assert asked == []
    assert "inside" not in str(lines)


async def test_a_redirect_into_our_network_is_not_followed() -> None:
    def moved(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "http://127.0.0.1/"})

    assert await media(moved, "8.8.8.8").fetched("https://photo.zdn.vn/1.jpg") == b""


async def test_a_picture_without_end_is_cut_where_it_is_too_big_to_be_read() -> None:
    def endless(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"x" * (MOST_BYTES + 5_000))

    assert len(await media(endless, "8.8.8.8").fetched("https://photo.zdn.vn/1.jpg")) == MOST_BYTES + 1


async def test_a_server_that_breaks_off_gives_nothing() -> None:
    def broken(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("x")

    assert await media(broken, "8.8.8.8").fetched("https://photo.zdn.vn/1.jpg") == b""


async def test_beside_a_server_for_trials_its_own_pictures_are_fetched() -> None:
    assert await media(good, is_open=True).fetched("http://127.0.0.1/1.jpg") == b"picture"
    assert await media(good, is_open=True).fetched("file:///etc/passwd") == b""


@pytest.mark.parametrize(
    ("url", "local"), [("http://127.0.0.1:80", True), ("http://localhost", True), ("https://openapi.zalo.me", False)]
)
def test_only_our_own_machine_is_local(url: str, *, local: bool) -> None:
    assert is_local(url) is local


@pytest.mark.parametrize("host", ["", "x" * 300, "no.such.host.invalid", "\x00"])
def test_a_host_that_cannot_be_found_has_no_addresses(host: str) -> None:
    assert host == "" or addresses_of(host) == []


# Windows, counts, troubles


@pytest.mark.parametrize(
    ("hours", "window"),
    [(0, Window.FREE), (47, Window.FREE), (49, Window.PAID), (167, Window.PAID), (169, Window.CLOSED)],
)
def test_windows_by_the_age_of_the_last_act(make: MakeApp, clock: MovingClock, hours: int, window: Window) -> None:
    windows = Windows(make(zalo_oa_mute_minutes=30))
    windows.acted(f"windows-{hours}", clock())
    clock.move(hours=hours)
    assert windows.of(f"windows-{hours}") is window


def test_who_never_wrote_has_no_window(make: MakeApp) -> None:
    assert Windows(make()).of("never") is Window.CLOSED


def test_an_act_of_tomorrow_opens_no_longer_window(make: MakeApp, clock: MovingClock) -> None:
    windows = Windows(make())
    windows.acted("tomorrow", clock() + timedelta(days=30))
    clock.move(days=3)
    assert windows.of("tomorrow") is Window.PAID


def test_what_is_kept_of_a_chat_is_a_hash_and_goes_after_a_week(make: MakeApp, clock: MovingClock) -> None:
    import sqlalchemy as sa

    app = make()
    windows = Windows(app)
    windows.acted("7000000000000000042", clock())
    clock.move(days=8)
    windows.acted("7000000000000000043", clock())
    windows.sweep()
    with app.database.session() as session:
        rows = str(session.connection().execute(sa.text("SELECT * FROM channel_chat")).all())
    assert "70000000000000000" not in rows
    clock.move(days=-8)
    assert windows.of("7000000000000000042") is Window.CLOSED


def test_a_flood_is_counted_with_one_write(make: MakeApp, clock: MovingClock) -> None:
    clock.move(days=700)
    app = make()
    tally = Tally(app)
    for _ in range(500):
        tally.met("zalo_bot", "refused_secret")
    tally.flush()
    tally.flush()
    with app.database.session() as session:
        assert counts(session, "zalo_bot", clock()) == {"refused_secret": 500}


@pytest.mark.parametrize("share", [70, 85, 95])
def test_each_share_of_the_plan_is_told_once(make: MakeApp, clock: MovingClock, share: int) -> None:
    clock.move(days=800 + 40 * share)
    ledger = Ledger(make(), "zalo_bot", 20)
    with capture_logs() as lines:
        for _ in range(20):
            ledger.sent()
    told = [line["sent"] for line in lines if line["event"] == "messages of this month"]
    assert told == [14, 17, 19]


def test_a_restart_clears_what_a_restart_can_mend(make: MakeApp) -> None:
    app: App = make()
    for reason, is_left in (
        (Reason.PACKAGE, False),
        (Reason.QUOTA, False),
        (Reason.TOKEN, False),
        (Reason.CONSENT, True),
    ):
        ledger = Ledger(app, "restart")
        ledger.stop(reason)
        ledger.go_on_after_start()
        assert (ledger.trouble() is not None) is is_left
    ledger.go_on()
