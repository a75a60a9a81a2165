"""The way to the Bot API: whatever a server or a proxy in between answers becomes an error that callers know."""

from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import TelegramMethod


class Session(AiohttpSession):
    def __init__(self, base: str) -> None:
        super().__init__(api=TelegramAPIServer.from_base(base))

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109  aiogram's
        try:
            return await super().make_request(bot, method, timeout)
        except (UnicodeDecodeError, TypeError) as error:  # no text at all; aiogram takes an error's words for granted
            raise ClientDecodeError("the answer is none of the Bot API's", error, None) from None
