"""What the operator decides about one import."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Settings:
    """`complete`: the file is the whole catalogue, what it lacks is repealed. `data_day`: the day of the copy,
    when the operator knows better than the records, whose newest change is taken otherwise."""

    province: str = "H24"
    complete: bool = False
    data_day: date | None = None
    reason: str = ""
