"""Complaints and proposals: noted as they are recorded, moved by staff, forgotten with their chat."""

import json
from datetime import datetime, timedelta

import pytest

from bot.conversation.messages import Ending
from knowledge.database import Database
from knowledge.petitions import (
    ENDING,
    Change,
    PetitionKind,
    PetitionState,
    UnknownPetitionError,
    change,
    count_petitions,
    kind_of,
    petition,
    petitions,
)
from knowledge.questions import MaskedExchange, forget_exchanges, record
from knowledge.staff.accounts import Act
from knowledge.staff.audit import notes
from staff_people import LAN, OTHER_WARD, WARD


def put(database: Database, at: datetime, text: str, **fields: str) -> None:
    row = {"channel": "web", "chat": "a", "ending": "complaint", "commune": WARD, **fields}
    with database.session() as session:
        record(session, MaskedExchange(asked_at=at, question=text, **row))


def texts(database: Database, state: PetitionState = PetitionState.OPEN, commune: str = "") -> list[str]:
    with database.session() as session:
        return [each.text for each in petitions(session, state, commune)]


def moved(database: Database, number: int, state: PetitionState, at: datetime, note: str = "") -> None:
    with database.session(writing=True) as session:
        change(session, number, Change(state=state, kind=PetitionKind.CONDUCT, note=note), Act(LAN, at))


def test_the_ending_is_one_of_the_bot_s() -> None:
    assert Ending(ENDING) is Ending.COMPLAINT


def test_a_complaint_is_noted_and_nothing_else_is(sqlite_database: Database, now: datetime) -> None:
    put(sqlite_database, now, "rác thải bừa bãi ở ngõ [DIACHI]")
    put(sqlite_database, now, "làm khai sinh cần gì", ending="procedure")
    put(sqlite_database, now, "Gửi phản ánh", action="view:complaint")
    with sqlite_database.session() as session:
        (found,) = petitions(session, PetitionState.OPEN)
    assert (found.text, found.kind, found.commune) == ("rác thải bừa bãi ở ngõ [DIACHI]", PetitionKind.LIVING, WARD)
    assert found.received_at == now


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("cán bộ hẹn tôi lên ba lần mà vẫn bảo chờ", PetitionKind.CONDUCT),
        ("thai do can bo hach dich qua", PetitionKind.CONDUCT),
        ("Cổng dịch vụ công đăng nhập bị lỗi", PetitionKind.FAULT),
        ("đường hỏng, ổ gà đầy ra không ai sửa", PetitionKind.LIVING),
        ("quy định này bất hợp lý quá", PetitionKind.RULES),
        ("tôi kiến nghị lắp thêm ghế chờ", PetitionKind.IDEA),
        ("có người giả danh công an gọi chuyển tiền", PetitionKind.FRAUD),
        ("tôi muốn tố cáo ông trưởng thôn", PetitionKind.OWN_LAW),
        ("không ai có trách nhiệm và quyền lợi gì", PetitionKind.OTHER),
        ("", PetitionKind.OTHER),
    ],
)
def test_a_kind_is_guessed_from_whole_words(text: str, kind: PetitionKind) -> None:
    assert kind_of(text) is kind


def test_a_petition_is_handed_on_and_closed_and_each_step_is_told(sqlite_database: Database, now: datetime) -> None:
    put(sqlite_database, now, "bức xúc quá")
    later = now + timedelta(days=2)
    moved(sqlite_database, 1, PetitionState.HANDED, later, "PAKN quốc gia")
    assert (texts(sqlite_database), texts(sqlite_database, PetitionState.HANDED)) == ([], ["bức xúc quá"])
    moved(sqlite_database, 1, PetitionState.CLOSED, later + timedelta(days=1), "đã trả lời")
    with sqlite_database.session() as session:
        found = petition(session, 1)
        told = notes(session, "petition-1")
    assert (found.state, found.handed_at, found.closed_at) == (PetitionState.CLOSED, later, later + timedelta(days=1))
    assert [json.loads(note.after) for note in told] == [
        {"state": "closed", "kind": "conduct", "note": "đã trả lời"},
        {"state": "handed", "kind": "conduct", "note": "PAKN quốc gia"},
    ]
    assert json.loads(told[-1].before) == {"state": "open", "kind": "other", "note": ""}


def test_one_closed_without_being_handed_on_says_so(sqlite_database: Database, now: datetime) -> None:
    put(sqlite_database, now, "bức xúc quá")
    moved(sqlite_database, 1, PetitionState.CLOSED, now)
    with sqlite_database.session() as session:
        assert petition(session, 1).handed_at is None


def test_one_opened_anew_is_pending_again(database: Database, now: datetime) -> None:
    put(database, now, "bức xúc quá")
    moved(database, 1, PetitionState.CLOSED, now)
    moved(database, 1, PetitionState.OPEN, now)
    assert texts(database) == ["bức xúc quá"]
    assert texts(database, PetitionState.CLOSED) == []


def test_a_correction_of_a_closed_one_leaves_its_day(sqlite_database: Database, now: datetime) -> None:
    put(sqlite_database, now, "bức xúc quá")
    moved(sqlite_database, 1, PetitionState.CLOSED, now)
    moved(sqlite_database, 1, PetitionState.CLOSED, now + timedelta(days=30), "ghi thêm")
    with sqlite_database.session() as session:
        assert petition(session, 1).closed_at == now


def test_a_commune_sees_its_own_alone(sqlite_database: Database, now: datetime) -> None:
    put(sqlite_database, now, "ở đây")
    put(sqlite_database, now, "ở kia", commune=OTHER_WARD)
    put(sqlite_database, now, "không rõ ở đâu", commune="")
    assert texts(sqlite_database, commune=WARD) == ["ở đây"]
    assert len(texts(sqlite_database)) == 3


def test_who_is_forgotten_leaves_no_petition(sqlite_database: Database, now: datetime) -> None:
    put(sqlite_database, now, "của người khác", chat="b")
    put(sqlite_database, now, "của tôi")
    with sqlite_database.session() as session:
        forget_exchanges(session, "a")
    assert texts(sqlite_database) == ["của người khác"]


def test_a_petition_that_is_not_there_is_refused(sqlite_database: Database, now: datetime) -> None:
    with pytest.raises(UnknownPetitionError, match="7"):
        moved(sqlite_database, 7, PetitionState.CLOSED, now)


def test_long_lists_are_read_page_by_page_and_counted(sqlite_database: Database, now: datetime) -> None:
    for at in range(7):
        put(sqlite_database, now + timedelta(minutes=at), f"phản ánh {at}", commune=OTHER_WARD if at == 6 else WARD)
    moved(sqlite_database, 1, PetitionState.CLOSED, now)
    with sqlite_database.session() as session:
        pages = [
            [each.text for each in petitions(session, PetitionState.OPEN, WARD, most=2, skip=skip)]
            for skip in (0, 2, 4, 6)
        ]
        counts = {each: count_petitions(session, each) for each in PetitionState}
        assert count_petitions(session, PetitionState.OPEN, WARD) == 5
    assert pages == [["phản ánh 1", "phản ánh 2"], ["phản ánh 3", "phản ánh 4"], ["phản ánh 5"], []]
    assert counts == {PetitionState.OPEN: 6, PetitionState.HANDED: 0, PetitionState.CLOSED: 1}
