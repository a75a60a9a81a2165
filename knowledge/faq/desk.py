"""FAQ entries under work: reading and writing them; every step by a member of staff, with its note in the audit.

What citizens read is changed by knowledge.faq.publishing alone.

    FaqError
    ├── UnknownFaqError         there is no entry, or no revision, of that number
    ├── ChangedMeanwhileError   somebody saved after the text that this change began from; nothing was changed
    ├── OwnDraftError           who wrote a text does not approve it
    ├── BadReplacementError     what is to be replaced is no entry of the city's
    ├── BadReviewDayError       an entry is to be looked at again on a day to come
    ├── InUseError              an entry of a commune stands in place of this one
    └── NothingToPublishError   that text is published already, or nothing is there to retire

Who may not do a thing at all gets knowledge.staff.accounts.NotAllowedError.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.faq.entry import FaqEntry, FaqText, code_of
from knowledge.faq.published import published, published_one
from knowledge.procedure import Value
from knowledge.staff.accounts import Act, NotAllowedError, Who
from knowledge.staff.audit import Deed, write
from knowledge.staff_tables import FaqFile, FaqRevision
from knowledge.versions import table_of

FILES, REVISIONS = table_of(FaqFile), table_of(FaqRevision)

_TEXT = msgspec.json.Decoder(FaqText)


@lru_cache(maxsize=20_000)  # revisions are never changed; see knowledge.faq.published
def _text_in(body: str) -> FaqText:
    return _TEXT.decode(body)


class FaqError(Exception):
    """Nothing was changed."""


class UnknownFaqError(FaqError):
    pass


class ChangedMeanwhileError(FaqError):
    pass


class OwnDraftError(FaqError):
    pass


class BadReplacementError(FaqError):
    pass


class BadReviewDayError(FaqError):
    pass


class InUseError(FaqError):
    pass


class NothingToPublishError(FaqError):
    pass


class State(StrEnum):
    DRAFT = "draft"
    LIVE = "live"
    CHANGED = "changed"  # live, and a newer text waits to be approved
    RETIRED = "retired"


class Revision(Value, frozen=True, kw_only=True):
    """One saved text."""

    faq: int
    number: int
    author: str
    at: datetime
    origin: str
    text: FaqText


class Card(Value, frozen=True, kw_only=True):
    """An entry as staff see it: its newest text, and what citizens read now."""

    newest: Revision
    live: FaqEntry | None
    is_retired: bool

    @property
    def id(self) -> int:
        return self.newest.faq

    @property
    def text(self) -> FaqText:
        return self.newest.text

    @property
    def state(self) -> State:
        if self.live is None:
            return State.RETIRED if self.is_retired else State.DRAFT
        return State.LIVE if self.live.revision == self.newest.number else State.CHANGED

    @property
    def awaits_approval(self) -> bool:
        return self.state in {State.DRAFT, State.CHANGED}


# Reading


def cards(session: Session) -> list[Card]:
    """Every entry, the one saved last first."""
    live = published(session)
    rows = session.connection().execute(_NEWEST.order_by(REVISIONS.c.id.desc())).mappings()
    return [_card(row, live.get(code_of(row["faq"]))) for row in rows]


def card(session: Session, number: int) -> Card:
    """Raises UnknownFaqError."""
    row = session.connection().execute(_NEWEST.where(FILES.c.id == number)).mappings().first()
    if row is None:
        raise UnknownFaqError(f"there is no FAQ entry {number}")
    return _card(row, published_one(session, code_of(number)))


def revisions(session: Session, number: int) -> Sequence[Revision]:
    """The latest first."""
    query = sa.select(REVISIONS).where(REVISIONS.c.faq == number).order_by(REVISIONS.c.number.desc())
    return [_revision(row) for row in session.connection().execute(query).mappings()]


_NEWEST = sa.select(REVISIONS, FILES.c.is_retired).join(
    FILES, sa.and_(FILES.c.id == REVISIONS.c.faq, FILES.c.revision == REVISIONS.c.number)
)


def _card(row: sa.RowMapping, live: FaqEntry | None) -> Card:
    return Card(newest=_revision(row), live=live, is_retired=row["is_retired"])


def _revision(row: sa.RowMapping) -> Revision:
    names = ("faq", "number", "author", "at", "origin")
    return Revision(**{name: row[name] for name in names}, text=_text_in(row["body"]))


# Writing


def draft(session: Session, text: FaqText, act: Act, origin: str = "") -> int:
    """A new entry; its number. Raises NotAllowedError for another commune's, BadReplacementError."""
    check_place(act.who, text)
    check_replaced(session, text)
    added = session.connection().execute(sa.insert(FILES).values(revision=1, is_retired=False).returning(FILES.c.id))
    number = int(added.scalar_one())
    _save(session, number, 1, text, act, origin)
    note(session, Deed.DRAFTED, number, act, None, text)
    return number


