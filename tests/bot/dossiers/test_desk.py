"""Who may see what, and how much asking is too much."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from threading import Event

import msgspec
import pytest

from bot.conversation.messages import Chat
from bot.dossiers.desk import FLOOR, Desk
from bot.dossiers.outcomes import (
    Closed,
    CodeAsked,
    Elsewhere,
    FactorAsked,
    Missing,
    Outcome,
    Paused,
    Private,
    Request,
    Told,
    Wish,
)
from bot.dossiers.sources import SourceDownError
from knowledge.database import Database
from knowledge.dossiers.attempts import MOST_OF_SEQUENCE, MOST_WRONG, WINDOWS
from knowledge.dossiers.dossier import Entry, Timeliness
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.ledger import Update, save

KEYS = Keys("a key for tests")
DAY = "H24.999-261110"
CODE, NATIONAL = f"{DAY}-0001", "G22.99-261110-000301"
PHONE, IDENTITY, RIGHT, WRONG = "0000001234", "000000005678", "1234", "9999"
CHATS = count()


@dataclass(frozen=True)
class Asker:
    chat: Chat
    user: str = ""


def somebody(user: str = "") -> Asker:
    return Asker(Chat("test", f"chat-{next(CHATS)}"), user)


def entry(code: str = CODE, **told: object) -> Entry:
    values = {
        "system": "Một cửa",
        "status": 5,
        "due": "2026-11-27T09:00",
        "procedure": "Cấp Giấy xác nhận tình trạng hôn nhân",
        "to_add": ("Giấy tờ A",),
        "factors": KEYS.factors_of(code, PHONE, IDENTITY),
    }
    return Entry(code=code, **values | told)  # type: ignore[arg-type]  fields by name


class Desks:
    """A desk over a ledger with one dossier of two codes; what it rested is noted instead of waited for."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now
        self.rested: list[float] = []
        self.desk = Desk(database, KEYS, pause=self.rested.append)
        self.put(entry(other_codes=(NATIONAL,)))

    def put(self, *entries: Entry) -> None:
        with self.database.session() as session:
            save(session, [Update(entries=(each,)) for each in entries], self.now)

    def ask(self, asker: Asker, code: str = CODE, factor: str = "", wish: Wish = Wish.SHOW, **rest: object) -> Outcome:
        request = Request(code=code, factor=factor, wish=wish, **rest)  # type: ignore[arg-type]  fields by name
        return self.desk.serve(request, asker, self.now)


class Held:
    """A source that answers when it may."""

    def __init__(self) -> None:
        self.is_asked, self.may_answer = Event(), Event()

    def ask(self, code: str) -> list[Update]:
        self.is_asked.set()
        assert self.may_answer.wait(60), code
        return []

    def close(self) -> None:
        pass


@pytest.fixture
def desks(database: Database, eight: datetime) -> Desks:
    return Desks(database, eight)


def test_the_code_alone_tells_the_state_and_not_what_is_sensitive(desks: Desks) -> None:
    told = desks.ask(somebody())
    assert isinstance(told, Told)
    assert (told.dossier.status, told.timeliness, told.is_proven) == (5, Timeliness.PAUSED, False)
    assert told.procedure == ""


def test_either_code_and_either_number_do(desks: Desks) -> None:
    for code in (CODE, NATIONAL):
        for factor in (RIGHT, "5678"):
            told = desks.ask(somebody(), code, factor, Wish.MORE)
            assert isinstance(told, Told)
            assert told.is_proven
            assert told.procedure


def test_what_needs_the_factor_asks_for_it_until_the_chat_has_given_it(desks: Desks) -> None:
    assert desks.ask(somebody(), wish=Wish.MORE) == FactorAsked(CODE, Wish.MORE)
    told = desks.ask(somebody(), wish=Wish.MORE, proven=(NATIONAL,))
    assert isinstance(told, Told)
    assert told.is_proven


