"""What staff do with waiting questions; every step with its note in the audit.

WorkError
└── NotWaitingError   somebody answered, dismissed or merged it meanwhile; nothing was changed

A group that is not there, or not theirs, raises knowledge.waiting.UnknownGroupError.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.askers import ASKERS, Asker, askers_of
from knowledge.clock import VIETNAM
from knowledge.faq.entry import FaqText
from knowledge.search.alike import Meaning, alikeness
from knowledge.staff.accounts import Act, account_of
from knowledge.staff.audit import Deed, Note, write
from knowledge.staff_words import StaffWord, WordKind, tell
from knowledge.versions import chunks
from knowledge.waiting import EXCHANGES, GROUPS, QUESTIONS, Group, Status, UnknownGroupError, begin_group, group, groups

SIMILAR = 0.3  # half of what makes two questions one: worth a look by somebody who knows
MOST_SIMILAR, MOST_COMPARED = 5, 1_000
Names = Mapping[str, str]  # of procedures, by code: what the buttons of an answer say


class WorkError(Exception):
    """Nothing was changed."""


class NotWaitingError(WorkError):
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
    _move_on(session, number, values)
    told = _tell_all(session, number, text, names, act) if is_sent else 0
    _note(session, Deed.ANSWERED, present, act, f"{text.answer}\n\n→ {told}")
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
    word = StaffWord(
        kind=WordKind.ANSWERED,
        at=act.at,
        text=text.answer,
        procedures=tuple((code, names[code]) for code in text.procedures if code in names),
        commune=text.commune or act.who.commune,
    )
    askers = askers_of(session, number)
    told = tell(session, askers, word, "answer")
    _forget(session, number)
    return told


def _forget(session: Session, number: int) -> None:
    mine = sa.select(QUESTIONS.c.exchange).where(QUESTIONS.c.group == number)
    session.connection().execute(sa.delete(ASKERS).where(ASKERS.c.exchange.in_(mine)))


def promise(session: Session, number: int, by: datetime, act: Act) -> int:
    """Tell those who asked by when they are answered; how many they are."""
    present = take_own(session, number, act)
    _move_on(session, number, {"promised_by": by, "assignee": present.assignee or act.who.login})
    word = StaffWord(kind=WordKind.PROMISED, at=act.at, by=by, commune=act.who.commune)
    told = tell(session, askers_of(session, number), word, f"promise:{by.timestamp():.0f}")
    _note(session, Deed.PROMISED, present, act, f"{by.astimezone(VIETNAM):%H:%M %d/%m/%Y} → {told}")
    return told


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
        _note(session, Deed.ANSWERED, present, act, f"faq-{faq}")


# Whose task, and what belongs together


def assign(session: Session, number: int, login: str, act: Act) -> None:
    """Make a group somebody's task, "" nobody's; a login that is no active account changes nothing."""
    present = group(session, number, act.who.commune)
    account = account_of(session, login) if login else None
    if login and (account is None or not account.is_active):
        return
    _change(session, number, {"assignee": login})
    _note(session, Deed.ASSIGNED, present, act, login)


def unassign(session: Session, login: str, act: Act) -> int:
    """What was somebody's task is everybody's again, a promised time stays promised; how many of them wait."""
    mine = sa.select(GROUPS.c.id).where(GROUPS.c.assignee == login, GROUPS.c.state == Status.WAITING)
    numbers = session.connection().scalars(mine.order_by(GROUPS.c.id)).all()
    session.connection().execute(sa.update(GROUPS).where(GROUPS.c.assignee == login).values(assignee=""))
    for number in numbers:
        write(
            session, Note(at=act.at, who=act.who.login, deed=Deed.ASSIGNED, subject=f"waiting-{number}", before=login)
        )
    return len(numbers)


def similar(session: Session, present: Group, meaning_of: Callable[[str], Meaning], commune: str = "") -> list[Group]:
    """Other groups that wait and say nearly the same, the nearest first."""
    meaning = meaning_of(present.question)
    others = [each for each in groups(session, commune=commune, most=MOST_COMPARED) if each.id != present.id]
    near = {each.id: alikeness(meaning, meaning_of(each.question)) for each in others}
    found = [each for each in others if near[each.id] >= SIMILAR]
    return sorted(found, key=lambda each: -near[each.id])[:MOST_SIMILAR]


def merge(session: Session, number: int, others: Sequence[int], act: Act) -> None:
    """Questions of other groups that wait join this one."""
    present = group(session, number, act.who.commune)
    for other in dict.fromkeys(others):
        joined = group(session, other, act.who.commune)
        if other == number or joined.status is not Status.WAITING or present.status is not Status.WAITING:
            raise NotWaitingError(f"waiting question {other} cannot join {number}")
        session.connection().execute(sa.update(QUESTIONS).where(QUESTIONS.c.group == other).values(group=number))
        session.connection().execute(sa.delete(GROUPS).where(GROUPS.c.id == other))
        _note(session, Deed.MERGED, joined, act, f"waiting-{number}")


def split(session: Session, number: int, exchange: int, act: Act) -> int:
    """One question of a group waits by itself; the new group. The only one there is stays. Another commune's is as
    absent as one that never was."""
    present = group(session, number, act.who.commune)
    if present.status is not Status.WAITING:
        raise NotWaitingError(f"waiting question {number} is {present.status}")
    texts = (
        session.connection()
        .execute(
            sa.select(QUESTIONS.c.exchange, QUESTIONS.c.text, EXCHANGES.c.commune)
            .join(EXCHANGES, EXCHANGES.c.id == QUESTIONS.c.exchange, isouter=True)
            .where(QUESTIONS.c.group == number)
            .order_by(QUESTIONS.c.exchange)
        )
        .all()
    )
    found = {row.exchange: row.text for row in texts}
    if exchange not in {row.exchange for row in texts if not row.commune or act.who.serves(row.commune)}:
        raise UnknownGroupError(f"waiting question {number} has no exchange {exchange}")
    if len(found) == 1:
        return number
    new = _part(session, number, {exchange: found[exchange]})
    _note(session, Deed.SPLIT, present, act, f"waiting-{new}")
    return new


def take_own(session: Session, number: int, act: Act) -> Group:
    """A group that waits, as far as it is theirs: what citizens of other communes asked goes on waiting by itself."""
    present = group(session, number, act.who.commune)
    if present.status is not Status.WAITING:
        raise NotWaitingError(f"waiting question {number} is {present.status}")
    if act.who.commune:
        query = (
            sa.select(QUESTIONS.c.exchange, QUESTIONS.c.text)
            .join(EXCHANGES, EXCHANGES.c.id == QUESTIONS.c.exchange)
            .where(QUESTIONS.c.group == number, EXCHANGES.c.commune.not_in(["", act.who.commune]))
            .order_by(QUESTIONS.c.exchange)
        )
        if others := {row.exchange: row.text for row in session.connection().execute(query)}:
            _part(session, number, others)
    return present


def _part(session: Session, number: int, leaving: dict[int, str]) -> int:
    """Questions (exchange → words) leave for a group of their own; both are called by the first of what they hold."""
    new = begin_group(session, next(iter(leaving.values())))
    for chunk in chunks(list(leaving)):
        session.connection().execute(sa.update(QUESTIONS).where(QUESTIONS.c.exchange.in_(chunk)).values(group=new))
    first = sa.select(QUESTIONS.c.text).where(QUESTIONS.c.group == number).order_by(QUESTIONS.c.exchange).limit(1)
    _change(session, number, {"question": first.scalar_subquery()})
    return new


# Leaving and taking up again


def mark_drafted(session: Session, number: int, faq: int) -> None:
    _change(session, number, {"state": Status.DRAFTED, "faq": faq})


def dismiss(session: Session, number: int, reason: str, act: Act) -> None:
    """What is alike and asked later joins it unseen."""
    present = take_own(session, number, act)
    _move_on(session, number, {"state": Status.DISMISSED, "reason": reason})
    _note(session, Deed.DISMISSED, present, act, reason)


def reopen(session: Session, number: int, act: Act) -> None:
    present = group(session, number, act.who.commune)
    _change(session, number, {"state": Status.WAITING, "reason": "", "faq": None})
    _note(session, Deed.REOPENED, present, act, present.reason)


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


def _move_on(session: Session, number: int, values: dict[str, object]) -> None:
    """Change a group that still waits; the update must change exactly one row."""
    mine = sa.and_(GROUPS.c.id == number, GROUPS.c.state == Status.WAITING)
    if session.connection().execute(sa.update(GROUPS).where(mine).values(values)).rowcount != 1:
        raise NotWaitingError(f"waiting question {number} does not wait any more")


def _change(session: Session, number: int, values: dict[str, object]) -> None:
    session.connection().execute(sa.update(GROUPS).where(GROUPS.c.id == number).values(values))


def _note(session: Session, deed: Deed, present: Group, act: Act, after: str) -> None:
    subject = f"waiting-{present.id}"
    write(session, Note(at=act.at, who=act.who.login, deed=deed, subject=subject, before=present.question, after=after))
