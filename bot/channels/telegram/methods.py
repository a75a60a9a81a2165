"""A piece of an answer as a call of the Bot API."""

from typing import Any

from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import (
    EphemeralMessageParameters,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)

from bot.channels.telegram.writing import Piece
from bot.conversation.messages import Choice


class RawUpdates(TelegramMethod[list[Any]]):
    """getUpdates whose updates are not read yet: one that nobody can read holds up none of the others."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]


def message(chat: int, thread: int | None, reply: int | None, piece: Piece) -> SendMessage:
    return SendMessage(
        chat_id=chat,
        message_thread_id=thread,
        text=piece.html,
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(message_id=reply, allow_sending_without_reply=True) if reply else None,
        reply_markup=keyboard_of(piece),
    )


def keyboard_of(piece: Piece) -> InlineKeyboardMarkup | None:
    rows = [[_button(choice) for choice in row] for row in piece.rows]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _button(choice: Choice) -> InlineKeyboardButton:
    if choice.url:
        return InlineKeyboardButton(text=choice.label, url=choice.url)
    return InlineKeyboardButton(text=choice.label, callback_data=choice.action)


def whisper(chat: int, user: int, piece: Piece) -> SendMessage:
    """For one member of a group alone."""
    whispered = EphemeralMessageParameters(receiver_user_id=user)
    return message(chat, None, None, piece).model_copy(update={"ephemeral_message_parameters": whispered})
