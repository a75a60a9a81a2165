"""Who leaves, or may do less from now on: his tasks go back to everybody, and somebody stays in charge."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.database import Database
from knowledge.staff.accounts import OPERATOR, Act, BadAccountError, Role, Who, account_of, add_account, set_password
from knowledge.staff.audit import Deed, notes
from knowledge.staff.leaving import HandedBack, LastAdminError, change_role, disable_account
from knowledge.staff.sessions import open_session, who_is
from knowledge.takeovers import held_chats, take_over
from knowledge.waiting import GROUPS, Status
from knowledge.waiting_groups import group
from knowledge.waiting_sorting import assign
from knowledge.waiting_work import promise, reopen
from staff_people import HOA, LAN, MINH, NGA, WARD
from waiting_questions import waiting_question

PASSWORD = "một câu dài dễ nhớ"
AN = Who(login="an", name="An", role=Role.ADMIN)
BINH = Who(login="binh", name="Bình", role=Role.ADMIN, commune=WARD)


def staff(session: Session, now: datetime, *people: Who) -> None:
    for who in people:
        add_account(session, who, PASSWORD, now)


def disable(session: Session, login: str, now: datetime) -> HandedBack:
    return disable_account(session, login, Act(OPERATOR, now))


def test_open_tasks_of_who_leaves_are_everybody_s_again_and_the_audit_says_so(
    database: Database, now: datetime
) -> None:
    with database.session(writing=True) as session:
        staff(session, now, LAN, HOA)
        numbers = [waiting_question(session, text, now) for text in ("gửi xe", "rút tiền", "nhà vệ sinh")]
        assign(session, numbers[0], "lan", Act(HOA, now))
        promise(session, numbers[1], now + timedelta(hours=8), Act(LAN, now))
        assign(session, numbers[2], "hoa", Act(HOA, now))
        assert disable(session, "lan", now) == HandedBack(questions=2)
        held = [group(session, number) for number in numbers]
        assert [each.assignee for each in held] == ["", "", "hoa"]
        assert held[1].promised_by == now + timedelta(hours=8)  # what a citizen was told stays
        newest = [notes(session, f"waiting-{number}")[0] for number in numbers[:2]]
        assert [(note.deed, note.who, note.before, note.after) for note in newest] == [
            (Deed.ASSIGNED, OPERATOR.login, "lan", "")
        ] * 2
        assert notes(session, "staff-lan")[0].deed is Deed.STAFF_DISABLED


def test_what_was_dismissed_comes_back_as_everybody_s(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        staff(session, now, LAN, HOA)
        number = waiting_question(session, "gửi xe ở đâu", now)
        assign(session, number, "lan", Act(LAN, now))
        session.connection().execute(sa.update(GROUPS).values(state=Status.DISMISSED))
        assert disable(session, "lan", now) == HandedBack()
        reopen(session, number, Act(HOA, now))
        assert group(session, number).assignee == ""


def test_where_he_was_talking_the_assistant_answers_again(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        staff(session, now, LAN, HOA)
        take_over(session, "web", "a", Act(LAN, now), now + timedelta(minutes=30))
        take_over(session, "web", "b", Act(HOA, now), now + timedelta(minutes=30))
        assert disable(session, "lan", now) == HandedBack(talks=1)
        assert held_chats(session, now) == {("web", "b")}


def test_a_login_that_begins_like_another_keeps_its_tasks(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        staff(session, now, LAN, Who(login="lan2", name="Lan", role=Role.OFFICER))
        number = waiting_question(session, "gửi xe ở đâu", now)
        assign(session, number, "lan2", Act(LAN, now))
        disable(session, "lan", now)
        assert group(session, number).assignee == "lan2"


def test_the_last_admin_is_neither_closed_nor_demoted(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        staff(session, now, MINH, HOA)
        with pytest.raises(LastAdminError, match=r"minh is the last admin of the city.*motcua staff add LOGIN --role"):
            disable(session, "minh", now)
        with pytest.raises(LastAdminError, match="motcua staff role LOGIN admin"):
            change_role(session, "minh", Role.APPROVER, Act(OPERATOR, now))
        found = account_of(session, "minh")
        assert found
        assert (found.is_active, found.role) == (True, Role.ADMIN)


@pytest.mark.parametrize(
    ("others", "leaving", "may"),
    [
        ((MINH, AN), "minh", True),
        ((MINH, BINH), "minh", False),
        ((MINH, BINH), "binh", True),
        ((BINH, NGA), "binh", False),
        ((MINH, LAN), "lan", True),
    ],
    ids=["two of the city", "the other is a commune's", "the city's looks after it", "the only one", "no admin"],
)
def test_somebody_stays_in_charge_of_every_place(
    sqlite_database: Database, now: datetime, others: tuple[Who, ...], leaving: str, *, may: bool
) -> None:
    with sqlite_database.session(writing=True) as session:
        staff(session, now, *others)
        if may:
            disable(session, leaving, now)
        else:
            with pytest.raises(LastAdminError):
                disable(session, leaving, now)
        found = account_of(session, leaving)
        assert found
        assert found.is_active is not may


def test_an_admin_who_is_closed_already_is_none(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        staff(session, now, MINH, AN)
        disable(session, "an", now)
        disable(session, "an", now)  # again: nothing to guard
        with pytest.raises(LastAdminError):
            disable(session, "minh", now)
        set_password(session, "an", PASSWORD, now)
        disable(session, "minh", now)


def test_a_role_is_changed_with_before_and_after_and_ends_sessions(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        staff(session, now, MINH, LAN)
        lan = account_of(session, "lan")
        assert lan
        token = open_session(session, lan, now)
        change_role(session, "lan", Role.OFFICER, Act(OPERATOR, now))  # as it is: nothing happens
        assert who_is(session, token, now)
        change_role(session, "lan", Role.APPROVER, Act(OPERATOR, now))
        assert who_is(session, token, now) is None
        note = notes(session, "staff-lan")[0]
        assert (note.deed, note.before, note.after) == (Deed.STAFF_ROLE, "officer", "approver")
        change_role(session, "lan", Role.ADMIN, Act(OPERATOR, now))
        change_role(session, "minh", Role.OFFICER, Act(OPERATOR, now))


@pytest.mark.parametrize("login", ["", "khong-co", "LAN", "lan "])
def test_nobody_is_said_to_be_unknown(sqlite_database: Database, now: datetime, login: str) -> None:
    with sqlite_database.session(writing=True) as session:
        staff(session, now, LAN)
        with pytest.raises(BadAccountError, match="no account"):
            disable(session, login, now)
        with pytest.raises(BadAccountError, match="no account"):
            change_role(session, login, Role.ADMIN, Act(OPERATOR, now))
