"""Every example payload has exactly one reader, or a reason why we never meet it: the shared ones where they are there,
and small ones of our own in the same shapes."""

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiogram import Bot, methods
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.channels import CHANNELS
from bot.channels.telegram.methods import RawUpdates, message, whisper
from bot.channels.telegram.reading import Incoming, Me, read_body
from bot.channels.telegram.session import Session
from bot.channels.telegram.writing import Piece
from bot.channels.zalo.door import Door
from bot.channels.zalo_bot import api as bot_api
from bot.channels.zalo_bot.reading import events_in
from bot.channels.zalo_bot.reading import read_event as read_bot_event
from bot.channels.zalo_oa import api as oa_api
from bot.channels.zalo_oa.form import in_numbers
from bot.channels.zalo_oa.reading import Account
from bot.channels.zalo_oa.reading import read_event as read_oa_event
from bot.channels.zalo_oa.tokens import Tokens, _pair
from bot.conversation.messages import Answer, Block, BlockKind, Choice, Ending, Span

OWN = Path(__file__).parents[2] / "files" / "channels"
ACCOUNT = Account("2000000000000000001", ["Phường Mẫu"])
NAMES = ["Bot Phường Mẫu"]

# What no reader of ours meets, and why
LEFT = {
    r"ward_dossier_status_reply": "what a bot of another commune answered: an illustration, not our rule",
    r"neutral_outgoing_private_only": "nothing of a dossier is said in a group: its talk shows the way to private",
    r"zalo_bot_request_sendMessage_markdown": "what quotes a citizen is never marked up: the escapes are unknown",
    r"zalo_bot_request_sendPhoto": "we send no pictures: Zalo fetches them from public addresses only",
    r"zalo_bot_request_sendChatAction": "an answer comes at once: nothing needs to be shown before it",
    r"zalo_oa_request_cs_(text_quote|image|list|file)": "an answer is text and buttons",
    r"zalo_oa_request_cs_request_user_info": "we ask nobody for personal data by a form",
    r"zalo_oa_request_zbs_phone": "notices go to those who wrote to the account, by their id there, never by phone",
    r"zalo_bot_webhook_headers": "headers, not a body: the secret is compared in bot.web.zalo_bot",
}

Reader = Callable[[Path, Any], None]


@pytest.fixture(params=["own", "shared"])
def folder(request: pytest.FixtureRequest) -> Path:
    return OWN if request.param == "own" else request.getfixturevalue("shared") / "channels" / "examples"


def files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.json"))
    assert found
    return found


def load(path: Path, name: str) -> Any:
    return json.loads((path.parent / f"{name}.json").read_text("utf-8"))


# Telegram


def telegram_update(_path: Path, body: Any) -> None:
    read_body(body, me_of(json.dumps(body)))


def me_of(text: str) -> Me:
    return Me(7_000_000_001, "phuong_mau_bot") if "phuong_mau_bot" in text else Me(700, "tro_ly_bot")


ERRORS: dict[int, type[TelegramAPIError]] = {
    400: TelegramBadRequest,
    401: TelegramUnauthorizedError,
    403: TelegramForbiddenError,
    409: TelegramConflictError,
    500: TelegramServerError,
}
ASKED: dict[str, Any] = {
    "answerCallbackQuery": methods.AnswerCallbackQuery(callback_query_id="1"),
    "getFile": methods.GetFile(file_id="a"),
    "getMe": methods.GetMe(),
    "getUpdates": RawUpdates(offset=0, timeout=0, allowed_updates=[]),
    "getWebhookInfo": methods.GetWebhookInfo(),
    "setWebhook": methods.SetWebhook(url="https://motcua.example.vn"),
    "error": methods.SendMessage(chat_id=1, text="x"),
    "sendMessage": methods.SendMessage(chat_id=1, text="x"),
}


def telegram_response(path: Path, body: Any) -> None:
    """By the code and the parameters, never by the words, each refusal is the error that our sending knows."""
    session, bot = Session("http://localhost"), Bot("1:x")
    asked = ASKED[path.stem.split("_")[2]]
    if body["ok"]:
        assert session.check_response(bot, asked, 200, json.dumps(body)).ok
        return
    error = ERRORS.get(body["error_code"], TelegramAPIError)
    error = TelegramRetryAfter if "retry_after" in body.get("parameters", {}) else error
    error = TelegramMigrateToChat if "migrate_to_chat_id" in body.get("parameters", {}) else error
    with pytest.raises(error):
        session.check_response(bot, asked, body["error_code"], json.dumps(body))


