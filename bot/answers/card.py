"""What the first message says of a procedure: its papers, fee, time and place, within the room of one message."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from bot.answers.facts import Facts
from bot.answers.wording import details, fees, paper_room, places, prose, times
from bot.answers.wording.amounts import capitalised
from bot.answers.wording.papers import PapersInWords
from bot.answers.wording.section import Look, Section
from knowledge.catalogue import KnownProcedure

NAME_LETTERS = 300  # 97 of 100 official names are shorter; a longer one is cut at a sensible border
MOST_NAME_LETTERS = 420  # whole where there is no such border; beyond, the code must do
LINE_LETTERS = 150  # a fee that takes no more stands in one line, else each sentence has its bullet
MORE_FEES = "Còn mức khác: xem “Lệ phí”."
MORE_REMARKS = "Còn ghi chú: xem “Lệ phí”."
MOST_CASES = 2  # cases worth more room than the later sentences of the rest
COMFORTABLE = 3  # of ROOMS: tighter ones are for papers that would be missing, not for words on them

LABELS_LETTERS = 30  # "Lệ phí", "Bao lâu:" and what stands between the parts

_AMOUNT = re.compile(r"\d đồng|\d USD")
_WARNING = "đối chiếu"  # stands in the sentence that tells to check second-hand amounts


class Score(NamedTuple):
    """What a wording shows; the greater the better."""

    missing: int  # lines that should be there and are not, negative
    instead: int  # papers of everybody with a word on what may serve instead


class Room(msgspec.Struct, frozen=True):
    """Letters that parts of the message may take; whole sentences, the first of each always."""

    fee: int
    time: int
    place: int
    not_needed: int


ROOMS = (
    Room(fee=420, time=240, place=280, not_needed=280),
    Room(fee=340, time=150, place=200, not_needed=120),
    Room(fee=260, time=90, place=160, not_needed=0),
    Room(fee=170, time=90, place=140, not_needed=0),
    Room(fee=0, time=70, place=0, not_needed=0),
)


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The words about one procedure."""

    name: str
    code: str
    fee: tuple[str, ...]
    time: str
    place: str
    place_label: str
    not_needed: str
    source: str
    papers: tuple[Section, ...] = ()

    @property
    def letters(self) -> int:
        """The room it takes without its papers, labels and line breaks included; rather too much than too little."""
        said = (self.name, self.not_needed, self.time, self.place_label, self.place, self.source)
        return sum(map(len, said)) + sum(len(sentence) + 3 for sentence in self.fee) + LABELS_LETTERS


def name_of(known: KnownProcedure, *, most: int = MOST_NAME_LETTERS) -> str:
    """The everyday name, else the official one within `most` letters, else the code, which always identifies it."""
    whole = capitalised(prose.plain(known.plain_name).removeprefix("Thủ tục "))
    name = prose.short(whole, min(NAME_LETTERS, most)) or (whole if len(whole) <= most else "")
    return name or f"Thủ tục {known.procedure.code}, lĩnh vực {known.procedure.field}"


def cards_of(known: KnownProcedure, facts: Facts) -> Iterator[Card]:
    """The card without its papers, from the roomiest to the tightest."""
    sentences = _Sentences(
        city=fees.of_city(known.checklist, facts.day),
        fee=fees.of_catalogue(known),
        time=times.summary(known),
        place=places.of_procedure(known),
        office=places.own_office(known, facts.commune),
        not_needed=prose.sentences(known.checklist.not_needed) if known.checklist else (),
    )
    for room in ROOMS:
        yield Card(
            name=name_of(known),
            code=known.procedure.code,
            fee=_fee(sentences, room),
            time=" ".join(prose.fitting(sentences.time, room.time)),
            place=" ".join((*prose.fitting(sentences.place, room.place), *sentences.office)),
            place_label=places.label(known),
            not_needed=_not_needed(sentences, room),
            source=details.source(known),
        )


class _Sentences(msgspec.Struct, frozen=True, kw_only=True):
    city: tuple[str, ...]
    fee: tuple[str, ...]
    time: tuple[str, ...]
    place: tuple[str, ...]
    office: tuple[str, ...]
    not_needed: tuple[str, ...]


def _fee(sentences: _Sentences, room: Room) -> tuple[str, ...]:
    """The city's fees whole, with their warning; of the catalogue's what fits beside them, amounts first."""
    left = room.fee - sum(map(len, sentences.city))
    ranked = sorted(sentences.fee, key=lambda sentence: not _AMOUNT.search(sentence))
    fitting = prose.fitting(ranked, left) if left > 0 or not sentences.city else ()
    shown = (
        *sentences.city,
        *(sentence for sentence in sentences.fee if sentence in fitting or _WARNING in sentence),
    )
    left_out = [sentence for sentence in sentences.fee if sentence not in shown]
    if left_out and fees.SEE_FEES not in " ".join(shown):
        shown = (*shown, MORE_FEES if any(map(_AMOUNT.search, left_out)) else MORE_REMARKS)
    return (" ".join(shown),) if sum(map(len, shown)) <= LINE_LETTERS else shown


def _not_needed(sentences: _Sentences, room: Room) -> str:
    return " ".join(prose.fitting(sentences.not_needed, room.not_needed)) if room.not_needed else ""


def with_papers(card: Card, words: PapersInWords, room: int) -> tuple[Card, Score]:
    """The card with as many papers as fit, and what it shows: lines for everybody and the first cases, then words on
    what may serve instead."""
    sections = paper_room.fitted(words, room)
    lines = {line for section in sections for line in section.lines}
    listed = sum(len(section.lines) for section in sections if section.look is Look.LISTED)
    wanted = len(words.everybody) + min(len(words.cases), MOST_CASES)
    told = sum(bool(line.instead) and line.full in lines for line in words.everybody)
    return msgspec.structs.replace(card, papers=sections), Score(min(listed - wanted, 0), told)
