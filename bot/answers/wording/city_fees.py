"""The fees that the city council sets, above the catalogue's for their channels and days."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers.filing import UNSAID, Filing
from bot.answers.wording.amounts import capitalised, channel_names, money
from bot.answers.wording.fee_notes import SEE_FEES
from knowledge.catalogue import KnownProcedure
from knowledge.fee_rules import CityFee
from knowledge.procedure import Channel

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


def of_city(known: KnownProcedure, day: date, filing: Filing = UNSAID, *, in_full: bool = False) -> tuple[str, ...]:
    """What the city council set for today, unless the plain sentences say it themselves; never without the warning
    that it was copied from a transcription. Long lists of who is exempt stand in the full form only.

    Where the message said how or for whom one files, that comes first and what is for others is left out.
    """
    today = _for(filing, _unsaid(known, day))
    grounds: dict[tuple[tuple[Channel, ...], str], list[CityFee]] = {}
    for fee in today:
        grounds.setdefault((_channels(known, fee), fee.ground), []).append(fee)
    told = [(channels, _city_line(channels, ground, fees, in_full)) for (channels, ground), fees in grounds.items()]
    lines = [line for _, line in sorted(told, key=lambda each: (filing.channel not in each[0], len(each[1])))]
    doubts = dict.fromkeys(fee.doubt for fee in today if fee.doubt and in_full)
    warning = [SECOND_HAND] if any(fee.second_hand for fee in today) else []
    return (*lines, *doubts, *warning)


def beside_city(known: KnownProcedure, day: date) -> tuple[str, ...]:
    """Our plain sentences without those that the city's fees of the day make idle: that the city decides, that it is
    zero, that some are exempt."""
    sentences = known.checklist.fee if known.checklist else ()
    today = _unsaid(known, day)
    at_the_counter = any(Channel.DIRECT in fee.channels for fee in today)
    is_idle = [
        (_CITY_DECIDES, at_the_counter or (bool(today) and any(map(_ASK_AT_THE_COUNTER.search, sentences)))),
        (_ZERO, at_the_counter and any(fee.amount == 0 for fee in today)),
        (_EXEMPTION, any(fee.amount == 0 and fee.label and Channel.DIRECT in fee.channels for fee in today)),
    ]
    idle = [pattern for pattern, holds in is_idle if holds]
    return tuple(
        sentence
        for sentence in sentences
        if _DIGIT_SUM.search(sentence) or not any(pattern.search(sentence) for pattern in idle)
    )


def fees_today(known: KnownProcedure, day: date) -> list[CityFee]:
    """Those of the day for channels that the procedure has; a record without channels says nothing against any."""
    return [fee for fee in known.fees if fee.is_of(day) and _channels(known, fee)]


def _channels(known: KnownProcedure, fee: CityFee) -> tuple[Channel, ...]:
    has = {row.channel for row in known.procedure.channels}
    return tuple(channel for channel in fee.channels if channel in has or not has)


def _for(filing: Filing, fees: Sequence[CityFee]) -> list[CityFee]:
    """Of fees for somebody those for other people left out; who is exempt need not read what others pay."""
    if not filing.payers:
        return list(fees)
    exempt = [fee for fee in fees if fee.amount == 0 and not fee.when and set(fee.payers) & set(filing.payers)]
    spared = {channel for fee in exempt for channel in fee.channels}
    others = [
        fee
        for fee in fees
        if fee not in exempt
        and (not fee.payers or set(fee.payers) & set(filing.payers))
        and not (spared and spared >= set(fee.channels) and fee.amount)
    ]
    return [*exempt, *others]


def _unsaid(known: KnownProcedure, day: date) -> list[CityFee]:
    """The city's fees of the day that the plain sentences do not say themselves."""
    said = " ".join(known.checklist.fee) if known.checklist else ""
    return [fee for fee in fees_today(known, day) if not _is_said(fee, said)]


def _is_said(fee: CityFee, said: str) -> bool:
    named = _RESOLUTION.search(fee.ground)
    return (named is not None and named[0] in said) or (fee.amount > 0 and money(fee.amount) in said)


def _city_line(channels: tuple[Channel, ...], ground: str, fees: Iterable[CityFee], in_full: bool) -> str:
    plainest_first = sorted(fees, key=lambda fee: len(fee.label))
    shown = [fee for fee in plainest_first if in_full or fee.amount or len(fee.label) <= LABEL_LETTERS]
    told = "; ".join(f"{money(fee.amount)}{f' ({fee.label})' if fee.label else ''}" for fee in shown)
    exempt = "" if len(shown) == len(plainest_first) else f"; {EXEMPT}"
    named = ground if in_full else _AMENDED.split(ground)[0]
    return f"{capitalised(channel_names(channels))}: {told}, theo {named}{exempt}."


# The portal


def portal_warning(known: KnownProcedure, day: date) -> tuple[str, ...]:
    """Where the national catalogue, which the portal asks money by, has another amount for filing online than the
    council: what to do before paying."""
    asked = {
        fee.amount
        for row in known.procedure.channels
        if row.channel is Channel.ONLINE
        for fee in row.fees
        if fee.amount is not None and fee.currency == "VND" and not fee.is_suspect
    }
    ours = {fee.amount for fee in fees_today(known, day) if Channel.ONLINE in fee.channels and not fee.payers}
    if len(ours) != 1 or not asked or asked & ours:
        return ()
    amounts = " hoặc ".join(money(amount) for amount in sorted(asked))
    warning = (
        f"Cổng có thể vẫn báo {amounts}. Chưa bấm thanh toán: hỏi Trung tâm Phục vụ hành chính công để được "
        f"chỉnh về {money(min(ours))}."
    )
    return (warning,)
