"""Every example payload of the shared facts parses, and says what it says."""

import json
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Update

from bot.channels.telegram.reading import Incoming, Me, Membership, read_update

ME = Me(7_000_000_001, "phuong_mau_bot")
SILENT = {
    "group_command_other_bot",
    "new_chat_members",
    "guest_message",
    "stopped_message_generation",
    "unknown_type",
    "web_app_data",
}


def read(body: dict[str, Any]) -> Incoming | Membership | None:
    return read_update(Update.model_validate(body), ME)


def example(shared: Path, name: str) -> Any:
    body = json.loads((shared / "channels" / "examples" / f"telegram_update_{name}.json").read_text("utf-8"))
    return read(body)


def test_every_example_is_read_or_left_alone(shared: Path) -> None:
    files = sorted((shared / "channels" / "examples").glob("telegram_update_*.json"))
    assert len(files) > 30
    silent = {
        path.stem.removeprefix("telegram_update_")
        for path in files
        if read(json.loads(path.read_text("utf-8"))) is None
    }
    assert silent == SILENT


@pytest.mark.parametrize(
    ("name", "text", "calls_us"),
    [
        ("private_text", "Làm khai sinh cho con cần giấy tờ gì ạ?", True),
        ("group_text_mention", "xin hỏi đăng ký thường trú cần gì ạ? 🙏", True),
        ("group_text_mention_entity", "ơi cho hỏi", True),
        ("group_text_plain_not_addressed", "Chiều nay ai đi tập dưỡng sinh không?", False),
        ("group_reply_to_bot", "2", True),
        ("group_command", "đổi thẻ căn cước", True),
        ("forum_topic_text", "lệ phí cấp đổi sổ đỏ bao nhiêu?", True),
        ("group_photo_caption_mention", "tờ này còn dùng được không", True),
    ],
)
def test_our_name_is_taken_out_and_noticed(shared: Path, name: str, text: str, *, calls_us: bool) -> None:
    incoming = example(shared, name)
    assert (incoming.text, incoming.calls_us) == (text, calls_us)


def test_the_largest_photo_and_a_pdf_are_fetched(shared: Path) -> None:
    assert example(shared, "photo_caption").file == "AgACAgUAAxkBAAMBig"
    assert example(shared, "document").file == "BQACAgUAAxkBAAMPdf"
    assert example(shared, "album_part2").is_album


def test_a_topic_keeps_its_thread_and_its_opening_is_no_reply(shared: Path) -> None:
    incoming = example(shared, "forum_topic_text")
    assert (incoming.thread, incoming.reply_to) == (42, None)


def test_taps_carry_their_action_even_under_old_messages(shared: Path) -> None:
    assert example(shared, "callback_query").action == "ch:7f3a:2"
    assert example(shared, "callback_query_inaccessible").action == "ch:7f3a:1"


def test_memberships(shared: Path) -> None:
    assert example(shared, "my_chat_member_added").is_in
    assert not example(shared, "my_chat_member_kicked").is_in
    blocked = example(shared, "my_chat_member_blocked_private")
    assert (blocked.is_in, blocked.is_group) == (False, False)
    assert example(shared, "migrate_to_supergroup").moved_to == -1002000000003


def test_a_start_link_carries_its_payload(shared: Path) -> None:
    incoming = example(shared, "start_deeplink")
    assert (incoming.command, incoming.text) == ("start", "tt_1_001193")


def test_edits_are_known_as_such(shared: Path) -> None:
    assert example(shared, "edited_message").is_edit


@pytest.mark.parametrize("name", ["sticker", "voice", "location", "contact"])
def test_what_has_no_words_is_voiceless(shared: Path, name: str) -> None:
    assert example(shared, name).is_voiceless


def message(text: str, entities: list[dict[str, Any]]) -> Incoming:
    body = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": -1, "type": "group", "title": "Nhóm"},
        "from": {"id": 2, "is_bot": False, "first_name": "Lan"},
        "text": text,
        "entities": entities,
    }
    read_as = read({"update_id": 1, "message": body})
    assert isinstance(read_as, Incoming)
    return read_as


def test_offsets_are_counted_in_utf_16() -> None:
    incoming = message("🙏🙏 @PHUONG_MAU_BOT xin hỏi", [{"type": "mention", "offset": 5, "length": 15}])
    assert (incoming.text, incoming.calls_us) == ("🙏🙏 xin hỏi", True)


def test_others_who_are_mentioned_are_named() -> None:
    lan = {"id": 9, "is_bot": False, "first_name": "Lan"}
    entities = [
        {"type": "mention", "offset": 0, "length": 5},
        {"type": "text_mention", "offset": 6, "length": 3, "user": lan},
    ]
    incoming = message("@hanh Lan ơi", entities)
    assert (incoming.names, incoming.calls_us) == (("hanh", "9"), False)
