"""What it costs, in honest words.

Three states are never merged (FORMATS §3.6): an amount is said with its unit and currency; a zero is "0 đồng theo danh
mục quốc gia" only where its note does not speak of somebody else setting the fee; what is not declared is said to be
not declared. The city's own fees come first for their channels, with their ground.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.answers.filing import UNSAID, Filing
from bot.answers.wording import fee_notes, prose
from bot.answers.wording.amounts import capitalised, channel_names, grouped, money
from bot.answers.wording.city_fees import beside_city, fees_today, of_city, portal_warning
from bot.answers.wording.fee_notes import SEE_FEES
from bot.answers.wording.section import Section
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Fee, FeeState, FilingChannel

ASK = "hỏi nơi nộp trước khi đi"
NOT_STATED = f"danh mục quốc gia chưa ghi mức phí; {ASK}"
ATTACHED = f"mức phí nằm trong văn bản kèm theo danh mục; {ASK}"
BY_CITY = f"mức thu do thành phố quy định, danh mục quốc gia chưa ghi số tiền; {ASK}"
NOT_SET = f"danh mục quốc gia ghi là chưa quy định mức phí; {ASK}"
UNCLEAR = f"số tiền trong danh mục ghi không rõ; {ASK}"
ZERO = "0 đồng theo danh mục quốc gia"
WAIVED = "có trường hợp được miễn"

NOTE_LETTERS = 130  # a longer note belongs to the page of fees
LABEL_LETTERS = 70  # what a fee beside others is for
FEW = 3  # more amounts than this are told as a range

BY_CATALOGUE = "Theo danh mục quốc gia, "

_ONLY_SENDS_ON = re.compile(rf"(?:[^:]*: )?tùy trường hợp: {SEE_FEES}\.", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3}")
_WAIVER = re.compile(r"^(?:không thu|không phải nộp|miễn)\b", re.IGNORECASE)
_NO_FEE = re.compile(r"(?:không|không có|không thu|không thu phí|0|0 đồng|miễn|miễn phí|phí: miễn phí)", re.IGNORECASE)
_NOT_SET = re.compile(r"(?:chưa|không) (?:có )?quy định(?: phí| lệ phí)*|chưa có", re.IGNORECASE)
_BY_CITY = re.compile(
    r"hội đồng nhân dân|hđnd|(?:ủy|uỷ) ban nhân dân (?:cấp )?tỉnh.*quy định|địa phương quy định", re.IGNORECASE
)
_MONEY = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+\s*(?:đồng|đ\b|triệu|nghìn|ngàn|usd)", re.IGNORECASE)
_UNIT = re.compile(  # "10.000 đồng/lần đăng ký", or "/hồ sơ" where the note goes on from the amount
    r"(?P<amount>\d{1,3}(?:[.,]\d{3})*|^|:)\s*(?:đồng|đ|vnđ|vnd|usd)?\s*"
    r"/\s*(?:0?1 )?(?P<unit>[^\W\d_][\w /-]{0,24}?)\s*(?=[.;:,()+]|$)",
    re.IGNORECASE,
)


def summary(known: KnownProcedure, day: date) -> tuple[str, ...]:
    """Sentences, the city's fees of today first."""
    return (*of_city(known, day), *portal_warning(known, day), *of_decision(known, day), *of_catalogue(known, day))


def of_catalogue(known: KnownProcedure, day: date) -> tuple[str, ...]:
    """What our plain words say beside the city's fees of the day, else the record."""
    if known.checklist and known.checklist.fee:
        return beside_city(known, day)
    return _record_sentences(tuple(fee_notes.in_force(row, day) for row in known.procedure.channels))


def of_decision(known: KnownProcedure, day: date, *, in_full: bool = False) -> tuple[str, ...]:
    """The amounts of the city's decision where the council has set none; that a decision names no amount is told on
    the page of fees alone."""
    fee = known.city.fee
    if fee is None:
        return ()
    is_telling = _MONEY.search(fee.text) and prose.is_quotable(fee.text, NOTE_LETTERS) and not fees_today(known, day)
    if not (in_full or is_telling):
        return ()
    return (f"{capitalised(prose.plain(fee.text))}, theo Quyết định {fee.decision.number}.",)


def asked(known: KnownProcedure, day: date, filing: Filing = UNSAID) -> tuple[str, ...]:
    """The answer to "how much": as `summary`, with the city's fees in full; and where that sends the reader on to the
    page of fees, what stands there."""
    city = of_city(known, day, filing, in_full=True)
    brief = (*city, *portal_warning(known, day), *of_decision(known, day), *of_catalogue(known, day))
    if SEE_FEES not in " ".join(brief):
        return brief
    kept = tuple(sentence for sentence in brief if not _ONLY_SENDS_ON.fullmatch(sentence))
    rows = tuple(_record_rows(known.procedure.channels))
    is_alone = len(rows) == 1
    stated = (
        line if is_alone else f"{label.removeprefix(BY_CATALOGUE)}: {line}" for label, lines in rows for line in lines
    )
    return (*kept, *map(capitalised, stated))


