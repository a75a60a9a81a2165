"""The detail object of the portal as a Procedure.

The portal shuffles its lists on every call. Lists of named objects are put in the order of their ids; steps,
papers and rows of filing keep the published order, which people read; `catalogue_import.digest` ignores both.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from catalogue_import.formats.format import Identity
from catalogue_import.formats.portal.filing import channels
from catalogue_import.formats.portal.papers import paper_groups
from catalogue_import.formats.portal.times import day
from catalogue_import.issues import IssueKind
from catalogue_import.source_record import SourceRecord
from knowledge.procedure import Decision, LegalBasis, Level, Procedure, Step

LEVELS = {
    "isWard": Level.COMMUNE,
    "isProvince": Level.PROVINCE,
    "isMinistry": Level.MINISTRY,
    "isOtherAgency": Level.OTHER,
}


class State(StrEnum):
    """Both mean that the procedure is live; nothing of the portal marks a repealed one."""

    ACTIVE = "ACTIVE"
    UPDATED = "UPDATED"


STATES: Mapping[str, State] = {state.value: state for state in State}


def to_procedure(record: SourceRecord, identity: Identity, data_day: date) -> Procedure:
    """Raises UnreadableRecordError when a field holds what it never held; then the record is left out."""
    record.choice("state", STATES)
    return Procedure(
        formality_id=identity.formality_id,
        code=identity.code,  # as it stands: " 1.014325" and "1.014325" are two procedures
        name=identity.name,
        field="; ".join(_names(record, "categoriesDetails")),
        issuer=record.line("departmentPromulgateName"),
        issuer_code=identity.issuer_code,
        data_day=data_day,
        levels=tuple([level for flag, level in LEVELS.items() if record.flag(flag)]),
        decision=_decision(record),
        subjects=_names(record, "subjectTypesDetails"),
        executing=_agencies(record, "Executing"),
        competent=_agencies(record, "Authority"),
        authorized=_agencies(record, "Authorized"),
        coordinating=_agencies(record, "Coordinating"),
        receiving_address=record.text("dossierReceivingAddresses"),
        channels=channels(record),
        paper_groups=paper_groups(record),
        steps=_steps(record),
        conditions=_conditions(record),
        results=_names(record, "resultsDetails"),
        legal_bases=_legal_bases(record),
        cases=_cases(record),
        keywords=_unique(word.strip() for word in record.line("keywords").split(",")),
        note=record.text("note"),
        is_full_process=record.flag("isFullProcess"),
        is_non_territorial=record.flag("isNonTerritorial"),
    )


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _names(record: SourceRecord, key: str) -> tuple[str, ...]:
    named = sorted([(str(item.take("id")), item.line("name")) for item in record.objects(key)])
    return _unique(name for _, name in named)


def _agencies(record: SourceRecord, role: str) -> tuple[str, ...]:
    """Departments and groups of units together: either list alone misses some."""
    return _unique((*_names(record, f"departments{role}"), *_names(record, f"unitGroups{role}")))


def _decision(record: SourceRecord) -> Decision | None:
    """The announcement decision; one procedure of 5,665 has none."""
    found: list[Any] = [
        (proposal.line("proposalNumber"), day(proposal, "decisionDate"), _names_of(proposal, "issuingAgency"))
        for proposal in record.nested("procedureProposal")
    ]
    decisions = [Decision(number=number, day=signed, issuer=issuer) for number, signed, issuer in found if number]
    return decisions[0] if decisions else None


def _names_of(record: SourceRecord, key: str) -> str:
    return "".join(agency.line("name") for agency in record.nested(key))


def _steps(record: SourceRecord) -> tuple[Step, ...]:
    steps = [Step(name=step.line("name"), text=step.text("description")) for step in record.objects("executionSteps")]
    return tuple(step for step in steps if step.text or step.name)


def _conditions(record: SourceRecord) -> str:
    """The portal publishes them twice; in all 5,665 records both are the same."""
    if record.take("description") != record.values.get("requirementsAndConditions"):
        record.report(IssueKind.TEXTS_DIFFER, "requirementsAndConditions, description")
    return record.text("requirementsAndConditions")


def _legal_bases(record: SourceRecord) -> tuple[LegalBasis, ...]:
    bases = [(str(law.take("id")), law.line("code"), law.line("name")) for law in record.objects("legalBasisesDetails")]
    return tuple(LegalBasis(number=number, name=name) for _, number, name in dict.fromkeys(sorted(bases)))


def _cases(record: SourceRecord) -> tuple[str, ...]:
    """By their code ("1.004222.01"), which counts them in the publisher's order."""
    cases = [(case.text("code"), str(case.take("id")), case.line("name")) for case in record.objects("cases")]
    return _unique(name for _, _, name in sorted(cases))
