"""Complaints and proposals (phản ánh, kiến nghị): whoever writes one is shown the official way, and it is counted.

motcua files none of them. Staff note here what became of one, so that reports can carry it over.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.language.syllables import fold
from knowledge.procedure import Value
from knowledge.report_tables import PetitionRecord
from knowledge.staff.accounts import Act
from knowledge.staff.audit import Deed, write
from knowledge.versions import table_of

PETITIONS = table_of(PetitionRecord)
ENDING = "complaint"  # of bot.conversation.messages.Ending (a test compares them)


class PetitionKind(StrEnum):
    """The four kinds of NĐ 20/2008/NĐ-CP, and what people write besides."""

    CONDUCT = "conduct"  # delay, trouble, wrong conduct
    RULES = "rules"  # rules that do not fit
    IDEA = "idea"
    FAULT = "fault"  # of portals and software
    LIVING = "living"  # streets, rubbish, noise, building
    FRAUD = "fraud"
    OWN_LAW = "own_law"  # khiếu nại, tố cáo: laws of their own
    OTHER = "other"


class PetitionState(StrEnum):
    OPEN = "open"
    HANDED = "handed"  # staff brought it to the official system or to the agency concerned; still pending
    CLOSED = "closed"


class Petition(Value, frozen=True, kw_only=True):
    """`text` is masked; `note` says where it was handed to or how it ended."""

    id: int
    received_at: datetime
    channel: str
    commune: str
    kind: PetitionKind
    text: str
    handed_at: datetime | None = None
    closed_at: datetime | None = None
    note: str = ""

    @property
    def state(self) -> PetitionState:
        if self.closed_at:
            return PetitionState.CLOSED
        return PetitionState.HANDED if self.handed_at else PetitionState.OPEN


class UnknownPetitionError(Exception):
    pass


class Change(Value, frozen=True, kw_only=True):
    """What staff decide about one."""

    state: PetitionState
    kind: PetitionKind
    note: str = ""


# The first kind that a text speaks of: what is said of a person or of money weighs more than where it happened.
_SIGNS = {
    PetitionKind.FRAUD: r"lua dao|bi lua|gia danh|mao danh|tu xung|bi hack|(?:cong an|can bo) gia",
    PetitionKind.OWN_LAW: r"to cao|khieu nai",
    PetitionKind.CONDUCT: (
        r"thai do|hach sach|hach dich|gay kho|lam kho|phien ha|hanh dan|vo trach nhiem|quat|noi nang|mang dan|voi tien"
        r"|vi tien|doi tien|hoi lo|bat di lai|di lai nhieu|cham nhu|tre hen|qua hen|hen (?:toi |len )*(?:hai|ba|may)"
        r"|bat cho|tieu cuc|lam an|can bo|tiep dan"
    ),
    PetitionKind.FAULT: (
        r"(?:bi|bao) loi|loi (?:web|he thong|phan mem|mang)|web|phan mem|app|ung dung|he thong|vneid|dang nhap"
        r"|cong dich vu cong"
    ),
    PetitionKind.LIVING: (
        r"rac|on ao|karaoke|loa keo|mui hoi|o nhiem|ngap|duong hong|o ga|den duong|mat dien|mat nuoc|trai phep|xay lan"
        r"|lan chiem|via he|cay do|do xe|khoi bui|nuoc thai"
    ),
    PetitionKind.RULES: r"quy dinh|bat hop ly|bat cap|vuong mac|chong cheo|mau thuan",
    PetitionKind.IDEA: r"kien nghi|de xuat|gop y|de nghi|mong muon|nen co",
}
_PATTERNS = {kind: re.compile(rf"\b(?:{signs})\b") for kind, signs in _SIGNS.items()}


def kind_of(text: str) -> PetitionKind:
    """A first guess from words; staff may correct it."""
    folded = fold(text)
    return next((kind for kind, signs in _PATTERNS.items() if signs.search(folded)), PetitionKind.OTHER)


def petition(session: Session, number: int) -> Petition:
    """Raises UnknownPetitionError."""
    row = session.connection().execute(sa.select(PETITIONS).where(PETITIONS.c.id == number)).mappings().first()
    if row is None:
        raise UnknownPetitionError(f"there is no petition {number}")
    return petition_from(row)


def petition_from(row: sa.RowMapping) -> Petition:
    names = ("id", "received_at", "channel", "commune", "text", "handed_at", "closed_at", "note")
    return Petition(**{name: row[name] for name in names}, kind=PetitionKind(row["kind"]))


def petitions(
    session: Session, state: PetitionState, commune: str = "", *, most: int | None = None, skip: int = 0
) -> Sequence[Petition]:
    """Those in a state, longest waiting first, the closed ones latest first. For a commune its own alone."""
    order = PETITIONS.c.closed_at.desc() if state is PetitionState.CLOSED else PETITIONS.c.received_at
    query = sa.select(PETITIONS).where(*_in(state, commune)).order_by(order, PETITIONS.c.id).limit(most).offset(skip)
    return [petition_from(row) for row in session.connection().execute(query).mappings()]


def count_petitions(session: Session, state: PetitionState, commune: str = "") -> int:
    query = sa.select(sa.func.count()).select_from(PETITIONS).where(*_in(state, commune))
    return int(session.connection().execute(query).scalar_one())


def _in(state: PetitionState, commune: str) -> tuple[sa.ColumnElement[bool], ...]:
    closed, handed = PETITIONS.c.closed_at, PETITIONS.c.handed_at
    own = (PETITIONS.c.commune == commune,) if commune else ()
    return {
        PetitionState.OPEN: (closed.is_(None), handed.is_(None), *own),
        PetitionState.HANDED: (closed.is_(None), handed.is_not(None), *own),
        PetitionState.CLOSED: (closed.is_not(None), *own),
    }[state]


def change(session: Session, number: int, wanted: Change, act: Act) -> None:
    """Raises UnknownPetitionError. Opened anew it is pending as if nothing had been done; the audit keeps it all."""
    before = petition(session, number)
    is_closed, is_open = wanted.state is PetitionState.CLOSED, wanted.state is PetitionState.OPEN
    values = {
        "kind": wanted.kind,
        "note": wanted.note,
        "handed_at": None if is_open else before.handed_at or (None if is_closed else act.at),
        "closed_at": (before.closed_at or act.at) if is_closed else None,
    }
    session.connection().execute(sa.update(PETITIONS).where(PETITIONS.c.id == number).values(values))
    was, is_now = (_record(each) for each in (before, wanted))
    subject = f"petition-{number}"
    write(session, act.note(Deed.PETITION, subject, before=was, after=is_now, commune=before.commune))


def _record(each: Petition | Change) -> str:
    return msgspec.json.encode({"state": each.state, "kind": each.kind, "note": each.note}).decode()
