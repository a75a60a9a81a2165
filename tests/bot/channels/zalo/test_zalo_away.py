"""A database that is away for a moment ends neither channel, and costs neither a message nor the account's rights."""

import asyncio
import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from bot.app import App
from bot.channels.zalo_bot.form import CHANNEL
from bot.channels.zalo_bot.running import poll, zalo_bot_of
from bot.channels.zalo_oa.running import look_after, zalo_oa_of
from bot.workers.patience import AFTER_TROUBLE
from knowledge.channel_ledger import counts
from wobbly_database import WobblyDatabase
from zalo_bot_server import ZaloBotServer
from zalo_oa_server import TOKEN

from .bot_people import BotPeople
from .oa_people import OaPeople

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"
PATIENCE = 120


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is asked again at once."""
    monkeypatch.setattr("bot.workers.patience.AFTER_TROUBLE", 0.0)


def wobbly(app: App, away: int = 0) -> tuple[App, WobblyDatabase]:
    database = WobblyDatabase(app.database, away)
    return dataclasses.replace(app, database=database), database


@pytest.mark.parametrize("away", [1, 4])
async def test_what_a_poll_brought_is_held_until_the_database_takes_it(
    people: BotPeople, server: ZaloBotServer, away: int
) -> None:
    """Nobody brings it again."""
    people.service.inbox.app, database = wobbly(people.service.app, away)
    server.updates.extend(people.event(text="xin chào") for _ in range(2))
    polling = asyncio.create_task(poll(people.service, asyncio.Event()))
    await asyncio.wait_for(server.idle.wait(), PATIENCE)
    await people.service.errands.settle()
    assert not polling.done()
    polling.cancel()
    assert len(server.texts(people.private)) == 2
    assert (database.failed, people.paused.count(AFTER_TROUBLE)) == (away, away)


@pytest.mark.parametrize("away", [1, 3, 9])
async def test_a_bot_that_starts_while_the_database_is_away_answers(
    bot_app: App, server: ZaloBotServer, people: BotPeople, at_once: None, away: int
) -> None:
    app, database = wobbly(bot_app, away)
    app.settings.zalo_bot_secret = ""  # so that it polls
    server.updates.append(people.event(text="xin chào"))
    async with zalo_bot_of(app, asyncio.Event(), people.service.tally):
        await asyncio.wait_for(server.arrived.wait(), PATIENCE)
    assert len(server.texts(people.private)) == 1
    assert database.failed == away


def after(called: Callable[..., Any], then: Callable[[], None]) -> Callable[..., Any]:
    def both(*given: Any) -> Any:
        result = called(*given)
        then()
        return result

    return both


async def test_a_message_that_could_not_be_counted_at_once_is_counted_once(
    people: BotPeople, server: ZaloBotServer, at_once: None
) -> None:
    people.clock.move(days=500)  # a month of its own
    ledger = people.service.ledger
    ledger._app, database = wobbly(people.service.app)
    server.on_sendMessage = after(server.on_sendMessage, lambda: setattr(database, "away", 2))  # type: ignore[method-assign]  a hook
    assert len(await people.write(ASK)) == 1
    assert len(await people.write("xin chào")) == 1
    assert database.failed == 4
    with people.service.app.database.session() as session:
        assert counts(session, CHANNEL, people.clock())["sent"] == 2


async def test_rights_that_came_are_stored_when_the_database_is_there_again(oa: OaPeople) -> None:
    """The old ones work no more: to drop the new ones would cost the account a person's consent."""
    oa.service.tokens._app, database = wobbly(oa.service.app)
    oa.server.issue = after(oa.server.issue, lambda: setattr(database, "away", 3))  # type: ignore[method-assign]  a hook
    token = await oa.service.tokens.renewed(await oa.service.tokens.current())
    assert token == oa.server.access == oa.service.tokens.load().pair.access
    assert oa.service.tokens.load().pair.refresh == oa.server.refresh
    assert database.failed == 3


async def test_looking_after_the_account_goes_on(oa: OaPeople) -> None:
    oa.clock.move(hours=21)
    app, database = wobbly(oa.service.app, 2)
    oa.service.ledger._app = oa.service.tokens._app = oa.service.inbox.app = app
    looked = asyncio.Event()

    async def pause(seconds: float) -> None:
        if seconds == AFTER_TROUBLE:
            return
        looked.set()
        await asyncio.Event().wait()

    looking = asyncio.create_task(look_after(oa.service, pause))
    await asyncio.wait_for(looked.wait(), PATIENCE)
    looking.cancel()
    assert database.failed == 2
    assert len([form for form in oa.server.named(TOKEN) if form["grant_type"] == "refresh_token"]) == 1


@pytest.mark.parametrize("away", [1, 3])
async def test_an_account_that_starts_while_the_database_is_away_answers(
    oa: OaPeople, at_once: None, away: int
) -> None:
    app, database = wobbly(oa.service.app, away)
    oa.service.inbox.take(f"away-{away}", oa.event("user_send_text", message={"text": ASK}))
    async with zalo_oa_of(app, asyncio.Event(), oa.service.tally):
        await asyncio.wait_for(oa.server.arrived.wait(), PATIENCE)
    assert database.failed == away
