"""Every example event of the shared facts is read, and says what it says; the signature sample holds."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.zalo_oa.reading import Account, Incoming, Kind, read_event
from bot.channels.zalo_oa.signature import is_fresh, is_signed, signature
from bot.channels.zalo_oa.tokens import _life, _pair
from knowledge.clock import now

OA, GROUP, CITIZEN = "2000000000000000001", "f414c8f76fa586fbdfb4", "3000000000000000001"
ACCOUNT = Account(OA, ["Phường Mẫu"])
SILENT = {
    "change_template_status",
    "group_oa_send_group_text_echo",
    "group_user_join_group",
    "group_user_out_group",
    "group_user_send_group_image",
    "oa_send_text_echo_api",
    "probe_empty",
    "signature_sample",
    "unknown_event",
    "user_click_chatnow",
    "user_reacted_message",
    "user_received_message",
    "user_seen_message",
    "user_submit_info",
    "zbs_delivery_receipt",
}


def load(shared: Path, name: str) -> Any:
    return json.loads((shared / "channels" / "examples" / f"zalo_oa_{name}.json").read_text("utf-8"))


def example(shared: Path, name: str) -> Incoming:
    found = read_event(load(shared, f"webhook_{name}"), ACCOUNT)
    assert found is not None
    return found


def test_every_event_is_read_or_left_alone(shared: Path) -> None:
    files = sorted((shared / "channels" / "examples").glob("zalo_oa_webhook_*.json"))
    assert len(files) > 30
    silent = {path.stem for path in files if read_event(json.loads(path.read_bytes()), ACCOUNT) is None}
    assert {name.removeprefix("zalo_oa_webhook_") for name in silent} == SILENT


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("user_send_text", "Làm khai sinh cho con cần giấy tờ gì ạ?"),
        ("user_send_text_quote", "Cái này nộp ở đâu?"),
        ("user_send_link", "https://dichvucong.gov.vn"),
        ("user_send_image", "Giấy hẹn của em"),
        ("user_submit_info_menu_action", "#tracuuhoso"),
    ],
)
def test_what_a_citizen_wrote_arrives(shared: Path, name: str, text: str) -> None:
    incoming = example(shared, name)
    assert (incoming.kind, incoming.chat, incoming.text, incoming.is_group) == (Kind.SAID, CITIZEN, text, False)


def test_a_press_is_an_action(shared: Path) -> None:
    assert example(shared, "user_send_text_button_payload").action == "7f3a:2"


def test_pictures_and_papers_that_may_be_receipts_are_fetched(shared: Path) -> None:
    assert example(shared, "user_send_image").picture.endswith("0001.jpg")
    assert example(shared, "user_send_file").picture.endswith("0001.pdf")


def test_a_place_is_its_name(shared: Path) -> None:
    assert example(shared, "user_send_location").place == "Phường Mẫu, Quận Mẫu"


@pytest.mark.parametrize("name", ["user_send_audio", "user_send_sticker", "user_send_business_card"])
def test_what_has_no_words_is_voiceless_and_nothing_personal_is_kept(shared: Path, name: str) -> None:
    incoming = example(shared, name)
    assert incoming.is_voiceless
    assert "84900000000" not in str(incoming)


def test_following_and_leaving(shared: Path) -> None:
    assert (example(shared, "follow").kind, example(shared, "follow").chat) == (Kind.FOLLOWED, CITIZEN)
    assert example(shared, "unfollow").kind is Kind.LEFT


def test_a_person_of_the_office_is_known_by_his_number(shared: Path) -> None:
    incoming = example(shared, "oa_send_text_human_admin")
    assert (incoming.kind, incoming.chat) == (Kind.OFFICIAL, CITIZEN)


@pytest.mark.parametrize(
    "name", ["user_send_group_text", "user_send_group_text_quote", "user_send_group_text_alt_group_id"]
)
def test_the_group_is_found_wherever_it_stands(shared: Path, name: str) -> None:
    assert example(shared, f"group_{name}").chat == GROUP


@pytest.mark.parametrize("name", ["create_group", "delete_group"])
def test_groups_that_come_and_go(shared: Path, name: str) -> None:
    assert example(shared, f"group_{name}").chat == GROUP


def test_in_a_group_a_reply_to_us_calls_us(shared: Path) -> None:
    assert example(shared, "group_user_send_group_text_quote").calls_us
    assert not example(shared, "group_user_send_group_text").calls_us


def group_event(**changes: Any) -> dict[str, Any]:
    return {
        "app_id": "1",
        "event_name": "user_send_group_text",
        "timestamp": 1795330815456,
        "sender": {"id": CITIZEN},
        "recipient": {"id": OA},
        "message": {"text": "chào", "msg_id": "1"},
        **changes,
    }


@pytest.mark.parametrize(
    "place",
    [
        {"group_id": "g"},
        {"recipient": {"group_id": "g", "id": OA}},
        {"message": {"text": "chào", "msg_id": "1", "conversation_id": "g"}},
        {"recipient": {"id": "g"}},
    ],
    ids=["of the event", "of the recipient", "of the message", "the recipient itself"],
)
def test_four_places_of_a_group(place: dict[str, Any]) -> None:
    found = read_event(group_event(**place), ACCOUNT)
    assert found
    assert found.chat == "g"


def test_without_any_place_there_is_no_group() -> None:
    assert read_event(group_event(), ACCOUNT) is None


@pytest.mark.parametrize(
    ("text", "rest", "calls"),
    [
        ("@Phường Mẫu lệ phí khai sinh?", "lệ phí khai sinh?", True),
        ("phường mẫu ơi, lệ phí khai sinh?", "lệ phí khai sinh?", True),
        ("cho hỏi @PHƯỜNG MẪU lệ phí", "cho hỏi lệ phí", True),
        ("ra phường mẫu làm gì", "ra phường mẫu làm gì", False),
        ("Phường Mẫuu đẹp", "Phường Mẫuu đẹp", False),
    ],
)
def test_our_own_rule_says_who_is_called(text: str, rest: str, *, calls: bool) -> None:
    found = read_event(group_event(group_id="g", message={"text": text, "msg_id": "1"}), ACCOUNT)
    assert found
    assert (found.text, found.calls_us) == (rest, calls)


def test_who_answers_somebody_else_is_told_apart() -> None:
    quote = {"msg_id": "7", "text": "đông lắm", "sender": {"id": "other"}}
    message = {"text": "đúng rồi", "msg_id": "1", "quote_msg": quote}
    found = read_event(group_event(group_id="g", message=message), ACCOUNT)
    assert found
    assert (found.calls_us, found.reply_to, found.reply_author, found.quoted) == (False, "7", "other", "đông lắm")


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "x",
        {},
        {"event_name": "user_send_text"},
        {"event_name": "user_send_text", "timestamp": "x"},
        {"event_name": "user_send_text", "timestamp": "1795330800456", "sender": 3, "recipient": {"id": OA}},
        {"event_name": "user_send_text", "timestamp": "1795330800456", "sender": {"id": "1"}, "message": []},
        {"event_name": 7, "timestamp": "1795330800456"},
        {"event_name": "follow", "timestamp": "1795330800456", "follower": None},
        {"event_name": "follow", "timestamp": "1795330800456", "follower": {"id": "1"}, "oa_id": "another"},
        {"event_name": "oa_send_text", "timestamp": "1", "sender": {"id": OA, "admin_id": "5"}, "recipient": 1},
        {"event_name": "user_submit_info", "timestamp": "1", "sender": {"id": "1"}, "info": "x"},
        {"event_name": "user_send_anonymous_text", "timestamp": "1", "sender": {"id": "1"}, "recipient": {"id": OA}},
    ],
    ids=str,
)
def test_other_shapes_and_other_accounts_are_nothing(body: Any) -> None:
    assert read_event(body, ACCOUNT) is None


def test_what_another_account_of_the_app_received_is_not_ours() -> None:
    assert read_event(group_event(event_name="user_send_text", recipient={"id": "another"}), ACCOUNT) is None


def test_attachments_of_any_shape_are_no_crash() -> None:
    for attachments in (None, 3, [None], [{}], [{"payload": 3}], [{"payload": {"url": 7}}]):
        message = {"msg_id": "1", "attachments": attachments}
        read_event(group_event(event_name="user_send_image", message=message), ACCOUNT)


# The signature


def test_the_signature_sample_holds_on_the_raw_body(shared: Path) -> None:
    sample = load(shared, "webhook_signature_sample")
    body, event = sample["raw_body"].encode(), json.loads(sample["raw_body"])
    app, key = sample["app_id"], sample["oa_secret_key"]
    assert is_signed(sample["header_value"], body, event, app, key)
    assert is_signed(sample["header_value"].removeprefix("mac="), body, event, app, key)
    assert not is_signed(sample["header_value"], sample["tampered_body"].encode(), event, app, key)
    assert not is_signed(sample["header_value"], body, event, "another app", key)
    assert not is_signed(sample["header_value"], body, event, app, "another key")
    assert not is_signed(sample["header_value"], json.dumps(event).encode(), event, app, key)


@pytest.mark.parametrize("header", ["", "mac=", "mac=0", "nonsense", "mac=" + "0" * 64, "\xe9"])
def test_no_other_header_is_a_signature(header: str) -> None:
    assert not is_signed(header, b'{"timestamp":"1"}', {"timestamp": "1"}, "app", "key")


def test_without_a_time_or_a_key_nothing_is_signed() -> None:
    body = b'{"x":1}'
    assert not is_signed(signature("app", body, "", "key"), body, {"x": 1}, "app", "key")
    assert not is_signed(signature("app", body, "1", ""), body, {"timestamp": "1"}, "app", "")


def test_two_hours_old_is_old() -> None:
    moment = now()
    milliseconds = int(moment.timestamp() * 1000)
    assert is_fresh({"timestamp": str(milliseconds)}, moment)
    assert not is_fresh({"timestamp": str(milliseconds - 7_201_000)}, moment)
    assert not is_fresh({"timestamp": "x"}, moment)
    assert not is_fresh([], moment)


# The answers of the token endpoint


@pytest.mark.parametrize("name", ["token_ok", "token_refreshed"])
def test_tokens_are_read_and_never_shown(shared: Path, name: str) -> None:
    body = load(shared, f"response_{name}")
    pair = _pair(body)
    assert pair
    assert pair.access.startswith("DUMMY_ACCESS")
    assert "DUMMY" not in repr(pair)
    assert _life(body) == 90_000


@pytest.mark.parametrize("name", ["token_error_14020", "token_error_14004"])
def test_refusals_bear_no_tokens(shared: Path, name: str) -> None:
    assert _pair(load(shared, f"response_{name}")) is None


@pytest.mark.parametrize(
    ("said", "life"),
    [(3600, 3600), ("3600", 3600), (None, 90_000), ("bald", 90_000), ("-5", 90_000), ("9" * 30, 90_000)],
)
def test_the_life_that_is_told_counts(said: Any, life: int) -> None:
    assert _life({"expires_in": said}) == life
