"""Notices on Telegram: a chat that has to wait is put off at once, nothing of a long notice comes twice."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import SendMessage
from anyio import to_thread

from bot.channels.telegram.outbox import TelegramSender
from bot.channels.telegram.post import GROUP_SECONDS, Post
from bot.conversation.messages import Answer, Block, BlockKind, Ending, Span
from bot.outbox.sender import SendFailedError
from telegram_server import FLOOD, TOKEN, BotServer

from .conftest import People

LAN, HUNG, TU, GROUP = 71, 72, 73, -74


def flood(seconds: int) -> dict[str, Any]:
    return {**FLOOD, "parameters": {"retry_after": seconds}}


class Ticking:
    """Seconds that pass only where somebody pauses."""

    def __init__(self) -> None:
        self.at = 1_000.0
        self.paused: list[float] = []

    def __call__(self) -> float:
        return self.at

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.at += seconds


@pytest.fixture
def ticks() -> Ticking:
    return Ticking()


@pytest.fixture
async def post(server: BotServer, ticks: Ticking) -> AsyncIterator[Post]:
    async with Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(server.base))) as bot:
        yield Post(bot, ticks.pause, ticks)


async def notify(post: Post, chat: int) -> SendFailedError | None:
    try:
        await post.send(SendMessage(chat_id=chat, text="x"), chat, is_patient=False)
    except SendFailedError as error:
        return error
    return None


async def test_a_flooded_chat_is_put_off_without_a_pause(post: Post, server: BotServer, ticks: Ticking) -> None:
    server.next("sendMessage", flood(60))
    error = await notify(post, LAN)
    assert error is not None
    assert error.is_early
    assert error.wait is not None
    assert timedelta(seconds=60) <= error.wait <= timedelta(seconds=61)
    assert await notify(post, HUNG) is None
    assert await notify(post, LAN) is not None  # not even tried
    assert len(server.named("sendMessage")) == 2
    assert ticks.paused == []
    ticks.at += 61
    assert await notify(post, LAN) is None


async def test_a_flood_longer_than_anybody_waits_is_put_off_as_long(post: Post, server: BotServer) -> None:
    server.next("sendMessage", flood(9_000))
    error = await notify(post, LAN)
    assert error is not None
    assert (error.is_early, error.wait) == (True, timedelta(seconds=9_000))


async def test_when_several_are_flooded_all_are_put_off(post: Post, server: BotServer, ticks: Ticking) -> None:
    server.next("sendMessage", flood(30), flood(40))
    for chat in (LAN, HUNG, TU):
        error = await notify(post, chat)
        assert error is not None
        assert error.is_early
    assert len(server.named("sendMessage")) == 2
    ticks.at += 41
    assert [await notify(post, chat) for chat in (LAN, HUNG, TU)] == [None] * 3


@pytest.mark.parametrize("chat", [LAN, GROUP], ids=["a private chat", "a group"])
async def test_between_two_messages_it_waits_as_for_answers(post: Post, ticks: Ticking, chat: int) -> None:
    assert [await notify(post, chat) for _ in range(2)] == [None, None]
    assert len(ticks.paused) == 1
    assert ticks.paused[0] <= GROUP_SECONDS


@pytest.mark.parametrize("code", [500, 502])
async def test_trouble_of_the_server_is_left_to_the_outbox(
    post: Post, server: BotServer, ticks: Ticking, code: int
) -> None:
    server.next("sendMessage", {"ok": False, "error_code": code, "description": "Internal Server Error"})
    error = await notify(post, LAN)
    assert error is not None
    assert (error.is_early, error.permanent, error.wait) == (False, False, None)
    assert ticks.paused == []


async def test_answers_wait_where_notices_do_not(post: Post, server: BotServer, ticks: Ticking) -> None:
    server.next("sendMessage", flood(7))
    await post.send(SendMessage(chat_id=LAN, text="x"), LAN)
    assert 7 <= ticks.paused[0] <= 8


def long_answer() -> Answer:
    blocks = tuple(Block(BlockKind.PARAGRAPH, ((Span(f"{letter} " * 1_900),),)) for letter in "abc")
    return Answer(ending=Ending.HELP, blocks=blocks)


async def test_of_a_long_notice_that_was_held_up_the_rest_comes_later(people: People) -> None:
    sender, chat = TelegramSender(people.service), people.private
    people.service.post._ticks = ticks = Ticking()
    people.service.post._pause = ticks.pause

    def send(parts: int) -> SendFailedError | None:
        try:
            sender.send(str(chat), long_answer(), "key", is_repeat=False, parts=parts)
        except SendFailedError as error:
            return error
        return None

    people.server.script["sendMessage"].extend([None, flood(60)])
    error = await to_thread.run_sync(send, 0)
    assert error is not None
    assert (error.parts, error.is_early) == (1, True)
    ticks.at += 61
    assert await to_thread.run_sync(send, error.parts) is None
    assert [text[0] for text in people.server.texts(chat)] == ["a", "b", "c"]
