"""The roll of a report's tables."""

from collections.abc import Callable

from bot.reports import dossier_tables, other_tables, question_tables
from bot.reports.report import Report
from bot.reports.table import Table

TABLES: tuple[Callable[[Report], Table | None], ...] = (
    question_tables.outcome,
    question_tables.by_time,
    question_tables.by_commune,
    question_tables.by_channel,
    question_tables.most_asked,
    question_tables.most_missed,
    other_tables.accuracy,
    dossier_tables.form_06,
    dossier_tables.by_status,
    dossier_tables.apart,
    other_tables.petitions,
    other_tables.stale,
    other_tables.fees,
)


def tables_of(report: Report) -> list[Table]:
    """Those that this report has: a day has no days, a commune no communes."""
    return [table for table in (make(report) for make in TABLES) if table is not None]
