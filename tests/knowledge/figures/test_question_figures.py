"""Questions counted by the database are those that a person would count from the rows."""

from collections.abc import Iterable

import pytest

from bot.answers.actions import show
from bot.answers.buttons import pick
from bot.answers.verdict import Option
from bot.conversation.messages import Ending, Family, family_of
from knowledge.clock import vietnam_day
from knowledge.database import Database
from knowledge.figures.exchange_rows import PARTS, Wanted, count_exchanges, exchange_rows
from knowledge.figures.questions import (
    ENDINGS,
    SMALL_TALK,
    Counted,
    Part,
    by_time,
    counted,
    part_of,
    splits,
)
from knowledge.figures.scope import Page, Scope
from knowledge.figures.subjects import most_asked
from knowledge.periods import period_of
from knowledge.questions import MaskedExchange
from report_rows import NOW, put_turns, random_turns, turn
from staff_people import OTHER_WARD, WARD

NOVEMBER = Scope(period=period_of("2026-11"))
TURNS = tuple(random_turns(250))


def recounted(turns: Iterable[MaskedExchange], scope: Scope) -> Counted:
    """By hand, in Python."""
    mine = [
        each
        for each in turns
        if scope.period.first <= vietnam_day(each.asked_at) <= scope.period.last and scope.commune in {"", each.commune}
    ]
    asked = [each for each in mine if not each.action and each.ending not in SMALL_TALK]
    parts = [part_of(each.ending) for each in asked]
    return Counted(
        parts={part: parts.count(part) for part in Part},
        people=len({each.chat for each in asked}),
        taps=sum(bool(each.action) for each in mine),
        taken=sum(each.action.startswith("pick:") for each in mine),
    )


@pytest.mark.parametrize("key", ["2026-11-22", "2026-W47", "2026-11", "2026-Q4", "2026"])
@pytest.mark.parametrize("commune", ["", WARD], ids=["city", "commune"])
def test_every_period_and_place_counts_what_the_rows_hold(sqlite_database: Database, key: str, commune: str) -> None:
    put_turns(sqlite_database, TURNS)
    scope = Scope(period=period_of(key), commune=commune)
    with sqlite_database.session() as session:
        assert counted(session, scope) == recounted(TURNS, scope)


@pytest.mark.parametrize("key", ["2026-11-22", "2026-11", "2026"])
@pytest.mark.parametrize("commune", ["", WARD], ids=["city", "commune"])
def test_every_commune_and_channel_counts_what_its_rows_hold(sqlite_database: Database, key: str, commune: str) -> None:
    put_turns(sqlite_database, TURNS)
    scope = Scope(period=period_of(key), commune=commune)
    own = [each for each in TURNS if commune in {"", each.commune}]
    with sqlite_database.session() as session:
        whole, communes, channels = splits(session, scope)
    assert whole == recounted(TURNS, scope)
    for one, found in communes.items():
        assert found == recounted([each for each in own if each.commune == one], scope)
    for one, found in channels.items():
        assert found == recounted([each for each in own if each.channel == one], scope)


def test_communes_channels_and_days_each_add_up_to_the_whole(database: Database) -> None:
    put_turns(database, TURNS)
    with database.session() as session:
        whole, communes, channels = splits(session, NOVEMBER)
        assert whole == counted(session, NOVEMBER)
        days = by_time(session, NOVEMBER)
    assert set(communes) == {"", WARD, OTHER_WARD}
    assert set(channels) == {"web", "telegram"}
    assert len(days) == 30
    for split in (communes.values(), channels.values(), (each for _, each in days)):
        assert sum(each.questions for each in split) == whole.questions > 100


def test_a_commune_s_row_is_what_the_commune_itself_reads(sqlite_database: Database) -> None:
    put_turns(sqlite_database, TURNS)
    with sqlite_database.session() as session:
        row = splits(session, NOVEMBER).communes[WARD]
        assert row == counted(session, Scope(period=NOVEMBER.period, commune=WARD))


def test_the_midnight_that_parts_two_days_is_viet_nam_s(sqlite_database: Database) -> None:
    period = period_of("2026-11-22")
    last, first = turn(period.begins.replace(microsecond=0)), turn(period.ends)
    put_turns(sqlite_database, [last, first])
    with sqlite_database.session() as session:
        assert counted(session, Scope(period=period)).questions == 1
        assert counted(session, Scope(period=period.after)).questions == 1


