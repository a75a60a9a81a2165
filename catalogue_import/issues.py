"""Every kind of issue an import can meet: its code, how bad it is, and a sentence for the operator."""

from collections.abc import Iterable
from enum import Enum, StrEnum
from textwrap import shorten
from typing import NamedTuple

from catalogue_import.clean import clean_line
from knowledge.procedure import Value

LONGEST_SUBJECT = 500  # characters; published text may be quoted in it
MOST_FINDINGS = 2_000  # more than anybody reads; a hostile file has a new subject in every line
OTHERS = "(and others)"
PLACES_KEPT = 100  # places named for one finding in the JSON report; the rest is only counted


class Severity(StrEnum):
    """STOP refuses the whole import, WARN needs a look, NOTE is told for completeness."""

    STOP = "stop"
    WARN = "warn"
    NOTE = "note"


STOP, WARN, NOTE = Severity


class IssueKind(Enum):
    """(code, severity, sentence); {subject} in the sentence is what the issue is about."""

    UNREADABLE_FILE = ("unreadable-file", STOP, "a file cannot be read: {subject}")
    NOT_JSON = (
        "not-json",
        STOP,
        "not JSON: {subject}. The file is damaged or cut off; fetch or copy it again",
    )
    DETAILS_NEEDED = (
        "details-needed",
        STOP,
        (
            "the file holds only list objects ({subject}), which carry no papers, fees or times. "
            "Fetch the detail object of each procedure and import those"
        ),
    )
    NOTHING_IN_SCOPE = (
        "nothing-in-scope",
        STOP,
        (
            "too little: no procedure of the file is for the public of {subject}. "
            "Check the file, and the province in MOTCUA_PROVINCE"
        ),
    )
    NO_OWN_PROCEDURES = (
        "no-own-procedures",
        STOP,
        (
            "too little: a whole catalogue without a single procedure of {subject}. "
            "Check that the file is complete, and the province in MOTCUA_PROVINCE"
        ),
    )
    TOO_MANY_REPEALED = (
        "too-many-repealed",
        STOP,
        (
            "the import would repeal {subject} procedures, more than a complete catalogue plausibly drops. "
            "Check the file; it must hold every procedure where --complete is said"
        ),
    )
    TOO_MANY_LEFT_OUT = (
        "too-many-left-out",
        STOP,
        (
            "{subject} records cannot be read: the publisher has probably changed the format. "
            "The findings on these records say what is new"
        ),
    )
    INCOMPLETE_FILE = (
        "incomplete-file",
        STOP,
        (
            "{subject} records of the file have no id or cannot be read, so that it cannot stand for the complete "
            "catalogue. Mend the file, or import without --complete"
        ),
    )
    NO_DATA_DAY = ("no-data-day", STOP, "no record says how old the copy is: give the day with --data-day YYYY-MM-DD")
    DATA_DAY_AHEAD = ("data-day-ahead", STOP, "the data day {subject} lies in the future: give the day of the copy")

    RECORD_WITHOUT = ("record-without", WARN, "a record without {subject} was left out")
    UNREADABLE_RECORD = ("unreadable-record", WARN, "a record was left out: {subject}")
    NOT_A_RECORD = ("not-a-record", WARN, "{subject} is no procedure and was skipped")
    UNKNOWN_FIELD = ("unknown-field", WARN, "the publisher added the field {subject}, which nothing reads yet")
    FILLED_FIELD = ("filled-field", WARN, "the field {subject}, always empty so far, now holds something nothing reads")
    MISSING_FIELD = ("missing-field", WARN, "the field {subject} is missing and was taken as not stated")
    UNKNOWN_TYPE = ("unknown-type", WARN, "procedures of the unknown type {subject} were left outside")
    BAD_CODE = ("bad-code", WARN, "the code {subject} is not of the form 9.999999; it is kept as published")
    REPEATED_CODE = ("repeated-code", WARN, "several procedures have the code {subject}; they are told apart by id")
    REPEATED_ID = ("repeated-id", WARN, "several records of the id {subject} differ; the newest, else the last, counts")
    OLDER_COPY = ("older-copy", WARN, "the copy is older than the current edition's ({subject}): its texts win anyway")
    CLOCK_BEHIND = (
        "clock-behind",
        WARN,
        (
            "the newest record is of {subject}, which is still to come: check this computer's clock, "
            "or give the day of the copy with --data-day"
        ),
    )

    FEW_OWN = ("few-own", NOTE, "no procedure of {subject} itself is in the file: right for an import of a part")
    MERGED_RECORD = ("merged-record", NOTE, "records that came several times, without a difference, count once")
    SKIPPED_FILE = ("skipped-file", NOTE, "files of other kinds were skipped")
    WITHOUT_DETAILS = ("without-details", NOTE, "procedures have a list object only, no details; they are not imported")
    NULL_MEMBER = ("null-member", NOTE, "empty members of {subject} were skipped")
    NAMELESS_PAPER = ("nameless-paper", NOTE, "papers without a name were skipped: there is nothing to show")
    TEXTS_DIFFER = ("texts-differ", NOTE, "{subject}: two fields that always agreed now differ; the first one counts")
    BAD_TIME = ("bad-time", NOTE, "{subject} milliseconds are no plausible time and were taken as not stated")
    NOBODY_NAMED = ("nobody-named", NOTE, "procedures name no executing or competent agency")
    NO_DECISION = ("no-decision", NOTE, "procedures name no announcement decision")
    NO_ONLINE_CHANNEL = ("no-online-channel", NOTE, "procedures are wholly online, but list no online channel")
    CORRECTED = ("corrected", NOTE, "a publisher's mistake was corrected (corrections.toml): {subject}")
    IDLE_CORRECTION = (
        "idle-correction",
        NOTE,
        "the publisher has mended what a line of corrections.toml corrects; it can go: {subject}",
    )
    SUSPECT_FEE = ("suspect-fee", NOTE, "procedures have an implausible amount; only its note is shown")

    def __init__(self, code: str, severity: Severity, sentence: str) -> None:
        self.code = code
        self.severity = severity
        self.sentence = sentence


