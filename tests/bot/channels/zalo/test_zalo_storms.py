"""Many at once, slow servers, tokens taken away in the middle: order kept, nothing doubled, nobody forgotten."""

import asyncio
from typing import Any

import httpx
import pytest
from anyio import to_thread

from bot.channels.zalo.door import Door
from bot.channels.zalo_bot.taking import take_in as take_in_bot
from bot.channels.zalo_oa.reading import Kind, account_of, read_event
from bot.channels.zalo_oa.taking import take_in as take_in_oa
from zalo_bot_server import CUT, SILENT
from zalo_oa_server import CHAT, SLOW, TOKEN

from .bot_people import BotPeople
from .conftest import MakeOa
from .oa_people import OaPeople

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"
IMPATIENT = httpx.Timeout(60, read=1.0)  # no server of a test is that slow to take a request
TALK = ("xin chào", ASK, "hết bao nhiêu tiền")


def chats(number: int) -> list[str]:
    return [f"{at:020x}" for at in range(0xABC000, 0xABC000 + number)]


async def test_many_chats_at_once_are_all_answered_in_their_order(people: BotPeople) -> None:
    service = people.service
    for text in TALK:
        for chat in chats(12):
            event = people.event(chat, text=text)
            await to_thread.run_sync(take_in_bot, service.inbox, event, service.tally)
    await service.errands.settle()
    for chat in chats(12):
        said = people.server.texts(chat)
        assert len(said) == len(TALK)
        assert "Đăng ký khai sinh cho con" in said[1]
        assert "phí" in said[2].lower()


async def test_a_storm_of_refusals_over_fifty_chats_loses_nothing(people: BotPeople) -> None:
    service = people.service
    people.server.refuses_first = 403
    for chat in chats(50):
        await to_thread.run_sync(take_in_bot, service.inbox, people.event(chat, text=ASK), service.tally)
    await service.errands.settle()
    assert [len(people.server.texts(chat)) for chat in chats(50)] == [1] * 50


async def test_cut_connections_lose_only_their_own_messages(people: BotPeople) -> None:
    service = people.service
    people.server.next("sendMessage", *[CUT] * 5)
    for chat in chats(20):
        await to_thread.run_sync(take_in_bot, service.inbox, people.event(chat, text=ASK), service.tally)
    await service.errands.settle()
    assert sum(len(people.server.texts(chat)) for chat in chats(20)) == 15
    assert len(people.server.named("sendMessage")) == 20


async def test_a_storm_of_refused_rates_over_fifty_citizens(oa: OaPeople) -> None:
    oa.server.refuses_first = -32
    for citizen in chats(50):
        event = oa.event("user_send_text", citizen, message={"text": ASK})
        await to_thread.run_sync(take_in_oa, oa.service.inbox, event, oa.service.tally)
    await oa.service.errands.settle()
    assert [len(oa.server.texts(citizen)) for citizen in chats(50)] == [1] * 50


async def test_a_token_taken_away_while_twenty_citizens_wait(oa: OaPeople) -> None:
    for at, citizen in enumerate(chats(20)):
        event = oa.event("user_send_text", citizen, message={"text": ASK})
        await to_thread.run_sync(take_in_oa, oa.service.inbox, event, oa.service.tally)
        if at == 10:
            oa.server.access = "revoked"
    await oa.service.errands.settle()
    assert [len(oa.server.texts(citizen)) for citizen in chats(20)] == [1] * 20
    assert len([form for form in oa.server.named(TOKEN) if form["grant_type"] == "refresh_token"]) == 1


async def test_a_token_revoked_for_good_and_given_anew(oa: OaPeople) -> None:
    from bot.channels.zalo_oa.command import exchange
    from zalo_oa_server import CODE

    oa.server.access = oa.server.refresh = "revoked"
    assert await oa.write(ASK) == []
    assert await oa.write(ASK) == []
    await exchange(oa.service.app, CODE, "verifier")
    assert len(await oa.write(ASK)) == 1


# Slow servers


async def test_a_bot_platform_that_does_not_answer_is_not_asked_twice(people: BotPeople) -> None:
    usual = people.service.api.door
    people.service.api.door = Door(usual.client, people.pause, seconds=IMPATIENT)
    people.server.next("sendMessage", SILENT)
    assert await people.write(ASK) == []
    people.service.api.door = usual
    assert len(people.server.named("sendMessage")) == 1
    assert len(await people.write("xin chào")) == 1


async def test_an_account_whose_server_does_not_answer_is_not_asked_twice(oa: OaPeople) -> None:
    api = oa.service.post._api
    usual, api.door = api.door, Door(api.door.client, oa.pause, seconds=IMPATIENT)
    oa.server.next(CHAT, SLOW)
    assert await oa.write(ASK) == []
    api.door = usual
    assert len(oa.server.named(CHAT)) == 1
    assert len(await oa.write("xin chào")) == 1


async def test_the_webhook_answers_while_the_platform_sleeps(oa: OaPeople) -> None:
    """Zalo waits two seconds; what we have to say may take longer."""
    oa.server.next(CHAT, SLOW)
    slow = asyncio.create_task(oa.write(ASK))
    await asyncio.wait_for(oa.server.sleeping.wait(), 120)
    event = oa.event("user_send_text", oa.hung, message={"text": ASK})
    assert await oa.push(event, is_settled=False) == 200
    slow.cancel()


# The same to two processes


async def test_the_same_event_to_two_processes_at_once_is_answered_once(oa: OaPeople, make_oa: MakeOa) -> None:
    other = await make_oa()
    events = [oa.event("user_send_text", citizen, message={"text": ASK}) for citizen in chats(10)]
    await asyncio.gather(*(each.push(event) for event in events for each in (oa, other)))
    assert [len(oa.server.texts(citizen)) for citizen in chats(10)] == [1] * 10


# Kinds of events, each by itself


@pytest.mark.parametrize(
    ("name", "more", "kind"),
    [
        ("user_send_text", {"message": {"text": "x"}}, Kind.SAID),
        ("user_send_gif", {}, Kind.SAID),
        ("user_send_video", {}, Kind.SAID),
        ("user_send_location", {"message": {"text": ""}}, Kind.SAID),
        ("user_send_text", {"message": {"text": "  "}}, None),
        ("user_send_unknown", {}, None),
        ("user_seen_message", {}, None),
        ("user_feedback", {}, None),
        ("oa_send_image", {}, None),
        ("anonymous_send_text", {"message": {"text": "x"}}, None),
        ("user_asking_product", {}, None),
    ],
)
def test_kinds_of_events(oa: OaPeople, name: str, more: dict[str, Any], kind: Kind | None) -> None:
    found = read_event(oa.event(name, **more), account_of(oa.service.app.settings))
    assert (found.kind if found else None) == kind
