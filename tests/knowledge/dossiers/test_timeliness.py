"""Early, late or neither: the table of the index, row by row. Noon of 22 November 2026 is now."""

import pytest

from knowledge.dossiers.dossier import Entry, Flag, Shown, Timeliness
from knowledge.dossiers.joining import join
from knowledge.dossiers.timeliness import flags, timeliness

NOW = "2026-11-22T12:00"
BEFORE, DUE, AFTER = "2026-11-19T09:00", "2026-11-20T09:00", "2026-11-21T09:00"
NEXT_WEEK = "2026-11-27T09:00"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        pytest.param(Shown(status=1, due=DUE), "none", id="filed promises nothing"),
        pytest.param(Shown(status=3, due=DUE), "none", id="refused promises nothing"),
        pytest.param(Shown(status=4), "none", id="no due date"),
        pytest.param(Shown(status=2, due=NEXT_WEEK), "in_time", id="received, due next week"),
        pytest.param(Shown(status=4, due=NOW), "in_time", id="due this very minute"),
        pytest.param(Shown(status=4, due="2026-11-22T11:59"), "overdue", id="due a minute ago"),
        pytest.param(Shown(status=4, due="2026-11-22"), "in_time", id="due today, no time of day"),
        pytest.param(Shown(status=4, due=DUE, finished=BEFORE), "overdue", id="in work whatever else it says"),
        pytest.param(Shown(status=5, due=DUE), "paused", id="waiting, time of the request unknown"),
        pytest.param(Shown(status=5, due=DUE, supplements=1, requested=BEFORE), "paused", id="asked in time"),
        pytest.param(Shown(status=5, due=DUE, supplements=1, requested=AFTER), "late", id="asked after due"),
        pytest.param(Shown(status=5, due=NEXT_WEEK, supplements=2), "late", id="asked twice"),
        pytest.param(Shown(status=6, due=DUE), "paused", id="to pay"),
        pytest.param(Shown(status=7, due=DUE, finished=BEFORE), "early", id="withdrawn before"),
        pytest.param(Shown(status=8, due=DUE, finished=AFTER), "late", id="stopped after"),
        pytest.param(
            Shown(status=8, due=DUE, finished=BEFORE, supplements=1), "needs_check", id="a pause never ended?"
        ),
        pytest.param(Shown(status=9, due=DUE, finished=BEFORE), "early", id="a day before"),
        pytest.param(Shown(status=9, due=DUE, finished="2026-11-20T08:00"), "on_time", id="an hour before"),
        pytest.param(Shown(status=9, due=DUE, finished="2026-11-20T09:01"), "late", id="a minute after"),
        pytest.param(Shown(status=9, due="2026-11-20", finished="2026-11-20T17:00"), "on_time", id="days compared"),
        pytest.param(Shown(status=9, due=DUE), "needs_check", id="done, nobody says when"),
        pytest.param(Shown(status=10, due=DUE, returned=BEFORE), "early", id="only handed over, before"),
        pytest.param(Shown(status=10, due=DUE, returned=AFTER), "needs_check", id="done in time, collected later?"),
        pytest.param(Shown(status=10, due=DUE, finished=BEFORE, returned=AFTER), "early", id="the end is its finish"),
        pytest.param(Shown(due=NEXT_WEEK), "in_time", id="unknown status, due next week"),
        pytest.param(Shown(due=DUE), "needs_check", id="unknown status, due passed"),
        pytest.param(Shown(due=DUE, finished=BEFORE), "early", id="unknown status with an end"),
    ],
)
def test_a_dossier_is_judged_by_the_rules(shown: Shown, said: str) -> None:
    assert timeliness(shown, NOW) == Timeliness(said)


def own(**told: object) -> Entry:
    return Entry(system="Một cửa TP", code="H24.999-261110-0001", **told)  # type: ignore[arg-type]  fields by name


def national(**told: object) -> Entry:
    return Entry(system="Cổng DVCQG", code="H24.999-261110-0001", **told)  # type: ignore[arg-type]  fields by name


@pytest.mark.parametrize(
    ("entries", "raised"),
    [
        pytest.param(
            (own(status=10, due=DUE, finished=BEFORE), national(status=4)), {Flag.SHOWN_LATE}, id="not clicked"
        ),
        pytest.param(
            (own(status=9, due=DUE, finished=AFTER), national(status=9, finished=BEFORE)), {Flag.SHOWN_FINE}, id="fine"
        ),
        pytest.param(
            (own(status=5, due=NEXT_WEEK), national(status=9, finished=BEFORE)), {Flag.REWRITTEN}, id="rewritten"
        ),
        pytest.param((own(status=4, due=NEXT_WEEK), national(status=4, due=NEXT_WEEK)), set(), id="all agree"),
        pytest.param((own(status=4, due=DUE),), set(), id="one system alone is believed"),
    ],
)
def test_staff_are_told_what_to_reconcile(entries: tuple[Entry, ...], raised: set[Flag]) -> None:
    assert set(flags(join(entries), NOW)) == raised
