"""Every example payload of the shared facts is read, and says what it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.zalo.names import without_names
from bot.channels.zalo_bot.reading import Incoming, events_in, read_event

NAMES = ["Bot Phường Mẫu"]
SILENT = {"empty_probe", "unknown_event", "headers"}


def read(body: Any) -> list[Incoming]:
    return [found for event in events_in(body) if (found := read_event(event, NAMES)) is not None]


def examples(shared: Path) -> Path:
    return shared / "channels" / "examples"


def example(shared: Path, name: str) -> Incoming:
    (found,) = read(json.loads((examples(shared) / f"zalo_bot_{name}.json").read_text("utf-8")))
    return found


def test_every_webhook_body_is_read_or_left_alone(shared: Path) -> None:
    files = sorted(examples(shared).glob("zalo_bot_webhook_*.json"))
    assert len(files) >= 20
    silent = {path.stem.removeprefix("zalo_bot_webhook_") for path in files if not read(json.loads(path.read_bytes()))}
    assert silent == SILENT


@pytest.mark.parametrize(("name", "number"), [("one_object", 1), ("list", 1), ("null", 0)])
def test_every_result_of_a_poll_is_read(shared: Path, name: str, number: int) -> None:
    body = json.loads((examples(shared) / f"zalo_bot_getupdates_{name}.json").read_bytes())
    assert len(read(body)) == number
    assert len(read(body["result"])) == number  # as our client hands it on


@pytest.mark.parametrize(
    ("name", "text", "is_group"),
    [
        ("webhook_private_text", "Làm khai sinh cho con cần giấy tờ gì ạ?", False),
        ("webhook_private_text_enveloped", "Xin chào", False),
        ("webhook_group_text_mention", "đăng ký thường trú cần gì ạ?", True),
        ("webhook_group_text_mention_middle", "Cho hỏi, giấy xác nhận cư trú lấy ở đâu?", True),
        ("webhook_group_mention_digit", "2", True),
        ("webhook_group_reply_digit", "2", True),
        ("webhook_image_photo_url", "Giấy hẹn của em", False),
        ("webhook_group_image_caption_mention", "tờ này là gì?", True),
    ],
)
def test_what_was_written_arrives_without_our_name(shared: Path, name: str, text: str, *, is_group: bool) -> None:
    incoming = example(shared, name)
    assert (incoming.text, incoming.is_group) == (text, is_group)


def test_a_picture_is_read_from_either_field(shared: Path) -> None:
    assert example(shared, "webhook_image_photo_url").picture.endswith("0001.jpg")
    assert example(shared, "webhook_image_photo_doc_field").picture.endswith("0002.jpg")


@pytest.mark.parametrize("name", ["sticker", "sticker_object", "voice"])
def test_what_has_no_words_is_voiceless(shared: Path, name: str) -> None:
    assert example(shared, f"webhook_{name}").is_voiceless


def test_what_the_platform_keeps_back_is_told_apart(shared: Path) -> None:
    assert example(shared, "webhook_unsupported").is_unsupported
    assert example(shared, "webhook_unsupported_group").is_group


def test_without_a_number_an_event_has_one_of_its_own_that_stays(shared: Path) -> None:
    assert example(shared, "webhook_unsupported_minimal").event == example(shared, "webhook_unsupported_minimal").event
    assert len(example(shared, "webhook_unsupported_minimal").event) == 24


def test_the_same_message_twice_has_one_number(shared: Path) -> None:
    twice = [example(shared, f"webhook_{name}") for name in ("private_text", "duplicate_of_private_text")]
    assert twice[0].event == twice[1].event


def test_another_bot_is_known_as_one(shared: Path) -> None:
    assert example(shared, "webhook_from_bot").is_bot


def test_times_are_those_of_the_message(shared: Path) -> None:
    assert example(shared, "webhook_private_text").at.isoformat().startswith("2026-11-22T07:00:00")


def event(**message: Any) -> dict[str, Any]:
    body = {"date": 1795330800123, "chat": {"id": "a", "chat_type": "PRIVATE"}, "text": "chào", **message}
    return {"event_name": "message.text.received", "message": body}


@pytest.mark.parametrize(
    "body",
    [None, 3, "x", [], [None], {"result": 3}, {"message": []}, {"message": {}}, {"result": [{"message": None}]}],
    ids=repr,
)
def test_other_shapes_are_nothing(body: Any) -> None:
    assert read(body) == []


@pytest.mark.parametrize(
    "message",
    [
        {"date": None},
        {"date": "gestern"},
        {"date": True},
        {"date": 10**17},
        {"chat": None},
        {"chat": {"id": None}},
        {"chat": {"id": ["a"]}},
        {"text": {"x": 1}},
        {"text": ""},
    ],
    ids=repr,
)
def test_a_message_without_what_it_needs_is_nothing(message: dict[str, Any]) -> None:
    assert read(event(**message)) == []


@pytest.mark.parametrize(
    "message", [{"date": "1795330800123"}, {"date": 1795330800}, {"chat": {"id": 7}}, {"from": None}], ids=repr
)
def test_numbers_may_be_texts_and_texts_numbers(message: dict[str, Any]) -> None:
    assert len(read(event(**message))) == 1


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@BOT PHƯỜNG MẪU 2", "2"),
        ("@Bot Phường Mẫu, lệ phí?", "lệ phí?"),
        ("lệ phí @bot phường mẫu", "lệ phí"),
        ("@Bot Phường Mẫu", ""),
        ("hỏi @Bot Phường Mẫu Hai", "hỏi Hai"),
        ("@Bot Phườngg ơi", "@Bot Phườngg ơi"),
        ("email a@bot.vn", "email a@bot.vn"),
        ("@Bot Phường xin chào", "xin chào"),
    ],
)
def test_our_name_is_taken_out_wherever_it_stands(text: str, rest: str) -> None:
    assert without_names(text, ["Bot Phường", "Bot Phường Mẫu"]) == rest


def test_a_name_in_parted_letters_is_the_same_name() -> None:
    import unicodedata

    assert without_names(unicodedata.normalize("NFD", "@Bot Phường Mẫu phí?"), NAMES) == "phí?"
