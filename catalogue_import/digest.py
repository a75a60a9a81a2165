"""The digest of a procedure that does not see the order of its lists, nor the day of the copy.

The portal gives every list in another order on each call: of 502 records fetched twice in a day 436 differed in
order alone. And a newer copy of the same text is no change.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from knowledge.changeset import content_digest
from knowledge.procedure import FilingChannel, Paper, PaperGroup, Procedure, Value

UNDATED = date(1, 1, 1)  # stands for the day of the copy until it is known, and in every digest

Item = TypeVar("Item", bound=Value)

_encode = msgspec.json.Encoder().encode


def digest_of(procedure: Procedure) -> str:
    """Equal for two procedures that say the same."""
    return content_digest(_canonical(procedure))


def _canonical(procedure: Procedure) -> Procedure:
    return replace(
        procedure,
        data_day=UNDATED,
        subjects=tuple(sorted(procedure.subjects)),
        executing=tuple(sorted(procedure.executing)),
        competent=tuple(sorted(procedure.competent)),
        authorized=tuple(sorted(procedure.authorized)),
        coordinating=tuple(sorted(procedure.coordinating)),
        channels=_ordered([_channel(channel) for channel in procedure.channels]),
        paper_groups=_ordered([_group(group) for group in procedure.paper_groups]),
        steps=_ordered(procedure.steps),
        results=tuple(sorted(procedure.results)),
        legal_bases=_ordered(procedure.legal_bases),
        cases=tuple(sorted(procedure.cases)),
        keywords=tuple(sorted(procedure.keywords)),
    )


def _ordered(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=_encode) if len(items) > 1 else items)


def _channel(channel: FilingChannel) -> FilingChannel:
    return replace(channel, fees=_ordered(channel.fees)) if len(channel.fees) > 1 else channel


def _group(group: PaperGroup) -> PaperGroup:
    return replace(group, papers=_ordered([_paper(paper) for paper in group.papers]))


def _paper(paper: Paper) -> Paper:
    return replace(paper, forms=tuple(sorted(paper.forms))) if len(paper.forms) > 1 else paper
