"""A report: every figure of a period and place, counted in one transaction, and whether they agree."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache

import msgspec
from sqlmodel import Session

from bot.reports import words
from knowledge.accuracy import Accuracy, accuracy
from knowledge.clock import vietnam_day
from knowledge.database import Database
from knowledge.dossiers.moments import moment_of
from knowledge.figures.dossier_figures import DossierFigures, dossier_figures
from knowledge.figures.petition_figures import PetitionFigures, petition_figures
from knowledge.figures.questions import Counted, by_time, splits
from knowledge.figures.scope import Scope
from knowledge.figures.staff_work import Missed, StaffWork, most_missed, staff_work_split
from knowledge.figures.subjects import Subject, most_asked
from knowledge.old_data import OldData, catalogue_number, old_data_of_catalogue, with_staff
from knowledge.periods import Period

KEPT_DAYS = 8  # of old data: one a day and catalogue, some kilobytes each


class FiguresDisagreeError(Exception):
    """Sums that must agree do not: what was counted must not be reported. The message names them."""


class Check(msgspec.Struct, frozen=True):
    """A sum that must agree, in words."""

    what: str
    holds: bool


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """`communes` and `staff_communes` only for the city; `made_at` is aware."""

    scope: Scope
    made_at: datetime
    questions: Counted
    communes: Mapping[str, Counted]
    channels: Mapping[str, Counted]
    times: tuple[tuple[Period, Counted], ...]
    staff: StaffWork
    staff_communes: Mapping[str, StaffWork]
    asked: tuple[Subject, ...]
    missed: tuple[Missed, ...]
    accuracy: Accuracy
    old: OldData
    old_on: date
    dossiers: DossierFigures
    petitions: PetitionFigures

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(_checks(self))

    @property
    def title(self) -> str:
        return f"{words.period_name(self.scope.period)}, {words.place(self.scope.commune)}"


def make_report(database: Database, scope: Scope, now: datetime) -> Report:
    with database.session() as session:
        number = catalogue_number(session)
    old_on = min(scope.period.last, vietnam_day(now))
    kept = _of_catalogue(database, number, old_on)
    with database.session() as session:
        return _counted(session, scope, now, with_staff(session, kept, old_on), old_on)


def _counted(session: Session, scope: Scope, now: datetime, old: OldData, old_on: date) -> Report:
    questions, (staff, staff_communes) = splits(session, scope), staff_work_split(session, scope)
    return Report(
        scope=scope,
        made_at=now,
        questions=questions.whole,
        communes={} if scope.commune else questions.communes,
        channels=questions.channels,
        times=tuple(by_time(session, scope)),
        staff=staff,
        staff_communes={} if scope.commune else staff_communes,
        asked=tuple(most_asked(session, scope)),
        missed=tuple(most_missed(session, scope)),
        accuracy=accuracy(session, scope),
        old=old,
        old_on=old_on,
        dossiers=dossier_figures(session, scope, moment_of(now)),
        petitions=petition_figures(session, scope),
    )


@lru_cache(KEPT_DAYS)
def _of_catalogue(database: Database, number: int, day: date) -> OldData:  # noqa: ARG001  another edition, another answer
    with database.session() as session:
        return old_data_of_catalogue(session, day)


def checked(report: Report) -> Report:
    """The report itself. Raises FiguresDisagreeError."""
    if broken := [check.what for check in report.checks if not check.holds]:
        raise FiguresDisagreeError(f"{report.title}: {'; '.join(broken)}")
    return report


def _checks(report: Report) -> Iterator[Check]:
    whole = report.questions.questions
    if report.times:
        total = sum(each.questions for _, each in report.times)
        yield Check("cộng các ngày, tháng trong kỳ bằng tổng số lượt hỏi", total == whole)
    if not report.scope.commune:
        total = sum(each.questions for each in report.communes.values())
        came = sum(each.came for each in report.staff_communes.values())
        holds = (total, came) == (whole, report.staff.came)
        yield Check("cộng các xã, phường bằng tổng số lượt hỏi và câu chờ cán bộ", holds)
    channels = sum(each.questions for each in report.channels.values())
    yield Check("cộng các kênh bằng tổng số lượt hỏi", channels == whole)
    yield Check("hồ sơ: từ kỳ trước + nhận trong kỳ = đã giải quyết + đang giải quyết", report.dossiers.adds_up)
    yield Check("phản ánh: kỳ trước chuyển sang + phát sinh = đã xong + còn lại", report.petitions.adds_up)
