"""A verdict on a message that asks for several aspects at once: "làm ở đâu, hết bao nhiêu tiền"."""

from collections.abc import Iterator

import msgspec

from bot.answers.actions import View
from bot.answers.case import Case
from bot.answers.verdict import Part, Verdict
from knowledge.language.asks import asked_in_words
from knowledge.procedure import Aspect
from knowledge.search.finder import Findings


def with_all_asked(verdict: Verdict, case: Case) -> Verdict:
    """The verdict on everything that was asked for: by this message, or by the one before where it only goes on."""
    if not (verdict.parts or verdict.options):
        return verdict
    parts = tuple(_each_with_its_own(verdict.parts, case))
    aspects = case.aspects or _asked_before(verdict, case)
    if not aspects:
        return msgspec.structs.replace(verdict, parts=parts) if parts != verdict.parts else verdict
    told = (part if part.aspects or part.view is not View.SUMMARY else _about(part, aspects) for part in parts)
    main = verdict.aspect if verdict.aspect in aspects else aspects[0]
    return msgspec.structs.replace(verdict, aspect=main, aspects=aspects, parts=tuple(told))


def _about(part: Part, aspects: tuple[Aspect, ...]) -> Part:
    return msgspec.structs.replace(part, aspects=aspects)


def _asked_before(verdict: Verdict, case: Case) -> tuple[Aspect, ...]:
    """What the message before asked for, where the verdict has its aspect from there: a choice was taken, another case
    named."""
    is_new = case.findings.asked.aspect.aspect is not Aspect.GENERAL
    return () if is_new or verdict.aspect is not case.memory.aspect else case.memory.aspects


def _each_with_its_own(parts: tuple[Part, ...], case: Case) -> Iterator[Part]:
    """Of two procedures on the sides of an "and" each with what its side asks for, if they ask for different things."""
    asked = {half.codes[0]: _asked_by(half) for half in case.halves if half.candidates}
    sides = [asked.get(part.code, ()) for part in parts]
    are_own = len(parts) > 1 and all(sides) and len(set(sides)) > 1
    return (_about(part, side) if are_own else part for part, side in zip(parts, sides, strict=True))


def _asked_by(half: Findings) -> tuple[Aspect, ...]:
    words = half.asked.words
    return asked_in_words(words, (len(words),), half.asked.aspect.aspect).aspects