def test_an_unknown_code_and_a_wrong_factor_get_the_same_reply_after_the_same_rest(desks: Desks) -> None:
    wrong, unknown = desks.ask(somebody(), CODE, WRONG), desks.ask(somebody(), f"{DAY}-0999", WRONG)
    assert wrong == unknown == Missing()
    assert len(desks.rested) == 2
    assert all(0 < rest <= FLOOR for rest in desks.rested)


def test_in_a_group_nothing_is_said(desks: Desks) -> None:
    group = Asker(Chat("test", "group", is_group=True))
    assert desks.ask(group) == desks.ask(group, f"{DAY}-0999") == Private()


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        pytest.param("", CodeAsked(), id="no code"),
        pytest.param("00012/2026/00034", Elsewhere("Bảo hiểm xã hội"), id="of another system"),
        pytest.param(f"{DAY}-0999", Missing(), id="unknown"),
    ],
)
def test_what_cannot_be_looked_up_ends_by_its_name(code: str, outcome: Outcome, desks: Desks) -> None:
    assert desks.ask(somebody(), code) == outcome


def test_without_any_dossier_the_desk_is_closed(sqlite_database: Database, eight: datetime) -> None:
    desk = Desk(sqlite_database, KEYS, pause=lambda _seconds: None)
    assert desk.serve(Request(code=CODE), somebody(), eight) == desk.serve(Request(), somebody(), eight) == Closed()


def test_an_office_may_always_ask_for_the_factor(desks: Desks) -> None:
    strict = Desk(desks.database, KEYS, always_factor=True, pause=lambda _seconds: None)
    for code in (CODE, f"{DAY}-0999"):
        assert isinstance(strict.serve(Request(code=code), somebody(), desks.now), FactorAsked)


# Limits


def test_the_own_dossier_may_be_looked_at_as_often_as_one_likes(desks: Desks) -> None:
    asker = somebody()
    assert all(isinstance(desks.ask(asker), Told) for _ in range(50))


def test_after_five_codes_a_pause_begins_that_grows(desks: Desks) -> None:
    asker, codes = somebody(), (f"{DAY}-{number:04}" for number in count(1))

    def until_paused() -> tuple[int, int]:
        for tries in count():
            outcome = desks.ask(asker, next(codes))
            if isinstance(outcome, Paused):
                return tries, outcome.minutes
        raise AssertionError

    assert until_paused() == (5, 15)
    desks.now += timedelta(minutes=16)
    tries, minutes = until_paused()
    assert tries == 5
    assert 120 < minutes <= 180


def test_a_pause_holds_for_the_user_in_another_chat_and_not_for_others(desks: Desks) -> None:
    for number in range(2, 8):
        desks.ask(somebody("10.0.0.1"), f"{DAY}-{number:04}")
    assert isinstance(desks.ask(somebody("10.0.0.1"), f"{DAY}-0009"), Paused)
    assert isinstance(desks.ask(somebody("10.0.0.2"), f"{DAY}-0009"), Missing)


def test_a_wrong_factor_counts_double_and_three_lock_the_code_for_the_day(desks: Desks) -> None:
    asker = somebody()
    outcomes = []
    for _ in range(3):
        outcomes += [desks.ask(asker, CODE, WRONG), desks.ask(asker, CODE, WRONG)]
        desks.now += timedelta(minutes=20)
    assert outcomes[:2] == [Missing(), Missing()]
    assert isinstance(outcomes[2], Missing | Paused)
    desks.now += timedelta(hours=4)
    assert desks.ask(asker, CODE, RIGHT) == Missing()


def test_ten_thousand_factors_from_ten_thousand_chats_reveal_nothing(desks: Desks) -> None:
    """All four-digit factors of one code, each from a new chat and address; the right one stands at 1234."""
    outcomes: dict[int, Outcome] = {}
    for number in (*range(0, 10_000, 59), 1234):  # bench/dossiers.py tries all of them
        outcomes[number] = desks.ask(somebody(f"user-{number}"), CODE, f"{number:04}")
    assert outcomes[1234] == Missing()
    assert set(map(type, outcomes.values())) == {Missing}


