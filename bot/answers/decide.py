"""From a case to one verdict. Pure: no database, no clock, no words for the citizen.

RULES are asked in order and the first that has a verdict wins; the last one always has.
"""

from collections.abc import Callable

import msgspec

from bot.answers import dossier_rules, faq_rules
from bot.answers.actions import Action, ActionKind, View
from bot.answers.asked_together import with_all_asked
from bot.answers.case import Case
from bot.answers.choices import (
    MOST_OPTIONS,
    action_taken,
    family_undecided,
    number_in,
    option_named,
    option_taken,
    options_of,
    other_cases,
    unsure,
)
from bot.answers.verdict import Part, Unreadable, Verdict
from bot.conversation.messages import Ending
from knowledge.faq.entry import number_of
from knowledge.language.kinds import Force, Kind
from knowledge.procedure import Aspect
from knowledge.wordings import Family

# Certainty is calibrated (bench/, ADR 10). On bench/questions/exam and the public questions, 748 messages, 15 were
# answered wrong from 0.65, 16 from 0.7 and 15 from 0.75; of those on a procedure 93, 92 and 90 % were answered at once.
ANSWER_FROM = 0.65
OFFER_FROM = 0.20  # below, the nearest procedures would only puzzle
OTHER_KIND_FROM = 0.5  # chance of another kind of message than a question about a procedure
MOST_UNSURE = 3  # more would be a list to read
MOST_ROUNDS = 2  # a person is asked to choose twice at the most
EACH_SURE = 0.7  # of two things asked at once each stands in half a message, so it is less sure by itself
BARE_CODE = 4  # words; "mã thủ tục 1.001193" asks for nothing particular
SURE = 0.9  # a message that adds nothing is about what was spoken of

Rule = Callable[[Case], Verdict | None]

_BY_KIND = {
    Kind.EMERGENCY: Ending.EMERGENCY,
    Kind.SELF_HARM: Ending.SELF_HARM,
    Kind.ABUSE: Ending.ABUSE,
    Kind.INJECTION: Ending.OUT_OF_SCOPE,
    Kind.GREETING: Ending.GREETING,
    Kind.THANKS: Ending.THANKS,
    Kind.HELP: Ending.HELP,
    Kind.OFFICER: Ending.OFFICER,
    Kind.DOSSIER: Ending.DOSSIER,
    Kind.COMPLAINT: Ending.COMPLAINT,
    Kind.LEGAL_ADVICE: Ending.LEGAL_ADVICE,
    Kind.FORGERY: Ending.OUT_OF_SCOPE,
    Kind.OUT_OF_SCOPE: Ending.OUT_OF_SCOPE,
    Kind.PREMISES: Ending.UNKNOWN,
}
_URGENT = frozenset({Kind.EMERGENCY, Kind.SELF_HARM, Kind.ABUSE, Kind.INJECTION, Kind.FORGERY})


def decide(case: Case) -> Verdict:
    for rule in RULES:
        verdict = rule(case)
        if verdict is not None:
            return with_all_asked(verdict, case)
    raise AssertionError("the last rule always decides")


def tapped(case: Case) -> Verdict | None:
    return _acted(case, case.action) if case.action else None


def choice_typed(case: Case) -> Verdict | None:
    """A number, or a button's own words, means what stands under the last answer; a number alone means nothing else."""
    if action := action_taken(case):
        return _acted(case, action)
    is_number = number_in(case.text.folded) is not None and any(map(str.isdigit, case.text.folded))
    return Verdict(ending=Ending.UNKNOWN, candidates=_subject(case)) if is_number else None


def _acted(case: Case, action: Action) -> Verdict:
    if action.kind in {ActionKind.SHOW, ActionKind.PICK}:
        return _procedure_tapped(case, action)
    if action.kind in dossier_rules.WISHES:
        return dossier_rules.at_the_desk(dossier_rules.tapped(case, action), ())
    ending = {
        ActionKind.OFFICER: Ending.OFFICER,
        ActionKind.COMMUNE: Ending.COMMUNE_CHOSEN,
        ActionKind.RESTART: Ending.GREETING,
    }[action.kind]
    return Verdict(ending=ending, commune=action.value, candidates=_subject(case))


def _procedure_tapped(case: Case, action: Action) -> Verdict:
    if action.kind is ActionKind.PICK or not case.index.holds(action.value):
        return answer(case, action.value, case.memory.aspect, confidence=1.0)
    ending = Ending.PROCEDURE if action.view is View.SUMMARY else Ending.ASPECT
    return Verdict(
        ending=ending, parts=(Part(action.value, view=action.view),), confidence=1.0, candidates=(action.value,)
    )


