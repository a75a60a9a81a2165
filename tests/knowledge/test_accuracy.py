"""A sample of answers is drawn once, judged by people, and says how sure it is."""

from random import Random

import pytest

from knowledge.accuracy import DRAWN, Accuracy, Verdict, accuracy, draw, judge, sample
from knowledge.database import Database
from knowledge.figures.scope import Scope
from knowledge.periods import period_of
from knowledge.questions import forget_exchanges
from knowledge.staff.accounts import Act, Who
from knowledge.staff.audit import Deed, notes
from report_rows import NOW, put_turns, turn
from staff_people import HOA, LAN, OTHER_WARD, WARD

NOVEMBER = Scope(period=period_of("2026-11"), commune=WARD)


@pytest.fixture
def asked(sqlite_database: Database) -> Database:
    """Fifty answers in the ward, and others that no sample may hold."""
    put_turns(sqlite_database, [turn(question=f"câu {at}", commune=WARD, chat=f"c{at}") for at in range(50)])
    others = [turn(ending="unknown"), turn(commune=OTHER_WARD), turn(action="view:fees"), turn(NOVEMBER.period.ends)]
    put_turns(sqlite_database, others)
    return sqlite_database


def drawn(database: Database, seed: int = 1, scope: Scope = NOVEMBER) -> int:
    with database.session(writing=True) as session:
        return draw(session, scope, Random(seed), Act(LAN, NOW))


def questions(database: Database, verdict: Verdict | None = None) -> list[str]:
    with database.session() as session:
        return [each.question for each in sample(session, NOVEMBER, verdict)]


def judged(database: Database, verdicts: dict[int, Verdict], who: Who = LAN) -> int:
    with database.session(writing=True) as session:
        return judge(session, NOVEMBER, verdicts, Act(who, NOW))


def test_thirty_answers_are_drawn_once_and_each_once(asked: Database) -> None:
    assert (drawn(asked), drawn(asked, 2)) == (DRAWN, 0)
    found = questions(asked)
    assert len(set(found)) == DRAWN
    assert all(each.startswith("câu ") for each in found)


def test_other_numbers_draw_other_answers(asked: Database) -> None:
    quarter = Scope(period=period_of("2026-Q4"), commune=WARD)
    drawn(asked, 1)
    drawn(asked, 2, quarter)
    with asked.session() as session:
        assert {each.question for each in sample(session, quarter)} != set(questions(asked))


def test_a_sample_of_few_grows_when_more_was_asked(database: Database) -> None:
    put_turns(database, [turn(commune=WARD)])
    assert drawn(database) == 1
    put_turns(database, [turn(commune=WARD)] * 40)
    assert drawn(database) == DRAWN - 1


def test_what_staff_judge_is_counted_and_may_be_corrected(asked: Database) -> None:
    drawn(asked)
    assert judged(asked, {1: Verdict.RIGHT, 2: Verdict.WRONG, 3: Verdict.UNSURE}) == 3
    assert judged(asked, {1: Verdict.RIGHT, 2: Verdict.RIGHT}, HOA) == 1
    with asked.session() as session:
        found, rows = accuracy(session, NOVEMBER), sample(session, NOVEMBER)
    assert found == Accuracy(drawn=DRAWN, right=2, wrong=0, unsure=1)
    assert [each.who for each in rows[:3]] == ["lan", "hoa", "lan"]
    assert len(questions(asked, Verdict.RIGHT)) == 2


def test_a_forged_number_judges_nothing_of_another_place(asked: Database) -> None:
    drawn(asked, scope=Scope(period=NOVEMBER.period, commune=OTHER_WARD))
    assert judged(asked, {1: Verdict.WRONG, 999: Verdict.WRONG}) == 0


def test_a_verdict_outlives_what_it_was_about(asked: Database) -> None:
    drawn(asked)
    judged(asked, {1: Verdict.RIGHT})
    with asked.session() as session:
        for at in range(50):
            forget_exchanges(session, f"c{at}")
    with asked.session() as session:
        assert accuracy(session, NOVEMBER).right == 1
        assert {(each.question, each.shown, each.asked_at) for each in sample(session, NOVEMBER)} == {("", "", None)}


def test_the_share_leaves_out_what_cannot_be_told_and_says_how_sure_it_is() -> None:
    found = Accuracy(drawn=30, right=27, wrong=1, unsure=2)
    assert found.share == pytest.approx(27 / 28)
    low, high = found.interval
    assert 0.82 < low < 0.83
    assert 0.99 < high < 1.0


def test_nothing_judged_claims_nothing() -> None:
    assert (Accuracy(drawn=30).share, Accuracy(drawn=30).interval) == (0.0, (0.0, 1.0))


def test_drawing_and_every_changed_verdict_stand_in_the_audit(asked: Database) -> None:
    drawn(asked)
    drawn(asked, 2)  # it is full: nothing is drawn, nothing is noted
    judged(asked, {1: Verdict.RIGHT, 2: Verdict.WRONG})
    judged(asked, {1: Verdict.WRONG, 2: Verdict.WRONG}, HOA)
    with asked.session() as session:
        found = [(note.who, note.deed, note.subject, note.before, note.after) for note in reversed(notes(session))]
        assert {note.commune for note in notes(session)} == {WARD}
    assert found == [
        ("lan", Deed.SAMPLE_DRAWN, f"sample-{NOVEMBER.period.key}", "", "30"),
        ("lan", Deed.JUDGED, "answer-1", "", "right"),
        ("lan", Deed.JUDGED, "answer-2", "", "wrong"),
        ("hoa", Deed.JUDGED, "answer-1", "right", "wrong"),
    ]