class Issue(NamedTuple):
    """One problem at its place: "details.jsonl.gz, line 17 (1.001193), executionMethods[2]"."""

    kind: IssueKind
    subject: str
    where: str


class Finding(Value, frozen=True):
    """All issues of one kind and subject: how often, and where (the first PLACES_KEPT of them)."""

    code: str
    severity: Severity
    message: str
    count: int
    places: tuple[str, ...]


class IssueLog:
    """Collects issues; the same kind and subject become one finding."""

    def __init__(self) -> None:
        self._counts: dict[tuple[IssueKind, str], int] = {}
        self._places: dict[tuple[IssueKind, str], list[str]] = {}

    def add(self, kind: IssueKind, subject: str = "", where: str = "") -> None:
        key = (kind, subject)
        if key not in self._counts and len(self._counts) >= MOST_FINDINGS:
            key = (kind, OTHERS)
        self._counts[key] = self._counts.get(key, 0) + 1
        places = self._places.setdefault(key, [])
        if where and len(places) < PLACES_KEPT:
            places.append(where)

    def extend(self, issues: Iterable[Issue]) -> None:
        for issue in issues:
            self.add(*issue)

    def findings(self) -> tuple[Finding, ...]:
        """Worst first; among equals in the order of the kinds above, then as met."""
        order = list(IssueKind)
        return tuple(self._finding(key) for key in sorted(self._counts, key=lambda key: order.index(key[0])))

    def _finding(self, key: tuple[IssueKind, str]) -> Finding:
        kind, subject = key
        message = clean_line(kind.sentence.format(subject=shorten(subject, LONGEST_SUBJECT, placeholder=" …")))
        return Finding(
            code=kind.code,
            severity=kind.severity,
            message=message,
            count=self._counts[key],
            places=tuple(clean_line(place) for place in self._places[key]),
        )
