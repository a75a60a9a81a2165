"""Notes are found by who, what, about what, when and whose business it is; none is ever changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from msgspec.structs import replace

from knowledge import takeovers
from knowledge.database import Database, _config, make_engine
from knowledge.faq.desk import draft
from knowledge.faq.publishing import approve, retire
from knowledge.staff.accounts import Act, add_account
from knowledge.staff.audit import ALL, Deed, Note, Sought, count_notes, notes, notes_in, write
from staff_people import HOA, LAN, MINH, NGA, OTHER_WARD, PARKING, WARD

DAY = timedelta(days=1)


@pytest.fixture
def staffed(database: Database, now: datetime) -> Database:
    with database.session() as session:
        for who in (LAN, HOA, MINH, NGA):
            add_account(session, who, "một câu dài dễ nhớ", now - 30 * DAY)
    return database


def noted(database: Database, *found: Note) -> None:
    with database.session(writing=True) as session:
        for note in found:
            write(session, note)


def subjects(database: Database, **sought: object) -> list[str]:
    with database.session() as session:
        found = notes_in(session, Sought(**sought), most=100)  # type: ignore[arg-type]  as parametrised
        assert count_notes(session, Sought(**sought)) == len(found)  # type: ignore[arg-type]  the same
    return [note.subject for note in found]


@pytest.fixture
def filled(staffed: Database, now: datetime) -> Database:
    noted(
        staffed,
        Note(at=now - 2 * DAY, who="lan", deed=Deed.DRAFTED, subject="faq-1"),
        Note(at=now - DAY, who="nga", deed=Deed.DRAFTED, subject="faq-2"),
        Note(at=now, who="hoa", deed=Deed.APPROVED, subject="faq-2", commune=WARD),
        Note(at=now, who="hoa", deed=Deed.APPROVED, subject="faq-1"),
    )
    return staffed


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ({"who": "hoa"}, ["faq-1", "faq-2"]),
        ({"deed": Deed.DRAFTED}, ["faq-2", "faq-1"]),
        ({"subject": "faq-1"}, ["faq-1", "faq-1"]),
        ({"who": "hoa", "subject": "faq-1"}, ["faq-1"]),
        ({"since": date(2026, 11, 22)}, ["faq-1", "faq-2"]),
        ({"since": date(2026, 11, 20), "until": date(2026, 11, 21)}, ["faq-2", "faq-1"]),
        ({"until": date(2026, 11, 20), "since": date(2026, 11, 20)}, ["faq-1"]),
        ({"commune": WARD}, ["faq-2", "faq-2", "staff-nga"]),
        ({"commune": WARD, "who": "hoa"}, ["faq-2"]),
        ({"commune": OTHER_WARD}, []),
        ({"who": "nobody"}, []),
        ({"subject": "faq-%"}, []),
        ({"since": date(2026, 11, 23)}, []),
        ({"since": date(2026, 11, 20), "until": date.max}, ["faq-1", "faq-2", "faq-2", "faq-1"]),
    ],
)
def test_notes_are_narrowed_down(filled: Database, sought: dict[str, object], found: list[str]) -> None:
    assert subjects(filled, **sought) == found


def test_pages_hold_every_note_once_and_the_latest_first(filled: Database) -> None:
    with filled.session() as session:
        whole = notes_in(session, ALL, most=100)
        turned = [note for skip in range(0, len(whole), 3) for note in notes_in(session, ALL, most=3, skip=skip)]
        assert turned == list(whole)
        assert count_notes(session) == len(whole)
        assert list(notes(session)) == list(whole)


def test_a_day_begins_at_midnight_in_viet_nam(staffed: Database) -> None:
    midnight = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)  # the second of December in Việt Nam
    for at in (midnight - timedelta(seconds=1), midnight):
        noted(staffed, Note(at=at, who="lan", deed=Deed.DRAFTED, subject=f"at-{at.second}"))
    assert subjects(staffed, since=date(2026, 12, 2)) == ["at-0"]
    assert subjects(staffed, since=date(2026, 12, 1), until=date(2026, 12, 1)) == ["at-59"]


def test_what_the_city_changes_of_a_commune_is_that_commune_s_business(staffed: Database, now: datetime) -> None:
    with staffed.session(writing=True) as session:
        number = draft(session, replace(PARKING, commune=WARD), Act(LAN, now))
        approve(session, number, 1, Act(HOA, now))
        retire(session, number, "thừa", Act(MINH, now))
        draft(session, PARKING, Act(LAN, now))
    assert subjects(staffed, commune=WARD) == ["faq-1"] * 3 + ["staff-nga"]


def test_what_staff_of_a_commune_do_anywhere_is_its_business(staffed: Database, now: datetime) -> None:
    with staffed.session(writing=True) as session:
        number = takeovers.take_over(session, "web", "a", Act(NGA, now), now + DAY)
        takeovers.give_back(session, number, Act(NGA, now))
        takeovers.give_back(session, number, Act(NGA, now))  # it has ended: nothing changes, nothing is noted
        found = notes(session)[:2]
    assert [note.deed for note in found] == [Deed.GAVE_BACK, Deed.TOOK_OVER]
    assert {note.commune for note in found} == {WARD}


def test_an_account_that_is_called_like_an_entry_is_not_what_a_note_is_about(staffed: Database, now: datetime) -> None:
    with staffed.session() as session:
        add_account(session, replace(NGA, login="faq-1"), "một câu dài dễ nhớ", now)
    noted(staffed, Note(at=now, who="lan", deed=Deed.REVISED, subject="faq-1"))
    noted(staffed, Note(at=now, who="motcua", deed=Deed.STAFF_PASSWORD, subject="staff-faq-1"))
    assert subjects(staffed, commune=WARD)[:2] == ["staff-faq-1", "staff-faq-1"]
    assert subjects(staffed, subject="faq-1", commune=WARD) == []


def test_notes_of_before_get_the_commune_of_their_author(database_url: str) -> None:
    engine, config = make_engine(sa.make_url(database_url)), _config()
    insert = (
        "INSERT INTO staff_account (id, login, name, role, commune, password, is_active, created_at)"
        " VALUES (:id, :login, '', 'admin', :commune, '', TRUE, '2026-01-01 00:00:00')"
    )
    note = (
        "INSERT INTO audit_note (id, at, who, deed, subject, before, after)"
        " VALUES (:id, '2026-01-01 00:00:00', :who, 'drafted', 'faq-1', '', '')"
    )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0019")
        for number, (login, commune) in enumerate((("lan", ""), ("nga", WARD)), start=1):
            connection.execute(sa.text(insert), {"id": number, "login": login, "commune": commune})
        for number, who in enumerate(("lan", "nga", "motcua"), start=1):
            connection.execute(sa.text(note), {"id": number, "who": who})
        command.upgrade(config, "head")
        found = connection.execute(sa.text("SELECT who, commune FROM audit_note ORDER BY id")).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [("lan", ""), ("nga", WARD), ("motcua", "")]
