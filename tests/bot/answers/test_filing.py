"""What a message says of the channel and of who pays, and nothing it does not say."""

import pytest

from bot.answers.filing import UNSAID, Filing, filing_in
from knowledge.language.normalise import normalise
from knowledge.procedure import Channel


@pytest.mark.parametrize(
    ("text", "filing"),
    [
        ("làm khai sinh online mất bao nhiêu tiền", Filing(Channel.ONLINE)),
        ("nop qua buu dien thi le phi sao", Filing(Channel.POSTAL)),
        ("nhà em hộ nghèo ra phường làm khai sinh muộn mất phí không", Filing(Channel.DIRECT, ("hộ nghèo",))),
        ("công ty xin cấp đổi sổ đỏ", Filing(payers=("tổ chức",))),
        ("nộp trực tiếp hay trực tuyến rẻ hơn", UNSAID),
        ("làm khai sinh cho con", UNSAID),
        ("xã hội hóa trẻ trung", UNSAID),
    ],
    ids=[
        "online",
        "by post",
        "poor and at the counter",
        "a company",
        "both",
        "nothing",
        "words that only look like it",
    ],
)
def test_channel_and_payer_are_taken_from_the_words_alone(text: str, filing: Filing) -> None:
    assert filing_in(normalise(text).folded) == filing
