"""The fees that the city council sets, above the catalogue's for their channels and days."""

import re
from collections.abc import Iterable
from datetime import date

from bot.answers.wording.amounts import capitalised, channel_names, money
from bot.answers.wording.fee_notes import SEE_FEES
from knowledge.procedure import Channel, Checklist, CityFee

SECOND_HAND = "Mức của thành phố cần đối chiếu: hỏi trước khi nộp."
EXEMPT = f"có diện được 0 đồng: {SEE_FEES}"
LABEL_LETTERS = 70  # a longer "for whom" waits on the page of fees

_AMENDED = re.compile(r", sửa bởi ")  # what follows in a ground waits on the page of fees too
_RESOLUTION = re.compile(r"\d+/\d{4}/NQ-HĐND")
_CITY_DECIDES = re.compile(r"lệ phí của thành phố|Hội đồng nhân dân (?:thành phố )?(?:quyết|quy) định")
_ZERO = re.compile(r"^0 đồng\b|^miễn lệ phí (?:nếu|khi)\b", re.IGNORECASE)
_EXEMPTION = re.compile(r"^miễn lệ phí cho\b", re.IGNORECASE)
_ASK_AT_THE_COUNTER = re.compile(r"^nộp trực tiếp.*hỏi nơi nộp", re.IGNORECASE)
_DIGIT_SUM = re.compile(r"[1-9][\d.]* đồng")


def of_city(checklist: Checklist | None, day: date, *, in_full: bool = False) -> tuple[str, ...]:
    """What the city council set for today, unless the plain sentences say it themselves; never without the warning
    that it was copied from a transcription. Long lists of who is exempt stand in the full form only."""
    if checklist is None:
        return ()
    today = _unsaid(checklist, day)
    grounds: dict[tuple[tuple[Channel, ...], str], list[CityFee]] = {}
    for fee in today:
        grounds.setdefault((fee.channels, fee.ground), []).append(fee)
    lines = [_city_line(channels, ground, fees, in_full) for (channels, ground), fees in grounds.items()]
    warning = [SECOND_HAND] if any(fee.second_hand for fee in today) else []
    return (*sorted(lines, key=len), *warning)


def beside_city(checklist: Checklist, day: date) -> tuple[str, ...]:
    """Our plain sentences without those that the city's fees of the day make idle: that the city decides, that it is
    zero, that some are exempt."""
    today = _unsaid(checklist, day)
    at_the_counter = any(Channel.DIRECT in fee.channels for fee in today)
    is_idle = [
        (_CITY_DECIDES, at_the_counter or (bool(today) and any(map(_ASK_AT_THE_COUNTER.search, checklist.fee)))),
        (_ZERO, at_the_counter and any(fee.amount == 0 for fee in today)),
        (_EXEMPTION, any(fee.amount == 0 and fee.when and Channel.DIRECT in fee.channels for fee in today)),
    ]
    idle = [pattern for pattern, holds in is_idle if holds]
    return tuple(
        sentence
        for sentence in checklist.fee
        if _DIGIT_SUM.search(sentence) or not any(pattern.search(sentence) for pattern in idle)
    )


def _unsaid(checklist: Checklist, day: date) -> list[CityFee]:
    """The city's fees of the day that the plain sentences do not say themselves."""
    said = " ".join(checklist.fee)
    return [fee for fee in checklist.city_fees if _is_of_today(fee, day) and not _is_said(fee, said)]


def _is_of_today(fee: CityFee, day: date) -> bool:
    return any(fee.applies(channel, day) for channel in fee.channels)


def _is_said(fee: CityFee, said: str) -> bool:
    named = _RESOLUTION.search(fee.ground)
    return (named is not None and named[0] in said) or (fee.amount > 0 and money(fee.amount) in said)


def _city_line(channels: tuple[Channel, ...], ground: str, fees: Iterable[CityFee], in_full: bool) -> str:
    plainest_first = sorted(fees, key=lambda fee: len(fee.when))
    shown = [fee for fee in plainest_first if in_full or fee.amount or len(fee.when) <= LABEL_LETTERS]
    told = "; ".join(f"{money(fee.amount)}{f' ({fee.when})' if fee.when else ''}" for fee in shown)
    exempt = "" if len(shown) == len(plainest_first) else f"; {EXEMPT}"
    named = ground if in_full else _AMENDED.split(ground)[0]
    return f"{capitalised(channel_names(channels))}: {told}, theo {named}{exempt}."
