"""Entries whose procedures changed after they were approved."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace
from sqlmodel import Session

from knowledge.catalogue import publish
from knowledge.database import Database
from knowledge.faq.desk import (
    BadReplacementError,
    BadReviewDayError,
    InUseError,
    NothingToPublishError,
    OwnDraftError,
    State,
    card,
    draft,
    restore,
    revise,
    revisions,
)
from knowledge.faq.entry import FaqText
from knowledge.faq.publishing import LOOKED_AT, approve, confirm, retire
from knowledge.faq.stale import old_faqs
from knowledge.staff.accounts import Act, NotAllowedError, add_account
from knowledge.staff.audit import Deed, notes
from sample_decisions import DECISION, decided, make_patch
from sample_procedures import CATALOGUE, amended, make_procedure, new, repealed
from staff_people import HOA, LAN, MINH, NGA, PARKING, WARD

MARRIAGE, BIRTH = make_procedure("1.000894", name="Đăng ký kết hôn"), make_procedure("1.001193", name="Khai sinh")
ABOUT = FaqText(wordings=("kết hôn cần gì",), answer="Đáp.", procedures=("1.000894", "1.001193"))

NEXT = date(2027, 6, 1)


def begun(session: Session, now: datetime) -> int:
    publish(session, new(MARRIAGE, BIRTH), CATALOGUE, now=now)
    number = draft(session, ABOUT, Act(LAN, now))
    approve(session, number, 1, Act(HOA, now))
    return number


def reasons(session: Session) -> list[str]:
    return [each.reason for each in old_faqs(session)]


def test_what_was_approved_after_the_last_change_is_not_old(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        begun(session, now)
        assert reasons(session) == []


def test_a_decision_of_its_procedure_makes_an_entry_old(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        begun(session, now)
        publish(session, decided(make_patch("1.000894", time_shortened="1 ngày")), DECISION, now=now)
        assert reasons(session) == ["thủ tục 1.000894 sửa đổi từ 30/08/2026 (Quyết định 9001/QĐ-UBND)"]


def test_a_newer_record_makes_an_entry_old(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        begun(session, now)
        publish(session, amended(replace(BIRTH, note="khác", data_day=date(2026, 12, 1))), CATALOGUE, now=now)
        assert reasons(session) == ["danh mục có bản mới của thủ tục 1.001193"]


def test_a_record_that_is_gone_makes_an_entry_old(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        begun(session, now)
        publish(session, repealed(BIRTH), CATALOGUE, now=now)
        assert reasons(session) == ["danh mục không còn thủ tục 1.001193"]


def test_other_procedures_and_entries_without_any_are_no_reason(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        begun(session, now)
        approve(session, draft(session, PARKING, Act(LAN, now)), 1, Act(HOA, now))
        publish(session, decided(make_patch("1.000656", time_shortened="1 ngày")), DECISION, now=now)
        assert reasons(session) == []


def test_who_looked_again_says_so_and_it_is_old_no_more(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        number = begun(session, now)
        publish(session, decided(make_patch("1.000894", time_shortened="1 ngày")), DECISION, now=now)
        confirm(session, number, NEXT, Act(MINH, now))
        assert reasons(session) == []
        live = card(session, number).live
        assert live is not None
        assert (live.approver, live.author, live.text) == ("minh", "lan", replace(ABOUT, review_on=NEXT))
        assert notes(session, "faq-1")[0].deed is Deed.REVIEWED


def test_looking_again_takes_an_approver_who_did_not_write_it(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        number = begun(session, now)
        with pytest.raises(NotAllowedError):
            confirm(session, number, NEXT, Act(LAN, now))
        with pytest.raises(NotAllowedError):
            confirm(session, number, NEXT, Act(NGA, now))
        own = draft(session, PARKING, Act(MINH, now))
        with pytest.raises(NothingToPublishError):
            confirm(session, own, NEXT, Act(HOA, now))
        approve(session, own, 1, Act(HOA, now))
        with pytest.raises(OwnDraftError):
            confirm(session, own, NEXT, Act(MINH, now))


def test_only_an_entry_of_the_city_can_be_replaced(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        city = draft(session, PARKING, Act(LAN, now))
        instead = FaqText(wordings=("gửi xe",), answer="Ở đây.", commune=WARD, instead_of=city)
        own = draft(session, instead, Act(LAN, now))
        for wrong in (own, 99):
            with pytest.raises(BadReplacementError):
                draft(session, replace(instead, instead_of=wrong), Act(LAN, now))


def test_what_a_commune_replaces_is_not_retired_under_it(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        city = draft(session, PARKING, Act(LAN, now))
        own = draft(
            session, FaqText(wordings=("gửi xe",), answer="Ở đây.", commune=WARD, instead_of=city), Act(LAN, now)
        )
        for number in (city, own):
            approve(session, number, 1, Act(HOA, now))
        with pytest.raises(InUseError):
            retire(session, city, "thừa", Act(HOA, now))
        retire(session, own, "thừa", Act(HOA, now))
        assert retire(session, city, "thừa", Act(HOA, now))


def test_the_day_of_the_next_look_is_a_revision_of_its_own(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        number = begun(session, now)
        confirm(session, number, NEXT, Act(MINH, now))
        found = card(session, number)
        assert (found.state, found.newest.number, found.newest.origin) == (State.LIVE, 2, LOOKED_AT)
        assert found.text == replace(ABOUT, review_on=NEXT)
        confirm(session, number, NEXT, Act(HOA, now))  # the same day again needs no other text
        assert len(revisions(session, number)) == 2
        assert card(session, number).state is State.LIVE


def test_a_change_that_waits_is_left_alone_by_who_confirms_the_text_in_use(
    sqlite_database: Database, now: datetime
) -> None:
    with sqlite_database.session(writing=True) as session:
        number = begun(session, now)
        other = replace(ABOUT, answer="Đáp khác.")
        revise(session, number, other, 1, Act(LAN, now))
        confirm(session, number, NEXT, Act(MINH, now))
        found = card(session, number)
        assert (found.state, found.text, found.newest.author) == (State.CHANGED, other, "lan")
        assert found.live is not None
        assert found.live.text == replace(ABOUT, review_on=NEXT)
        approve(session, number, 2, Act(HOA, now))
        assert card(session, number).state is State.LIVE


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 21), date(2020, 1, 1)])
def test_the_next_look_is_on_a_day_to_come(sqlite_database: Database, now: datetime, day: date) -> None:
    with sqlite_database.session(writing=True) as session:
        number = begun(session, now)
        with pytest.raises(BadReviewDayError):
            confirm(session, number, day, Act(MINH, now))
        assert len(revisions(session, number)) == 1


def test_the_only_member_of_staff_confirms_his_own_where_the_settings_say_so(
    sqlite_database: Database, now: datetime
) -> None:
    own = replace(PARKING, commune=WARD)
    with sqlite_database.session(writing=True) as session:
        add_account(session, NGA, "một câu dài dễ nhớ", now)
        number = draft(session, own, Act(NGA, now))
        approve(session, number, 1, Act(NGA, now), allows_own=True)
        with pytest.raises(OwnDraftError):
            confirm(session, number, NEXT, Act(NGA, now))
        confirm(session, number, NEXT, Act(NGA, now), allows_own=True)
        assert card(session, number).text.review_on == NEXT
        add_account(session, replace(HOA, commune=WARD), "một câu dài dễ nhớ", now)
        with pytest.raises(OwnDraftError):
            confirm(session, number, NEXT, Act(NGA, now), allows_own=True)


def test_what_was_retired_meanwhile_is_not_replaced_by_an_approval(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        city = draft(session, PARKING, Act(LAN, now))
        instead = FaqText(wordings=("gửi xe",), answer="Ở đây.", commune=WARD, instead_of=city)
        own = draft(session, instead, Act(LAN, now))
        retire(session, city, "thừa", Act(HOA, now))
        with pytest.raises(BadReplacementError):
            approve(session, own, 1, Act(HOA, now))
        assert card(session, own).state is State.DRAFT
        with pytest.raises(BadReplacementError):
            restore(session, own, 1, 1, Act(LAN, now))


def test_an_entry_that_a_change_of_a_draft_replaces_keeps_its_text(sqlite_database: Database, now: datetime) -> None:
    """A draft that is to stand in place of an entry does not hold it: only what is published does."""
    with sqlite_database.session(writing=True) as session:
        city = draft(session, PARKING, Act(LAN, now))
        approve(session, city, 1, Act(HOA, now))
        draft(session, FaqText(wordings=("gửi xe",), answer="Ở đây.", commune=WARD, instead_of=city), Act(LAN, now))
        assert retire(session, city, "thừa", Act(HOA, now))
