"""What a chat spoke of is remembered for a while, and no longer."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation import memory as module
from bot.conversation.memory import NOTHING, Memory, MemoryStore
from bot.conversation.messages import Choice

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_chat_that_never_spoke_has_nothing_to_recall() -> None:
    assert MemoryStore(HOUR).recall("web:1", NOON) == NOTHING


def test_the_subject_is_recalled_within_the_time() -> None:
    store = MemoryStore(HOUR)
    store.remember("web:1", Memory(subject="1.001193"), NOON)
    assert store.recall("web:1", NOON + HOUR).subject == "1.001193"


def test_the_subject_is_forgotten_after_the_time_but_the_commune_stays() -> None:
    store = MemoryStore(HOUR)
    store.remember("web:1", Memory(subject="1.001193", commune="11824"), NOON)
    assert store.recall("web:1", NOON + HOUR + timedelta(seconds=1)) == Memory(commune="11824")


@pytest.mark.parametrize(("minutes", "stands"), [(0, True), (10, True), (10.1, False), (59, False)])
def test_numbers_stand_for_choices_for_ten_minutes_and_the_subject_stays(minutes: float, *, stands: bool) -> None:
    store = MemoryStore(HOUR)
    store.remember("web:1", Memory(subject="1.001193", choices=(Choice(label="Phí", action="x"),)), NOON)
    recalled = store.recall("web:1", NOON + timedelta(minutes=minutes))
    assert (bool(recalled.choices), recalled.subject) == (stands, "1.001193")


def test_chats_do_not_hear_each_other() -> None:
    store = MemoryStore(HOUR)
    store.remember("web:1", Memory(subject="1.001193"), NOON)
    assert store.recall("web:2", NOON) == NOTHING
    assert store.recall("telegram:1", NOON) == NOTHING


def test_a_chat_can_be_forgotten_at_once() -> None:
    store = MemoryStore(HOUR)
    store.remember("web:1", Memory(subject="1.001193"), NOON)
    store.forget("web:1")
    store.forget("web:1")
    assert store.recall("web:1", NOON) == NOTHING


def test_the_oldest_chats_go_when_there_are_too_many(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "MOST_CHATS", 2)
    store = MemoryStore(HOUR)
    for chat in ("a", "b", "a", "c"):
        store.remember(chat, Memory(subject=chat), NOON)
    assert store.recall("b", NOON) == NOTHING
    assert store.recall("a", NOON).subject == "a"
    assert store.recall("c", NOON).subject == "c"