def all_sections(known: KnownProcedure, day: date) -> tuple[Section, ...]:
    """Every fee of every channel with its whole note; a starter record has no notes, so our words must do."""
    plain = Section(beside_city(known, day), label="Nói gọn")
    is_enough = known.procedure.is_starter and bool(plain.lines)
    rows = () if is_enough else _record_rows(known.procedure.channels)
    sections = [
        Section(of_city(known, day, in_full=True), label="Theo nghị quyết của Hải Phòng"),
        Section(portal_warning(known, day), label="Trước khi thanh toán trực tuyến"),
        Section(of_decision(known, day, in_full=True), label="Theo quyết định của thành phố"),
        plain,
        *(Section(lines, label=label) for label, lines in rows),
    ]
    return tuple(section for section in sections if section.lines) or (Section((capitalised(NOT_STATED) + ".",)),)


# The record


def _record_sentences(channels: tuple[FilingChannel, ...]) -> tuple[str, ...]:
    groups: dict[str, tuple[tuple[str, ...], list[FilingChannel]]] = {}
    for row in channels:
        words = _row_in_brief(row)
        groups.setdefault("; ".join(words).lower(), (words, []))[1].append(row)
    if not groups:
        return (f"{capitalised(NOT_STATED)}.",)
    if len(groups) == 1:
        (words, rows), *_ = groups.values()
        return _of_all_channels(words, _names(rows))
    is_twice = len({row.channel for row in channels}) < len(channels)
    return tuple(
        f"{capitalised(_names(rows, with_note=is_twice))}: {'; '.join(words)}." for words, rows in groups.values()
    )


def _of_all_channels(words: tuple[str, ...], names: str) -> tuple[str, ...]:
    """One sentence a fee where every channel costs the same."""
    if len(words) > 1 or words[0].endswith((ASK, SEE_FEES)):
        return tuple(f"{capitalised(said)}." for said in words)
    said = words[0]
    return (f"{capitalised(names)}: {said}." if said.endswith(")") else f"{capitalised(said)} ({names}).",)


def _names(rows: Iterable[FilingChannel], *, with_note: bool = False) -> str:
    """The channels of some rows; rows of one channel are told apart by their notes where these are short."""
    rows = tuple(rows)
    names = channel_names(tuple(row.channel for row in rows))
    note = prose.plain(rows[0].note) if with_note and len(rows) == 1 else ""
    return f"{names} ({note})" if note and prose.is_quotable(note, LABEL_LETTERS) else names


def _row_in_brief(row: FilingChannel) -> tuple[str, ...]:
    amounts = [fee for fee in row.fees if fee.state is FeeState.DECLARED_AMOUNT and not fee.is_suspect]
    if several := fee_notes.several((fee.amount or 0 for fee in amounts if fee.currency == "VND"), row):
        return (several,)
    if len(amounts) > FEW:
        return (_range(amounts),)
    shown = amounts or list(row.fees)
    words = {said.lower(): said for said in (_in_brief(fee, is_alone=len(shown) == 1) for fee in shown)}
    is_vague = len(words) > 1 and (_are_alike(words) or any(SEE_FEES in said for said in words.values()))
    if is_vague or len(words) > FEW or sum(map(len, words)) > 2 * NOTE_LETTERS:
        return (_range(amounts) if amounts else f"tùy trường hợp: {SEE_FEES}",)
    if amounts and any("miễn" in fee.note.lower() for fee in row.fees if not fee.amount):
        words[WAIVED] = WAIVED
    return tuple(words.values()) or (NOT_STATED,)


def _are_alike(words: Iterable[str]) -> bool:
    """Whether some amounts ("8.000 đồng (…)") are told apart by nothing but the number."""
    rest = [" ".join(said.split()[2:]) for said in words]
    return len(set(rest)) < len(rest)


def _range(fees: list[Fee]) -> str:
    """Several amounts, told as one range a currency."""
    told = []
    for currency in dict.fromkeys(fee.currency for fee in fees):
        amounts = sorted({fee.amount or 0 for fee in fees if fee.currency == currency})
        span = money(amounts[0], currency)
        told.append(span if len(amounts) == 1 else f"từ {span} đến {money(amounts[-1], currency)}")
    return f"{' và '.join(told)}, tùy trường hợp: {SEE_FEES}"


def _in_brief(fee: Fee, *, is_alone: bool) -> str:
    if fee.state is FeeState.NOT_DECLARED or fee.is_suspect:
        return _undeclared(fee)
    return _zero(fee) if fee.state is FeeState.DECLARED_ZERO else _amount(fee, is_alone=is_alone)


