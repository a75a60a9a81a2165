"""What somebody should look at before he sends or publishes a text, and whether this very text was shown with it.

The first press of a button shows the doubts; a second, deliberate one does it all the same, and the audit says so. What
was shown comes back with the form, sealed: nothing is worked out twice, and nobody can say that he saw what he did not.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable

import msgspec
from sqlmodel import Session

from bot.console.entering import Desk
from bot.console.trial import Trial
from knowledge.faq.entry import FaqText
from knowledge.staff.audit import Deed, Note, write

SEALED, INSISTING = "da_xem", "chac"  # fields of forms: what was shown, and the second press
MOST_NAMED = 3  # questions in one sentence


class Shown(msgspec.Struct, frozen=True):
    """`about` is a hash of the text, whose it is and the edition; `doubts` are sentences."""

    about: str
    doubts: tuple[str, ...]


class Look(msgspec.Struct, frozen=True):
    """The doubts about a text, and what a form carries of them. `is_settled`: there are none, or somebody insists."""

    doubts: tuple[str, ...]
    sealed: str
    is_settled: bool


def look_at(desk: Desk, subject: str, text: FaqText, doubts_of: Callable[[], tuple[str, ...]]) -> Look:
    """`subject` as in the audit. The doubts that this text was shown with, else those that are found now."""
    about = _about(desk, subject, text)
    shown = _shown(desk, about)
    doubts = shown.doubts if shown else doubts_of()
    is_settled = not doubts or (shown is not None and bool(desk.field(INSISTING)))
    return Look(doubts, _sealed(desk, Shown(about, doubts)), is_settled)


def note_insisting(session: Session, desk: Desk, subject: str, look: Look, commune: str) -> None:
    """Together with what is done all the same; `commune` is that of the text."""
    if look.doubts:
        told, (who, at) = "\n".join(look.doubts), desk.act
        write(session, Note(at=at, who=who.login, deed=Deed.INSISTED, subject=subject, after=told, commune=commune))


def doubts_in(trial: Trial) -> tuple[str, ...]:
    """What a trial run has against publishing."""
    worse = [f"“{change.text}”" for change in trial.changes if change.is_worse]
    astray = [f"“{change.text}”" for change in trial.own]
    told = []
    if worse:
        told.append(f"{len(worse)} câu sẽ được trả lời kém đi: {_some(worse)}")
    if astray:
        told.append(f"{len(astray)} cách hỏi chưa dẫn đến mục này: {_some(astray)}")
    return tuple(told)


def _some(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return "; ".join(names[:MOST_NAMED]) + (f"; và {more} câu nữa" if more > 0 else "")


def _about(desk: Desk, subject: str, text: FaqText) -> str:
    known = f"{subject} {desk.site.app.library.edition} ".encode() + msgspec.json.encode(text)
    return hashlib.sha256(known).hexdigest()


def _sealed(desk: Desk, shown: Shown) -> str:
    return desk.site.seal.close(base64.urlsafe_b64encode(msgspec.json.encode(shown)).decode())


def _shown(desk: Desk, about: str) -> Shown | None:
    value = desk.site.seal.open(desk.field(SEALED))
    if value is None:
        return None
    try:
        shown = msgspec.json.decode(base64.urlsafe_b64decode(value), type=Shown)
    except (binascii.Error, msgspec.DecodeError):  # our seal on something else: another page's
        return None
    return shown if shown.about == about else None
