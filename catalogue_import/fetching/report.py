"""What a fetch did, as a value that can say itself."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from knowledge.clock import VIETNAM
from knowledge.procedure import Value

PROBLEMS_SHOWN = 5
SAID = {
    "new": "fetched for the first time",
    "changed": "changed",
    "unchanged": "asked again, unchanged",
    "empty": "listed without details",
    "odd": "answered with something else",
    "failed": "not answered",
}


class FetchReport(Value, frozen=True):
    """`total` is how many the portal says there are, `fresh` how many were asked not long ago, `unasked` never.

    `counts` are by outcome (the keys of SAID), `oldest` is the time of the oldest answer that stands in the folder.
    `is_whole`: every procedure of a whole list was answered, so that absence means repeal.
    """

    folder: str
    listed: int
    total: int
    counts: dict[str, int]
    fresh: int
    unasked: int
    is_whole: bool
    withdrawn: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    oldest: datetime | None = None
    calls: int = 0
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return not self.problems

    def to_json(self) -> str:
        return msgspec.json.format(msgspec.json.encode(self), indent=2).decode()

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def _lines(report: FetchReport) -> Iterator[str]:
    yield f"{report.folder}: {report.listed:,} of {report.total:,} procedures listed, {report.calls:,} calls"
    told = [(report.counts.get(key, 0), said) for key, said in SAID.items()]
    more = [(report.fresh, "asked not long ago"), (report.unasked, "still to be asked")]
    yield from (f"  {number:>7,}  {said}" for number, said in (*told, *more) if number)
    if report.withdrawn:
        yield f"  {len(report.withdrawn):>7,}  no longer listed, put aside"
    for problem in report.problems[:PROBLEMS_SHOWN]:
        yield f"    {problem}"
    if len(report.problems) > PROBLEMS_SHOWN:
        yield f"    and {len(report.problems) - PROBLEMS_SHOWN:,} more"
    if report.oldest is not None:
        whole = "whole" if report.is_whole else "not whole yet: nothing is taken for repealed"
        yield f"The copy is {whole}; its oldest answer is of {report.oldest.astimezone(VIETNAM):%d/%m/%Y %H:%M}."
