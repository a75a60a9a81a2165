"""What staff do with waiting questions; every step with its note in the audit.

WorkError
├── NotWaitingError    somebody answered, dismissed or merged it meanwhile
├── NotSettledError    it waits already, or an entry was begun for it: there is nothing to take up again
├── NotInGroupError    that question has left the group, or those chosen to join it have
├── PromisedError      somebody promised something since the form was made
└── BadColleagueError  no active account, or one that may not see the question

Nothing was changed then. A group that is not there, or not theirs, raises knowledge.waiting_groups.UnknownGroupError.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.askers import ASKERS, Asker, askers_of
from knowledge.clock import VIETNAM
from knowledge.faq.entry import FaqText
from knowledge.staff.accounts import Act
from knowledge.staff.audit import Deed, Note, write
from knowledge.staff_words import StaffWord, WordKind, tell
from knowledge.versions import chunks
from knowledge.waiting import EXCHANGES, GROUPS, QUESTIONS, Status, begin_group, close_empty
from knowledge.waiting_groups import Group, group, own_places
from knowledge.waiting_past import ARROW, subject_of

Names = Mapping[str, str]  # of procedures, by code: what the buttons of an answer say


class WorkError(Exception):
    """Nothing was changed."""


class NotWaitingError(WorkError):
    pass


class NotSettledError(WorkError):
    pass


class NotInGroupError(WorkError):
    pass


class PromisedError(WorkError):
    pass


class BadColleagueError(WorkError):
    pass


# Answering


def answer(  # noqa: PLR0913  what a form decides
    session: Session, number: int, text: FaqText, names: Names, act: Act, *, faq: int | None, is_sent: bool
) -> int:
    """Answer a group: tell those who asked, unless they are to be told when the draft `faq` is approved; how many were
    told. Of a group that citizens of several communes asked, staff of one answer their own."""
    present = take_own(session, number, act)
    state = Status.ANSWERED if faq is None else Status.DRAFTED
    values: dict[str, object] = {
        "state": state,
        "faq": faq,
        "answered_by": act.who.login,
        "answered_at": act.at if is_sent else None,
    }
    move_on(session, number, values)
    told = _tell_all(session, number, text, names, act) if is_sent else 0
    note(session, Deed.ANSWERED, present, act, f"{text.answer}{ARROW}{told}")
    return told


def tell_late(session: Session, faq: int, text: FaqText, names: Names, act: Act) -> int:
    """An entry was approved: who asked and has not been told yet hears it; how many they are."""
    drafted = sa.select(GROUPS.c.id).where(GROUPS.c.faq == faq, GROUPS.c.state == Status.DRAFTED)
    numbers = session.connection().scalars(drafted).all()
    told = sum(_tell_all(session, number, text, names, act) for number in numbers)
    now_answered = sa.and_(GROUPS.c.id.in_(numbers), GROUPS.c.answered_at.is_(None))
    if numbers:
        session.connection().execute(sa.update(GROUPS).where(now_answered).values(answered_at=act.at))
    return told


def _tell_all(session: Session, number: int, text: FaqText, names: Names, act: Act) -> int:
    told = tell(session, askers_of(session, number), answer_word(text, names, act), f"answer:{number}")
    _forget(session, number)
    return told


def answer_word(text: FaqText, names: Names, act: Act) -> StaffWord:
    """What everybody who asked is told, without his question."""
    return StaffWord(
        kind=WordKind.ANSWERED,
        at=act.at,
        text=text.answer,
        procedures=tuple((code, names[code]) for code in text.procedures if code in names),
        commune=text.commune or act.who.commune,
    )


def _forget(session: Session, number: int) -> None:
    mine = sa.select(QUESTIONS.c.exchange).where(QUESTIONS.c.group == number)
    session.connection().execute(sa.delete(ASKERS).where(ASKERS.c.exchange.in_(mine)))


def promise(session: Session, number: int, by: datetime, act: Act, *, instead_of: datetime | None = None) -> int:
    """Tell those who asked by when they are answered; how many they are. `instead_of` is the promise that stood when
    this one was made, to the second."""
    present = take_own(session, number, act)
    if _second(present.promised_by) != _second(instead_of):
        raise PromisedError(f"waiting question {number} was promised an answer by {present.promised_by}")
    move_on(session, number, {"promised_by": by, "assignee": present.assignee or act.who.login})
    word = StaffWord(kind=WordKind.PROMISED, at=act.at, by=by, commune=act.who.commune)
    told = tell(session, askers_of(session, number), word, f"promise:{by.timestamp():.0f}")
    note(session, Deed.PROMISED, present, act, f"{by.astimezone(VIETNAM):%H:%M %d/%m/%Y} → {told}")
    return told


def _second(at: datetime | None) -> int:
    return int(at.timestamp()) if at else 0


def reachable(session: Session, number: int) -> Sequence[Asker]:
    """Who can still be told."""
    return askers_of(session, number)


def settle(session: Session, exchange: int, faq: int, act: Act) -> None:
    """A question was answered in its own chat, and that became a draft: if nobody else asked it, it waits no longer."""
    number = session.connection().scalar(sa.select(QUESTIONS.c.group).where(QUESTIONS.c.exchange == exchange))
    present = group(session, number) if number is not None else None
    if present is None or present.people > 1:
        return
    values = {"state": Status.DRAFTED, "faq": faq, "answered_by": act.who.login, "answered_at": act.at}
    waits = sa.and_(GROUPS.c.id == number, GROUPS.c.state == Status.WAITING)
    if session.connection().execute(sa.update(GROUPS).where(waits).values(values)).rowcount:
        note(session, Deed.ANSWERED, present, act, f"faq-{faq}")


# Whose it is


def take_own(session: Session, number: int, act: Act) -> Group:
    """A group that waits, as far as it is theirs: what citizens of other communes asked goes on waiting by itself."""
    present = group(session, number, act.who.commune)
    if present.status is not Status.WAITING:
        raise NotWaitingError(f"waiting question {number} is {present.status}")
    if act.who.commune and (others := questions_of(session, number, sa.not_(mine(act)))):
        part(session, number, others)
    return present


def mine(act: Act) -> sa.ColumnElement[bool]:
    """Asked by citizens of theirs, or of nobody knows where; everything for the city."""
    return EXCHANGES.c.commune.in_(own_places(act.who.commune)) if act.who.commune else sa.true()


def questions_of(session: Session, number: int, when: sa.ColumnElement[bool] | None = None) -> dict[int, str]:
    """Exchange → words, the earliest first."""
    query = (
        sa.select(QUESTIONS.c.exchange, QUESTIONS.c.text)
        .join(EXCHANGES, EXCHANGES.c.id == QUESTIONS.c.exchange)
        .where(QUESTIONS.c.group == number)
        .order_by(QUESTIONS.c.exchange)
    )
    rows = session.connection().execute(query if when is None else query.where(when))
    return {row.exchange: row.text for row in rows}


def part(session: Session, number: int, leaving: dict[int, str]) -> int:
    """Questions (exchange → words) leave for a group of their own; both are called by the first of what they hold."""
    new = begin_group(session, next(iter(leaving.values())))
    for chunk in chunks(list(leaving)):
        session.connection().execute(sa.update(QUESTIONS).where(QUESTIONS.c.exchange.in_(chunk)).values(group=new))
    close_empty(session, number)
    return new


# Leaving and taking up again


def mark_drafted(session: Session, number: int, faq: int) -> None:
    _change(session, number, {"state": Status.DRAFTED, "faq": faq})


def dismiss(session: Session, number: int, reason: str, act: Act) -> None:
    """What is alike and asked later joins it unseen."""
    present = take_own(session, number, act)
    move_on(session, number, {"state": Status.DISMISSED, "reason": reason})
    note(session, Deed.DISMISSED, present, act, reason)


def reopen(session: Session, number: int, act: Act) -> None:
    """One that was answered alone or dismissed. What had been promised is over."""
    present = group(session, number, act.who.commune)
    settled = sa.and_(GROUPS.c.id == number, GROUPS.c.state.in_([Status.ANSWERED, Status.DISMISSED]))
    values = {"state": Status.WAITING, "reason": "", "faq": None, "promised_by": None}
    if session.connection().execute(sa.update(GROUPS).where(settled).values(values)).rowcount != 1:
        raise NotSettledError(f"waiting question {number} is {present.status}")
    note(session, Deed.REOPENED, present, act, present.reason)


def untold(session: Session, faq: int) -> int:
    """How many groups wait for an entry to be approved: would it be taken out of use, they wait for staff again."""
    mine = sa.and_(GROUPS.c.faq == faq, GROUPS.c.state == Status.DRAFTED, GROUPS.c.answered_at.is_(None))
    return int(session.connection().execute(sa.select(sa.func.count()).where(mine)).scalar_one())


def give_up_entry(session: Session, faq: int) -> None:
    """An entry was taken out of use. Who was not told yet waits again; the rest is answered, and asked anew is new."""
    drafted = sa.and_(GROUPS.c.faq == faq, GROUPS.c.state == Status.DRAFTED)
    untold, told = sa.and_(drafted, GROUPS.c.answered_at.is_(None)), sa.and_(drafted, GROUPS.c.answered_at.is_not(None))
    waiting_again = {"state": Status.WAITING, "faq": None, "answered_by": ""}
    session.connection().execute(sa.update(GROUPS).where(untold).values(waiting_again))
    session.connection().execute(sa.update(GROUPS).where(told).values(state=Status.ANSWERED))


def move_on(session: Session, number: int, values: dict[str, object]) -> None:
    """Change a group that still waits; the update must change exactly one row."""
    mine = sa.and_(GROUPS.c.id == number, GROUPS.c.state == Status.WAITING)
    if session.connection().execute(sa.update(GROUPS).where(mine).values(values)).rowcount != 1:
        raise NotWaitingError(f"waiting question {number} does not wait any more")


def _change(session: Session, number: int, values: dict[str, object]) -> None:
    session.connection().execute(sa.update(GROUPS).where(GROUPS.c.id == number).values(values))


def note(session: Session, deed: Deed, present: Group, act: Act, after: str) -> None:
    subject = subject_of(present.id)
    write(session, Note(at=act.at, who=act.who.login, deed=deed, subject=subject, before=present.question, after=after))
