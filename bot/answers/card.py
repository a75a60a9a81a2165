"""What the first message says of a procedure: its papers, fee, time and place, within the room of one message."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from bot.answers.facts import Facts
from bot.answers.wording import changes, details, fees, paper_room, places, prose, times, titles
from bot.answers.wording.amounts import capitalised
from bot.answers.wording.city_fees import of_city, portal_warning
from bot.answers.wording.fee_notes import SEE_FEES
from bot.answers.wording.papers import PapersInWords
from bot.answers.wording.section import Section
from knowledge.catalogue import KnownProcedure

MOST_NAME_LETTERS = 300  # 99 of 100 names are shorter; beyond, the code must do
LINE_LETTERS = 150  # a fee that takes no more stands in one line, else each sentence has its bullet
MORE_FEES = "Còn mức khác: xem “Lệ phí”."
MORE_REMARKS = "Còn ghi chú: xem “Lệ phí”."
FEWEST_CASES = 1  # without any the reader does not learn that there are cases
MOST_CASES = 2  # cases worth more room than the later sentences of the rest
COMFORTABLE = 4  # of ROOMS: tighter ones are for papers that would be missing, not for words on them

LABELS_LETTERS = 30  # "Lệ phí", "Bao lâu:" and what stands between the parts
OFFICIAL_LETTERS = 20  # "Tên chính thức:", its full stop and line breaks

_AMOUNT = re.compile(r"\d đồng|\d USD")
_WARNING = "đối chiếu"  # stands in the sentence that tells to check second-hand amounts


class Score(NamedTuple):
    """What a wording shows; the greater the better."""

    missing: int  # lines that should be there and are not, negative
    instead: int  # papers that one may lack with a word on what serves instead
    cases: int  # lines of cases


class Room(msgspec.Struct, frozen=True):
    """Letters that parts of the message may take; whole sentences, the first of each always."""

    fee: int
    time: int
    place: int
    not_needed: int
    official: int  # the whole official name, or nothing of it


ROOMS = (
    Room(fee=420, time=240, place=280, not_needed=280, official=300),
    Room(fee=340, time=150, place=200, not_needed=120, official=220),
    Room(fee=260, time=90, place=160, not_needed=0, official=150),
    Room(fee=170, time=90, place=140, not_needed=0, official=0),
    Room(fee=0, time=70, place=0, not_needed=0, official=0),
)


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The words about one procedure."""

    name: str
    official: str  # "" if it is the name, or too long for the room
    fee: tuple[str, ...]
    time: str
    place: str
    place_label: str
    not_needed: str
    source: str
    notices: tuple[str, ...] = ()
    papers: tuple[Section, ...] = ()

    @property
    def letters(self) -> int:
        """The room it takes without its papers, labels and line breaks included; rather too much than too little."""
        said = (
            self.name,
            self.official,
            self.not_needed,
            self.time,
            self.place_label,
            self.place,
            self.source,
            *self.notices,
        )
        labels = LABELS_LETTERS + (OFFICIAL_LETTERS if self.official else 0)
        return sum(map(len, said)) + sum(len(sentence) + 3 for sentence in (*self.fee, *self.notices)) + labels


def name_of(known: KnownProcedure, facts: Facts, *, most: int = MOST_NAME_LETTERS) -> str:
    """The everyday name, else the official one made short, within `most` letters; else the code, which always
    identifies it."""
    named = facts.everyday_name(known)
    name = capitalised(prose.plain(named)) if named else titles.title(known.procedure.name)
    if len(name) <= most:
        return name
    return prose.short(name, most) or f"Thủ tục {known.procedure.code}, lĩnh vực {known.procedure.field}"


def official_name(known: KnownProcedure, facts: Facts) -> str:
    """The whole official name where the heading is not it; "" beside our own plain words, which the page explains."""
    whole = titles.whole(known.procedure.name)
    return "" if known.checklist or whole == name_of(known, facts) else whole


def cards_of(known: KnownProcedure, facts: Facts) -> Iterator[Card]:
    """The card without its papers, from the roomiest to the tightest."""
    sentences = _Sentences(
        city=(
            *of_city(known, facts.day, facts.filing),
            *portal_warning(known, facts.day),
            *fees.of_decision(known, facts.day),
        ),
        fee=fees.of_catalogue(known, facts.day),
        time=times.summary(known),
        place=places.of_procedure(known),
        office=places.own_office(known, facts.commune),
        not_needed=prose.sentences(known.checklist.not_needed) if known.checklist else (),
    )
    name, official, label = name_of(known, facts), official_name(known, facts), places.label(known)
    notices, source = changes.notices(known, facts), details.source(known)
    for room in ROOMS:
        yield Card(
            name=name,
            official=official if len(official) <= room.official else "",
            fee=_fee(sentences, room),
            time=" ".join(prose.fitting(sentences.time, room.time)),
            place=" ".join((*prose.fitting(sentences.place, room.place), *sentences.office)),
            place_label=label,
            not_needed=_not_needed(sentences, room),
            source=source,
            notices=notices,
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
    if left_out and SEE_FEES not in " ".join(shown):
        shown = (*shown, MORE_FEES if any(map(_AMOUNT.search, left_out)) else MORE_REMARKS)
    return (" ".join(shown),) if sum(map(len, shown)) <= LINE_LETTERS else shown


def _not_needed(sentences: _Sentences, room: Room) -> str:
    return " ".join(prose.fitting(sentences.not_needed, room.not_needed)) if room.not_needed else ""


def whole_score(words: PapersInWords) -> Score:
    """What a card shows that has room for everything."""
    return Score(0, sum(line.may_lack for line in words.everybody), min(len(words.cases), MOST_CASES))


def with_papers(card: Card, words: PapersInWords, room: int) -> tuple[Card, Score]:
    """The card with as many papers as fit, and what it shows: lines for everybody and a case, then words on what may
    serve instead, then another case."""
    sections = paper_room.fitted(words, room)
    lines = {line for section in sections for line in section.lines}
    listed = sum(line.text in lines or line.full in lines for line in words.everybody)
    cases = sum(line.text in lines or line.full in lines for line in words.cases)
    missing = listed - len(words.everybody) + min(cases - min(len(words.cases), FEWEST_CASES), 0)
    told = sum(line.may_lack and line.full in lines for line in words.everybody)
    return msgspec.structs.replace(card, papers=sections), Score(missing, told, min(cases, MOST_CASES))
