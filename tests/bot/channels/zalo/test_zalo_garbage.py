"""Whatever comes is read or left alone: no shape of JSON, and no broken piece of a good event, is a crash."""

import copy
from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.zalo_bot.reading import Incoming as BotIncoming
from bot.channels.zalo_bot.reading import events_in
from bot.channels.zalo_bot.reading import read_event as read_bot
from bot.channels.zalo_oa.reading import Account, read_event
from bot.channels.zalo_oa.reading import Incoming as OaIncoming
from bot.channels.zalo_oa.signature import is_fresh, is_signed
from knowledge.clock import now

OA = "2000000000000000001"
ACCOUNT = Account(OA, ["Phường Mẫu"])
NAMES = ["Bot Phường Mẫu"]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    "event_name message chat from id chat_type text caption photo_url photo sticker voice_url date message_id is_bot "
    "timestamp sender recipient follower info action_payload attachments payload url type msg_id quote_msg group_id "
    "conversation_id oa_id admin_id".split()
)
BOT_EVENT: dict[str, Any] = {
    "event_name": "message.text.received",
    "message": {
        "date": 1795330800123,
        "chat": {"id": "3f1a", "chat_type": "PRIVATE"},
        "message_id": "2d75",
        "from": {"id": "3f1a", "display_name": "Lan", "is_bot": False},
        "text": "@Bot Phường Mẫu chào",
    },
}
OA_EVENTS: list[dict[str, Any]] = [
    {
        "app_id": "1",
        "event_name": name,
        "timestamp": "1795330800456",
        "sender": {"id": "3", "admin_id": "5"},
        "recipient": {"id": recipient},
        "follower": {"id": "3"},
        "info": {"action_payload": "#xoa"},
        "message": {
            "msg_id": "9",
            "text": "chào",
            "quote_msg": {"msg_id": "1", "text": "y", "sender": {"id": "4"}},
            "attachments": [{"type": "image", "payload": {"url": "https://a.vn/1.jpg", "type": "jpg"}}],
        },
    }
    for name, recipient in [
        ("user_send_text", OA),
        ("user_send_image", OA),
        ("user_send_location", OA),
        ("user_submit_info", OA),
        ("follow", OA),
        ("oa_send_text", "3"),
        ("user_send_group_text", "g"),
        ("create_group", "g"),
    ]
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a value, itself apart."""
    if isinstance(value, dict):
        inner = [(*path, key) for key in value]
    elif isinstance(value, list):
        inner = [(*path, at) for at in range(len(value))]
    else:
        return []
    return inner + [deeper for place in inner for deeper in places(value[place[-1]], place)]


@st.composite
def broken(draw: st.DrawFn, events: list[dict[str, Any]]) -> Any:
    """A good event with one piece taken out or made something else, and a stray field."""
    event = copy.deepcopy(draw(st.sampled_from(events)))
    place = draw(st.sampled_from(places(event)))
    inside = event
    for step in place[:-1]:
        inside = inside[step]
    if isinstance(inside, dict) and draw(st.booleans()):
        del inside[place[-1]]
    else:
        inside[place[-1]] = draw(JSON)
    event[draw(FIELDS)] = draw(JSON)
    return event


def check_bot(found: BotIncoming | None) -> None:
    if found is not None:
        assert found.chat
        assert found.event
        assert isinstance(found.text, str)
        assert isinstance(found.at, datetime)


def check_oa(found: OaIncoming | None) -> None:
    if found is not None:
        assert found.chat
        assert found.chat != OA or not found.is_group
        assert found.event
        assert isinstance(found.text, str)


@given(JSON)
def test_any_json_to_the_bot(body: Any) -> None:
    for event in events_in(body):
        check_bot(read_bot(event, NAMES))


@given(broken([BOT_EVENT]))
@settings(max_examples=150)
def test_any_broken_event_to_the_bot(event: Any) -> None:
    for each in (event, {"ok": True, "result": event}, [event]):
        for found in events_in(each):
            check_bot(read_bot(found, NAMES))


@given(JSON)
def test_any_json_to_the_account(body: Any) -> None:
    check_oa(read_event(body, ACCOUNT))


@given(broken(OA_EVENTS))
@settings(max_examples=150)
def test_any_broken_event_to_the_account(event: Any) -> None:
    check_oa(read_event(event, ACCOUNT))


@given(st.text(max_size=200), st.binary(max_size=200), JSON)
def test_nothing_forged_is_signed(header: str, body: bytes, event: Any) -> None:
    assert not is_signed(header, body, event, "app", "a key that nobody knows")
    is_fresh(event, now())


@given(JSON.filter(bool))
def test_events_of_anything_are_events_or_nothing(body: Any) -> None:
    assert all(isinstance(event, dict) and "message" in event for event in events_in(body))