def revise(session: Session, number: int, text: FaqText, base: int, act: Act, origin: str = "") -> int:
    """The number of the new revision; of a text that says what the newest says, the newest's.

    `base` is the revision that the change began from. Raises UnknownFaqError, ChangedMeanwhileError, NotAllowedError,
    BadReplacementError.
    """
    present = unchanged(session, number, base, act.who)
    check_place(act.who, text)
    check_replaced(session, text)
    if present.text == text and not present.is_retired:
        return base
    save_next(session, present, text, act, origin)
    note(session, Deed.REVISED, number, act, present.text, text)
    return base + 1


def restore(session: Session, number: int, earlier: int, base: int, act: Act) -> int:
    """Save the text of an earlier revision anew; approving it is the next step. Errors as of `revise`."""
    found = next((each for each in revisions(session, number) if each.number == earlier), None)
    if found is None:
        raise UnknownFaqError(f"FAQ entry {number} has no revision {earlier}")
    return revise(session, number, found.text, base, act, origin=f"như bản {earlier}")


def unchanged(session: Session, number: int, base: int, by: Who) -> Card:
    """The entry, if its newest text is the one that somebody had before him."""
    present = card(session, number)
    check_place(by, present.text)
    if present.newest.number != base:
        raise ChangedMeanwhileError(f"{present.newest.author} saved revision {present.newest.number} meanwhile")
    return present


def check_place(by: Who, text: FaqText) -> None:
    if not by.serves(text.commune):
        raise NotAllowedError(f"{by.login} writes for commune {by.commune}, not for {text.commune or 'the city'}")


def check_replaced(session: Session, text: FaqText) -> None:
    if text.instead_of is None:
        return
    query = _NEWEST.where(FILES.c.id == text.instead_of)
    row = session.connection().execute(query).mappings().first()
    if row is None or row["is_retired"] or _revision(row).text.commune:
        raise BadReplacementError(f"FAQ entry {text.instead_of} is none of the city's, or retired")


def save_next(session: Session, present: Card, text: FaqText, act: Act, origin: str) -> None:
    number = present.newest.number + 1
    _save(session, present.id, number, text, act, origin)
    values = {"revision": number, "is_retired": False}
    session.connection().execute(sa.update(FILES).where(FILES.c.id == present.id).values(values))


def _save(session: Session, faq: int, number: int, text: FaqText, act: Act, origin: str) -> None:
    row = {"faq": faq, "number": number, "author": act.who.login, "at": act.at, "origin": origin, "body": _json(text)}
    session.connection().execute(sa.insert(REVISIONS), row)


def note(session: Session, deed: Deed, number: int, act: Act, before: FaqText | None, after: FaqText) -> None:
    was = _json(before) if before else ""
    told = act.note(deed, code_of(number), before=was, after=_json(after), commune=after.commune)
    write(session, told)


def _json(text: FaqText) -> str:
    return msgspec.json.encode(text).decode()
