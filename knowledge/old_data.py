"""What of our own has become old, and where the record's fees are not the city's, as of a day."""

from datetime import date

from sqlmodel import Session

from knowledge.catalogue import everything_on
from knowledge.fee_differences import FeeDifference, fee_differences
from knowledge.layer_store import fee_rules
from knowledge.procedure import Value
from knowledge.stale import Stale, stale_in
from knowledge.wordings import load_wordings


class OldData(Value, frozen=True, kw_only=True):
    stale: tuple[Stale, ...] = ()
    fees: tuple[FeeDifference, ...] = ()


def old_data_on(session: Session, day: date) -> OldData:
    """Reads the whole catalogue: half a second for a full one."""
    everything, rules = list(everything_on(session, day)), tuple(fee_rules(session))
    fees = sorted(fee_differences(everything, rules, day), key=lambda each: (each.code, each.channel))
    return OldData(stale=tuple(stale_in(session, everything, load_wordings())), fees=tuple(fees))
