"""Checks of single procedures."""

from collections.abc import Callable, Iterable

from catalogue_import.gather import Candidate
from catalogue_import.issues import IssueKind, IssueLog
from knowledge.procedure import Channel, Procedure

Check = Callable[[Procedure], bool]


def names_nobody(procedure: Procedure) -> bool:
    return not (procedure.executing or procedure.competent)


def has_no_decision(procedure: Procedure) -> bool:
    return procedure.decision is None


def has_suspect_fee(procedure: Procedure) -> bool:
    return any(fee.is_suspect for channel in procedure.channels for fee in channel.fees)


def lacks_online_channel(procedure: Procedure) -> bool:
    return procedure.is_full_process and all(row.channel is not Channel.ONLINE for row in procedure.channels)


CHECKS: tuple[tuple[Check, IssueKind], ...] = (
    (names_nobody, IssueKind.NOBODY_NAMED),
    (has_no_decision, IssueKind.NO_DECISION),
    (has_suspect_fee, IssueKind.SUSPECT_FEE),
    (lacks_online_channel, IssueKind.NO_ONLINE_CHANNEL),
)


def check_procedures(candidates: Iterable[Candidate], log: IssueLog) -> None:
    """Every check on every procedure that the file brings."""
    for candidate in candidates:
        for fails, kind in CHECKS:
            if candidate.procedure is not None and fails(candidate.procedure):
                log.add(kind, where=candidate.where)
