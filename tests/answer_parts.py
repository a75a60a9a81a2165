"""Small parts that tests of answers are put together from: real shapes, invented facts."""

from datetime import date
from typing import Any

from bot.answers.actions import View
from bot.answers.facts import Facts
from bot.answers.render import render
from bot.answers.verdict import Option, Part, Verdict
from bot.conversation.messages import Answer, BlockKind, Ending
from knowledge.catalogue import KnownProcedure
from knowledge.communes import Commune
from knowledge.fee_rules import CityFee
from knowledge.procedure import (
    Aspect,
    Channel,
    Checklist,
    Fee,
    FilingChannel,
    Paper,
    PaperGroup,
    PaperUse,
    TimeLimit,
    Unit,
)
from sample_procedures import make_procedure

TODAY = date(2026, 11, 22)
CODE = "1.000001"
DIRECT, ONLINE, POSTAL = Channel.DIRECT, Channel.ONLINE, Channel.POSTAL


def fee(amount: int | None = None, note: str = "", **more: Any) -> Fee:
    return Fee(amount=amount, note=note, **more)


def days(amount: float | None, unit: Unit = Unit.WORKING_DAY) -> TimeLimit:
    return TimeLimit(amount=amount, unit=unit)


def row(channel: Channel, *fees: Fee, time: TimeLimit | None = None, note: str = "") -> FilingChannel:
    return FilingChannel(channel=channel, fees=fees, time_limit=time or days(3), note=note)


def all_channels(*fees: Fee, time: TimeLimit | None = None, note: str = "") -> tuple[FilingChannel, ...]:
    return tuple(row(channel, *fees, time=time, note=note) for channel in (DIRECT, ONLINE, POSTAL))


def paper(name: str, originals: int = 1, copies: int = 0, **more: Any) -> Paper:
    return Paper(name=name, originals=originals, copies=copies, **more)


def group(*names: str | Paper, heading: str = "", use: PaperUse | None = None) -> PaperGroup:
    papers = tuple(each if isinstance(each, Paper) else paper(each) for each in names)
    return PaperGroup(heading=heading, use=use, papers=papers)


def known(
    checklist: Checklist | None = None, code: str = CODE, *, city_fees: tuple[CityFee, ...] = (), **facts: Any
) -> KnownProcedure:
    return KnownProcedure(procedure=make_procedure(code, **facts), checklist=checklist, edition=7, fees=city_fees)


def facts_of(*procedures: KnownProcedure, **more: Any) -> Facts:
    return Facts(day=TODAY, edition=7, known={each.procedure.code: each for each in procedures}, **more)


def asked_of(
    *procedures: KnownProcedure,
    aspect: Aspect = Aspect.GENERAL,
    aspects: tuple[Aspect, ...] = (),
    view: View = View.SUMMARY,
    others: tuple[Option, ...] = (),
    is_group: bool = False,
    public_url: str = "",
    **facts: Any,
) -> Answer:
    """The answer to a question about procedures, as decide would ask for it."""
    codes = tuple(each.procedure.code for each in procedures)
    verdict = Verdict(
        ending=Ending.PROCEDURE if aspect is Aspect.GENERAL else Ending.ASPECT,
        aspect=aspect,
        aspects=aspects,
        parts=tuple(Part(code, aspect, view, aspects) for code in codes),
        candidates=codes,
        others=others,
        confidence=0.9,
    )
    return render(verdict, facts_of(*procedures, **facts), is_group=is_group, public_url=public_url)


def ended(
    ending: Ending,
    *,
    is_group: bool = False,
    of_commune: Commune | None = None,
    data_day: date | None = None,
    **verdict: Any,
) -> Answer:
    """The answer of an ending that is about no procedure."""
    facts = Facts(day=TODAY, commune=of_commune, data_day=data_day)
    return render(Verdict(ending=ending, **verdict), facts, is_group=is_group)


def labels(answer: Answer) -> list[str]:
    return [choice.label for choice in answer.choices]


def lines(answer: Answer, kind: BlockKind) -> list[str]:
    return [
        "".join(span.text for span in line) for block in answer.blocks if block.kind is kind for line in block.lines
    ]
