"""Every table of a report, every number of every table, and the rows behind it."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from bot.channels.names import CHANNEL_NAMES
from bot.reports import words
from bot.reports.addresses import ROWS, Kind
from bot.reports.behind import ROWS as ROLL
from bot.reports.behind import Asked, UnknownRowsError, rows_behind
from bot.reports.charts import HEIGHT, WIDTH, ceiling, chart_of
from bot.reports.report import FiguresDisagreeError, Report, checked, make_report
from bot.reports.table import Cell, Table
from bot.reports.tables import TABLES, tables_of
from knowledge.accuracy import Verdict
from knowledge.database import Database
from knowledge.dossiers.dossier import Status
from knowledge.figures.dossier_places import Apart, Origin, Outcome
from knowledge.figures.petition_figures import Column
from knowledge.figures.questions import Counted, Part
from knowledge.figures.scope import Page, Scope
from knowledge.figures.staff_work import Standing, staff_work, staff_work_split
from knowledge.periods import period_of
from knowledge.petitions import PetitionKind, PetitionState
from knowledge.stale import Ours
from report_rows import NOW, put_turns, turn
from staff_people import WARD

EVERYTHING = Page(size=10_000)


def numbers(table: Table) -> Iterator[Cell]:
    return (cell for cells in table.rows for cell in cells if cell.rows.startswith(ROWS))


def asked(address: str, report: Report, page: Page = EVERYTHING) -> tuple[str, Asked]:
    """What the page of rows makes of an address."""
    given = dict(parse_qsl(urlsplit(address).query))
    scope = Scope(period=period_of(given.pop("ky")), commune=given.pop("xa", ""))
    kind = given.pop("so")
    return kind, Asked(scope=scope, page=page, now=NOW, given=given, sensitive=(), report=lambda: report)


def table_of(report: Report, key: str) -> Table:
    return next(table for table in tables_of(report) if table.key == key)


def values(table: Table) -> dict[str, int | str]:
    return {str(cells[0].value): cells[1].value for cells in table.rows}


@pytest.mark.parametrize("make", TABLES, ids=lambda make: make.__name__)
def test_every_table_has_as_many_cells_as_headings_and_a_word_for_nothing(november: Report, make: type[Table]) -> None:
    table = make(november)  # type: ignore[call-arg]  # the roll holds functions
    assert table is not None
    assert table.title
    assert table.empty
    assert {len(cells) for cells in table.rows} <= {len(table.headings)}
    assert sum(width for _, width in table.above) in {0, len(table.headings)}
    assert len(table.numbered) in {0, len(table.headings)}


def test_every_number_leads_to_as_many_rows_as_it_says(november: Report, told: Database) -> None:
    """People are fewer than their questions."""
    followed = 0
    for table in tables_of(november):
        people = {at for at, heading in enumerate(table.headings) if heading == "Người hỏi"}
        for cells in table.rows:
            if str(cells[0].value).startswith("Người hỏi"):
                continue
            for at, cell in enumerate(cells):
                if not cell.rows.startswith(ROWS) or at in people:
                    continue
                kind, wanted = asked(cell.rows, november)
                with told.session() as session:
                    found = rows_behind(session, kind, wanted)
                assert len(found.rows) == cell.value, (table.title, cell.rows)
                followed += 1
    assert followed > 150


def test_zero_leads_nowhere(november: Report) -> None:
    assert all(cell.value for table in tables_of(november) for cell in numbers(table))


def test_long_answers_are_begun_in_the_list_of_rows(sqlite_database: Database, november: Report) -> None:
    put_turns(sqlite_database, [turn(shown="Mang theo giấy chứng sinh. " * 40), turn(shown="Có.")])
    kind, wanted = asked(f"{ROWS}?ky=2026-11&so={Kind.TURNS}", november)
    with sqlite_database.session() as session:
        short, long = (cells[2].text for cells in rows_behind(session, kind, wanted).rows)
    assert short == "Có."
    assert len(long) <= 241
    assert long.endswith("…")


def test_a_commune_s_report_has_no_other_communes(told: Database) -> None:
    report = make_report(told, Scope(period=period_of("2026-11"), commune=WARD), NOW)
    assert "xa-phuong" not in {table.key for table in tables_of(report)}
    addresses = [cell.rows for table in tables_of(report) for cell in numbers(table)]
    assert {dict(parse_qsl(urlsplit(each).query))["xa"] for each in addresses} == {WARD}


def test_a_day_has_no_days_and_no_chart(told: Database) -> None:
    report = make_report(told, Scope(period=period_of("2026-11-22")), NOW)
    assert "thoi-gian" not in {table.key for table in tables_of(report)}
    assert chart_of(report) is None


def test_each_commune_has_what_waits_for_its_staff_and_the_city_all_of_it(told: Database) -> None:
    scope = Scope(period=period_of("2026-11"))
    with told.session() as session:
        whole, own = staff_work_split(session, scope)
        assert whole == staff_work(session, scope)
        for commune, found in own.items():
            if commune:
                assert found == staff_work(session, Scope(period=scope.period, commune=commune))
    assert sum(each.came for each in own.values()) == whole.came > 20
    table = table_of(make_report(told, scope, NOW), "xa-phuong")
    at = table.headings.index("Còn chờ cán bộ")
    assert sum(int(cells[at].value) for cells in table.rows[:-1]) == table.rows[-1][at].value == whole.waiting


def test_the_form_has_the_headings_of_bieu_06_and_its_sums(november: Report) -> None:
    form = table_of(november, "bieu-06")
    assert [label for label, _ in form.above] == [
        "",
        "Số hồ sơ nhận giải quyết",
        "Số hồ sơ đã giải quyết",
        "Số hồ sơ đang giải quyết",
    ]
    assert form.headings == (
        *("STT", "Lĩnh vực", "Tổng số", "Trực tuyến", "Trực tiếp, bưu chính", "Từ kỳ trước"),
        *("Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số", "Trong hạn", "Quá hạn"),
    )
    assert [cell.value for cell in form.rows[-1][2:]] == [3, 1, 1, 1, 1, 1, 0, 0, 2, 0, 2]
    assert "1 hồ sơ chưa vào biểu" in form.note
    assert "1 hồ sơ sổ không ghi kênh nộp" in form.note


def test_parts_and_their_shares_make_the_whole(november: Report) -> None:
    table = table_of(november, "ket-qua")
    found = values(table)
    assert sum(int(found[label]) for label in words.PARTS.values()) == found["Lượt hỏi"] == november.questions.questions
    shares = [cells[2].text for cells in table.rows if cells[0].value in words.PARTS.values()]
    assert sum(float(each.removesuffix(" %").replace(",", ".")) for each in shares) == pytest.approx(100, abs=0.3)


def test_rows_hold_no_code_of_a_dossier_and_no_name_that_tells_something(november: Report, told: Database) -> None:
    kind, wanted = asked(f"{ROWS}?ky=2026-11&so={Kind.DOSSIERS}&cot=all", november)
    with told.session() as session:
        found = rows_behind(session, kind, wanted)
    texts = [cell.text for cells in found.rows for cell in cells]
    assert "Đăng ký khai sinh" in texts
    assert "(không nêu tên)" in texts
    assert not [text for text in texts if "H24" in text or "lý lịch" in text]


@pytest.mark.parametrize(
    "query",
    [
        "so=passwords",
        "so=luot&phan=everything",
        "so=ho-so&cot=code",
        "so=ho-so&cot=all&trang_thai=x",
        "so=phan-anh",
        "so=phan-anh&cot=before&loai=x",
        "so=mau&loai=x",
        "so=cho&loai=x",
        "so=cu",
        "so=phi&loai=x",
        "so=",
    ],
)
def test_an_address_that_nobody_made_is_refused(november: Report, told: Database, query: str) -> None:
    given = dict(parse_qsl(query))
    wanted = Asked(scope=november.scope, page=EVERYTHING, now=NOW, given=given, sensitive=(), report=lambda: november)
    with told.session() as session, pytest.raises(UnknownRowsError):
        rows_behind(session, given.get("so", ""), wanted)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_rows_opens_a_page_at_a_time(november: Report, told: Database, kind: Kind) -> None:
    given = {
        Kind.DOSSIERS: {"cot": "all"},
        Kind.PETITIONS: {"cot": "after"},
        Kind.STALE: {"loai": "wording"},
        Kind.FEES: {"loai": "online"},
    }.get(kind, {})
    assert kind in ROLL
    wanted = Asked(
        scope=november.scope, page=Page(number=2, size=3), now=NOW, given=given, sensitive=(), report=lambda: november
    )
    with told.session() as session:
        assert len(rows_behind(session, kind, wanted).rows) <= 3


# What must agree


def test_a_sound_report_passes_its_checks(november: Report) -> None:
    assert len(november.checks) == 5
    assert checked(november) is november


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"channels": {}}, "các kênh"),
        ({"communes": {}}, "xã, phường"),
        ({"times": ((period_of("2026-11"), Counted(parts={})),)}, "các ngày"),
    ],
    ids=["channels", "communes", "days"],
)
def test_sums_that_disagree_are_named_and_nothing_is_reported(
    november: Report, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(FiguresDisagreeError, match=said):
        checked(msgspec.structs.replace(november, **changes))


# The chart


def test_the_bars_hold_all_questions_and_stay_inside(november: Report) -> None:
    chart = chart_of(november)
    assert chart is not None
    told = sum(int(piece.told.rsplit(" ", 1)[1]) for piece in chart.pieces)
    assert told == november.questions.questions
    assert all(piece.x >= 0 and piece.x + piece.width <= WIDTH for piece in chart.pieces)
    assert all(piece.y >= 0 and piece.y + piece.height <= HEIGHT for piece in chart.pieces)
    assert len({mark.label for mark in chart.below}) == len(chart.below) == 15
    assert str(november.questions.questions) in chart.told


@pytest.mark.parametrize(("most", "top"), [(1, 1), (2, 2), (3, 5), (7, 10), (10, 10), (11, 20), (8_725, 10_000)])
def test_the_axis_ends_at_a_round_number(most: int, top: int) -> None:
    assert ceiling(most) == top


# Words


def test_everything_that_is_counted_has_its_word() -> None:
    pairs = (
        (words.PARTS, Part),
        (words.OUTCOMES, Outcome),
        (words.APARTS, Apart),
        (words.PETITION_KINDS, PetitionKind),
        (words.PETITION_STATES, PetitionState),
        (words.PETITION_COLUMNS, Column),
        (words.VERDICTS, Verdict),
        (words.STANDINGS, Standing),
        (words.STALE, Ours),
    )
    for told, roll in pairs:
        assert set(told) == set(roll)
    assert set(words.STATUSES) == {None, *Status}
    assert all(words.channel(name) == label for name, label in CHANNEL_NAMES.items())
    assert len(Origin) == 3


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("2026-11-02", "Ngày 02/11/2026"),
        ("2026-W47", "Tuần 47 (16/11/2026 – 22/11/2026)"),
        ("2026-11", "Tháng 11/2026"),
        ("2026-Q1", "Quý I/2026"),
        ("2026-Q4", "Quý IV/2026"),
        ("2026", "Năm 2026"),
    ],
)
def test_a_period_is_named_as_offices_do(key: str, name: str) -> None:
    assert words.period_name(period_of(key)) == name


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0.2, "dưới 1 phút"),
        (59, "59 phút"),
        (60, "1 giờ"),
        (135, "2 giờ 15 phút"),
        (1_500, "1 ngày 1 giờ"),
        (2_880, "2 ngày"),
    ],
)
def test_a_wait_is_told_in_two_units_at_most(minutes: float, said: str) -> None:
    assert words.span(timedelta(minutes=minutes)) == said