def test_an_empty_period_counts_nothing(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        assert counted(session, NOVEMBER).questions == 0
        assert splits(session, NOVEMBER) == (counted(session, NOVEMBER), {}, {})
        assert most_asked(session, NOVEMBER) == []


def test_the_endings_named_are_the_bot_s() -> None:
    named = [ending for endings in ENDINGS.values() for ending in endings]
    assert len(named) == len(set(named))
    assert {Ending(each) for each in (*named, *SMALL_TALK)} <= set(Ending)
    assert set(named).isdisjoint(SMALL_TALK)


def test_what_answers_and_what_is_declined_agree_with_the_families() -> None:
    parts = {Family.ANSWER: Part.ANSWERED, Family.CHOOSE: Part.CHOSEN, Family.DOSSIER: Part.DOSSIER}
    for ending in set(Ending) - set(map(Ending, SMALL_TALK)):
        expected = parts.get(family_of(ending))
        assert expected is None or part_of(ending) is expected


def test_an_ending_that_nobody_named_counts_as_declined(sqlite_database: Database) -> None:
    put_turns(sqlite_database, [turn(ending="something_new")])
    with sqlite_database.session() as session:
        assert counted(session, NOVEMBER).of(Part.DECLINED) == 1


def test_a_choice_taken_is_told_from_other_buttons(sqlite_database: Database) -> None:
    taken = pick(Option("1.001193", "Khai sinh")).action
    put_turns(sqlite_database, [turn(action=taken), turn(action=show("1.001193")), turn()])
    with sqlite_database.session() as session:
        found = counted(session, NOVEMBER)
    assert (found.questions, found.taps, found.taken) == (1, 2, 1)


@pytest.mark.parametrize("part", sorted(PARTS))
def test_the_rows_behind_a_number_are_as_many_as_it_says(sqlite_database: Database, part: str) -> None:
    put_turns(sqlite_database, TURNS)
    with sqlite_database.session() as session:
        whole = counted(session, NOVEMBER)
        rows = exchange_rows(session, NOVEMBER, Wanted(part=part), Page(size=1_000))
        number = count_exchanges(session, NOVEMBER, Wanted(part=part))
    others = {"": whole.questions, "taps": whole.taps, "taken": whole.taken}
    assert len(rows) == number == (others[part] if part in others else whole.of(Part(part)))


def test_rows_are_told_latest_first_a_page_at_a_time(sqlite_database: Database) -> None:
    put_turns(sqlite_database, TURNS)
    with sqlite_database.session() as session:
        every = exchange_rows(session, NOVEMBER, Wanted(channel="web"), Page(size=1_000))
        second = exchange_rows(session, NOVEMBER, Wanted(channel="web"), Page(number=2, size=10))
    assert every == sorted(every, key=lambda row: row.asked_at, reverse=True)
    assert second == every[10:20]
    assert {row.channel for row in every} == {"web"}


def test_the_most_asked_comes_first_and_leads_to_its_rows(database: Database) -> None:
    codes = ["1.001193", "1.001193", "1.004772", "1.001193"]
    put_turns(database, [turn(procedures=(code, "9.000009"), chat=f"c{at}") for at, code in enumerate(codes)])
    put_turns(database, [turn(ending="faq", faq="faq-7", procedures=("1.001193",), chat="c0")] * 2)
    put_turns(database, [turn(ending="unknown", procedures=("1.001193",))])
    with database.session() as session:
        found = most_asked(session, NOVEMBER)
        rows = exchange_rows(session, NOVEMBER, Wanted(part=Part.ANSWERED, subject="1.001193"))
    assert [(each.code, each.times, each.people) for each in found] == [
        ("1.001193", 3, 3),
        ("faq-7", 2, 1),
        ("1.004772", 1, 1),
    ]
    assert len(rows) == 3


def test_a_code_that_is_no_word_of_sql_is_looked_for_as_it_is(sqlite_database: Database) -> None:
    put_turns(sqlite_database, [turn(at=NOW)])
    with sqlite_database.session() as session:
        assert exchange_rows(session, NOVEMBER, Wanted(subject="' OR 1=1 --")) == []
