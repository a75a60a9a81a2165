"""Whose task a waiting question is, and what belongs together; every step with its note in the audit.

Errors as of knowledge.waiting_work.
"""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.search.alike import Meaning, alikeness
from knowledge.staff.accounts import Account, Act, accounts
from knowledge.staff.audit import Deed, Note, write
from knowledge.waiting import EXCHANGES, GROUPS, QUESTIONS, Status
from knowledge.waiting_groups import Group, UnknownGroupError, group, groups
from knowledge.waiting_past import subject_of
from knowledge.waiting_work import (
    BadColleagueError,
    NotInGroupError,
    NotWaitingError,
    mine,
    move_on,
    note,
    part,
    questions_of,
    take_own,
)

SIMILAR = 0.3  # half of what makes two questions one: worth a look by somebody who knows
MOST_SIMILAR, MOST_COMPARED = 5, 1_000


def assign(session: Session, number: int, login: str, act: Act) -> None:
    """Make a group, as far as it is theirs, somebody's task, "" nobody's."""
    present = take_own(session, number, act)
    if login and login not in {each.login for each in colleagues(session, number, act)}:
        raise BadColleagueError(f"{login} cannot be given waiting question {number}")
    move_on(session, number, {"assignee": login})
    note(session, Deed.ASSIGNED, present, act, login)


def unassign(session: Session, login: str, act: Act) -> int:
    """What was somebody's task is everybody's again, a promised time stays promised; how many of them wait."""
    his = sa.select(GROUPS.c.id).where(GROUPS.c.assignee == login, GROUPS.c.state == Status.WAITING)
    numbers = session.connection().scalars(his.order_by(GROUPS.c.id)).all()
    session.connection().execute(sa.update(GROUPS).where(GROUPS.c.assignee == login).values(assignee=""))
    for number in numbers:
        given_up = Note(at=act.at, who=act.who.login, deed=Deed.ASSIGNED, subject=subject_of(number), before=login)
        write(session, given_up)
    return len(numbers)


def colleagues(session: Session, number: int, act: Act) -> list[Account]:
    """Whose task a group may become: the city's staff and those of the same commune; for the city also staff of the
    communes whose citizens asked."""
    asking = (
        sa.select(EXCHANGES.c.commune)
        .join(QUESTIONS, QUESTIONS.c.exchange == EXCHANGES.c.id)
        .where(QUESTIONS.c.group == number)
    )
    places = {"", act.who.commune}
    if not act.who.commune:
        places.update(session.connection().scalars(asking.distinct()))
    return [each for each in accounts(session) if each.is_active and each.commune in places]


def similar(session: Session, present: Group, meaning_of: Callable[[str], Meaning], commune: str = "") -> list[Group]:
    """Other groups that wait and say nearly the same, the nearest first."""
    meaning = meaning_of(present.question)
    others = [each for each in groups(session, commune=commune, most=MOST_COMPARED) if each.id != present.id]
    near = {each.id: alikeness(meaning, meaning_of(each.question)) for each in others}
    found = [each for each in others if near[each.id] >= SIMILAR]
    return sorted(found, key=lambda each: -near[each.id])[:MOST_SIMILAR]


def merge(session: Session, number: int, others: Sequence[int], act: Act) -> None:
    """Questions of other groups that wait join this one; of all of them those that are theirs."""
    take_own(session, number, act)
    for other in dict.fromkeys(others):
        joined = _joining(session, number, other, act)
        session.connection().execute(sa.update(QUESTIONS).where(QUESTIONS.c.group == other).values(group=number))
        session.connection().execute(sa.delete(GROUPS).where(GROUPS.c.id == other))
        note(session, Deed.MERGED, joined, act, subject_of(number))


def _joining(session: Session, number: int, other: int, act: Act) -> Group:
    if other == number:
        raise NotInGroupError(f"waiting question {number} cannot join itself")
    try:
        return take_own(session, other, act)
    except (UnknownGroupError, NotWaitingError) as error:
        raise NotInGroupError(f"waiting question {other} cannot join {number}") from error


def split(session: Session, number: int, exchange: int, act: Act) -> int:
    """One question of a group waits by itself; the new group. The only one there is stays."""
    present = group(session, number, act.who.commune)
    if present.status is not Status.WAITING:
        raise NotWaitingError(f"waiting question {number} is {present.status}")
    found = questions_of(session, number, mine(act))
    if exchange not in found:
        raise NotInGroupError(f"waiting question {number} has no exchange {exchange}")
    if len(questions_of(session, number)) == 1:
        return number
    new = part(session, number, {exchange: found[exchange]})
    note(session, Deed.SPLIT, present, act, subject_of(new))
    return new