def _undeclared(fee: Fee) -> str:
    note = prose.plain(fee.note)
    if fee.attachment or "kèm theo" in note:
        return ATTACHED
    if _BY_CITY.search(note):
        return BY_CITY
    if prose.is_quotable(note, NOTE_LETTERS) and (_MONEY.search(note) or not fee.is_suspect):
        return f"danh mục ghi “{note}”" if fee.is_suspect else f"danh mục chỉ ghi “{note}”; {ASK}"
    return fee_notes.in_note(note) or (UNCLEAR if fee.is_suspect else NOT_STATED)


def _zero(fee: Fee) -> str:
    """A zero is a price only where its note does not say that the price stands elsewhere."""
    note = prose.plain(fee.note)
    if not note or _NO_FEE.fullmatch(note):
        return f"{ZERO} (ghi rõ: miễn phí)" if "miễn phí" in note.lower() else ZERO
    if _NOT_SET.fullmatch(note):
        return NOT_SET
    if _BY_CITY.search(note):
        return BY_CITY
    if _WAIVER.search(note) and prose.is_quotable(note, NOTE_LETTERS):
        return f"0 đồng: danh mục ghi “{note}”"
    if _MONEY.search(note):
        quoted = f"danh mục ghi “{note}”" if prose.is_quotable(note, NOTE_LETTERS) else ""
        return quoted or fee_notes.in_note(note) or f"tùy trường hợp: {SEE_FEES}"
    quoted = f", chỉ ghi “{note}”" if prose.is_quotable(note, NOTE_LETTERS) else ""
    return f"danh mục không ghi số tiền{quoted}; {ASK}"


def _amount(fee: Fee, *, is_alone: bool) -> str:
    note = prose.plain(fee.note)
    unit, label = _unit_and_label(note, grouped(fee.amount or 0))
    amount = f"{money(fee.amount or 0, fee.currency)}{f'/{unit}' if unit else ''}"
    if label and (not is_alone or len(label) <= LABEL_LETTERS):
        return f"{amount} ({label})"
    if "miễn" in note.lower():
        return f"{amount}, {WAIVED} hoặc giảm"
    if not note or unit or not _WORD.search(note):
        return amount
    if fee_notes.tells_kinds(note):
        return f"có nhiều mức, trong đó có {amount}: {SEE_FEES}"
    return f"{amount}, có ghi chú: {SEE_FEES}"


def _unit_and_label(note: str, written: str) -> tuple[str, str]:
    """What one amount is paid for ("lần đăng ký") and which case it is, as far as a short note says so."""
    found = next((match for match in _UNIT.finditer(note) if match["amount"] in {written, "", ":"}), None)
    rest = note[: found.start()] + note[found.end() :] if found else note.replace(f"{written} đồng", "").strip()
    label = re.sub(r"^(?:phí|lệ phí)?\s*:?\s*$|\s+thu$|(?<=:) [+-](?= )", "", prose.plain(rest))
    label = label[1:-1] if re.fullmatch(r"\([^()]*\)", label) else label
    is_telling = prose.is_quotable(label, NOTE_LETTERS) and _WORD.search(label)
    return found["unit"].strip() if found else "", label if is_telling else ""


# The page of fees


def _record_rows(channels: tuple[FilingChannel, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    by_lines: dict[tuple[str, ...], list[FilingChannel]] = {}
    for row in channels:
        listed = _price_list(row)
        lines = tuple(
            dict.fromkeys((*(_in_full(fee) for fee in row.fees if not listed or _telling_note(fee)), *listed))
        )
        by_lines.setdefault(lines or (f"{capitalised(NOT_STATED)}.",), []).append(row)
    is_twice = len({row.channel for row in channels}) < len(channels)
    for lines, rows in by_lines.items():
        yield f"{BY_CATALOGUE}nộp {_names(rows, with_note=is_twice)}", lines


def _price_list(row: FilingChannel) -> tuple[str, ...]:
    """The note of a row is about its time, but some publishers write the fees there."""
    return tuple(map(prose.unmarked, prose.lines(row.note))) if fee_notes.sums_in([row.note]).amounts else ()


def _telling_note(fee: Fee) -> str:
    """The note, "" where it is a mere list number ("1")."""
    note = prose.plain(fee.note)
    return note if _WORD.search(note) or fee_notes.sums_in([note]).amounts else ""


def _in_full(fee: Fee) -> str:
    note = _telling_note(fee)
    if fee.state is FeeState.NOT_DECLARED or fee.is_suspect:
        attachment = f" (tệp {fee.attachment})" if fee.attachment else ""
        return f"Danh mục ghi: “{note}”{attachment}" if note else f"{capitalised(_undeclared(fee))}{attachment}"
    if fee.state is FeeState.DECLARED_ZERO:
        if fee_notes.sums_in([note]).amounts:
            return f"Danh mục ghi: “{note}”"
        return f"Danh mục ghi 0 đồng, kèm ghi chú: “{note}”" if note else ZERO
    return f"{money(fee.amount or 0, fee.currency)}{f': {note}' if note else ''}"
