"""The current edition in memory: swapped whole, looked for now and then, never waited for."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from sys import getswitchinterval
from threading import Thread, current_thread
from threading import enumerate as threads
from typing import Any
from weakref import ref

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from bot import library as module
from bot.library import LOOK_EVERY, Library, differing
from bot.steady import TURN
from knowledge.catalogue import go_back, publish
from knowledge.changeset import ChangeSet
from knowledge.database import Database
from knowledge.faq.entry import FaqEntry, FaqText
from knowledge.language.normalise import normalise
from knowledge.search.building import build_index
from knowledge.search.exchanging import exchanged
from knowledge.search.finder import find
from knowledge.search.index import Entry, Index, Worded
from knowledge.wordings import ProcedureWordings, Wordings
from knowledge.words.word import StaffWord, WordKind, WordText
from sample_procedures import CATALOGUE, DATA_DAY, amended, make_procedure, new
from web_app import MovingClock

BUFFALO, COCONUT = "1.000001", "1.000002"
NO_WORDINGS = Wordings({}, ())
TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)


def publish_now(database: Database, changes: ChangeSet, now: datetime) -> None:
    with database.session() as session:
        publish(session, changes, CATALOGUE, now=now)


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def library(sqlite_database: Database, clock: MovingClock) -> Iterator[Library]:
    publish_now(sqlite_database, new(make_procedure(BUFFALO, name="Đăng ký nuôi trâu")), clock())
    library = Library(sqlite_database, clock, NO_WORDINGS)
    yield library
    finish_looking()


def finish_looking() -> None:
    for thread in threads():
        if thread.name == "library":
            thread.join()


def look(library: Library, clock: MovingClock) -> None:
    """Time passes, somebody asks, and the look for a new edition comes to its end."""
    clock.move(seconds=LOOK_EVERY.total_seconds())
    library.current()
    finish_looking()


def names(library: Library) -> dict[str, str]:
    return {entry.code: entry.name for entry in library.index.entries}


def test_an_empty_database_has_an_empty_snapshot(sqlite_database: Database, clock: MovingClock) -> None:
    library = Library(sqlite_database, clock, NO_WORDINGS)
    assert (library.edition, library.data_day, library.index.entries) == (0, None, ())
    assert library.index.edition == 0


def test_a_library_opens_with_the_current_edition(library: Library) -> None:
    assert (library.edition, library.data_day, library.current().day) == (1, DATA_DAY, TODAY)
    assert library.index.edition == 1
    assert names(library) == {BUFFALO: "Đăng ký nuôi trâu"}


def test_wordings_that_are_handed_in_are_indexed(sqlite_database: Database, clock: MovingClock) -> None:
    publish_now(sqlite_database, new(make_procedure(BUFFALO, name="Đăng ký nuôi trâu")), clock())
    said = ProcedureWordings(BUFFALO, "Nuôi trâu", ("nhà em mới mua con nghé",))
    index = Library(sqlite_database, clock, Wordings({BUFFALO: said}, ())).index
    assert index.wordings == ("dang ky nuoi trau", "nuoi trau", "nha em moi mua con nghe")


def test_a_new_edition_is_answered_from_after_the_next_look(
    library: Library, sqlite_database: Database, clock: MovingClock
) -> None:
    before = library.current()
    publish_now(sqlite_database, new(make_procedure(COCONUT, name="Trồng dừa")), clock())
    assert library.current() is before
    look(library, clock)
    assert (library.edition, set(names(library))) == (2, {BUFFALO, COCONUT})
    assert (before.edition, len(before.index.entries)) == (1, 1)


def test_nobody_looks_before_the_time(library: Library, sqlite_database: Database, clock: MovingClock) -> None:
    publish_now(sqlite_database, new(make_procedure(COCONUT)), clock())
    clock.move(seconds=LOOK_EVERY.total_seconds() - 0.001)
    library.current()
    finish_looking()
    assert library.edition == 1


def test_a_look_that_finds_nothing_new_keeps_the_snapshot(library: Library, clock: MovingClock) -> None:
    before = library.current()
    look(library, clock)
    assert library.current() is before


def test_a_new_day_in_viet_nam_brings_the_rules_of_that_day(
    library: Library, sqlite_database: Database, clock: MovingClock
) -> None:
    change = amended(make_procedure(BUFFALO, name="Đăng ký nuôi trâu mới"), effective=TOMORROW)
    publish_now(sqlite_database, change, clock())
    look(library, clock)
    assert names(library) == {BUFFALO: "Đăng ký nuôi trâu"}
    clock.move(hours=12)  # 17 hours UTC is midnight in Việt Nam
    look(library, clock)
    assert library.current().day == TOMORROW
    assert names(library) == {BUFFALO: "Đăng ký nuôi trâu mới"}


def test_after_a_failed_look_the_old_snapshot_answers_and_the_next_look_succeeds(
    library: Library, sqlite_database: Database, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_now(sqlite_database, new(make_procedure(COCONUT)), clock())
    monkeypatch.setattr("threading.excepthook", lambda _: None)  # what it prints is not the point here
    with monkeypatch.context() as broken:
        broken.setattr(library, "_database", None)  # stands for a disk that is gone
        look(library, clock)
    assert library.edition == 1
    look(library, clock)
    assert library.edition == 2


def test_a_procedure_is_decoded_once_an_edition(library: Library, sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        first = library.procedure(session, BUFFALO, TODAY)
        assert first is not None
        assert library.procedure(session, BUFFALO, TODAY) is first


def test_another_day_and_another_commune_are_other_questions(library: Library, sqlite_database: Database) -> None:
    publish_now(sqlite_database, amended(make_procedure(BUFFALO, name="Mới"), effective=TOMORROW), MovingClock()())
    with sqlite_database.session() as session:
        today, tomorrow = (library.procedure(session, BUFFALO, day) for day in (TODAY, TOMORROW))
    assert today is not None
    assert tomorrow is not None
    assert (today.procedure.name, tomorrow.procedure.name) == ("Đăng ký nuôi trâu", "Mới")


def test_a_new_edition_is_read_anew(library: Library, sqlite_database: Database, clock: MovingClock) -> None:
    with sqlite_database.session() as session:
        library.procedure(session, BUFFALO, TODAY)
    publish_now(sqlite_database, amended(make_procedure(BUFFALO, name="Mới")), clock())
    look(library, clock)
    with sqlite_database.session() as session:
        known = library.procedure(session, BUFFALO, TODAY)
    assert known is not None
    assert (known.procedure.name, known.edition) == ("Mới", 2)


def test_a_code_nobody_has_is_known_to_be_missing(library: Library, sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        assert library.procedure(session, "9.999999", TODAY) is None
        assert library.procedure(session, "9.999999", TODAY) is None


def test_only_so_many_procedures_are_kept(
    library: Library, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    with sqlite_database.session() as session:
        for code in ("a", "b", "c", BUFFALO):
            library.procedure(session, code, TODAY)
    assert [key[-1] for key in library._known] == ["c", BUFFALO]


def test_many_threads_may_ask_while_procedures_are_dropped(
    library: Library, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT", 1)

    def ask(at: int) -> bool:
        with sqlite_database.session() as session:
            return library.procedure(session, BUFFALO if at % 2 else "9.999999", TODAY) is not None

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(400)))
    assert answers == [bool(at % 2) for at in range(400)]


def test_an_edition_is_built_beside_answers(
    library: Library, sqlite_database: Database, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[float] = []

    def built(*given: Any) -> Index:
        turns.append(getswitchinterval())
        return build_index(*given)

    monkeypatch.setattr(module, "build_index", built)
    usual = getswitchinterval()
    publish_now(sqlite_database, new(make_procedure(COCONUT)), clock())
    look(library, clock)
    assert turns == [pytest.approx(TURN)]
    assert getswitchinterval() == usual


def test_another_edition_of_the_same_number_is_loaded_too(
    library: Library, sqlite_database: Database, clock: MovingClock
) -> None:
    """As after restoring a backup of another database."""
    assert names(library) == {BUFFALO: "Đăng ký nuôi trâu"}
    with sqlite_database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE procedure_version SET closed_in = opened_in"))
        connection.execute(sa.text("UPDATE edition SET published_at = '2020-01-01 00:00:00'"))
    look(library, clock)
    assert (library.edition, names(library)) == (1, {})


def test_what_staff_added_is_worked_out_once_for_a_commune(library: Library) -> None:
    snapshot = library.current()
    assert snapshot.of_staff("10507") is snapshot.of_staff("10507")
    assert library.trial().kept == {}  # another snapshot has its own
    for number in range(300):  # addresses are typed by anybody
        snapshot.of_staff(str(number))
    assert len(snapshot.kept) <= 200


def test_a_look_on_the_spot_comes_back_with_the_new_edition(
    library: Library, sqlite_database: Database, clock: MovingClock
) -> None:
    publish_now(sqlite_database, new(make_procedure(COCONUT)), clock())
    library.look_here()
    assert library.edition == 2
    with library._refreshing:  # somebody else is at it
        publish_now(sqlite_database, new(make_procedure("1.000003")), clock())
        library.look_here()
    assert library.edition == 2


FAQ = FaqEntry(
    id=1,
    revision=1,
    text=FaqText(wordings=("gửi xe ở đâu", "chỗ gửi xe máy"), answer="Sân sau."),
    author="lan",
    approver="hoa",
    approved_on=TODAY,
)
NOON = replace(FAQ, id=2, text=FaqText(wordings=("trưa có mở cửa không",), answer="Có."))


def word(said: str, means: str, kind: WordKind = WordKind.WORDING, number: int = 1) -> StaffWord:
    text = WordText(kind=kind, said=said, means=means)
    return StaffWord(id=number, text=text, author="lan", approver="hoa")


def test_who_has_published_waits_until_it_answers(library: Library, sqlite_database: Database, now: datetime) -> None:
    publish_now(sqlite_database, new(make_procedure(COCONUT, name="Đăng ký trồng dừa")), now)
    library.look_now()
    assert library.edition == 2
    library.look_now()  # nothing new: back at once
    assert library.edition == 2


def test_a_look_that_began_before_is_waited_for_and_followed_by_another(
    library: Library, sqlite_database: Database, now: datetime
) -> None:
    library._refreshing.acquire()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(library.look_now)
        publish_now(sqlite_database, new(make_procedure(COCONUT, name="Đăng ký trồng dừa")), now)
        library._refreshing.release()
        waiting.result()
    assert library.edition == 2


def test_nobody_waits_for_ever(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_WAIT", 0.01)
    with library._refreshing:
        library.look_now()
    assert library.edition == 1


@pytest.mark.parametrize(
    "changes",
    [
        ChangeSet(faqs=(NOON,)),
        ChangeSet(faqs=(replace(FAQ, revision=2, text=replace(FAQ.text, wordings=("bãi xe",))),)),
        ChangeSet(retired=(FAQ.code,)),
        ChangeSet(words=(word("mua con nghé", BUFFALO),)),
        ChangeSet(words=(word("mua con nghé", "1.999999"),)),
        ChangeSet(words=(word("nuôi tr", BUFFALO), word("tr", "trâu", WordKind.SHORT_FORM, 2))),
        ChangeSet(faqs=(NOON,), retired=(FAQ.code,), words=(word("mua con nghé", BUFFALO),)),
        new(make_procedure(COCONUT, name="Trồng dừa")),
    ],
    ids=[
        "another entry",
        "an entry in other words",
        "an entry retired",
        "a word of staff",
        "a word for a procedure that is not there",
        "a short form that a word is written with",
        "all of it at once",
        "a procedure",
    ],
)
def test_what_was_published_since_is_found_as_by_who_starts_now(
    library: Library, sqlite_database: Database, clock: MovingClock, changes: ChangeSet
) -> None:
    publish_now(sqlite_database, ChangeSet(faqs=(FAQ,)), clock())
    look(library, clock)
    publish_now(sqlite_database, changes, clock())
    look(library, clock)
    started = Library(sqlite_database, clock, NO_WORDINGS)
    assert library.edition == started.edition == 3
    assert (library.index.entries, library.index.wordings) == (started.index.entries, started.index.wordings)
    assert library.index.by_procedure.rows.size == started.index.by_procedure.rows.size
    assert dict(library.current().staff) == dict(started.current().staff)
    for text in ("gửi xe", "trưa mở cửa", "mua nghé", "nuôi trâu", "trồng dừa"):
        assert find(normalise(text), library.index).candidates == find(normalise(text), started.index).candidates


def test_an_entry_is_put_into_the_index_that_is_there(
    library: Library, sqlite_database: Database, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "build_index", None)
    publish_now(sqlite_database, ChangeSet(faqs=(FAQ, NOON)), clock())
    look(library, clock)
    assert find(normalise("gửi xe máy"), library.index).codes == (FAQ.code,)
    trial = library.trial({NOON.code: NOON})
    assert (find(normalise("gửi xe máy"), trial.index).codes, set(trial.staff)) == ((), {NOON.code})
    assert find(normalise("gửi xe máy"), library.index).codes == (FAQ.code,)


def test_going_back_takes_what_came_since_out_again(
    library: Library, sqlite_database: Database, clock: MovingClock
) -> None:
    publish_now(sqlite_database, ChangeSet(faqs=(FAQ,)), clock())
    look(library, clock)
    with sqlite_database.session() as session:
        go_back(session, 1, now=clock())
    look(library, clock)
    assert (library.edition, set(names(library))) == (3, {BUFFALO})


def test_an_entry_that_holds_from_a_day_on_comes_with_the_day(
    library: Library, sqlite_database: Database, clock: MovingClock
) -> None:
    later = replace(FAQ, text=replace(FAQ.text, valid_from=TOMORROW))
    publish_now(sqlite_database, ChangeSet(faqs=(later,)), clock())
    look(library, clock)
    assert set(names(library)) == {BUFFALO}
    clock.move(hours=12)
    look(library, clock)
    assert set(names(library)) == {BUFFALO, FAQ.code}


def test_what_was_replaced_is_let_go_of_at_once(
    library: Library, sqlite_database: Database, clock: MovingClock
) -> None:
    """Memory must not grow with every entry that is published."""
    gone = [ref(library.index.root_mass), ref(library.trial({}).index.root_mass)]
    for number in range(3):
        text = replace(FAQ.text, wordings=(f"bãi xe số {number}",))
        publish_now(sqlite_database, ChangeSet(faqs=(replace(FAQ, text=text),)), clock())
        look(library, clock)
        gone.append(ref(library.index.root_mass))
    library._builder.submit(int).result()  # then its thread has let go of what it did before
    assert [each() is None for each in gone] == [True, True, True, True, False]
    publish_now(sqlite_database, ChangeSet(retired=(FAQ.code,)), clock())
    look(library, clock)
    library._builder.submit(int).result()
    assert [each() for each in gone] == [None] * len(gone)


def test_every_index_is_made_by_one_thread(
    library: Library, sqlite_database: Database, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the memory of an index would be kept once for every thread that ever looked."""
    made_by: list[Thread] = []

    def watched(index: Index, changes: Any, edition: int) -> Index:
        made_by.append(current_thread())
        return exchanged(index, changes, edition)

    monkeypatch.setattr(module, "exchanged", watched)
    publish_now(sqlite_database, ChangeSet(faqs=(FAQ,)), clock())
    look(library, clock)
    publish_now(sqlite_database, ChangeSet(faqs=(NOON,)), clock())
    library.look_here()
    with ThreadPoolExecutor(1) as desk:
        desk.submit(library.trial, {}).result()
    assert len(made_by) == 3
    assert len(set(made_by)) == 1
    assert made_by[0] is not current_thread()


def test_only_what_differs_is_exchanged() -> None:
    one = {code: Worded(Entry(code, code), None) for code in "abc"}
    other = {**one, "b": Worded(Entry("b", "B"), None), "c": Worded(Entry("c", "c"), None), "d": one["a"]}
    assert differing(one, other) == {"b", "d"}
    assert differing(other, {}) == set("abcd")