def unreadable(case: Case) -> Verdict | None:
    if case.text.folded:
        return None
    original = case.text.original.strip()
    is_binary = sum(not letter.isprintable() and not letter.isspace() for letter in original) * 3 > len(original)
    reason = Unreadable.BINARY if is_binary else Unreadable.WORDLESS
    return Verdict(ending=Ending.UNREADABLE, unreadable=reason if original else Unreadable.EMPTY)


def urgent(case: Case) -> Verdict | None:
    if case.kind is None or case.kind.kind not in _URGENT:
        return None
    if case.kind.kind is Kind.ABUSE and case.certainty >= ANSWER_FROM:
        return None  # an insult around a question does not hide the question
    return Verdict(ending=_BY_KIND[case.kind.kind], confidence=1.0, candidates=case.held[:MOST_OPTIONS])


def code_named(case: Case) -> Verdict | None:
    if not case.codes:
        return None
    aspect = case.findings.asked.aspect.aspect if len(case.text.folded) > BARE_CODE else Aspect.GENERAL
    return answer(case, case.codes[0], aspect, confidence=1.0)


def choice_taken(case: Case) -> Verdict | None:
    option = option_taken(case)
    return answer(case, option.code, case.memory.aspect, confidence=1.0) if option else None


def written_by_staff(case: Case) -> Verdict | None:
    meant = faq_rules.meant(case)
    return answer(case, meant.code, case.findings.asked.aspect.aspect, confidence=meant.confidence) if meant else None


def small_talk(case: Case) -> Verdict | None:
    if case.kind is None or case.kind.kind is Kind.DOSSIER:
        return None
    is_call = case.kind.kind is Kind.OFFICER and case.kind.force is Force.STRONG  # for a person, whatever it is about
    if case.kind.force is not Force.WHOLE and not is_call:
        return None
    return Verdict(ending=_BY_KIND[case.kind.kind], confidence=1.0, candidates=_subject(case))


def premises_asked(case: Case) -> Verdict | None:
    """What a building has stands in no procedure, however near some come by the word "trung tâm"; an entry may tell."""
    if case.kind is None or case.kind.kind is not Kind.PREMISES or (case.faq and case.faq.confidence >= OFFER_FROM):
        return None
    return Verdict(ending=_BY_KIND[Kind.PREMISES], confidence=case.certainty, candidates=case.held[:MOST_OPTIONS])


def follow_up(case: Case) -> Verdict | None:
    """A message that leans on what was spoken of: another aspect of it, or another case beside it.

    What is sure by itself, and means the same after the message before, is a question of its own.
    """
    if case.in_context is None or case.kind is not None:
        return None
    if case.says_nothing_new:
        return answer(case, case.memory.subject, case.findings.asked.aspect.aspect, confidence=SURE)
    first = case.in_context.codes[0]
    if case.certainty >= ANSWER_FROM and case.findings.codes[:1] == (first,):
        return None
    certainty, aspect = case.certainty_in_context, _aspect_or(case, case.memory.aspect)
    if certainty >= ANSWER_FROM:
        return answer(case, first, aspect, confidence=certainty)
    if certainty < max(OFFER_FROM, case.certainty) or case.memory.rounds >= MOST_ROUNDS:
        return None
    held = tuple(code for code in case.in_context.codes if case.index.holds(code))
    return msgspec.structs.replace(
        unsure(case, held[:MOST_UNSURE], certainty), aspect=aspect, candidates=held[:MOST_OPTIONS]
    )


def _aspect_or(case: Case, other: Aspect) -> Aspect:
    aspect = case.findings.asked.aspect.aspect
    return other if aspect is Aspect.GENERAL else aspect


def declined_by_kind(case: Case) -> Verdict | None:
    """What is more likely something else than a question about a procedure, unless one is found with certainty."""
    other = max(case.chances, key=lambda kind: case.chances[kind])
    if case.certainty >= ANSWER_FROM or 1 - case.chances["procedure"] < OTHER_KIND_FROM:
        return None
    named = case.kind.kind if case.kind else None
    ending = _BY_KIND[named] if named else _BY_LIKELY.get(other, Ending.OUT_OF_SCOPE)
    return Verdict(ending=ending, confidence=case.chances[other], candidates=case.held[:MOST_OPTIONS])


_BY_LIKELY = {"complaint": Ending.COMPLAINT, "legal_advice": Ending.LEGAL_ADVICE}