def telegram_request(_path: Path, body: Any) -> None:
    """What we send of the same content has the same fields."""
    piece = Piece(body["text"], tuple(choices_of(body)))
    if "ephemeral_message_parameters" in body:
        user = body["ephemeral_message_parameters"]["receiver_user_id"]
        sent = whisper(body["chat_id"], user, piece).model_dump(exclude_none=True)
        assert sent["ephemeral_message_parameters"]["receiver_user_id"] == user
        assert "reply_parameters" not in sent
    else:
        reply = body["reply_parameters"]["message_id"]
        sent = message(body["chat_id"], None, reply, piece).model_dump(exclude_none=True)
        assert {name: part_of(sent[name], value) for name, value in body.items()} == body
    assert (sent["chat_id"], sent["text"]) == (body["chat_id"], body["text"])


def choices_of(body: Any) -> list[Choice]:
    rows = body.get("reply_markup", {}).get("inline_keyboard", [])
    return [
        Choice(label=button["text"], action=button.get("callback_data", ""), url=button.get("url", ""))
        for row in rows
        for button in row
    ]


def part_of(sent: Any, expected: Any) -> Any:
    """What we sent as far as the example speaks of it: aiogram adds fields that are not set."""
    if isinstance(expected, dict):
        return {name: part_of(sent[name], value) for name, value in expected.items()}
    if isinstance(expected, list):
        return [part_of(one, value) for one, value in zip(sent, expected, strict=True)]
    return sent


# Zalo


def answered(body: Any) -> Door:
    """A door behind which a server answers that."""
    return Door(httpx.AsyncClient(transport=httpx.MockTransport(lambda _request: httpx.Response(200, json=body))))


def zalo_bot_events(_path: Path, body: Any) -> None:
    for event in events_in(body):
        read_bot_event(event, NAMES)


def zalo_bot_response(_path: Path, body: Any) -> None:
    api = bot_api.Api(answered(body), "https://bot.test", "1:x")
    if body["ok"]:
        assert asyncio.run(api.call("x")) == body.get("result")
    else:
        with pytest.raises(bot_api.RefusedError):
            asyncio.run(api.call("x"))


def zalo_bot_request(_path: Path, body: Any) -> None:
    """What goes out is what is asked for, as JSON."""
    seen: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content))
        return httpx.Response(200, json={"ok": True})

    door = Door(httpx.AsyncClient(transport=httpx.MockTransport(answer)))
    asyncio.run(bot_api.Api(door, "https://bot.test", "1:x").call("x", **body))
    assert seen == [body]


def zalo_oa_event(_path: Path, body: Any) -> None:
    read_oa_event(body, ACCOUNT)


def zalo_oa_token(_path: Path, body: Any) -> None:
    assert (_pair(body) is None) == ("error" in body)


def zalo_oa_response(_path: Path, body: Any) -> None:
    api = oa_api.Api(answered(body), "https://oa.test", Tokens.__new__(Tokens))  # its token is not asked for
    called = api._called("/x", {}, "token")
    if body["error"]:
        with pytest.raises(oa_api.RefusedError, match=str(body["error"])):
            asyncio.run(called)
    else:
        data = body.get("data")
        assert asyncio.run(called) == (data if isinstance(data, dict) else {})


def zalo_oa_request(path: Path, body: Any) -> None:
    """The fields that we fill; their values are shown in tests of the parts that fill them."""
    fields = {
        "cs_text": {"recipient", "message"},
        "cs_buttons": {"recipient", "message"},
        "cs_list_with_buttons": {"recipient", "message"},
        "group_text": {"recipient", "message"},
        "token_exchange": {"app_id", "grant_type", "code", "code_verifier"},
        "token_refresh": {"app_id", "grant_type", "refresh_token"},
        "zbs_uid": {"user_id", "template_id", "template_data", "tracking_id"},
    }[path.stem.removeprefix("zalo_oa_request_")]
    found = body.get("body", body.get("form", body))
    assert fields <= set(found) | {"tracking_id"}, set(found)
    if path.stem.endswith("text"):
        text = found["message"]["text"]
        answer = Answer(ending=Ending.ASPECT, blocks=(Block(BlockKind.PARAGRAPH, ((Span(text),),)),))
        assert in_numbers(answer)[0].text == text


# What is the same on every channel

PAIRS = {
    "telegram_group_mention": "telegram_update_group_text_mention",
    "telegram_button": "telegram_update_callback_query",
    "zalo_bot_group_digit": "zalo_bot_webhook_group_mention_digit",
    "zalo_oa_location": "zalo_oa_webhook_user_send_location",
}


