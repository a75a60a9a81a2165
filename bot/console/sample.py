"""The accuracy sample: thirty random masked answers of a period, judged right, wrong or neither."""

from collections.abc import Mapping
from random import SystemRandom

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from bot.console.entering import DeskOf, to
from bot.console.report_scope import scope_of
from bot.reports import words as report_words
from bot.reports.addresses import REPORT, SAMPLE, query_of
from bot.reports.other_tables import accuracy_words
from knowledge.accuracy import DRAWN, Verdict, accuracy, draw, judge, sample

FIELD = "cau-"  # before the number of an answer
LONGEST_NUMBER = 9  # digits of an integer column

router = APIRouter(prefix=SAMPLE, include_in_schema=False)


@router.get("")
def sample_page(desk: DeskOf) -> HTMLResponse:
    scope = scope_of(desk)
    with desk.session() as session:
        found, figures = sample(session, scope), accuracy(session, scope)
    return desk.page(
        "sample",
        found=found,
        figures=figures,
        share=accuracy_words(figures),
        most=DRAWN,
        field=FIELD,
        title=f"{report_words.period_name(scope.period)}, {report_words.place(scope.commune)}",
        scope=scope,
        up=f"{REPORT}?{query_of(scope)}",
        told=report_words,
    )


@router.post("/rut")
def draw_sample(desk: DeskOf) -> Response:
    scope = scope_of(desk)
    with desk.session(writing=True) as session:
        draw(session, scope, SystemRandom(), desk.act)
    return to(f"{SAMPLE}?{query_of(scope, xong='rut-mau')}")


@router.post("")
def judge_sample(desk: DeskOf) -> Response:
    """What is left blank stays as it was."""
    scope = scope_of(desk)
    with desk.session(writing=True) as session:
        judge(session, scope, _verdicts(desk.form), desk.act)
    return to(f"{SAMPLE}?{query_of(scope, xong='cham')}")


def _verdicts(form: Mapping[str, str]) -> dict[int, Verdict]:
    given = ((name.removeprefix(FIELD), verdict) for name, verdict in form.items() if name.startswith(FIELD))
    return {
        int(number): Verdict(verdict)
        for number, verdict in given
        if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER and verdict in set(Verdict)
    }
