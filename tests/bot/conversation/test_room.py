"""What a group's room keeps, and that it never keeps more than a bounded part of a long talk."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.room import JOINED_WITHIN, KEPT_ANSWERS, MOST_PEOPLE, NOBODY, Room
from bot.quiet_hours import read_quiet_hours

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_half_a_question_is_kept_for_a_while() -> None:
    room = Room()
    room.heard("lan", NOW, fragment="đất nhà tôi")
    assert room.fragment_of("lan", NOW + JOINED_WITHIN) == "đất nhà tôi"
    assert room.fragment_of("lan", NOW + JOINED_WITHIN + timedelta(seconds=1)) == ""
    assert room.fragment_of("tu", NOW) == ""


def test_an_answer_closes_what_was_open() -> None:
    room = Room()
    room.heard("lan", NOW, fragment="đất nhà tôi")
    room.answered("lan", "đất nhà tôi tách thửa", NOW)
    assert room.fragment_of("lan", NOW) == ""
    assert room.trail("lan").is_answered


def test_a_new_question_opens_again() -> None:
    room = Room()
    room.answered("lan", "một", NOW)
    room.heard("lan", NOW, question="hai")
    assert (room.trail("lan").question, room.trail("lan").is_answered) == ("hai", False)


def test_small_talk_opens_nothing() -> None:
    room = Room()
    room.answered("lan", "một", NOW)
    room.heard("lan", NOW)
    assert (room.trail("lan").question, room.trail("lan").is_answered) == ("một", True)


def test_staff_speaking_to_strangers_is_no_trouble() -> None:
    room = Room()
    room.staff_spoke_to(("nobody",), NOW)
    assert room.trail("nobody") == NOBODY


def test_what_was_told_is_told_again_only_after_a_while() -> None:
    room, within = Room(), timedelta(minutes=15)
    assert not room.told_before("giá", NOW, within)
    assert room.told_before("giá", NOW + within, within)
    assert not room.told_before("giá", NOW + 3 * within, within)


def test_a_large_group_takes_bounded_memory() -> None:
    room = Room()
    for number in range(3 * MOST_PEOPLE):
        room.heard(f"person {number}", NOW, fragment="x" * 10_000)
        room.told_before(f"answer {number}", NOW, timedelta(minutes=1))
    assert len(room._people) == MOST_PEOPLE
    assert len(room._told) == KEPT_ANSWERS
    assert room.trail("person 0") == NOBODY
    assert len(room.trail(f"person {3 * MOST_PEOPLE - 1}").fragment) < 10_000


@pytest.mark.parametrize(
    ("hours", "at", "is_quiet"),
    [
        ("22:00-06:00", 22, True),
        ("22:00-06:00", 5, True),
        ("22:00-06:00", 6, False),
        ("22:00-06:00", 12, False),
        ("11:30-13:30", 12, True),
        ("11:30-13:30", 14, False),
        ("", 3, False),
    ],
)
def test_at_night_it_is_quiet_by_the_clock_of_viet_nam(hours: str, at: int, *, is_quiet: bool) -> None:
    room = Room(read_quiet_hours(hours))
    assert room.is_night(datetime(2026, 11, 23, at, tzinfo=UTC) - timedelta(hours=7)) is is_quiet
