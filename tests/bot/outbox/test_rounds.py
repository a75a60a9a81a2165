"""Channels and chats that wait, take long or break hold up nobody else; nothing is shown twice."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import msgspec
import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.conversation.messages import Answer
from bot.outbox.delivering import deliver
from bot.outbox.rounds import AT_ONCE, Rounds
from bot.outbox.sender import SendFailedError, in_parts
from bot.quiet_hours import read_quiet_hours
from knowledge.database import Database, open_database, sqlite_url
from knowledge.dossiers.following import Notice, NoticeKind
from knowledge.operation.switches import switch_off, switch_on
from knowledge.outbox import BACK_OFF, LEASE, OUTBOX, Limits, Message, put
from knowledge.staff.accounts import OPERATOR, Act
from web_app import MovingClock

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PATIENCE = 60  # seconds a test waits for what must come
BODY = msgspec.json.encode(Notice(kind=NoticeKind.CHANGED, code="H24.999-261110-0001", status=4)).decode()

Behaviour = Callable[[str, int], None]  # by chat and parts


class Sender:
    """Does as it is told with each message, then shows it."""

    limits = Limits(per_second=100)

    def __init__(self, behave: Behaviour = lambda _chat, _parts: None, name: str = "fake") -> None:
        self.behave, self.name = behave, name
        self.shown: list[str] = []
        self.repeats: list[str] = []

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:
        if is_repeat:
            self.repeats.append(key)
        self.behave(chat, parts)
        self.shown.append(key)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(sqlite_url(tmp_path / "outbox.sqlite3"))
    yield database
    database.close()


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock(MORNING)


def put_all(database: Database, clock: MovingClock, *chats: str, channel: str = "fake", body: str = BODY) -> None:
    """One message for each chat named, under a key of the chat and how often it was named."""
    met: Counter[str] = Counter()
    messages = []
    for chat in chats:
        met[chat] += 1
        key = f"{chat}{met[chat]}"
        messages.append(Message(key=key, channel=channel, chat=chat, body=body, not_before=clock()))
    with database.session() as session:
        put(session, messages, clock())


def state_of(database: Database, key: str) -> tuple[str, int]:
    with database.session() as session:
        query = sa.select(OUTBOX.c.state, OUTBOX.c.attempts).where(OUTBOX.c.key == key)
        row = session.connection().execute(query).one()
    return row.state, row.attempts


async def settled(rounds: Rounds, clock: MovingClock, count: int = 4) -> None:
    """So many rounds, a second apart."""
    for _ in range(count):
        await rounds.begin()
        await rounds.settle()
        clock.move(seconds=1)


async def test_a_chat_that_takes_long_holds_up_only_itself(database: Database, clock: MovingClock) -> None:
    free = Event()

    def behave(chat: str, _parts: int) -> None:
        assert chat != "slow" or free.wait(PATIENCE)

    class Freeing(Sender):
        """The slow one ends only when both of the others have."""

        def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:
            super().send(chat, answer, key, is_repeat=is_repeat, parts=parts)
            if {"b1", "z1"} <= {*self.shown}:
                free.set()

    sender = Freeing(behave)
    rounds = Rounds(database, sender, clock)
    put_all(database, clock, "slow", "slow", "b", "z")
    await settled(rounds, clock)
    assert sorted(sender.shown[:2]) == ["b1", "z1"]
    assert sender.shown[2:] == ["slow1", "slow2"]


async def test_a_channel_that_hangs_holds_up_no_other(database: Database, clock: MovingClock) -> None:
    free = Event()
    hanging = Rounds(database, Sender(lambda _chat, _parts: free.wait(PATIENCE) and None, "hanging"), clock)
    sender = Sender(name="other")
    put_all(database, clock, "a", channel="hanging")
    put_all(database, clock, "b", "c", "b", channel="other")
    assert await hanging.begin() == 1
    try:
        await settled(Rounds(database, sender, clock), clock)
        assert sorted(sender.shown) == ["b1", "b2", "c1"]
    finally:
        free.set()
        await hanging.settle()


async def test_a_flooded_chat_is_put_off_and_the_others_go_on(database: Database, clock: MovingClock) -> None:
    floods = [SendFailedError("429", wait=timedelta(seconds=60), is_early=True)]

    def behave(chat: str, _parts: int) -> None:
        if chat == "flooded" and floods:
            raise floods.pop()

    sender = Sender(behave)
    put_all(database, clock, "flooded", "b", "flooded", "c")
    await settled(Rounds(database, sender, clock), clock)
    assert sorted(sender.shown) == ["b1", "c1"]
    after_a_restart = Rounds(database, sender, clock)
    clock.move(seconds=50)
    await settled(after_a_restart, clock)
    assert len(sender.shown) == 2
    clock.move(seconds=10)
    await settled(after_a_restart, clock)
    assert sender.shown[2:] == ["flooded1", "flooded2"]
    assert sender.repeats == []


async def test_waiting_is_no_failing(database: Database, clock: MovingClock) -> None:
    """However often it is put off, it is neither given up nor taken for one that may have arrived."""
    floods = [SendFailedError("429", wait=timedelta(seconds=5), is_early=True)] * 3 * len(BACK_OFF)

    def behave(_chat: str, _parts: int) -> None:
        if floods:
            raise floods.pop()

    sender = Sender(behave)
    put_all(database, clock, "a")
    await settled(Rounds(database, sender, clock), clock, 100)
    assert (sender.shown, sender.repeats) == (["a1"], [])
    assert state_of(database, "a1") == ("sent", 1)


async def test_what_has_arrived_of_a_long_message_is_not_shown_again(database: Database, clock: MovingClock) -> None:
    pieces = []

    def behave(_chat: str, parts: int) -> None:
        for at in range(parts, 4):
            if at in {1, 2} and len(pieces) <= at:
                pieces.append(f"held {at}")
                error = SendFailedError("429", wait=timedelta(seconds=2), is_early=at == 1)
                error.parts = at
                raise error
            pieces.append(f"piece {at}")

    sender = Sender(behave)
    put_all(database, clock, "a")
    for _ in range(3):
        await settled(Rounds(database, sender, clock), clock)
    assert [piece for piece in pieces if piece.startswith("piece")] == [f"piece {at}" for at in range(4)]
    assert sender.repeats == []


async def test_no_more_are_on_their_way_than_there_are_hands(database: Database, clock: MovingClock) -> None:
    free, at_once, most = Event(), [0], [0]

    def behave(_chat: str, _parts: int) -> None:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        assert free.wait(PATIENCE)
        at_once[0] -= 1

    sender = Sender(behave)
    rounds = Rounds(database, sender, clock)
    put_all(database, clock, *(f"c{number:02}x" for number in range(3 * AT_ONCE)))
    assert await rounds.begin() == AT_ONCE
    assert await rounds.begin() == 0
    clock.move(seconds=LEASE.total_seconds() + 1)
    assert await rounds.begin() == 0  # also when the leases have ended: nobody else is to be faster than we
    free.set()
    await rounds.settle()
    await settled(rounds, clock)
    assert len(set(sender.shown)) == len(sender.shown) == 3 * AT_ONCE
    assert most[0] <= AT_ONCE


async def test_an_unforeseen_failure_ends_nothing_and_comes_again_a_few_times(
    database: Database, clock: MovingClock
) -> None:
    def behave(chat: str, _parts: int) -> None:
        if chat == "broken":
            raise ZeroDivisionError

    sender = Sender(behave)
    rounds = Rounds(database, sender, clock)
    put_all(database, clock, "broken", "b")
    with capture_logs() as lines:
        for _ in range(3 * len(BACK_OFF)):
            await settled(rounds, clock, 1)
            clock.move(hours=9)
    assert sender.shown == ["b1"]
    assert state_of(database, "broken1")[0] == "failed"
    assert {"event": "a notice was not delivered", "log_level": "error"}.items() <= lines[0].items()


@pytest.mark.parametrize("body", ["", "{}", '{"kind": "of tomorrow"}', '{"kind": "changed"}', "null"])
async def test_a_message_nobody_can_read_is_given_up(body: str, database: Database, clock: MovingClock) -> None:
    sender = Sender()
    put_all(database, clock, "odd", body=body)
    put_all(database, clock, "b")
    for _ in range(2 * len(BACK_OFF)):
        deliver(database, sender, clock)
        clock.move(hours=9)
    assert sender.shown == ["b1"]
    assert state_of(database, "odd1")[0] == "failed"


async def test_a_database_that_is_away_is_asked_again(database: Database, clock: MovingClock) -> None:
    sender = Sender()
    rounds = Rounds(database, sender, clock)
    put_all(database, clock, "a")
    with database.session() as session:
        session.connection().execute(sa.text("ALTER TABLE outbox RENAME TO away"))
    with capture_logs() as lines:
        assert await rounds.begin() == 0
    assert [line["event"] for line in lines] == ["the outbox was not delivered"]
    with database.session() as session:
        session.connection().execute(sa.text("ALTER TABLE away RENAME TO outbox"))
    await settled(rounds, clock)
    assert sender.shown == ["a1"]


async def test_at_the_end_what_is_on_its_way_is_waited_for(
    database: Database, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox.rounds.ROUND_SECONDS", 0.0)
    begun, free = asyncio.Event(), Event()
    loop = asyncio.get_running_loop()

    def behave(_chat: str, _parts: int) -> None:
        loop.call_soon_threadsafe(begun.set)
        assert free.wait(PATIENCE)

    sender = Sender(behave)
    put_all(database, clock, "a", "a")
    going = asyncio.create_task(Rounds(database, sender, clock).go_on())
    await asyncio.wait_for(begun.wait(), PATIENCE)
    going.cancel()
    free.set()
    with pytest.raises(asyncio.CancelledError):
        await going
    assert sender.shown == ["a1"]
    assert state_of(database, "a1") == ("sent", 1)
    assert state_of(database, "a2") == ("waiting", 0)


async def test_a_channel_that_is_off_sends_when_it_is_on_again(database: Database, clock: MovingClock) -> None:
    sender = Sender(name="telegram")
    rounds = Rounds(database, sender, clock, read_quiet_hours("21:00-07:00"))
    put_all(database, clock, "a", channel="telegram")
    act = Act(OPERATOR, clock())
    with database.session(writing=True) as session:
        switch_off(session, "telegram", "thử", act)
    await settled(rounds, clock)
    assert sender.shown == []
    with database.session(writing=True) as session:
        switch_on(session, "telegram", "thử", act)
    await settled(rounds, clock)
    assert sender.shown == ["a1"]


@pytest.mark.parametrize(("parts", "fails_at"), [(0, None), (2, None), (3, None), (0, 0), (0, 2), (1, 1), (9, None)])
async def test_pieces_are_sent_from_where_it_ended_and_a_failure_says_where(parts: int, fails_at: int | None) -> None:
    sent: list[int] = []

    async def step(at: int) -> None:
        if at == fails_at:
            raise SendFailedError("no")
        sent.append(at)

    steps = [lambda at=at: step(at) for at in range(3)]
    if fails_at is None:
        await in_parts(steps, parts)
        assert sent == list(range(parts, 3))
        return
    with pytest.raises(SendFailedError) as failed:
        await in_parts(steps, parts)
    assert failed.value.parts == fails_at
    assert sent == list(range(parts, fails_at))
