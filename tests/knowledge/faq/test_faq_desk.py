"""An entry is written by one, approved by another, published whole, changed with its history kept, and retired."""

from datetime import date, datetime

import msgspec
import pytest

from knowledge.catalogue import current_edition, edition_number, go_back
from knowledge.changeset import EditionKind
from knowledge.database import Database
from knowledge.faq import desk, publishing
from knowledge.faq.desk import ChangedMeanwhileError, NothingToPublishError, OwnDraftError, State, UnknownFaqError
from knowledge.faq.entry import FaqEntry, FaqText, code_of, number_of
from knowledge.faq.indexing import out_of_place
from knowledge.faq.published import published, published_on, published_one
from knowledge.procedure import InvalidValueError
from knowledge.staff.accounts import Act, NotAllowedError, Role, Who, add_account
from knowledge.staff.audit import Deed, notes
from staff_people import HOA, LAN, MINH, NGA, OTHER_WARD, PARKING, WARD, publish_faq

CHANGED = msgspec.structs.replace(PARKING, answer="Không có bãi xe.")


def test_an_approved_entry_is_what_the_next_edition_holds(database: Database, now: datetime) -> None:
    number = publish_faq(database, PARKING, now)
    with database.session() as session:
        found, edition = published(session), current_edition(session)
        assert edition is not None
        assert (edition.kind, edition.source) == (EditionKind.FAQ, "hoa")
        assert found[code_of(number)].text == PARKING
        assert (found[code_of(number)].author, found[code_of(number)].approver) == ("lan", "hoa")
        assert desk.card(session, number).state is State.LIVE