def test_a_factor_that_was_on_its_way_when_the_code_was_locked_is_refused(database: Database, eight: datetime) -> None:
    """Many at the same moment are no more tries than one after the other."""
    held = Held()
    desks = Desks(database, eight)
    waiting = Desk(database, KEYS, held, pause=lambda _seconds: None)
    late = desks.now + timedelta(hours=1)  # the source is asked again
    asker = somebody()
    with ThreadPoolExecutor(1) as pool:
        right = pool.submit(waiting.serve, Request(code=CODE, factor=RIGHT, wish=Wish.MORE), asker, late)
        assert held.is_asked.wait(60)
        for _ in range(MOST_WRONG):
            assert desks.desk.serve(Request(code=CODE, factor=WRONG), asker, late) == Missing()
        held.may_answer.set()
        assert right.result(60) == Missing()


def test_walking_through_a_sequence_from_ever_new_chats_ends_at_the_factor(desks: Desks) -> None:
    """Half of the codes exist; after the first few nothing tells which."""
    desks.put(*(entry(f"{DAY}-{number:04}") for number in range(2, 200, 2)))
    outcomes = [desks.ask(somebody(f"user-{number}"), f"{DAY}-{number:04}") for number in range(1, 200)]
    told = [number for number, outcome in enumerate(outcomes) if isinstance(outcome, Told)]
    assert len(told) <= MOST_OF_SEQUENCE
    assert max(told) <= MOST_OF_SEQUENCE
    assert {type(outcome) for outcome in outcomes[MOST_OF_SEQUENCE:]} == {FactorAsked}


def test_walking_from_one_chat_reveals_no_more_than_a_days_cap(desks: Desks) -> None:
    desks.put(*(entry(f"{DAY}-{number:04}") for number in range(2, 400)))
    asker, told = somebody(), 0
    for number in range(1, 400):
        told += isinstance(desks.ask(asker, f"{DAY}-{number:04}"), Told)
        desks.now += timedelta(minutes=3)
    assert told <= WINDOWS[-1][1]


# Following


def test_only_who_proved_the_factor_follows_and_anybody_stops_at_any_time(desks: Desks) -> None:
    asker = somebody()
    assert desks.ask(asker, wish=Wish.FOLLOW) == FactorAsked(CODE, Wish.FOLLOW)
    told = desks.ask(asker, factor=RIGHT, wish=Wish.FOLLOW)
    assert isinstance(told, Told)
    assert told.is_followed
    stopped = desks.ask(asker, wish=Wish.STOP)
    assert isinstance(stopped, Told)
    assert not stopped.is_followed


# A live source


class Source:
    """Answers what it is told to."""

    def __init__(self, *answers: list[Update] | None) -> None:
        self.answers, self.asked = list(answers), 0

    def ask(self, code: str) -> list[Update]:
        self.asked += 1
        answer = self.answers.pop(0)
        if answer is None:
            raise SourceDownError("down")
        return answer

    def close(self) -> None:
        pass


def test_a_live_source_is_asked_and_its_answer_kept_for_when_it_is_down(
    sqlite_database: Database, eight: datetime
) -> None:
    source = Source([Update(entries=(entry(),))], None)
    desk = Desk(sqlite_database, KEYS, source, pause=lambda _seconds: None)
    asker, request = somebody(), Request(code=CODE)
    first, again = desk.serve(request, asker, eight), desk.serve(request, asker, eight)
    assert isinstance(first, Told)
    assert not first.is_old
    assert first == again
    assert source.asked == 1
    later = desk.serve(request, asker, eight + timedelta(hours=1))
    assert isinstance(later, Told)
    assert later.is_old
    assert later.read_at == eight
    assert msgspec.structs.replace(later, is_old=False, now=first.now) == first


def test_a_source_that_is_down_knows_nothing_of_a_code_never_seen(sqlite_database: Database, eight: datetime) -> None:
    desk = Desk(sqlite_database, KEYS, Source(None), pause=lambda _seconds: None)
    assert desk.serve(Request(code=CODE), somebody(), eight) == Missing()
