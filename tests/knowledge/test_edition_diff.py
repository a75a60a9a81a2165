"""What differs between two editions, per procedure and field."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlmodel import Session

from knowledge.catalogue import publish
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.database import Database
from knowledge.edition_diff import Difference, EditionDiff, diff
from knowledge.fee_rules import FeeRule
from knowledge.procedure import Channel, LegalBasis
from knowledge.what_changed import change_in_words, field_name, for_group, for_staff
from sample_decisions import DECISION, decided, make_patch
from sample_procedures import CATALOGUE, amended, make_checklist, make_procedure, new, repealed

TODAY, SPRING = date(2026, 11, 22), date(2027, 3, 1)
BIRTH, DEATH = make_procedure("1.001193", name="Khai sinh"), make_procedure("1.000656", name="Khai tử")


@pytest.fixture
def session(database: Database, now: datetime) -> Iterator[Session]:
    """Edition 1: two procedures, one of them with plain words."""
    with database.session() as session:
        plain = (make_checklist(BIRTH.code),)
        publish(session, ChangeSet(changes=new(BIRTH, DEATH).changes, checklists=plain), CATALOGUE, now=now)
        yield session


def kinds(found: EditionDiff) -> list[tuple[str, Difference]]:
    return [(change.code, change.kind) for change in found.procedures]


def test_between_an_edition_and_itself_nothing_differs(session: Session) -> None:
    assert diff(session, 1, 1, TODAY).procedures == ()


def test_before_the_first_edition_everything_is_new_and_backwards_everything_is_gone(session: Session) -> None:
    assert kinds(diff(session, 0, 1, TODAY)) == [(DEATH.code, Difference.NEW), (BIRTH.code, Difference.NEW)]
    assert kinds(diff(session, 1, 0, TODAY)) == [(DEATH.code, Difference.GONE), (BIRTH.code, Difference.GONE)]


def test_a_new_copy_differs_in_the_fields_that_differ(session: Session, now: datetime) -> None:
    newer = make_procedure(BIRTH.code, name="Khai sinh, sửa đổi", data_day=TODAY)
    publish(session, amended(newer), CATALOGUE, now=now)
    (change,) = diff(session, 1, 2, TODAY).procedures
    assert (change.kind, change.is_asked_often) == (Difference.CHANGED, True)
    assert [(each.field, each.before, each.after) for each in change.fields] == [
        ("name", "Khai sinh", "Khai sinh, sửa đổi")
    ]


def test_a_decision_differs_in_the_citys_layer(session: Session, now: datetime) -> None:
    patch = make_patch(DEATH.code, name="Khai tử", time_shortened="1 ngày", decision=DEATH.decision)
    publish(session, decided(patch), DECISION, now=now)
    (change,) = diff(session, 1, 2, TODAY).procedures
    assert [each.field for each in change.fields] == ["city.amended", "city.time"]


@pytest.mark.parametrize(
    ("patch", "kind"),
    [
        (make_patch(DEATH.code, "repealed"), Difference.ENDED),
        (make_patch(DEATH.code, "replaced", successor=BIRTH.code), Difference.ENDED),
        (make_patch(DEATH.code, "repealed", effective=SPRING), Difference.CHANGED),
        (make_patch("3.000722", "new"), Difference.NEW),
        (make_patch("3.000722", "repealed"), Difference.ENDED),
    ],
    ids=["repealed", "replaced", "repealed in spring", "new", "repealed, of which only the name is known"],
)
def test_each_row_of_a_decision_is_a_difference_of_its_kind(
    session: Session, now: datetime, patch: object, kind: Difference
) -> None:
    publish(session, decided(patch), DECISION, now=now)  # type: ignore[arg-type]
    assert [change.kind for change in diff(session, 1, 2, TODAY).procedures] == [kind]


def test_what_is_coming_is_a_difference_on_its_day(session: Session, now: datetime) -> None:
    publish(session, decided(make_patch(DEATH.code, "repealed", effective=SPRING)), DECISION, now=now)
    assert diff(session, 1, 2, SPRING).procedures[0].kind is Difference.ENDED


def test_withdrawing_a_repeal_revives(session: Session, now: datetime) -> None:
    patch = make_patch(DEATH.code, "repealed")
    publish(session, decided(patch), DECISION, now=now)
    publish(session, decided(withdrawn=(patch.key,)), DECISION, now=now)
    assert kinds(diff(session, 2, 3, TODAY)) == [(DEATH.code, Difference.REVIVED)]
    assert diff(session, 1, 3, TODAY).procedures == ()


def test_what_a_complete_copy_dropped_is_gone(session: Session, now: datetime) -> None:
    publish(session, repealed(DEATH), CATALOGUE, now=now)
    assert kinds(diff(session, 1, 2, TODAY)) == [(DEATH.code, Difference.GONE)]


def test_plain_words_and_council_fees_differ_too(session: Session, now: datetime) -> None:
    rule = FeeRule(key="a", channels=(Channel.ONLINE,), amount=0, ground="Nghị quyết", codes=(DEATH.code,))
    plain = (make_checklist(BIRTH.code, time="1 ngày."),)
    publish(session, ChangeSet(fee_rules=(rule,), checklists=plain), Origin(kind=EditionKind.FEES), now=now)
    fees, words = diff(session, 1, 2, TODAY).procedures
    assert [each.field for each in fees.fields] == ["fees"]
    assert [each.field for each in words.fields] == ["plain.time"]


# In words


def test_staff_read_every_procedure_with_its_fields(session: Session, now: datetime) -> None:
    newer = make_procedure(BIRTH.code, name="Khai sinh mới")
    publish(session, amended(newer), CATALOGUE, now=now)
    publish(session, decided(make_patch(DEATH.code, "repealed")), DECISION, now=now)
    told = for_staff(diff(session, 1, 3, TODAY)).splitlines()
    assert told[0] == "Ấn bản 1 → 3, tính đến ngày 22/11/2026"
    assert told[1] == "1 thủ tục có thay đổi; 1 thủ tục hết hiệu lực."
    assert "    Tên: Khai sinh → Khai sinh mới" in told
    assert any(line.startswith("    Hết hiệu lực: (không có) →") for line in told)


def test_the_group_reads_what_people_ask_about_first_and_how_many_more(session: Session, now: datetime) -> None:
    others = [make_procedure(f"1.00000{number}", name=f"Việc {number}") for number in range(1, 8)]
    publish(session, new(*others), CATALOGUE, now=now)
    publish(session, amended(make_procedure(BIRTH.code, name="Khai sinh mới")), CATALOGUE, now=now)
    told = for_group(diff(session, 1, 3, TODAY), "https://x.vn/")
    assert "• Khai sinh mới (1.001193)" in told
    assert "• và 2 thủ tục khác: Hộ tịch 2" in told
    assert told.splitlines()[-1] == "Xem đủ: https://x.vn/thay-doi?tu=1&den=3"


def test_nothing_to_tell_is_told_to_nobody(session: Session) -> None:
    assert for_group(diff(session, 1, 1, TODAY)) == ""
    assert "Không thủ tục nào thay đổi." in for_staff(diff(session, 1, 1, TODAY))


def test_of_lists_what_was_added_and_dropped_is_told() -> None:
    assert change_in_words(["a", "b"], ["b", "c"]) == "thêm: c; bỏ: a"
    assert change_in_words(["a", "b"], ["b", "a"]) == "đổi thứ tự"


def test_another_order_of_a_list_and_another_way_to_name_a_law_are_no_change(session: Session, now: datetime) -> None:
    laws = (LegalBasis(number="60/2014/QH13"), LegalBasis(number="Nghị định số 104/2022/NĐ-CP"))
    again = (LegalBasis(number="NĐ 104/2022/NĐ-CP", name="Nghị định"), LegalBasis(number="Luật 60/2014/QH13"))
    publish(session, new(make_procedure("1.000001", legal_bases=laws, subjects=("A", "B"))), CATALOGUE, now=now)
    later = make_procedure("1.000001", legal_bases=again, subjects=("B", "A"), note="Mới")
    publish(session, amended(later), CATALOGUE, now=now)
    (change,) = diff(session, 2, 3, TODAY).procedures
    assert [field.field for field in change.fields] == ["note"]


def test_every_field_of_a_record_has_a_name_for_people(session: Session) -> None:
    (change, _) = diff(session, 0, 1, TODAY).procedures
    assert change.fields == ()
    fields = set(BIRTH.__struct_fields__) - {"formality_id", "code", "data_day", "is_starter"}
    assert all(field_name(field) != field for field in fields)
