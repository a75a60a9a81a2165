"""What of our own became old, with the reason."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from msgspec.structs import replace
from sqlmodel import Session

from knowledge.catalogue import procedure_on, publish
from knowledge.database import Database
from knowledge.faq.desk import draft
from knowledge.faq.entry import FaqText
from knowledge.faq.publishing import approve
from knowledge.patches import Patch
from knowledge.procedure import Decision, Paper
from knowledge.staff.accounts import Act
from knowledge.stale import Ours, stale_on
from knowledge.starter import publish_starter
from knowledge.wordings import Wordings, load_wordings
from knowledge.words.desk import approve_word, propose
from knowledge.words.word import WordKind, WordText
from sample_decisions import DECISION, decided, make_patch
from sample_procedures import CATALOGUE, amended
from staff_people import HOA, LAN

TODAY = date(2026, 11, 22)
BIRTH = "1.001193"


@pytest.fixture
def session(sqlite_database: Database, now: datetime) -> Iterator[Session]:
    with sqlite_database.session() as session:
        publish_starter(session, now)
        yield session


def stale(session: Session) -> list[tuple[Ours, str, str]]:
    return [(each.kind, each.code, each.reason) for each in stale_on(session, TODAY, load_wordings())]


def test_of_a_fresh_starter_catalogue_nothing_is_stale(session: Session) -> None:
    assert stale(session) == []


@pytest.mark.parametrize(
    ("patch", "reason"),
    [
        (make_patch(BIRTH, time_shortened="1 ngày"), "thời hạn theo quyết định mới từ 30/08/2026"),
        (make_patch(BIRTH, papers=(Paper(name="Đơn", originals=1),)), "giấy tờ theo quyết định mới"),
        (
            make_patch(BIRTH, name="Thủ tục đăng ký khai sinh"),
            "thủ tục sửa đổi từ 30/08/2026 (Quyết định 9001/QĐ-UBND)",
        ),
        (make_patch(BIRTH, "repealed"), "bị bãi bỏ từ 30/08/2026"),
        (make_patch(BIRTH, "replaced", successor="3.000722"), "được thay bằng 3.000722"),
    ],
    ids=["time", "papers", "amended", "repealed", "replaced"],
)
def test_plain_words_that_a_decision_touches_are_stale(
    session: Session, now: datetime, patch: Patch, reason: str
) -> None:
    publish(session, decided(patch), DECISION, now=now)
    assert any(kind is Ours.PLAIN_WORDS and said.startswith(reason) for kind, _, said in stale(session))


def test_what_ended_makes_wordings_fee_rules_and_posters_stale_too(session: Session, now: datetime) -> None:
    publish(session, decided(make_patch(BIRTH, "repealed")), DECISION, now=now)
    assert {kind for kind, code, _ in stale(session) if code == BIRTH} == set(Ours) - {Ours.FAQ}


def test_what_staff_wrote_about_what_ended_is_stale(session: Session, now: datetime) -> None:
    entry = FaqText(wordings=("hỏi khai sinh",), answer="Đáp.", procedures=(BIRTH,))
    approve(session, draft(session, entry, Act(LAN, now)), 1, Act(HOA, now))
    word = WordText(kind=WordKind.WORDING, said="bùa em bé", means=BIRTH)
    approve_word(session, propose(session, word, Act(LAN, now)), Act(HOA, now))
    assert stale(session) == []
    publish(session, decided(make_patch(BIRTH, "repealed")), DECISION, now=now)
    found = {(each.kind, each.code): each.what for each in stale_on(session, TODAY, Wordings({}, ()))}
    assert found[Ours.FAQ, "faq-1"] == "hỏi khai sinh"
    assert found[Ours.WORDING, BIRTH] == "bùa em bé (word-1)"


def test_a_decision_that_states_a_fee_makes_older_fee_rules_stale(session: Session, now: datetime) -> None:
    publish(session, decided(make_patch(BIRTH, fee_text="9.000 đồng")), DECISION, now=now)
    reasons = {said for kind, code, said in stale(session) if (kind, code) == (Ours.FEE_RULE, BIRTH)}
    assert reasons == {"quyết định mới ghi mức thu từ 30/08/2026 (Quyết định 9001/QĐ-UBND): cần so lại"}


def test_a_change_to_come_makes_nothing_stale_yet(session: Session, now: datetime) -> None:
    publish(session, decided(make_patch(BIRTH, "repealed", effective=date(2027, 3, 1))), DECISION, now=now)
    assert stale(session) == []


def test_words_written_after_another_decision_are_stale_once_the_copy_has_a_newer_one(
    session: Session, now: datetime
) -> None:
    known = procedure_on(session, BIRTH, TODAY)
    assert known is not None
    newer = replace(known.procedure, decision=Decision(number="999/QĐ-BTP", day=TODAY))
    publish(session, amended(newer), CATALOGUE, now=now)
    assert (Ours.PLAIN_WORDS, BIRTH, "viết theo Quyết định 163/QĐ-BTP, danh mục nay theo 999/QĐ-BTP") in stale(session)


def test_a_new_name_makes_posters_stale(session: Session, now: datetime) -> None:
    publish(session, decided(make_patch(BIRTH, name="Khai sinh kiểu mới")), DECISION, now=now)
    (poster,) = [each for each in stale(session) if each[0] is Ours.POSTER]
    assert poster[2].startswith("áp phích in tên cũ")