def test_a_draft_is_in_no_edition(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        number = desk.draft(session, PARKING, Act(LAN, now))
        assert desk.card(session, number).state is State.DRAFT
        assert published(session) == {}
        assert edition_number(session) == 0


def test_nobody_approves_his_own_draft(database: Database, now: datetime) -> None:
    with database.session(writing=True) as session:
        number = desk.draft(session, PARKING, Act(HOA, now))
        with pytest.raises(OwnDraftError):
            publishing.approve(session, number, 1, Act(HOA, now))
        with pytest.raises(OwnDraftError):  # nobody has an account: the rule for the only one does not hold
            publishing.approve(session, number, 1, Act(HOA, now), allows_own=True)


def test_the_only_member_of_staff_may_where_the_settings_say_so(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        add_account(session, HOA, "một câu dài dễ nhớ", now)
        number = desk.draft(session, PARKING, Act(HOA, now))
        publishing.approve(session, number, 1, Act(HOA, now), allows_own=True)
        add_account(session, LAN, "một câu dài dễ nhớ", now)
        other = desk.draft(session, PARKING, Act(HOA, now))
        with pytest.raises(OwnDraftError):
            publishing.approve(session, other, 1, Act(HOA, now), allows_own=True)


def test_an_officer_does_not_approve(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        number = desk.draft(session, PARKING, Act(HOA, now))
        with pytest.raises(NotAllowedError):
            publishing.approve(session, number, 1, Act(LAN, now))


def test_staff_of_a_commune_touch_only_its_own_entries(sqlite_database: Database, now: datetime) -> None:
    of_ward = msgspec.structs.replace(PARKING, commune=WARD)
    with sqlite_database.session(writing=True) as session:
        city, ward = (desk.draft(session, text, Act(LAN, now)) for text in (PARKING, of_ward))
        desk.revise(session, ward, msgspec.structs.replace(CHANGED, commune=WARD), 1, Act(NGA, now))
        with pytest.raises(NotAllowedError):
            desk.revise(session, city, CHANGED, 1, Act(NGA, now))
        with pytest.raises(NotAllowedError):  # nor does it give its own to the city
            desk.revise(session, ward, CHANGED, 2, Act(NGA, now))
        with pytest.raises(NotAllowedError):
            desk.draft(session, msgspec.structs.replace(PARKING, commune=OTHER_WARD), Act(NGA, now))
        with pytest.raises(NotAllowedError):
            publishing.retire(session, city, "thử", Act(NGA, now))


def test_the_second_of_two_editors_hears_of_the_first(database: Database, now: datetime) -> None:
    number = publish_faq(database, PARKING, now)
    with database.session(writing=True) as session:
        assert desk.revise(session, number, CHANGED, 1, Act(LAN, now)) == 2
        with pytest.raises(ChangedMeanwhileError, match="lan"):
            desk.revise(session, number, PARKING, 1, Act(MINH, now))
        with pytest.raises(ChangedMeanwhileError):  # who approves has read what he approves
            publishing.approve(session, number, 1, Act(HOA, now))
        assert desk.card(session, number).text == CHANGED


def test_until_a_change_is_approved_the_old_text_answers(sqlite_database: Database, now: datetime) -> None:
    number = publish_faq(sqlite_database, PARKING, now)
    with sqlite_database.session(writing=True) as session:
        desk.revise(session, number, CHANGED, 1, Act(LAN, now))
        card = desk.card(session, number)
        assert card.state is State.CHANGED
        assert card.live is not None
        assert card.live.text == PARKING
        publishing.approve(session, number, 2, Act(HOA, now))
        assert published(session)[code_of(number)].text == CHANGED


def test_saving_the_same_text_makes_no_revision(sqlite_database: Database, now: datetime) -> None:
    number = publish_faq(sqlite_database, PARKING, now)
    with sqlite_database.session(writing=True) as session:
        assert desk.revise(session, number, PARKING, 1, Act(LAN, now)) == 1
        assert len(desk.revisions(session, number)) == 1
        with pytest.raises(NothingToPublishError):
            publishing.approve(session, number, 1, Act(HOA, now))


def test_an_earlier_text_comes_back_as_a_new_revision(sqlite_database: Database, now: datetime) -> None:
    number = publish_faq(sqlite_database, PARKING, now)
    with sqlite_database.session(writing=True) as session:
        desk.revise(session, number, CHANGED, 1, Act(LAN, now))
        assert desk.restore(session, number, 1, 2, Act(LAN, now)) == 3
        assert [each.number for each in desk.revisions(session, number)] == [3, 2, 1]
        assert desk.card(session, number).text == PARKING
        with pytest.raises(UnknownFaqError):
            desk.restore(session, number, 9, 3, Act(LAN, now))


def test_a_retired_entry_is_gone_from_the_edition_and_can_come_back(database: Database, now: datetime) -> None:
    number = publish_faq(database, PARKING, now)
    with database.session(writing=True) as session:
        publishing.retire(session, number, "đã đổi chỗ", Act(HOA, now))
        assert published_one(session, code_of(number)) is None
        assert desk.card(session, number).state is State.RETIRED
        with pytest.raises(NothingToPublishError):
            publishing.retire(session, number, "lần nữa", Act(HOA, now))
        assert desk.revise(session, number, PARKING, 1, Act(LAN, now)) == 2
        assert desk.card(session, number).state is State.DRAFT


def test_a_draft_is_retired_without_an_edition(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.session(writing=True) as session:
        number = desk.draft(session, PARKING, Act(LAN, now))
        assert publishing.retire(session, number, "trùng", Act(LAN, now)) is None
        assert edition_number(session) == 0


def test_going_back_to_an_edition_brings_its_entries_back(database: Database, now: datetime) -> None:
    number = publish_faq(database, PARKING, now)
    with database.session(writing=True) as session:
        desk.revise(session, number, CHANGED, 1, Act(LAN, now))
        publishing.approve(session, number, 2, Act(HOA, now))
        go_back(session, 1, now=now, reason="sai")
        assert published(session)[code_of(number)].text == PARKING
        assert desk.card(session, number).state is State.CHANGED


def test_every_step_stands_in_the_audit(sqlite_database: Database, now: datetime) -> None:
    number = publish_faq(sqlite_database, PARKING, now)
    with sqlite_database.session(writing=True) as session:
        desk.revise(session, number, CHANGED, 1, Act(MINH, now))
        publishing.retire(session, number, "hết cần", Act(HOA, now))
        found = notes(session, code_of(number))
    steps = [(note.deed, note.who) for note in reversed(found)]
    assert steps == [
        (Deed.DRAFTED, "lan"),
        (Deed.APPROVED, "hoa"),
        (Deed.REVISED, "minh"),
        (Deed.RETIRED, "hoa"),
    ]
    assert "bãi xe ở cổng sau" in found[1].before
    assert "Không có bãi xe" in found[1].after


def test_an_unknown_number_is_said_to_be_unknown(sqlite_database: Database) -> None:
    with sqlite_database.session() as session, pytest.raises(UnknownFaqError, match="9"):
        desk.card(session, 9)


@pytest.mark.parametrize(
    "changes",
    [
        {"wordings": ()},
        {"wordings": ("",)},
        {"answer": ""},
        {"answer": "x" * 3_001},
        {"wordings": ("x" * 201,)},
        {"procedures": ("khai sinh",)},
        {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
    ],
    ids=["no question", "empty question", "no answer", "long answer", "long question", "no code", "ends too early"],
)
def test_what_cannot_be_an_entry_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        FaqText(**{"wordings": ("Hỏi gì",), "answer": "Đáp", **changes})  # type: ignore[arg-type]  wrong on purpose


def test_an_entry_answers_only_on_its_days(sqlite_database: Database, now: datetime) -> None:
    text = msgspec.structs.replace(PARKING, valid_from=date(2026, 12, 1), valid_to=date(2026, 12, 31))
    publish_faq(sqlite_database, text, now)
    with sqlite_database.session() as session:
        held = [bool(published_on(session, date(2026, month, day))) for month, day in ((11, 30), (12, 1), (12, 31))]
        assert held == [False, True, True]
        assert not published_on(session, date(2027, 1, 1))


def test_a_commune_has_its_own_in_place_of_the_city_s() -> None:
    texts = {1: PARKING, 2: msgspec.structs.replace(PARKING, commune=WARD, instead_of=1)}
    faqs = {
        code_of(number): FaqEntry(
            id=number, revision=1, text=text, author="lan", approver="hoa", approved_on=date(2026, 1, 1)
        )
        for number, text in texts.items()
    }
    assert out_of_place(faqs, "") == {"faq-2"}
    assert out_of_place(faqs, OTHER_WARD) == {"faq-2"}
    assert out_of_place(faqs, WARD) == {"faq-1"}


@pytest.mark.parametrize("code", ["faq-", "faq-x", "faq--1", "1.001193", "faq-99999999999", ""])
def test_what_is_no_code_of_an_entry_has_no_number(code: str) -> None:
    assert number_of(code) is None


def test_a_code_says_its_number() -> None:
    assert number_of(code_of(12)) == 12


def test_roles_say_what_they_may() -> None:
    assert [(role, Who(login="x1", name="", role=role).may_approve) for role in Role] == [
        (Role.OFFICER, False),
        (Role.APPROVER, True),
        (Role.ADMIN, True),
    ]
