"""What the operator decides about one import."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Settings:
    """`complete`: the file is the whole catalogue, what it lacks is repealed; or the whole decision, whose other rows
    are withdrawn. `data_day`: the day of the copy, when the operator knows better than the records, whose newest change
    is taken otherwise. `effective`: the day of a decision that does not say its own. `only_sound`: rows of a decision
    that are wrong are left out instead of refusing it whole."""

    province: str = "H24"
    complete: bool = False
    data_day: date | None = None
    reason: str = ""
    effective: date | None = None
    only_sound: bool = False
