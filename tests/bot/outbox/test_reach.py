"""Who is reached later, and that each word of the outbox can be told."""

from datetime import UTC, datetime

import msgspec
import pytest

from bot.channels.telegram.outbox import TelegramSender
from bot.channels.zalo_bot.outbox import ZaloBotSender
from bot.channels.zalo_oa.outbox import ZaloOaSender
from bot.outbox.reach import REACHED
from bot.outbox.telling import BODIES, told
from bot.outbox.terminal import Screen
from bot.outbox.web import WebPage
from knowledge.dossiers.following import NoticeKind
from knowledge.group_digest import DigestKind
from knowledge.staff_words import StaffWord, WordKind

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
QUESTION = "gửi xe ở đâu <b>& [x](javascript:alert(1)) **đậm**"


def test_a_channel_is_reached_when_it_has_a_sender() -> None:
    assert {each.name for each in (WebPage, Screen, TelegramSender, ZaloBotSender, ZaloOaSender)} == REACHED


def test_every_kind_of_message_can_be_told() -> None:
    assert set(BODIES) == {*NoticeKind, *WordKind, *DigestKind}


@pytest.mark.parametrize("kind", WordKind)
def test_words_of_staff_say_whose_they_are_and_quote_as_it_was_typed(kind: WordKind) -> None:
    word = StaffWord(kind=kind, at=NOW, by=NOW, question=QUESTION, text="Ở **cổng sau**.", commune="10507")
    answer = told(msgspec.json.encode(word).decode())
    assert "09:30 23/11/2026" in answer.blocks[-1].plain
    if kind is not WordKind.SAID:
        assert QUESTION in answer.plain
    links = [span.url for block in answer.blocks for line in block.lines for span in line if span.url]
    assert links == []  # what citizens typed is never markup


def test_a_long_question_is_quoted_in_its_first_words() -> None:
    word = StaffWord(kind=WordKind.ANSWERED, at=NOW, question="gửi xe " * 200, text="Ở cổng sau.")
    assert len(told(msgspec.json.encode(word).decode()).plain) < 400


def test_linked_procedures_become_buttons() -> None:
    word = StaffWord(kind=WordKind.ANSWERED, at=NOW, text="Có.", procedures=(("1.001193", "Khai sinh"),))
    (choice,) = told(msgspec.json.encode(word).decode()).choices
    assert (choice.label, choice.action) == ("Khai sinh", "show:1.001193:summary")
