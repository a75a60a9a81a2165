"""When to speak in a group: each rule by itself, on messages that are already read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.conversation.group import RULES, WAIT, WAIT_OF_A_WISH, Heard, Reading, Reason, Voice, judge
from bot.conversation.group_words import Ask
from bot.conversation.messages import Ending
from bot.conversation.room import Role, Room, Said
from bot.quiet_hours import read_quiet_hours

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SURELY = Reading(Ending.PROCEDURE, certainty=0.9, about_procedure=0.9, words=8)
HARDLY = Reading(Ending.UNKNOWN, certainty=0.05, about_procedure=0.6, words=8)
PERHAPS = Reading(Ending.UNSURE, certainty=0.4, about_procedure=0.95, words=8)
TALK = Reading(Ending.THANKS, certainty=0.9, is_talk=True, words=3)
ANSWER = (Voice.WAIT, Reason.QUESTION)


def heard(text: str = "nuôi trâu cần gì", reading: Reading = SURELY, ask: Ask = Ask.QUESTION, **said: Any) -> Heard:
    fields: dict[str, Any] = {"id": "7", "author": "lan", "at": NOW, "text": text}
    return Heard(Said(**fields | said), text, reading, ask)


def judged(message: Heard, room: Room | None = None) -> tuple[Voice, Reason]:
    decision = judge(message, room or Room())
    return decision.voice, decision.reason


def silence(reason: Reason) -> tuple[Voice, Reason]:
    return Voice.SILENT, reason


def test_a_question_we_know_waits_a_moment_for_a_person() -> None:
    decision = judge(heard(), Room())
    assert (decision.voice, decision.reason, decision.wait) == (*ANSWER, WAIT)
    assert decision.text == "nuôi trâu cần gì"


def test_a_wish_waits_longer_and_must_be_surer() -> None:
    sure = Reading(Ending.PROCEDURE, certainty=0.97, about_procedure=0.9)
    assert judge(heard(reading=sure, ask=Ask.WISH), Room()).wait == WAIT_OF_A_WISH
    assert judged(heard(reading=Reading(Ending.PROCEDURE, certainty=0.8), ask=Ask.WISH)) == silence(Reason.UNFINISHED)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (heard(reading=PERHAPS), ANSWER),
        (heard(reading=HARDLY), silence(Reason.UNSURE)),
        (heard(ask=Ask.NOTHING), silence(Reason.UNFINISHED)),
        (heard(reading=TALK), silence(Reason.TALK)),
        (heard(role=Role.STAFF), silence(Reason.STAFF)),
        (heard(role=Role.BOT), silence(Reason.STAFF)),
        (heard(names=("hanh",)), silence(Reason.TO_SOMEBODY)),
        (heard(reply_to="3", reply_author="hanh"), silence(Reason.TO_SOMEBODY)),
        (heard(reply_to="3", reply_author="lan"), ANSWER),
        (heard("chị Hạnh ơi nuôi trâu cần gì"), silence(Reason.TO_SOMEBODY)),
        (heard("?"), silence(Reason.UNFINISHED)),
    ],
    ids=[
        "certainly about a procedure, perhaps this one",
        "hardly known",
        "not asked",
        "thanks",
        "staff",
        "another bot",
        "to a handle",
        "a reply to another",
        "a reply to himself",
        "to a name",
        "a question mark alone",
    ],
)
def test_unasked_only_a_question_to_all_is_answered(message: Heard, expected: tuple[Voice, Reason]) -> None:
    assert judged(message) == expected


@pytest.mark.parametrize(
    ("reading", "voice"),
    [
        (SURELY, Voice.SPEAK),
        (PERHAPS, Voice.SPEAK),
        (Reading(Ending.UNKNOWN, certainty=0.15), Voice.SPEAK),
        (Reading(Ending.EMERGENCY), Voice.SPEAK),
        (Reading(Ending.DOSSIER_CODE), Voice.SPEAK),
        (Reading(Ending.OFFICER), Voice.SPEAK),
        (Reading(Ending.UNKNOWN, certainty=0.02), Voice.SILENT),
        (Reading(Ending.ABUSE), Voice.SILENT),
        (Reading(Ending.OUT_OF_SCOPE), Voice.SILENT),
        (Reading(Ending.LEGAL_ADVICE), Voice.SILENT),
        (TALK, Voice.SILENT),
    ],
)
def test_who_calls_us_gets_what_is_ours_and_no_quarrel(reading: Reading, voice: Voice) -> None:
    assert judge(heard(reading=reading, ask=Ask.NOTHING, calls_us=True), Room()).voice is voice


def test_called_for_the_question_above_we_answer_that() -> None:
    room = Room()
    room.heard("lan", NOW, question="nuôi trâu ở đâu")
    decision = judge(heard("trả lời giúp câu trên", HARDLY, calls_us=True), room)
    assert (decision.voice, decision.text) == (Voice.SPEAK, "nuôi trâu ở đâu")


def test_called_in_a_reply_we_answer_what_it_quotes() -> None:
    message = heard(
        "trả lời giúp bạn này", HARDLY, calls_us=True, reply_to="3", reply_author="tu", quoted="trồng dừa ở đâu"
    )
    assert judge(message, Room()).text == "trồng dừa ở đâu"


def test_called_for_nothing_that_was_asked_we_are_silent() -> None:
    assert judged(heard("trả lời giúp câu trên", HARDLY, calls_us=True)) == silence(Reason.NOT_OURS)


def test_who_calls_us_with_personal_data_is_warned_even_when_it_is_no_question_of_ours() -> None:
    decision = judge(heard("số căn cước của em 031099000000 thì sao", HARDLY, Ask.NOTHING, calls_us=True), Room())
    assert (decision.voice, decision.reason) == (Voice.WARN, Reason.PERSONAL_DATA)


def test_quiet_lasts_its_time_and_gives_way_to_a_call() -> None:
    room = Room()
    room.quiet_until = NOW + timedelta(minutes=1)
    assert judged(heard(), room) == silence(Reason.QUIET)
    assert judged(heard(calls_us=True), room) == (Voice.SPEAK, Reason.CALLED)
    assert judged(heard(at=NOW + timedelta(minutes=1)), room) == ANSWER


def test_only_called_means_only_called() -> None:
    room = Room()
    room.is_only_called = True
    assert judged(heard(), room) == silence(Reason.ONLY_CALLED)
    assert judged(heard(calls_us=True), room) == (Voice.SPEAK, Reason.CALLED)


NUMBER = "số căn cước của em là 000000000000"


def test_personal_data_is_warned_of_and_a_question_beside_it_answered() -> None:
    assert judged(heard(NUMBER, HARDLY, Ask.NOTHING)) == (Voice.WARN, Reason.PERSONAL_DATA)
    assert judged(heard(NUMBER)) == (Voice.SPEAK, Reason.PERSONAL_DATA)
    assert judged(heard(NUMBER, names=("hanh",))) == (Voice.WARN, Reason.PERSONAL_DATA)


def test_a_telephone_in_an_advert_is_meant_to_be_read() -> None:
    assert judged(heard("ai mua trâu gọi 0000000000", HARDLY, Ask.NOTHING)) == silence(Reason.UNFINISHED)


def test_what_was_put_to_somebody_opens_to_all() -> None:
    room = Room()
    room.heard("lan", NOW, question="nuôi trâu ở đâu")
    decision = judge(heard("ai biết không ạ", HARDLY), room)
    assert (decision.voice, decision.reason, decision.text) == (Voice.WAIT, Reason.REOPENED, "nuôi trâu ở đâu")


def test_what_was_answered_stays_answered() -> None:
    room = Room()
    room.answered("lan", "nuôi trâu ở đâu", NOW)
    assert judged(heard("ai biết không ạ", HARDLY), room) == silence(Reason.ANSWERED)


def test_short_words_after_staff_are_for_them() -> None:
    room = Room()
    room.heard("lan", NOW)
    room.staff_spoke_to(("lan",), NOW)
    assert judged(heard("thế mất bao nhiêu tiền ạ"), room) == silence(Reason.WITH_STAFF)
    assert judged(heard(at=NOW + timedelta(minutes=30)), room) == ANSWER


def test_a_follow_up_of_what_we_told_is_a_question() -> None:
    message = heard("bao nhiêu tiền ạ", HARDLY)
    going_on = Heard(message.said, message.text, message.reading, message.ask, goes_on=True)
    assert judged(going_on) == (Voice.WAIT, Reason.FOLLOW_UP)


def test_the_last_rule_always_decides() -> None:
    last = RULES[-1]
    assert last(heard(reading=HARDLY), Room()) is not None


POSTED = "số căn cước của em là 000000000000, làm khai sinh cần gì ạ"


def room_at(**state: Any) -> Room:
    """A room in a state: at night, told to be quiet for an hour, or to speak only when called."""
    room = Room(read_quiet_hours("00:00-23:59") if state.get("is_night") else None)
    room.is_only_called = state.get("is_only_called", False)
    room.quiet_until = NOW + timedelta(hours=1) if state.get("is_silenced") else None
    return room


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        pytest.param({}, (Voice.SPEAK, Reason.PERSONAL_DATA), id="by day the question is answered too"),
        pytest.param({"is_night": True}, (Voice.WARN, Reason.PERSONAL_DATA), id="at night"),
        pytest.param({"is_only_called": True}, (Voice.WARN, Reason.PERSONAL_DATA), id="to speak only when called"),
        pytest.param({"is_silenced": True}, silence(Reason.QUIET), id="told to be quiet by an administrator"),
        pytest.param({"is_silenced": True, "is_night": True}, silence(Reason.QUIET), id="told so at night"),
    ],
)
def test_quiet_hours_stop_answers_and_no_warning(state: dict[str, bool], expected: tuple[Voice, Reason]) -> None:
    assert judged(heard(POSTED), room_at(**state)) == expected


@pytest.mark.parametrize(
    ("state", "reason"),
    [({"is_night": True}, Reason.QUIET), ({"is_only_called": True}, Reason.ONLY_CALLED)],
    ids=["at night", "to speak only when called"],
)
def test_what_holds_nothing_personal_is_left_in_peace(state: dict[str, bool], reason: Reason) -> None:
    assert judged(heard(), room_at(**state)) == silence(reason)
    assert judged(heard(calls_us=True), room_at(**state)) == (Voice.SPEAK, Reason.CALLED)


def test_staff_who_give_out_numbers_at_night_are_not_warned() -> None:
    assert judged(heard(POSTED, role=Role.STAFF), room_at(is_night=True)) == silence(Reason.STAFF)
