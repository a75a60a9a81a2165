"""What citizens read of FAQ entries: approving, confirming and retiring; each makes an edition and a note in the audit.

Errors as in knowledge.faq.desk.
"""

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.catalogue import current_edition, publish
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.clock import vietnam_day
from knowledge.faq.desk import (
    FILES,
    BadReviewDayError,
    Card,
    InUseError,
    NothingToPublishError,
    OwnDraftError,
    State,
    card,
    check_place,
    check_replaced,
    note,
    save_next,
    unchanged,
)
from knowledge.faq.entry import FaqEntry, FaqText, code_of
from knowledge.faq.published import published
from knowledge.staff.accounts import Act, NotAllowedError, is_alone
from knowledge.staff.audit import Deed, write
from knowledge.tables import Edition

LOOKED_AT = "đã xem, vẫn đúng"  # the origin of a text that differs in the day of its next look alone


def approve(session: Session, number: int, revision: int, act: Act, *, allows_own: bool = False) -> Edition:
    """Publish a text as the next edition.

    With `allows_own` the only member of staff there is may approve his own. Raises UnknownFaqError,
    ChangedMeanwhileError when `revision` is not the newest, OwnDraftError, NothingToPublishError, NotAllowedError,
    BadReplacementError when what it stands in place of was retired meanwhile.
    """
    by, present = act.who, unchanged(session, number, revision, act.who)
    if not by.may_approve:
        raise NotAllowedError(f"{by.login} is {by.role} and does not approve")
    if not present.awaits_approval:
        raise NothingToPublishError(f"revision {revision} of FAQ entry {number} is published or retired")
    _check_author(session, present.newest.author, act, allows_own=allows_own)
    check_replaced(session, present.text)
    entry = FaqEntry(
        id=number,
        revision=revision,
        text=present.text,
        author=present.newest.author,
        approver=by.login,
        approved_on=vietnam_day(act.at),
    )
    edition = _publish(session, ChangeSet(faqs=(entry,)), f"Duyệt hỏi đáp {number}: {entry.text.title}", act)
    note(session, Deed.APPROVED, number, act, present.live.text if present.live else None, entry.text)
    return edition


def confirm(session: Session, number: int, review_on: date, act: Act, *, allows_own: bool = False) -> Edition:
    """What is published was looked at and is right; it is looked at again on `review_on`, a day to come.

    With `allows_own` as in `approve`. Raises UnknownFaqError, BadReviewDayError, NothingToPublishError,
    NotAllowedError, and OwnDraftError for its author.
    """
    present, by = card(session, number), act.who
    if not (by.may_approve and by.serves(present.text.commune)):
        raise NotAllowedError(f"{by.login} does not approve for {present.text.commune or 'the city'}")
    if present.live is None:
        raise NothingToPublishError(f"FAQ entry {number} is not published")
    _check_author(session, present.live.author, act, allows_own=allows_own)
    today = vietnam_day(act.at)
    if review_on <= today:
        raise BadReviewDayError(f"{review_on} is over")
    text = msgspec.structs.replace(present.live.text, review_on=review_on)
    entry = msgspec.structs.replace(
        present.live,
        revision=_revision_of(session, present, text, act),
        text=text,
        approver=by.login,
        approved_on=today,
    )
    edition = _publish(session, ChangeSet(faqs=(entry,)), f"Xem lại hỏi đáp {number}: {text.title}", act)
    note(session, Deed.REVIEWED, number, act, present.live.text, text)
    return edition


def _revision_of(session: Session, present: Card, text: FaqText, act: Act) -> int:
    """Of what is published once more. The day goes into the newest text as well, unless that waits to be approved:
    nobody else changes what its author is at work on."""
    if present.text == text or present.state is not State.LIVE:
        return present.live.revision if present.live else present.newest.number
    save_next(session, present, text, act, LOOKED_AT)
    return present.newest.number + 1


def _check_author(session: Session, author: str, act: Act, *, allows_own: bool) -> None:
    """Nobody approves what he wrote, but the only member of staff where the settings say so."""
    if author == act.who.login and not (allows_own and is_alone(session, act.who)):
        raise OwnDraftError(f"{author} wrote it")


def retire(session: Session, number: int, reason: str, act: Act) -> Edition | None:
    """Take an entry out of use; the next edition lacks it, if it was published at all.

    Raises UnknownFaqError, NothingToPublishError, NotAllowedError, InUseError.
    """
    present = card(session, number)
    check_place(act.who, present.text)
    if users := [entry.id for entry in published(session).values() if entry.text.instead_of == number]:
        raise InUseError(f"FAQ entries {users} stand in place of {number}")
    if present.live and not act.who.may_approve:
        raise NotAllowedError(f"{act.who.login} is {act.who.role} and does not retire what is published")
    if present.state is State.RETIRED:
        raise NothingToPublishError(f"FAQ entry {number} is retired already")
    session.connection().execute(sa.update(FILES).where(FILES.c.id == number).values(is_retired=True))
    title, commune = present.text.title, present.text.commune
    told = act.note(Deed.RETIRED, code_of(number), before=title, after=reason, commune=commune)
    write(session, told)
    changes = ChangeSet(retired=(code_of(number),))
    return _publish(session, changes, f"Ngừng hỏi đáp {number}: {reason}", act) if present.live else None


def _publish(session: Session, changes: ChangeSet, reason: str, act: Act) -> Edition:
    before = current_edition(session)
    data_day = before.data_day if before else None
    origin = Origin(kind=EditionKind.FAQ, source=act.who.login, reason=reason, data_day=data_day)
    return publish(session, changes, origin, now=act.at)
