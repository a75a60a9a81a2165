"""What every format gives to the path: who a record is about, and the procedure in it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from catalogue_import.decision_file import DecisionFile
from catalogue_import.files import Progress
from catalogue_import.issues import Issue
from catalogue_import.recovered import RecoveredFile
from catalogue_import.source_record import SourceRecord
from knowledge.procedure import Procedure


class Identity(NamedTuple):
    """Who a record is about. `kind` and `issuer_code` are as published ("STANDARD", "G15"); `updated` is the
    day on which the publisher last touched the record, when it says so."""

    formality_id: str
    code: str
    name: str
    kind: str
    issuer_code: str = ""
    is_internal: bool = False
    updated: date | None = None
    has_details: bool = False


class Format(NamedTuple):
    """One way in which catalogues are published.

    `claims` tells from the name and first bytes whether a file or folder is in this format. `read` gives its
    records, and issues for what is none; it raises InputError where the whole file is unusable. `identify`
    and `to_procedure` take their fields out of a record and raise UnreadableRecordError.
    """

    name: str
    looks_like: str
    claims: Callable[[Path], bool]
    read: Callable[[Path, Progress], Iterator[SourceRecord | Issue]]
    identify: Callable[[SourceRecord], Identity]
    to_procedure: Callable[[SourceRecord, Identity, date], Procedure]


class DecisionFormat(NamedTuple):
    """One way in which announcement decisions are published, told from others like a `Format`.

    `read` gives the whole decision with every problem at its cell; it raises InputError where the file is unusable.
    """

    name: str
    looks_like: str
    claims: Callable[[Path], bool]
    read: Callable[[Path, Progress], DecisionFile]


class CheckFormat(NamedTuple):
    """One way in which copies go around that are poorer than the record: read to check it, never published."""

    name: str
    looks_like: str
    claims: Callable[[Path], bool]
    read: Callable[[Path, Progress], RecoveredFile]


AnyFormat = Format | DecisionFormat | CheckFormat
