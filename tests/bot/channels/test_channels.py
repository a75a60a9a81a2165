"""The contract of every channel in the roll."""

import pytest

from answer_parts import asked_of, ended, known
from bot.answers.render import render_error
from bot.answers.verdict import Option
from bot.channels import CHANNELS, Channel
from bot.conversation.messages import Answer, Ending

NAME = "Cấp giấy <xã> & *đặc khu* _mới_ [2026]"
OPTIONS = (Option("1.000001", "Trẻ mới sinh"), Option("1.000002", "Người nước ngoài"))
ANSWERS = {
    "procedure": asked_of(known(name=NAME)),
    "choice": ended(Ending.CHOICE, options=OPTIONS),
    "unsure": ended(Ending.UNSURE, options=OPTIONS),
    "greeting": ended(Ending.GREETING),
    "emergency": ended(Ending.EMERGENCY),
    "error": render_error(),
}


@pytest.fixture(params=CHANNELS, ids=lambda channel: channel.name)
def channel(request: pytest.FixtureRequest) -> Channel:
    member: Channel = request.param
    return member


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_everything_that_was_said_arrives(channel: Channel, answer: Answer) -> None:
    sent = "\n".join(channel.messages(answer))
    for block in answer.blocks:
        for line in block.lines:
            assert all(span.text in sent for span in line)


def test_markup_characters_of_a_name_arrive_as_they_are(channel: Channel) -> None:
    assert NAME in "\n".join(channel.messages(ANSWERS["procedure"]))


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_every_choice_can_be_seen(channel: Channel, answer: Answer) -> None:
    sent = "\n".join(channel.messages(answer))
    assert all(choice.label in sent for choice in answer.choices)


def test_silence_sends_nothing(channel: Channel) -> None:
    assert channel.messages(ended(Ending.SILENCE)) == ()


def test_names_are_unique() -> None:
    names = [channel.name for channel in CHANNELS]
    assert len(set(names)) == len(names)
