"""The form over a public register agrees with what its own column says, where that stands beside the checkout."""

import csv
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from bot.dossiers.registers.importing import import_register
from knowledge.database import Database
from knowledge.dossiers.factors import Keys
from knowledge.dossiers.moments import moment_of
from knowledge.figures.dossier_figures import DossierFigures, dossier_figures
from knowledge.figures.dossier_places import Apart, Origin, Outcome
from knowledge.figures.scope import Scope
from knowledge.periods import period_of

EIGHT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)  # the moment at which the register's verdicts hold


def figures(database: Database, key: str) -> DossierFigures:
    with database.session() as session:
        return dossier_figures(session, Scope(period=period_of(key)), moment_of(EIGHT))


def test_the_form_has_the_verdicts_of_the_register(shared: Path, sqlite_database: Database) -> None:
    path = shared / "dossiers" / "samples" / "so_theo_doi_ho_so.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        stated = Counter(row["Đánh giá thời hạn"] for row in csv.DictReader(file))
    with import_register(path, sqlite_database, Keys("key"), EIGHT) as imported:
        assert imported.report.summary.dossiers == stated.total()
    found = figures(sqlite_database, "2026")
    outcomes = found.total.outcomes
    assert found.adds_up
    assert outcomes[Outcome.EARLY] == stated["Trước hạn"]
    assert outcomes[Outcome.ON_TIME] == stated["Đúng hạn"]
    late = stated["Quá hạn"] + stated["Đang xử lý quá hạn"]  # a second request for papers is late and still pending
    assert outcomes[Outcome.LATE] + outcomes[Outcome.OVERDUE] == late
    assert outcomes[Outcome.OPEN] == stated["Đang xử lý trong hạn"] + stated["Tạm dừng tính thời hạn"]
    assert (found.apart[Apart.UNCLEAR], found.apart[Apart.NOT_TAKEN]) == (stated["Cần đối chiếu"], stated[""])


def test_its_months_are_carried_over_without_a_loss(shared: Path, sqlite_database: Database) -> None:
    path = shared / "dossiers" / "samples" / "so_theo_doi_ho_so.csv"
    with import_register(path, sqlite_database, Keys("key"), EIGHT):
        pass
    months = [figures(sqlite_database, f"2026-{month:02}") for month in range(6, 12)]
    assert all(month.adds_up for month in months)
    for one, other in pairwise(months):
        assert other.total.origins.get(Origin.CARRIED, 0) == one.total.pending
    assert months[-1].total.pending == figures(sqlite_database, "2026").total.pending > 0
