"""Bounds on what one file may do: too little or too much stops the import, and each number has its reason."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from catalogue_import.changes import Current
from catalogue_import.gather import Candidate, Gathered
from catalogue_import.issues import Issue, IssueKind, IssueLog
from catalogue_import.scope import Scope
from catalogue_import.settings import Settings
from knowledge.changeset import ChangeKind, ChangeSet
from knowledge.procedure import CODE

WHOLE_CATALOGUE = 1_000  # records; the largest single ministry has 687, so that more is meant as the whole country
MOST_REPEALED = 0.05  # of the current edition; a real decision repeals dozens of 4,647, a broken copy hundreds
FEW = 20  # in a file of some dozens a handful is a large share and yet an accident
MOST_LEFT_OUT = 0.05  # of the records; single ones are broken by accident, one in twenty by a new format


class Outcome(NamedTuple):
    """Everything that bounds look at. `today` is the day in Việt Nam."""

    gathered: Gathered
    changes: ChangeSet
    current: Current
    settings: Settings
    data_day: date | None
    today: date


def is_enough(outcome: Outcome) -> Iterator[Issue]:
    """A file without a single procedure for the public here is the wrong file."""
    gathered, province = outcome.gathered, outcome.settings.province
    if gathered.listed and not gathered.details:
        yield Issue(IssueKind.DETAILS_NEEDED, f"{len(gathered.listed):,}", "")
    elif not gathered.public:
        yield Issue(IssueKind.NOTHING_IN_SCOPE, province, "")
    elif Scope.OWN not in gathered.scopes:
        is_whole = outcome.settings.complete or gathered.records >= WHOLE_CATALOGUE
        yield Issue(IssueKind.NO_OWN_PROCEDURES if is_whole else IssueKind.FEW_OWN, province, "")


def repeals_little(outcome: Outcome) -> Iterator[Issue]:
    """Also of procedures that the file itself says are internal by now, though there a few are never too many."""
    repealed, known = outcome.changes.count(ChangeKind.REPEALED), len(outcome.current.digests)
    if repealed > max(MOST_REPEALED * known, 0 if outcome.settings.complete else FEW):
        yield Issue(IssueKind.TOO_MANY_REPEALED, f"{repealed:,} of {known:,}", "")


def leaves_little_out(outcome: Outcome) -> Iterator[Issue]:
    left_out, records = outcome.gathered.left_out, outcome.gathered.records
    if left_out > FEW and left_out > MOST_LEFT_OUT * records:
        yield Issue(IssueKind.TOO_MANY_LEFT_OUT, f"{left_out:,} of {records:,}", "")
    if left_out and outcome.settings.complete:
        yield Issue(IssueKind.INCOMPLETE_FILE, f"{left_out:,}", "")


def has_a_plausible_day(outcome: Outcome) -> Iterator[Issue]:
    data_day, current = outcome.data_day, outcome.current
    if data_day is None and outcome.gathered.details:
        yield Issue(IssueKind.NO_DATA_DAY, "", "")
    elif data_day is not None and data_day > outcome.today:
        is_given = outcome.settings.data_day is not None
        yield Issue(IssueKind.DATA_DAY_AHEAD if is_given else IssueKind.CLOCK_BEHIND, f"{data_day:%d/%m/%Y}", "")
    elif data_day and current.data_day and data_day < current.data_day and outcome.changes.changes:
        yield Issue(IssueKind.OLDER_COPY, f"{data_day:%d/%m/%Y}, the edition's is {current.data_day:%d/%m/%Y}", "")


def has_clean_codes(outcome: Outcome) -> Iterator[Issue]:
    """Of every record, other provinces' too: a bad code hides a procedure, and codes are no key."""
    owners: dict[str, Candidate] = {}
    for candidate in _everything(outcome.gathered):
        code = candidate.identity.code
        if not CODE.fullmatch(code):
            yield Issue(IssueKind.BAD_CODE, repr(code), candidate.where)
        before = owners.setdefault(code, candidate)
        if before is not candidate:
            yield Issue(IssueKind.REPEATED_CODE, repr(code), f"{before.where}; {candidate.where}")


def has_known_types(outcome: Outcome) -> Iterator[Issue]:
    for candidate in outcome.gathered.details.values():
        if candidate.scope is Scope.UNKNOWN:
            yield Issue(IssueKind.UNKNOWN_TYPE, repr(candidate.identity.kind), candidate.where)


def has_details(outcome: Outcome) -> Iterator[Issue]:
    """Beside the details of others: a file of list objects alone is `is_enough`'s business."""
    if outcome.gathered.details:
        for candidate in outcome.gathered.only_listed:
            yield Issue(IssueKind.WITHOUT_DETAILS, "", candidate.where)


Bound = Callable[[Outcome], Iterator[Issue]]

BOUNDS: tuple[Bound, ...] = (
    is_enough,
    repeals_little,
    leaves_little_out,
    has_a_plausible_day,
    has_clean_codes,
    has_known_types,
    has_details,
)


def check_outcome(outcome: Outcome, log: IssueLog) -> None:
    log.extend(chain.from_iterable(bound(outcome) for bound in BOUNDS))


def _everything(gathered: Gathered) -> Iterator[Candidate]:
    yield from gathered.details.values()
    yield from gathered.only_listed
