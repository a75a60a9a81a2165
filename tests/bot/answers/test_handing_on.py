"""Who asks for a person learns whether there is one and when: from accounts, the calendar and hours, never guessed."""

from datetime import date, datetime, timedelta

import msgspec
import pytest
import sqlalchemy as sa

from bot.answers.handing_on import Staff, staff_for
from bot.answers.layout import lay_out, length
from bot.settings import Settings
from knowledge.catalogue import publish
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.clock import VIETNAM
from knowledge.commune_layer import CommuneLayer
from knowledge.communes import Contact
from knowledge.database import Database
from knowledge.questions import MaskedExchange, record
from knowledge.staff.accounts import OPERATOR, Act, Who, add_account
from knowledge.staff.leaving import disable_account
from knowledge.waiting import GROUPS, QUESTIONS, begin_group
from staff_people import LAN, NGA, OTHER_WARD, WARD

MONDAY = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
SUNDAY = datetime(2026, 11, 22, 9, tzinfo=VIETNAM)
SETTINGS = Settings(out_of_hours="Gấp thì gọi trực ban.", office_hours="07:30-11:30,13:00-17:00")
OPEN = Staff(office="Phường Thử", hours="07:30–11:30", is_open=True, opens="09:00 hôm nay", closes="17:00 hôm nay")


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


def hire(database: Database, *staff: Who) -> None:
    with database.session() as session:
        for who in staff:
            add_account(session, who, "một câu dài dễ nhớ", MONDAY)


def found(database: Database, commune: str = "", now: datetime = MONDAY) -> Staff | None:
    with database.session() as session:
        return staff_for(session, SETTINGS, commune, now)


def test_where_nobody_has_an_account_nobody_is_promised(database: Database) -> None:
    assert found(database) is None
    hire(database, NGA)
    assert found(database, OTHER_WARD) is None
    with database.session() as session:
        disable_account(session, NGA.login, Act(OPERATOR, MONDAY))
    assert found(database, WARD) is None


def test_the_commune_s_own_staff_come_before_the_city_s(database: Database) -> None:
    hire(database, LAN, NGA)
    offices = [staff.office for commune in (WARD, OTHER_WARD, "") if (staff := found(database, commune))]
    assert offices == ["Phường " + offices[0].partition(" ")[2], "thành phố Hải Phòng", "thành phố Hải Phòng"]


@pytest.mark.parametrize(
    ("now", "is_open", "opens"),
    [
        pytest.param(MONDAY, True, "09:00 hôm nay", id="in hours"),
        pytest.param(MONDAY.replace(hour=12), False, "13:00 hôm nay", id="at lunch"),
        pytest.param(SUNDAY, False, "07:30 thứ Hai 23/11/2026", id="on a Sunday"),
    ],
)
def test_when_somebody_is_there_is_told_to_the_day(
    database: Database, now: datetime, *, is_open: bool, opens: str
) -> None:
    hire(database, LAN)
    staff = found(database, now=now)
    assert staff
    assert (staff.is_open, staff.opens, staff.closes[:5]) == (is_open, opens, "17:00")
    assert staff.note == "Gấp thì gọi trực ban."


def test_hours_and_words_of_a_commune_are_its_own(database: Database) -> None:
    hire(database, NGA)
    contact = Contact(hours="8h–12h, 14h–18h, thứ Hai đến thứ Sáu", second_hand=False)
    layer = CommuneLayer(
        code=WARD, told_by="Nga", told_on=date(2026, 11, 20), contact=contact, out_of_hours="Trực ở cổng."
    )
    origin = Origin(kind=EditionKind.COMMUNES, source="xa.xlsx")
    with database.session() as session:
        publish(session, ChangeSet(communes=(layer,)), origin, now=MONDAY)
    staff = found(database, WARD, MONDAY.replace(hour=7))
    assert staff
    assert (staff.hours, staff.opens, staff.note) == ("08:00–12:00, 14:00–18:00", "08:00 hôm nay", "Trực ở cổng.")


def told(template: str, staff: Staff | None, **changes: object) -> str:
    given = msgspec.structs.replace(staff, **changes) if staff else None
    return "\n".join(block.plain for block in lay_out(template, staff=given, office=()))


@pytest.mark.parametrize("template", ["officer", "unknown"])
def test_nothing_is_said_to_be_handed_on_where_nobody_is(template: str) -> None:
    said = told(template, None)
    assert "Trung tâm Phục vụ hành chính công" in said
    assert "danh sách chờ" not in said
    assert "báo tại đây" not in said


@pytest.mark.parametrize("template", ["officer", "unknown", "feedback"])
def test_who_waits_reads_until_when_somebody_is_there(template: str) -> None:
    said = told(template, OPEN, is_asked=True, is_told=True)
    assert "đang trong giờ làm việc, đến 17:00 hôm nay" in said
    assert "báo tại đây" in said
    assert "báo tại đây" not in told(template, OPEN, is_asked=True)


def test_out_of_hours_the_office_s_own_words_are_read_and_in_hours_not() -> None:
    note = "Gấp thì gọi trực ban."
    assert note in told("officer", OPEN, is_asked=True, is_open=False, note=note)
    assert note not in told("officer", OPEN, is_asked=True, note=note)


def test_who_asked_nothing_yet_is_told_to_write_it() -> None:
    assert "Bạn viết điều cần hỏi" in told("officer", OPEN)
    assert "danh sách chờ" not in told("officer", OPEN)


def test_these_answers_fit_a_phone() -> None:
    staff = {"is_asked": True, "is_told": True, "is_open": False, "note": "Gấp thì gọi trực ban của phường."}
    blocks = lay_out("officer", staff=msgspec.structs.replace(OPEN, **staff), office=("Nơi của bạn: Phường Thử.",))
    assert length(blocks) <= 700


def answer_after(database: Database, hours: list[int]) -> None:
    """Questions of Monday at half past seven, each answered so many hours of work later."""
    asked = MONDAY.replace(hour=7, minute=30)
    with database.session() as session:
        for number, spent in enumerate(hours, start=1):
            exchange = MaskedExchange(asked_at=asked, channel="web", chat="a", question="x", ending="unknown")
            record(session, exchange)
            group = begin_group(session, "x")
            row = {"exchange": number, "group": group, "text": "x", "why": "declined"}
            session.connection().execute(sa.insert(QUESTIONS), row)
            values = {"answered_at": asked + timedelta(hours=spent)}
            session.connection().execute(sa.update(GROUPS).where(GROUPS.c.id == group).values(values))


@pytest.mark.parametrize(
    ("hours", "usual"),
    [
        pytest.param([1] * 9, "", id="too few to say"),
        pytest.param([1] * 6 + [4] * 5, "1 giờ làm việc", id="half within an hour"),
        pytest.param([3] * 11, "3 giờ làm việc", id="three hours"),
        pytest.param([72 + 1] * 11, "3 ngày làm việc", id="two days and an hour, the holiday of 24 November left out"),
    ],
)
def test_how_soon_is_told_from_what_was_answered_lately(database: Database, hours: list[int], usual: str) -> None:
    hire(database, LAN)
    answer_after(database, hours)
    staff = found(database, now=MONDAY + timedelta(days=4))
    assert staff
    assert staff.usual == usual
    said = told("officer", staff, is_asked=True)
    assert ("một nửa số câu hỏi" in said) is bool(usual)
