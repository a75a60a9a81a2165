"""Checks of a decision against the current edition, each problem at its row and in words for staff.

A row that is wrong by itself (STOP) may be left out by an explicit choice; what makes the whole file doubtful has no
row, and cannot be.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from rapidfuzz.fuzz import token_set_ratio

from catalogue_import.bounds import FEW, MOST_REPEALED
from catalogue_import.decision_file import CellIssue, DecisionFile, DecisionRecord, Place, Status
from catalogue_import.issues import Severity
from catalogue_import.patching import effective_day, lacks, lacks_successor
from knowledge.folding import ended_by
from knowledge.patches import Patch, PatchStatus

MANY_REPEALED = 0.01  # of the edition: 46 of 4,647, while 57 decisions of a quarter repealed 165 between them
LONGEST_AHEAD = timedelta(days=2 * 366)  # the farthest known decision waits half a year; beyond, a year is mistyped
EARLIEST = date(2007, 1, 1)  # the national catalogue of procedures began with Đề án 30 of 10/01/2007
OTHER_NAME = 40  # of 100: amended names keep most of their words, another procedure's share only "cấp", "giấy phép"


class Before(NamedTuple):
    """The current edition as far as the checks need it: names by code of what has been known, rows by key."""

    names: Mapping[str, str]
    patches: Mapping[str, Patch]

    def of(self, code: str) -> list[Patch]:
        return [patch for patch in self.patches.values() if patch.code == code]


class Case(NamedTuple):
    file: DecisionFile
    patches: Mapping[str, tuple[Patch, DecisionRecord]]
    before: Before
    today: date
    effective: date | None = None  # given by the operator
    complete: bool = False


Check = Callable[[Case], Iterator[CellIssue]]


def has_rows(case: Case) -> Iterator[CellIssue]:
    if not case.file.records:
        yield _stop("no-rows", "không đọc được thủ tục nào trong tệp: xem lại tệp, hoặc dùng mẫu .xlsx của motcua")


def names_its_decision(case: Case) -> Iterator[CellIssue]:
    if not case.file.decision.number:
        yield _stop("no-decision-number", "tệp không ghi số quyết định: thêm số quyết định vào đầu tệp rồi nhập lại")


def has_usable_codes(case: Case) -> Iterator[CellIssue]:
    """Rows without one are never imported as they are, and only a choice leaves them out; a reader may have said so
    already."""
    told = {issue.where for issue in case.file.issues}
    for row in case.file.needs_review:
        if row.where not in told:
            hint = f"; có thể là {row.suggested_code}" if row.suggested_code else ""
            yield _stop("needs-review", f"mã “{row.code_printed}” chưa nhập được: {row.reason}{hint}", row.where)


def names_its_successors(case: Case) -> Iterator[CellIssue]:
    for record in filter(lacks_successor, case.file.records):
        said = f"mã {record.code} bị thay thế nhưng không ghi mã thay thế nào khác chính nó: bổ sung mã thay thế"
        yield _stop("no-successor", said, record.where)


def has_days(case: Case) -> Iterator[CellIssue]:
    for record in case.file.records:
        if effective_day(record, case.file.decision, case.effective) is None:
            yield _stop("no-effective-day", "chưa rõ ngày có hiệu lực: thêm --effective NĂM-THÁNG-NGÀY", record.where)


def has_plausible_days(case: Case) -> Iterator[CellIssue]:
    signed = case.file.decision.day
    if signed and signed > case.today:
        yield _warn("signed-ahead", f"ngày ký {signed:%d/%m/%Y} còn chưa tới: xem lại ngày ký")
    for patch, record in case.patches.values():
        if patch.effective < EARLIEST or patch.effective > (signed or case.today) + LONGEST_AHEAD:
            yield _stop("impossible-day", f"ngày hiệu lực {patch.effective:%d/%m/%Y} không hợp lý", record.where)
        elif signed and patch.effective < signed:
            said = f"hiệu lực {patch.effective:%d/%m/%Y} trước ngày ký {signed:%d/%m/%Y}: xem lại hai ngày"
            yield _warn("effective-before-signing", said, record.where)


def changes_what_is_known(case: Case) -> Iterator[CellIssue]:
    brought = {patch.code for patch, _ in case.patches.values() if patch.status is PatchStatus.NEW}
    for patch, record in case.patches.values():
        if patch.code in case.before.names or patch.code in brought or patch.status is PatchStatus.NEW:
            continue
        said = f"sửa đổi mã {patch.code} chưa có trong danh mục; sẽ áp dụng khi danh mục có mã này"
        if patch.ends:
            said = f"bãi bỏ hoặc thay thế mã {patch.code} chưa có trong danh mục; ghi nhận để bản sau không dùng lại"
        yield _warn("unknown-code", said, record.where)


def changes_what_is_in_force(case: Case) -> Iterator[CellIssue]:
    for key, (patch, record) in case.patches.items():
        others = [other for other in case.before.of(patch.code) if other.key != key]
        ended = ended_by(others, patch.effective)
        if ended is None or patch.status is PatchStatus.NEW:
            continue
        by = f"Quyết định {ended.decision.number} từ {ended.since:%d/%m/%Y}"
        if patch.ends:
            yield _warn("already-ended", f"mã {patch.code} đã bị bãi bỏ hoặc thay thế theo {by}", record.where)
        else:
            said = f"sửa đổi mã {patch.code} đã hết hiệu lực theo {by}; sửa đổi này không làm nó có hiệu lực lại"
            yield _warn("amends-ended", said, record.where)


def contradicts_itself(case: Case) -> Iterator[CellIssue]:
    """One code both ended and kept by one decision on one day."""
    rows = [(patch, record) for patch, record in case.patches.values()]
    ended = {(patch.code, patch.effective) for patch, _ in rows if patch.ends}
    for patch, record in rows:
        if not patch.ends and (patch.code, patch.effective) in ended:
            said = f"mã {patch.code} vừa {_SAID[record.status]} vừa bị bãi bỏ hoặc thay thế trong cùng quyết định"
            yield _stop("contradiction", said, record.where)


def replaces_by_one(case: Case) -> Iterator[CellIssue]:
    """Of the rows as read: two with one code would be one row of the edition, and the later would win unseen."""
    first: dict[str, DecisionRecord] = {}
    for record in case.file.records:
        other = first.setdefault(record.code, record) if record.successor else record
        if other.successor != record.successor:
            said = f"mã {record.code} bị thay thế bởi cả {other.successor} và {record.successor}: chỉ được một mã"
            yield _stop("two-successors", said, record.where)


def ends_its_chains(case: Case) -> Iterator[CellIssue]:
    """Replacements after one another must lead somewhere, and not in a circle."""
    replaced = {patch.code: patch.successor for patch in case.before.patches.values() if patch.successor}
    replaced |= {patch.code: patch.successor for patch, _ in case.patches.values() if patch.successor}
    brought = {patch.code for patch, _ in case.patches.values() if patch.status is PatchStatus.NEW}
    for patch, record in case.patches.values():
        if not patch.successor:
            continue
        seen, code = [patch.code], patch.successor
        while code in replaced and code not in seen:
            seen.append(code)
            code = replaced[code]
        if code in seen:
            yield _stop("replacement-loop", f"các mã thay nhau thành vòng: {' → '.join([*seen, code])}", record.where)
        elif code not in case.before.names and code not in brought:
            said = f"mã thay thế {code} chưa có trong danh mục và không được ban hành mới trong tệp này"
            yield _warn("unknown-successor", said, record.where)


def names_agree(case: Case) -> Iterator[CellIssue]:
    """A mistyped code hits another procedure, whose name then differs altogether."""
    for patch, record in case.patches.values():
        known = case.before.names.get(patch.code, "")
        if known and patch.name and token_set_ratio(known.lower(), patch.name.lower()) < OTHER_NAME:
            said = f"mã {patch.code} trong danh mục có tên khác hẳn (“{known}”): xem lại mã"
            yield _warn("other-name", said, record.where)


def repeals_little(case: Case) -> Iterator[CellIssue]:
    known = len(case.before.names)
    repealed = sum(record.status is Status.REPEALED for record in case.file.records)
    if repealed > max(FEW, MOST_REPEALED * known):
        said = f"tệp bãi bỏ {repealed:,} trong {known:,} thủ tục, nhiều hơn mức một quyết định có thể: xem lại tệp"
        yield _stop("too-many-repealed", said)
    elif repealed > max(FEW, MANY_REPEALED * known):
        yield _warn("many-repealed", f"tệp bãi bỏ {repealed:,} thủ tục, nhiều khác thường: đối chiếu với bản gốc")


def holds_every_row(case: Case) -> Iterator[CellIssue]:
    missing = lacks((patch for patch, _ in case.patches.values()), case.before.patches)
    if missing and case.complete:
        yield _warn("rows-withdrawn", f"{len(missing):,} dòng đã có của quyết định này không còn trong tệp: sẽ gỡ bỏ")
    elif missing:
        said = f"{len(missing):,} dòng đã có của quyết định này không có trong tệp và được giữ; gỡ bỏ bằng --complete"
        yield CellIssue(code="rows-kept", severity=Severity.NOTE, message=said, where=Place())


_SAID = {Status.NEW: "được ban hành mới", Status.AMENDED: "được sửa đổi"}

CHECKS: tuple[Check, ...] = (
    has_rows,
    names_its_decision,
    has_usable_codes,
    names_its_successors,
    has_days,
    has_plausible_days,
    changes_what_is_known,
    changes_what_is_in_force,
    contradicts_itself,
    replaces_by_one,
    ends_its_chains,
    names_agree,
    repeals_little,
    holds_every_row,
)


def check_decision(case: Case) -> list[CellIssue]:
    return list(chain.from_iterable(check(case) for check in CHECKS))


def _stop(code: str, message: str, where: Place | None = None) -> CellIssue:
    return CellIssue(code=code, severity=Severity.STOP, message=message, where=where or Place())


def _warn(code: str, message: str, where: Place | None = None) -> CellIssue:
    return CellIssue(code=code, severity=Severity.WARN, message=message, where=where or Place())