def neutral_incoming(path: Path, body: Any) -> None:
    """The payload that it pairs with says to us what it says."""
    name = path.stem.removeprefix("neutral_incoming_")
    paired = load(path, PAIRS[name])
    read: Any = {
        "telegram": lambda: read_body(paired, me_of(json.dumps(paired))),
        "zalo_bot": lambda: read_bot_event(next(events_in(paired)), NAMES),
        "zalo_oa": lambda: read_oa_event(paired, ACCOUNT),
    }[body["channel"]]()
    assert (str(read.chat), read.is_group) == (body["chat"]["id"], body["chat"]["kind"] == "group")
    assert str(read.user) == body["sender"]["id"]
    if body["kind"] != "action" or body["text"]:
        assert (read.text or getattr(read, "place", "")) == body["text"]
    if isinstance(read, Incoming):
        assert read.calls_us == (body["addressed_by"] != "none")
        assert bool(read.action) == (body["kind"] == "action")
    else:
        assert read.event == body["event_id"].partition(":")[2]


def neutral_outgoing(_path: Path, body: Any) -> None:
    """Written once, it is whole on every channel."""
    blocks = tuple(block_of(block) for block in body["blocks"])
    links = [Choice(label=each["label"], url=each["url"]) for each in body["links"]]
    menu = [Choice(label=each["label"], action="officer") for each in body["menu"]["choices"]]
    answer = Answer(ending=Ending.ASPECT, blocks=blocks, choices=(*menu, *links))
    for channel in CHANNELS:
        text = "\n".join(channel.messages(answer))
        assert all(span.text in text for block in blocks for line in block.lines for span in line), channel.name
        assert all(choice.label in text for choice in answer.choices), channel.name


def block_of(block: Any) -> Block:
    kinds = {"heading": BlockKind.HEADING, "list": BlockKind.BULLETS, "source": BlockKind.SOURCE}
    rows = [": ".join(row) for row in block.get("rows", [])]
    lines = block.get("items") or rows or [block["text"]]
    kind = BlockKind.BULLETS if rows else kinds.get(block["type"], BlockKind.PARAGRAPH)
    return Block(kind, tuple((Span(line),) for line in lines))


# The roll

READERS: dict[str, Reader] = {
    r"telegram_update_.+": telegram_update,
    r"telegram_response_.+": telegram_response,
    r"telegram_request_.+": telegram_request,
    r"zalo_bot_webhook_(?!headers).+": zalo_bot_events,
    r"zalo_bot_getupdates_(one_object|list|null)": zalo_bot_events,
    r"zalo_bot_(response_.+|getupdates_idle_408)": zalo_bot_response,
    r"zalo_bot_request_(getUpdates|setWebhook|sendMessage_(plain|text_styles))": zalo_bot_request,
    r"zalo_oa_webhook_.+": zalo_oa_event,
    r"zalo_oa_response_token_.+": zalo_oa_token,
    r"zalo_oa_response_(?!token_).+": zalo_oa_response,
    r"zalo_oa_request_(cs_(text|buttons|list_with_buttons)|group_text|token_.+|zbs_uid)": zalo_oa_request,
    r"neutral_incoming_.+": neutral_incoming,
    r"neutral_outgoing_answer": neutral_outgoing,
}


def claims(name: str) -> list[str]:
    return [pattern for pattern in (*READERS, *LEFT) if re.fullmatch(pattern, name)]


def test_every_file_has_one_reader_or_a_reason(folder: Path) -> None:
    claimed = {path.stem: len(claims(path.stem)) for path in files(folder)}
    assert {name: number for name, number in claimed.items() if number != 1} == {}


def test_every_file_is_read_by_its_reader(folder: Path) -> None:
    for path in files(folder):
        (pattern,) = claims(path.stem)
        if pattern in READERS:
            READERS[pattern](path, json.loads(path.read_text("utf-8")))


def test_every_reader_and_reason_is_there_for_something(shared: Path) -> None:
    names = [path.stem for path in files(shared / "channels" / "examples")]
    assert len(names) >= 203
    assert {pattern for name in names for pattern in claims(name)} == {*READERS, *LEFT}


@pytest.mark.parametrize("name", ["telegram_answer_x", "viber_update_x", "zalo_bot_request_sendSticker", ""])
def test_a_file_that_nobody_knows_is_noticed(name: str) -> None:
    assert claims(name) == []