def commune_named(case: Case) -> Verdict | None:
    """The message only says where the person lives."""
    if len(case.communes) != 1 or not case.says_only_where:
        return None
    return Verdict(ending=Ending.COMMUNE_CHOSEN, commune=case.communes[0], confidence=1.0, candidates=_subject(case))


def two_asked(case: Case) -> Verdict | None:
    """Two things in one message get two answers, if each side is sure by itself and the whole means one of them."""
    codes = [half.codes[0] for half in case.halves if half.candidates and half.confidence >= EACH_SURE]
    if len(codes) != 2 or codes[0] == codes[1] or not set(codes) & set(case.findings.codes[:1]):  # noqa: PLR2004  two
        return None
    if set(codes) & {option.code for code in codes[:1] for option in other_cases(case, code)}:
        return None
    aspect = case.findings.asked.aspect.aspect
    whole = answer(case, codes[0], aspect, confidence=min(half.confidence for half in case.halves))
    parts = tuple(Part(code, aspect) for code in codes)
    return msgspec.structs.replace(
        whole, parts=parts, others=(), candidates=tuple(dict.fromkeys((*codes, *whole.candidates)))
    )


def topic_named(case: Case) -> Verdict | None:
    """Only a topic was named ("nhà đất"): the question that splits it, whatever ranks first."""
    family = case.topic
    return _choice(case, family) if family and case.memory.rounds < MOST_ROUNDS else None


def _choice(case: Case, family: Family) -> Verdict:
    codes = case.held[:MOST_OPTIONS]
    options = options_of(family, codes[0] if codes else "")
    return Verdict(
        ending=Ending.CHOICE,
        aspect=case.findings.asked.aspect.aspect,
        confidence=case.certainty,
        question=family.question,
        options=options,
        candidates=tuple(dict.fromkeys((*(option.code for option in options), *codes)))[:MOST_OPTIONS],
    )


def by_confidence(case: Case) -> Verdict:
    codes, aspect = case.held[:MOST_OPTIONS], case.findings.asked.aspect.aspect
    may_ask = case.memory.rounds < MOST_ROUNDS
    if case.faq and may_ask and case.faq.confidence >= OFFER_FROM:
        return unsure(case, tuple(dict.fromkeys((case.faq.code, *codes)))[:MOST_UNSURE], case.faq.confidence)
    offers = may_ask and bool(codes)  # a sure one that is not held is said to be missing
    if case.certainty < (OFFER_FROM if offers else ANSWER_FROM):
        return Verdict(ending=Ending.UNKNOWN, confidence=case.certainty, candidates=codes)
    named = option_named(case) if case.certainty >= ANSWER_FROM else ""
    family = family_undecided(case) if offers and not named else None
    if family:
        return _choice(case, family)
    if case.certainty >= ANSWER_FROM:
        return answer(case, named or case.findings.codes[0], aspect, confidence=case.certainty)
    return unsure(case, codes[:MOST_UNSURE], case.certainty)


def answer(case: Case, code: str, aspect: Aspect, *, confidence: float) -> Verdict:
    """Answer one procedure; the other cases of its family are offered when this is only the usual one.

    What this edition does not hold is said to be missing, however well we know what is meant.
    """
    if number_of(code) is not None:
        return faq_rules.told(case, code, confidence)
    if not case.index.holds(code):
        return Verdict(ending=Ending.NO_DATA, confidence=confidence, candidates=(code,))
    is_whole = aspect in {Aspect.GENERAL, Aspect.DOCUMENTS, Aspect.OTHER, Aspect.STATUS}
    return Verdict(
        ending=Ending.PROCEDURE if is_whole else Ending.ASPECT,
        aspect=aspect,
        confidence=confidence,
        parts=(Part(code, aspect),),
        others=other_cases(case, code),
        candidates=tuple(dict.fromkeys((code, *case.held)))[:MOST_OPTIONS],
    )


def _subject(case: Case) -> tuple[str, ...]:
    return (case.memory.subject,) if case.memory.subject else ()


RULES: tuple[Rule, ...] = (
    tapped,
    dossier_rules.factor_given,
    unreadable,
    urgent,  # danger before everything that could be said
    code_named,
    commune_named,
    choice_typed,
    choice_taken,  # before small talk: "1" and "ba" are answers where a choice was offered
    written_by_staff,  # before the kinds of messages: they were learned without knowing what staff would answer
    small_talk,
    dossier_rules.dossier_asked,
    premises_asked,
    follow_up,
    topic_named,
    two_asked,
    declined_by_kind,
    by_confidence,
)
