"""Updates in our words, whatever their shape: what is not one is refused, and nothing makes reading fail."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.reading import Incoming, Me, Membership, UnreadableError, read_body
from bot.channels.telegram.taking import number_of

ME = Me(700, "tro_ly_bot")
LAN = {"id": 9, "is_bot": False, "first_name": "Lan"}
HUGE = 10**30


def update(**message: Any) -> dict[str, Any]:
    group = {"id": -5, "type": "supergroup", "title": "Nhóm"}
    return {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": group, "from": LAN, **message}}


def said(**message: Any) -> Incoming:
    read = read_body(update(**message), ME)
    assert isinstance(read, Incoming)
    return read


def entity(offset: int, length: int, kind: str = "mention", **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


# What an entity marks


@pytest.mark.parametrize(
    ("offset", "length"),
    [(1, 2), (0, 1), (1, 1), (3, 10**12), (-5, 3), (5, -9), (10**12, 1), (0, 0)],
    ids=["half an emoji", "its first half", "its second half", "beyond", "before", "backwards", "far off", "nothing"],
)
def test_an_entity_that_marks_no_whole_characters_changes_nothing(offset: int, length: int) -> None:
    read = said(text="🙏 khai sinh", entities=[entity(offset, length)])
    assert "khai sinh" in read.text
    assert not read.calls_us


def test_a_mention_after_emoji_is_found_and_taken_out() -> None:
    text = "🙏🙏 @Tro_Ly_Bot khai sinh cần gì 🙏"
    read = said(text=text, entities=[entity(5, 11)])
    assert (read.text, read.calls_us) == ("🙏🙏 khai sinh cần gì 🙏", True)


def test_a_mention_whose_end_splits_a_character_is_not_ours_and_the_text_stays() -> None:
    read = said(text="@tro_ly_bot🙏 khai sinh", entities=[entity(0, 12)])
    assert "khai sinh" in read.text


def test_a_command_with_a_split_end_is_still_one() -> None:
    assert said(text="/hoi🙏 khai sinh", entities=[entity(0, 5, "bot_command")]).command == "hoi"


# When


@pytest.mark.parametrize("edited", [HUGE, -HUGE, 10**12, 0], ids=str)
def test_a_time_of_change_that_is_none_is_left_aside(edited: int) -> None:
    body = update(text="xin chào", edit_date=edited)
    try:
        read = read_body(body, ME)
    except UnreadableError:
        return
    assert isinstance(read, Incoming)
    assert read.at == read.sent_at


def test_a_changed_message_has_both_its_times() -> None:
    body = update(text="khai sinh cần gì", edit_date=4_000)
    read = read_body({"update_id": 1, "edited_message": body["message"]}, ME)
    assert isinstance(read, Incoming)
    assert (read.is_edit, read.at.timestamp(), read.sent_at.timestamp()) == (True, 4_000, 1)


# Groups that move


def test_a_group_that_moves_is_told_in_both_of_its_places() -> None:
    told = [read_body(update(**{name: -777}), ME) for name in ("migrate_to_chat_id", "migrate_from_chat_id")]
    assert [(read.chat, read.moved_to) for read in told if isinstance(read, Membership)] == [(-5, -777), (-777, -5)]


# Anything


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-HUGE, HUGE) | st.floats() | st.text(max_size=9) | st.just("\ud83d"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
WHOLE: tuple[dict[str, Any], ...] = (
    update(
        text="🙏 @tro_ly_bot khai sinh",
        entities=[entity(3, 11), entity(0, 2, "text_mention", user=LAN)],
        message_thread_id=5,
        is_topic_message=True,
        reply_to_message=update(text="trước")["message"],
    ),
    update(caption="khai sinh", photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]),
    update(location={"latitude": 20.8, "longitude": 106.7}),
    update(document={"file_id": "f", "file_unique_id": "u", "mime_type": "image/png"}),
    {"update_id": 1, "edited_message": update(text="sửa", edit_date=5)["message"]},
    {
        "update_id": 1,
        "callback_query": {
            "id": "1",
            "from": LAN,
            "chat_instance": "1",
            "data": "officer",
            "message": {"message_id": 1, "date": 0, "chat": {"id": 9, "type": "private"}},
        },
    },
    {"update_id": 1, "inline_query": {"id": "1", "from": LAN, "query": "khai sinh", "offset": ""}},
    {
        "update_id": 1,
        "my_chat_member": {
            "chat": {"id": -5, "type": "group", "title": "Nhóm"},
            "from": LAN,
            "date": 1,
            "old_chat_member": {"user": LAN, "status": "left"},
            "new_chat_member": {"user": LAN, "status": "member"},
        },
    },
)


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = [*value.items()]
    elif isinstance(value, list):
        inner = [*enumerate(value)]
    return [here, *(place for key, each in inner for place in places(each, (*here, key)))]


def changed(value: Any, place: tuple[Any, ...], by: Any) -> Any:
    if not place:
        return by
    first, *rest = place
    copy = {**value} if isinstance(value, dict) else [*value]
    copy[first] = changed(value[first], tuple(rest), by)
    return copy


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """An update with junk in one to three places."""
    body = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 3))):
        body = changed(body, draw(st.sampled_from(places(body))), draw(JUNK))
    return body


def is_read_or_refused(body: Any) -> bool:
    """By whichever way it came: an error of another kind fails the test."""
    try:
        read_body(body, ME)
    except UnreadableError:
        return False
    return True


@pytest.mark.parametrize("body", WHOLE, ids=min)
def test_the_samples_that_are_spoilt_below_are_read(body: Any) -> None:
    assert is_read_or_refused(body)
    assert number_of(body) == 1


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt())
@example(changed(WHOLE[0], ("message", "date"), HUGE))
@example(changed(WHOLE[0], ("message", "date"), -(10**11)))
@example(changed(WHOLE[0], ("message", "entities", 0, "offset"), -HUGE))
@example(changed(WHOLE[0], ("message", "text"), "\ud83d @tro_ly_bot"))
@example(changed(WHOLE[0], ("message", "from"), None))
def test_junk_anywhere_in_an_update_is_refused_or_read_and_never_a_crash(body: Any) -> None:
    is_read_or_refused(body)
    number_of(body)


@settings(max_examples=200, deadline=None)
@given(JUNK)
def test_no_json_of_any_shape_makes_reading_fail(body: Any) -> None:
    assert not is_read_or_refused(body) or isinstance(body, dict)
    number_of(body)


@pytest.mark.parametrize("depth", [50, 5_000])
@pytest.mark.parametrize("name", ["reply_to_message", "pinned_message"])
def test_however_deep_an_update_is_nested_it_is_read_or_refused(name: str, depth: int) -> None:
    message: dict[str, Any] = update(text="xin chào")["message"]
    for _ in range(depth):
        message = {**update(text="xin chào")["message"], name: message}
    is_read_or_refused({"update_id": 1, "message": message})


@pytest.mark.parametrize(
    ("number", "is_one"),
    [(1, True), (0, True), (2**62, True), (2**63, False), (-1, False), (True, False), (1.0, False), ("1", False)],
    ids=str,
)
def test_an_update_is_known_by_a_whole_number(number: Any, is_one: bool) -> None:
    assert (number_of({"update_id": number}) is not None) is is_one


@pytest.mark.parametrize("body", [None, [], "x", 5, {}, {"update_id": None}], ids=str)
def test_what_has_no_number_is_no_update(body: Any) -> None:
    assert number_of(body) is None


def test_junk_survives_the_way_into_the_inbox_and_out_of_it() -> None:
    """What is kept is what was read: JSON, whatever it holds."""
    for body in WHOLE:
        kept = msgspec.json.decode(msgspec.json.encode(body))
        assert read_body(kept, ME) == read_body(json.loads(json.dumps(body)), ME) or "callback_query" in body
