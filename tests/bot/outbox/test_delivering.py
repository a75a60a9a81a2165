"""The outbox: nothing lost, nothing shown twice, in order, within a channel's limits, whatever dies when."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event

import msgspec
import pytest
import sqlalchemy as sa
from fake_channel import FileChannel

from bot.conversation.messages import Answer
from bot.outbox import SENDERS
from bot.outbox.delivering import deliver, due, send
from bot.outbox.sender import Sender, SendFailedError
from bot.outbox.telling import all_told
from bot.outbox.web import WEB
from bot.quiet_hours import read_quiet_hours
from knowledge.database import Database, open_database
from knowledge.dossiers.dossier import Entry
from knowledge.dossiers.following import Follower, Notice, NoticeKind, follow, followed_by, remind_due, unfollow
from knowledge.dossiers.ledger import Update, find_dossier
from knowledge.dossiers.taking_in import take_in
from knowledge.outbox import BACK_OFF, LEASE, Limits, Message, claim, put, sent_to
from web_app import MovingClock

CODE = "H24.999-261110-0001"
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # nine o'clock in Việt Nam
WIDE = Limits(per_second=100)
HERE = Path(__file__).parent


def notice(status: int) -> str:
    return msgspec.json.encode(Notice(kind=NoticeKind.CHANGED, code=CODE, status=status)).decode()


def put_all(database: Database, clock: MovingClock, *chats: str, channel: str = "fake") -> None:
    messages = [
        Message(key=f"{at}", channel=channel, chat=chat, body=notice(at % 10 + 1), not_before=clock())
        for at, chat in enumerate(chats)
    ]
    with database.session() as session:
        put(session, messages, clock())


class Channel:
    """Shows what it is sent, once a key; fails as it is told to."""

    name = "fake"

    def __init__(self, *failures: SendFailedError | None, limits: Limits = WIDE) -> None:
        self.failures, self.limits = list(failures), limits
        self.shown: dict[str, str] = {}
        self.repeats = 0

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:
        self.repeats += is_repeat
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure
        self.shown.setdefault(key, chat)


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock(MORNING)


def rounds(database: Database, channel: Channel, clock: MovingClock, count: int = 20) -> None:
    for _ in range(count):
        deliver(database, channel, clock)
        clock.move(seconds=1)


def test_messages_of_a_chat_come_in_order_and_once(database: Database, clock: MovingClock) -> None:
    channel = Channel()
    put_all(database, clock, "a", "b", "a", "a", "b")
    put_all(database, clock, "a", "b", "a", "a", "b")
    rounds(database, channel, clock)
    assert list(channel.shown) == ["0", "1", "2", "4", "3"]


def test_what_fails_for_now_comes_later_and_holds_up_only_its_own_chat(database: Database, clock: MovingClock) -> None:
    channel = Channel(SendFailedError("busy"))
    put_all(database, clock, "a", "a", "b")
    rounds(database, channel, clock, 5)
    assert list(channel.shown) == ["2"]
    clock.move(seconds=BACK_OFF[0].total_seconds())
    rounds(database, channel, clock, 5)
    assert list(channel.shown) == ["2", "0", "1"]


def test_a_channel_that_names_a_pause_is_obeyed(database: Database, clock: MovingClock) -> None:
    channel = Channel(SendFailedError("429", wait=timedelta(seconds=300)))
    put_all(database, clock, "a")
    rounds(database, channel, clock, 290)
    assert channel.shown == {}
    rounds(database, channel, clock, 20)
    assert list(channel.shown) == ["0"]


def test_a_chat_that_is_gone_for_good_gets_nothing_more(database: Database, clock: MovingClock) -> None:
    channel = Channel(SendFailedError("blocked", permanent=True))
    put_all(database, clock, "a", "a", "b")
    rounds(database, channel, clock)
    assert list(channel.shown) == ["2"]


def test_it_is_given_up_after_the_last_pause(database: Database, clock: MovingClock) -> None:
    channel = Channel(*[SendFailedError("down")] * 50)
    put_all(database, clock, "a")
    for _ in range(40):
        deliver(database, channel, clock)
        clock.move(hours=9)
    assert len(channel.failures) == 50 - len(BACK_OFF) - 1


def test_no_channel_is_sent_more_than_it_bears(database: Database, clock: MovingClock) -> None:
    channel = Channel(limits=Limits(per_second=3, chat_seconds=2))
    put_all(database, clock, *"abcdefgh", "a", "a")
    counts = []
    for _ in range(12):
        before = len(channel.shown)
        for _process in range(3):
            deliver(database, channel, clock)
        counts.append(len(channel.shown) - before)
        clock.move(seconds=1.01)
    assert max(counts) == 3
    assert len(channel.shown) == 10


def test_two_processes_never_take_the_same_message(database: Database, clock: MovingClock) -> None:
    put_all(database, clock, *map(str, range(30)))
    one, other = Channel(limits=Limits(10)), Channel(limits=Limits(10))
    for _ in range(6):
        deliver(database, one, clock)
        clock.move(seconds=1.01)
        deliver(database, other, clock)
        clock.move(seconds=1.01)
    assert len(one.shown) + len(other.shown) == 30
    assert one.repeats == other.repeats == 0


def test_two_pages_opened_at_the_same_moment_are_both_shown(database: Database, clock: MovingClock) -> None:
    """Neither is refused because the other was taking the same message."""
    together = Barrier(2, timeout=60)
    shown = []

    def look(chat: str) -> None:
        channel = Channel()
        together.wait()
        deliver(database, channel, clock, chat)
        shown.extend(channel.shown)

    chats = [str(number) for number in range(20)]
    put_all(database, clock, *chats)
    with ThreadPoolExecutor(2) as pool:
        for chat in chats:
            assert list(pool.map(look, (chat, chat))) == [None, None]
    assert sorted(shown) == sorted(chats)


def test_what_another_process_took_and_sent_since_it_was_seen_is_not_taken_again(
    migrated_postgres_url: str, clock: MovingClock
) -> None:
    """PostgreSQL lets both look; SQLite has one look after the other has written."""
    one, other = (open_database(migrated_postgres_url, migrating=False) for _ in range(2))
    put_all(one, clock, "a")
    has_seen, is_sent = Event(), Event()

    def hold(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("UPDATE"):
            has_seen.set()
            assert is_sent.wait(60)

    sa.event.listen(other.engine, "before_cursor_execute", hold)
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(due, other, Channel(), clock)
        assert has_seen.wait(60)
        assert deliver(one, Channel(), clock) == 1
        is_sent.set()
        assert late.result(60) == []
    one.close()
    other.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(1, 0, id="before the first"),
        pytest.param(0, 1, id="after the first, before it is marked"),
        pytest.param(3, 0, id="in the middle"),
        pytest.param(0, 4, id="after the fourth, before it is marked"),
    ],
)
def test_a_process_killed_while_sending_loses_nothing_and_repeats_nothing(
    before: int, after: int, migrated_url: str, tmp_path: Path, clock: MovingClock
) -> None:
    database = open_database(migrated_url, migrating=False)
    put_all(database, clock, "a", "b", "a", "c", "b", "a")
    path = tmp_path / "shown"
    command = [sys.executable, str(HERE / "fake_channel.py"), migrated_url, str(path), clock().isoformat()]
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[2])}
    dying = subprocess.run([*command, str(before), str(after)], env=environment, check=False, timeout=300)
    assert dying.returncode == -9
    clock.move(seconds=LEASE.total_seconds() + 1)
    surviving = FileChannel(path, before=lambda _count: None, after=lambda _count: None)
    while deliver(database, surviving, clock):
        pass
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    assert sorted(key for key, _, _ in lines) == ["0", "1", "2", "3", "4", "5"]
    for chat in "abc":
        keys = [int(key) for key, to, _ in lines if to == chat]
        assert keys == sorted(keys)
    database.close()


# Followers


@pytest.fixture
def follower(database: Database, clock: MovingClock) -> Follower:
    with database.session() as session:
        take_in(session, [Update(entries=(Entry(code=CODE, status=4, due="2026-11-24T17:00"),))], clock())
        known = find_dossier(session, CODE)
        assert known
        following = Follower(dossier=known.id, channel="fake", chat="me")
        follow(session, following, clock())
    return following


def change(database: Database, clock: MovingClock, **told: object) -> None:
    entry = Entry(code=CODE, **{"status": 4, "due": "2026-11-24T17:00"} | told)  # type: ignore[arg-type]  by name
    with database.session() as session:
        take_in(session, [Update(entries=(entry,))], clock())


def test_each_change_is_told_once_and_nothing_else_is(
    database: Database, clock: MovingClock, follower: Follower
) -> None:
    channel = Channel()
    for told in ({"status": 5}, {"status": 5}, {"status": 5, "procedure": "x"}, {"status": 9}):
        change(database, clock, **told)
        rounds(database, channel, clock, 2)
    assert len(channel.shown) == 2


@pytest.mark.parametrize(
    ("hours", "shown"),
    [("21:00-07:00", [False, False, True]), ("", [True]), ("12:00-13:30", [True])],
    ids=["the night", "no quiet hours", "another time of day"],
)
def test_in_quiet_hours_no_phone_rings(
    hours: str, shown: list[bool], database: Database, clock: MovingClock, follower: Follower
) -> None:
    channel = Channel()
    clock.move(hours=13)  # ten in the evening
    change(database, clock, status=9)
    for has_come in shown:
        for message in due(database, channel, clock, read_quiet_hours(hours)):
            send(database, channel, message, clock)
        assert bool(channel.shown) == has_come
        clock.move(hours=5)


def test_what_is_only_looked_at_comes_at_night_too(sqlite_database: Database, clock: MovingClock) -> None:
    put_all(sqlite_database, clock, "a", channel="web")
    clock.move(hours=13)
    assert len(due(sqlite_database, WEB, clock, read_quiet_hours("00:00-23:59"))) == 1


def test_before_the_due_date_one_reminder_is_sent(database: Database, clock: MovingClock, follower: Follower) -> None:
    channel = Channel()
    for _ in range(5):
        with database.session() as session:
            remind_due(session, clock())
        rounds(database, channel, clock, 2)
        clock.move(hours=2)
    assert len(channel.shown) == 1


def test_who_stops_hears_nothing_more_not_even_what_was_waiting(
    database: Database, clock: MovingClock, follower: Follower
) -> None:
    channel = Channel()
    change(database, clock, status=9)
    with database.session() as session:
        assert unfollow(session, follower)
    change(database, clock, status=10)
    rounds(database, channel, clock)
    assert channel.shown == {}


def test_a_blocked_chat_follows_nothing_any_more(database: Database, clock: MovingClock, follower: Follower) -> None:
    change(database, clock, status=9)
    rounds(database, Channel(SendFailedError("blocked", permanent=True)), clock, 1)
    with database.session() as session:
        assert followed_by(session, "fake", "me") == []


@pytest.mark.parametrize("sender", SENDERS, ids=lambda sender: sender.name)
def test_every_sender_delivers_what_is_due(sender: Sender, sqlite_database: Database, clock: MovingClock) -> None:
    put_all(sqlite_database, clock, "a", "a", channel=sender.name)
    for _ in range(3):
        deliver(sqlite_database, sender, clock)
        clock.move(seconds=5)
    with sqlite_database.session() as session:
        assert [message.key for message in sent_to(session, sender.name, "a")] == ["1", "0"]


def test_what_another_process_is_putting_on_a_page_stands_there_already(
    sqlite_database: Database, clock: MovingClock
) -> None:
    """A page without script does not look again: between taking a message and noting that it is there, it is there."""
    put_all(sqlite_database, clock, "a", "b", channel=WEB.name)
    with sqlite_database.session(writing=True) as session:
        assert len(claim(session, WEB.name, clock(), WEB.limits)) == 2
    assert deliver(sqlite_database, WEB, clock, "a") == 0
    with sqlite_database.session() as session:
        assert [message.key for message in sent_to(session, WEB.name, "a")] == ["0"]


def test_a_page_leaves_out_what_nobody_can_read() -> None:
    bodies = ("{", "[]", '{"kind":"unknown"}', notice(9), '{"kind":"changed"}')
    messages = [Message(key=body, channel="web", chat="a", body=body, not_before=MORNING) for body in bodies]
    assert [message.body for message, _ in all_told(messages)] == [notice(9)]
