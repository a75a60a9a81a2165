"""Reports: a period's figures with chart and tables, files of them, and the rows behind each number."""

from collections.abc import Iterator
from datetime import timedelta

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.answers.wording.amounts import day
from bot.console.entering import Desk, DeskOf
from bot.console.late import PRIVATE
from bot.console.report_scope import page_of, scope_of
from bot.operation.grouping import group_some
from bot.reports import words as report_words
from bot.reports.addresses import REPORT, ROWS, SAMPLE, query_of
from bot.reports.behind import FIELDS, Asked, UnknownRowsError, rows_behind
from bot.reports.charts import STACKED, chart_of
from bot.reports.other_tables import accuracy_words
from bot.reports.output import FORMATS, MEDIA, file_name
from bot.reports.report import Report, make_report
from bot.reports.tables import tables_of
from knowledge.clock import vietnam_day
from knowledge.communes import communes
from knowledge.figures.scope import Scope
from knowledge.figures.staff_work import is_behind

MOST_OPEN = 16  # rows of a table that is not folded away

router = APIRouter(prefix=REPORT, include_in_schema=False)


@router.get("")
def report_page(desk: DeskOf) -> HTMLResponse:
    group_some(desk.site.app)
    report = _report(desk, scope_of(desk))
    period, commune = report.scope.period, report.scope.commune
    return desk.page(
        "report",
        report=report,
        tables=tables_of(report),
        chart=chart_of(report),
        legend=STACKED,
        accuracy=accuracy_words(report.accuracy),
        query=query_of(report.scope),
        before=query_of(Scope(period=period.before, commune=commune)),
        after=query_of(Scope(period=period.after, commune=commune)),
        communes=() if desk.who.commune else communes(),
        sample=f"{SAMPLE}?{query_of(report.scope)}",
        endings=[ending.removeprefix(".") for ending in FORMATS],
        most_open=MOST_OPEN,
        notices=tuple(_notices(desk, report)),
        told=report_words,
    )


@router.get("/tai")
def report_file(desk: DeskOf) -> Response:
    ending = f".{desk.request.query_params.get('dang', '')}"
    if ending not in FORMATS:
        raise HTTPException(404)
    group_some(desk.site.app)
    report = _report(desk, scope_of(desk))
    if not all(check.holds for check in report.checks):
        raise HTTPException(409)
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{file_name(report, ending)}"'}
    made = FORMATS[ending](report, desk.site.settings.public_url)
    return Response(made, media_type=MEDIA[ending], headers=headers)


@router.get(ROWS.removeprefix(REPORT))
def rows_page(desk: DeskOf) -> HTMLResponse:
    scope, page, settings = scope_of(desk), page_of(desk), desk.site.settings
    asked = desk.request.query_params
    given = {name: asked[name] for name in FIELDS if name in asked}
    wanted = Asked(
        scope=scope,
        page=page,
        now=desk.site.app.clock(),
        given=given,
        sensitive=tuple(filter(None, map(str.strip, settings.dossier_sensitive.split(";")))),
        report=lambda: _report(desk, scope),
    )
    try:
        with desk.session() as session:
            table = rows_behind(session, asked.get("so", ""), wanted)
    except UnknownRowsError as error:
        raise HTTPException(404) from error
    query = query_of(scope, so=asked.get("so", ""), **given)
    is_full = len(table.rows) == page.size
    title = f"{report_words.period_name(scope.period)}, {report_words.place(scope.commune)}"
    back = f"{REPORT}?{query_of(scope)}"
    return desk.page("report_rows", table=table, title=title, query=query, page=page, is_full=is_full, up=back)


def _notices(desk: Desk, report: Report) -> Iterator[str]:
    """What is missing from the figures, and why."""
    kept_from = vietnam_day(report.made_at) - timedelta(days=desk.site.settings.keep_exchanges)
    if report.scope.period.first < kept_from:
        yield f"Câu hỏi trước ngày {day(kept_from)} đã xóa theo thời hạn lưu, nên số liệu kỳ này không còn đủ."
    with desk.session() as session:
        if is_behind(session):
            yield "Còn câu hỏi mới chưa xếp vào danh sách chờ; mở lại trang này sau ít phút để có số mới nhất."


def _report(desk: Desk, scope: Scope) -> Report:
    return make_report(desk.site.app.database, scope, desk.site.app.clock())
