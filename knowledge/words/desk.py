"""Proposing, approving, widening and retiring words of staff; every step with its note in the audit.

    WordError
    ├── UnknownWordError     there is no word of that number
    ├── OwnWordError         who proposed a word, or its use in the city, does not approve that
    ├── WordKnownError       the same is there already in that place
    └── NothingToDoError     it is in use already, or retired

Who may not do a thing at all gets knowledge.staff.accounts.NotAllowedError.
"""

from datetime import datetime
from enum import StrEnum

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.catalogue import current_edition, publish
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.procedure import Value
from knowledge.staff.accounts import Act, NotAllowedError, is_alone
from knowledge.staff.audit import Deed, write
from knowledge.staff_tables import WordFile
from knowledge.tables import Edition
from knowledge.versions import table_of
from knowledge.words.published import published_words
from knowledge.words.word import StaffWord, WordText, code_of

FILES = table_of(WordFile)

_TEXT = msgspec.json.Decoder(WordText)


class WordError(Exception):
    """Nothing was changed."""


class UnknownWordError(WordError):
    pass


class OwnWordError(WordError):
    pass


class WordKnownError(WordError):
    pass


class NothingToDoError(WordError):
    pass


class WordState(StrEnum):
    PROPOSED = "proposed"
    LIVE = "live"
    RAISED = "raised"  # live in its commune, and the city is asked to take it over
    RETIRED = "retired"


class WordCard(Value, frozen=True, kw_only=True):
    """A word as staff see it."""

    id: int
    text: WordText
    author: str
    at: datetime
    is_retired: bool
    raised_by: str = ""
    live: StaffWord | None = None

    @property
    def state(self) -> WordState:
        if self.live is None:
            return WordState.RETIRED if self.is_retired else WordState.PROPOSED
        return WordState.RAISED if self.raised_by else WordState.LIVE

    @property
    def proposer(self) -> str:
        """Whose proposal waits: the word's author, or who asked the city."""
        return self.raised_by if self.state is WordState.RAISED else self.author


def word_cards(session: Session) -> list[WordCard]:
    """Every word, the youngest first."""
    live = published_words(session)
    rows = session.connection().execute(sa.select(FILES).order_by(FILES.c.id.desc())).mappings()
    return [_card(row, live.get(code_of(row["id"]))) for row in rows]


def word_card(session: Session, number: int) -> WordCard:
    """Raises UnknownWordError."""
    row = session.connection().execute(sa.select(FILES).where(FILES.c.id == number)).mappings().first()
    if row is None:
        raise UnknownWordError(f"there is no word {number}")
    return _card(row, published_words(session).get(code_of(number)))


def _card(row: sa.RowMapping, live: StaffWord | None) -> WordCard:
    names = ("id", "author", "at", "is_retired", "raised_by")
    text = live.text if live else _TEXT.decode(row["body"])
    return WordCard(**{name: row[name] for name in names}, text=text, live=live)


def propose(session: Session, text: WordText, act: Act) -> int:
    """A new word; its number. Raises NotAllowedError, WordKnownError."""
    if not act.who.serves(text.commune):
        raise NotAllowedError(f"{act.who.login} writes for commune {act.who.commune} alone")
    same = (card for card in word_cards(session) if not card.is_retired and card.text == text)
    if known := next(same, None):
        raise WordKnownError(f"word {known.id} says the same")
    row = {"author": act.who.login, "at": act.at, "is_retired": False, "raised_by": "", "body": _json(text)}
    number = int(session.connection().execute(sa.insert(FILES).values(row).returning(FILES.c.id)).scalar_one())
    write(session, act.note(Deed.DRAFTED, code_of(number), after=_json(text), commune=text.commune))
    return number


def approve_word(session: Session, number: int, act: Act, *, allows_own: bool = False) -> Edition:
    """Publish a word, or for one that was raised publish it for the whole city.

    Raises UnknownWordError, OwnWordError, NothingToDoError, NotAllowedError.
    """
    card, by = word_card(session, number), act.who
    if card.state not in {WordState.PROPOSED, WordState.RAISED}:
        raise NothingToDoError(f"word {number} is {card.state}")
    text = msgspec.structs.replace(card.text, commune="") if card.state is WordState.RAISED else card.text
    if not (by.may_approve and by.serves(text.commune)):
        raise NotAllowedError(f"{by.login} is {by.role} for {by.commune or 'the city'} and does not approve this")
    if card.proposer == by.login and not (allows_own and is_alone(session, by)):
        raise OwnWordError(f"{by.login} proposed word {number}")
    word = StaffWord(id=number, text=text, author=card.author, approver=by.login)
    _change(session, number, raised_by="", body=_json(text))
    was = _json(card.live.text) if card.live else ""
    told = act.note(Deed.APPROVED, code_of(number), before=was, after=_json(text), commune=card.text.commune)
    write(session, told)
    return _publish(session, ChangeSet(words=(word,)), f"Duyệt từ ngữ {number}: {text.said}", act)


def raise_word(session: Session, number: int, act: Act) -> None:
    """Ask the city to take a commune's word over. Raises UnknownWordError, NothingToDoError, NotAllowedError."""
    card = word_card(session, number)
    if not act.who.serves(card.text.commune):
        raise NotAllowedError(f"word {number} is another commune's")
    if card.state is not WordState.LIVE or not card.text.commune:
        raise NothingToDoError(f"word {number} is {card.state}, for {card.text.commune or 'the city'}")
    _change(session, number, raised_by=act.who.login)
    write(session, act.note(Deed.RAISED, code_of(number), after=card.text.said, commune=card.text.commune))


def retire_word(session: Session, number: int, reason: str, act: Act) -> Edition | None:
    """Take a word out of use, or a proposal back. Raises UnknownWordError, NothingToDoError, NotAllowedError."""
    card, by = word_card(session, number), act.who
    if not by.serves(card.text.commune) or (card.live and not by.may_approve):
        raise NotAllowedError(f"{by.login} does not retire word {number}")
    if card.state is WordState.RETIRED:
        raise NothingToDoError(f"word {number} is retired already")
    _change(session, number, is_retired=True, raised_by="")
    told = act.note(Deed.RETIRED, code_of(number), before=card.text.said, after=reason, commune=card.text.commune)
    write(session, told)
    changes = ChangeSet(retired_words=(code_of(number),))
    return _publish(session, changes, f"Ngừng từ ngữ {number}: {reason}", act) if card.live else None


def _publish(session: Session, changes: ChangeSet, reason: str, act: Act) -> Edition:
    before = current_edition(session)
    origin = Origin(
        kind=EditionKind.WORDS,
        source=act.who.login,
        reason=reason,
        data_day=before.data_day if before else None,
    )
    return publish(session, changes, origin, now=act.at)


def _change(session: Session, number: int, **values: object) -> None:
    session.connection().execute(sa.update(FILES).where(FILES.c.id == number).values(values))


def _json(text: WordText) -> str:
    return msgspec.json.encode(text).decode()
