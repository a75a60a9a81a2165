"""Rules of `decide`: what a message or a tap asks at the dossier desk. Pure, as all of them."""

import re

from bot.answers.actions import Action, ActionKind
from bot.answers.case import Case
from bot.answers.choices import MOST_OPTIONS
from bot.answers.dossier_follow_ups import asks_on
from bot.answers.verdict import Verdict
from bot.conversation.messages import Ending
from bot.dossiers.doubts import WORDS
from bot.dossiers.outcomes import Request, Wish
from knowledge.dossier_code import dossier_code
from knowledge.language.kinds import Kind
from knowledge.procedure import Aspect, InvalidValueError

WISHES = {
    ActionKind.DOSSIER: Wish.SHOW,
    ActionKind.DOSSIER_MORE: Wish.MORE,
    ActionKind.FOLLOW: Wish.FOLLOW,
    ActionKind.UNFOLLOW: Wish.STOP,
}
STATUS_FROM = 0.6  # chance that a dossier's status is asked for
# Words of a status ("vẫn chưa có", "hồ sơ bị trả") also tell why somebody asks for a procedure. Of 119 labelled
# questions for a status that say such words, none has a smaller chance of it than 0.65, none names a procedure surely.
STATUS_AT_LEAST, PROCEDURE_FROM = 0.1, 0.65
# Four digits, perhaps in a few words ("4 số cuối là 0012"); a whole number typed instead is cut to its end.
_FACTOR = re.compile(r"(?:\D{0,20}4 số\D{0,20}|\D{0,20})((?:\d[ .-]?){0,8}\d{4})\D{0,10}", re.IGNORECASE)
FACTOR = 4


def dossier_asked(case: Case) -> Verdict | None:
    is_spoken_of = case.dossier_codes.speaks_of_dossier or is_named(case) or is_nearly_a_code(case) or is_asked_on(case)
    if not is_spoken_of and case.chances.get("status", 0.0) < STATUS_FROM:
        return None
    return at_the_desk(asked(case), case.held[:MOST_OPTIONS])


def is_named(case: Case) -> bool:
    """Whether words of a status are said, and not on the way to a question that is sure by itself."""
    is_said = case.kind is not None and case.kind.kind is Kind.DOSSIER
    return is_said and (case.chances.get("status", 0.0) >= STATUS_AT_LEAST or case.certainty < PROCEDURE_FROM)


def factor_given(case: Case) -> Verdict | None:
    """Four digits where they were asked for; before choices, which are numbers too."""
    request = proving(case)
    return at_the_desk(request) if request else None


def at_the_desk(request: Request, candidates: tuple[str, ...] = ()) -> Verdict:
    return Verdict(ending=Ending.DOSSIER, aspect=Aspect.STATUS, confidence=1.0, candidates=candidates, dossier=request)


def asked(case: Case) -> Request:
    """The first code of the message, else the one spoken of before; without one it has to be asked for."""
    first, *others = (code.canonical for code in case.dossier_codes.codes) if case.dossier_codes.found else ("",)
    near = case.dossier_codes.near
    doubt = WORDS[near[0].doubt] if near and not first else ""
    return Request(
        code=first or ("" if doubt else case.memory.dossier),
        proven=case.memory.proven,
        doubt=doubt,
        other_codes=tuple(others),
    )


def is_nearly_a_code(case: Case) -> bool:
    """Digits that mean half a code only where codes are spoken of."""
    return bool(case.dossier_codes.near) and bool(case.memory.awaits_code or case.memory.dossier)


def is_asked_on(case: Case) -> bool:
    """A dossier was the last thing spoken of, and the message names nothing else."""
    return bool(case.memory.dossier) and asks_on(case.text.folded)


def tapped(case: Case, action: Action) -> Request:
    """A button carries its code; a forged or damaged one is asked for again."""
    try:
        code = dossier_code(action.value).canonical
    except InvalidValueError:
        code = case.memory.dossier
    return Request(code=code, wish=WISHES[action.kind], proven=case.memory.proven)


def proving(case: Case) -> Request | None:
    """The second factor, where it was asked for."""
    found = _FACTOR.fullmatch(case.text.original.strip())
    if not (case.memory.wish and case.memory.dossier and found) or case.dossier_codes.found:
        return None
    digits = re.sub(r"\D", "", found[1])[-FACTOR:]
    return Request(code=case.memory.dossier, wish=Wish(case.memory.wish), factor=digits, proven=case.memory.proven)
