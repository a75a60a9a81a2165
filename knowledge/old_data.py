"""What of our own has become old, and where the record's fees are not the city's, as of a day."""

from datetime import date

from sqlmodel import Session, SQLModel

from knowledge.catalogue import everything_on
from knowledge.fee_differences import FeeDifference, fee_differences
from knowledge.layer_store import fee_rules
from knowledge.procedure import Value
from knowledge.stale import Stale, in_order, stale_in, stale_of_staff
from knowledge.tables import ChecklistVersion, FeeRuleVersion, PatchVersion, ProcedureVersion
from knowledge.versions import last_change
from knowledge.wordings import load_wordings


class OldData(Value, frozen=True, kw_only=True):
    stale: tuple[Stale, ...] = ()
    fees: tuple[FeeDifference, ...] = ()


# What of the catalogue and its layers is read for it.
READ: tuple[type[SQLModel], ...] = (ProcedureVersion, ChecklistVersion, PatchVersion, FeeRuleVersion)


def old_data_on(session: Session, day: date) -> OldData:
    return with_staff(session, old_data_of_catalogue(session, day), day)


def old_data_of_catalogue(session: Session, day: date) -> OldData:
    """Without what staff wrote. Reads the whole catalogue: half a second for a full one."""
    everything, rules = list(everything_on(session, day)), tuple(fee_rules(session))
    fees = sorted(fee_differences(everything, rules, day), key=lambda each: (each.code, each.channel))
    return OldData(stale=tuple(stale_in(session, everything, load_wordings())), fees=tuple(fees))


def with_staff(session: Session, old: OldData, day: date) -> OldData:
    """What staff wrote beside what `old_data_of_catalogue` found."""
    return OldData(stale=tuple(in_order([*old.stale, *stale_of_staff(session, day)])), fees=old.fees)


def catalogue_number(session: Session) -> int:
    """The last edition that changed anything `old_data_of_catalogue` reads: staff publish entries all day."""
    return last_change(session, READ)
