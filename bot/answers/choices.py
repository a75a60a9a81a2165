"""Choices: what to offer when several procedures fit, and which one was taken ("1", "một", "cái đầu", words)."""

from collections.abc import Iterator, Sequence

from bot.answers.actions import Action, ActionKind, View, parse_action
from bot.answers.case import Case
from bot.answers.verdict import Option, Verdict
from bot.conversation.messages import Ending
from knowledge.language.fillers import filler_positions
from knowledge.language.normalise import normalise
from knowledge.wordings import Family

MOST_OPTIONS = 5  # what a person takes in at one look
LONGEST_TAKING = 10  # words; longer messages are new questions
CLOSE = 0.45  # a second candidate this likely beside the first belongs to the choice

_WORDS_OF_NUMBERS = ("1 mot dau nhat", "2 hai nhi", "3 ba", "4 bon tu", "5 nam")
_NUMBERS = {word: at for at, words in enumerate(_WORDS_OF_NUMBERS) for word in words.split()} | {"cuoi": -1}
_AROUND_NUMBERS = frozenset("so cai thu truong hop chon la muc y cau lua dap an tien dau a nhe ad em minh toi".split())


def number_in(words: Sequence[str]) -> int | None:
    """The number a message consists of, counted from 0 ("số 2 nhé" is 1), -1 for the last; None for any other."""
    rest = [word for word in words if word not in _AROUND_NUMBERS] or [word for word in words if word in _NUMBERS]
    if len(rest) != 1 or len(words) > LONGEST_TAKING:
        return None
    return int(rest[0]) - 1 if rest[0].isdecimal() else _NUMBERS.get(rest[0])


def action_taken(case: Case) -> Action | None:
    """What a number or a button's own words stand for among the choices under the last answer."""
    words, choices = case.text.folded, case.memory.choices
    at = number_in(words)
    if at is not None:
        named = [choice for choice in choices if choice.action.startswith(ActionKind.PICK)] if at < 0 else choices
        chosen = named[at] if named and at < len(named) else None
    else:
        chosen = next((choice for choice in choices if normalise(choice.label).folded == words), None)
    if chosen is None:
        return None
    return parse_action(chosen.action) or Action(ActionKind.SHOW, case.memory.subject, View.ONLINE)


def option_taken(case: Case) -> Option | None:
    """The offered option that a message takes by words; None when it takes none, or asks something."""
    words = case.text.folded
    if not case.memory.offered or not words or len(words) > LONGEST_TAKING or case.findings.asked.aspect.asking:
        return None
    return _by_words(words, case.memory.offered)


def _by_words(words: Sequence[str], offered: Sequence[Option]) -> Option | None:
    """The option whose label holds most of the message's content, if no other holds as much."""
    fillers = filler_positions(words)
    content = {word for at, word in enumerate(words) if at not in fillers} or set(words)
    held = [len(content & set(normalise(option.label).folded)) for option in offered]
    best = max(held)
    if 2 * best <= len(content) or held.count(best) > 1:
        return None
    return offered[held.index(best)]


def option_named(case: Case) -> str:
    """The code of the one option that the message names by its signs, where the first candidate is hardly likelier."""
    return next((min(named) for _, close, named in _families(case) if len(named) == 1 and named <= close), "")


def family_undecided(case: Case) -> Family | None:
    """The family of the first candidate, when another of its options is close and no sign decides for the first."""
    first = case.findings.codes[0]
    found = (family for family, close, named in _families(case) if close & {*family.codes} and first not in named)
    return next(found, None)


def _families(case: Case) -> Iterator[tuple[Family, set[str], set[str]]]:
    """Those of the first candidate, each with the codes that are close behind it and those that its signs name."""
    first, *others = case.findings.candidates
    close = {other.code for other in others if other.probability >= CLOSE * first.probability}
    for family in case.index.families.get(first.code, ()):
        yield family, close, {option.code for option in family.options if option.is_named_in(case.findings.asked.line)}


def options_of(family: Family, first: str) -> tuple[Option, ...]:
    """The options of a family, the usual one first and the likeliest kept."""
    ordered = sorted(family.options, key=lambda option: (not option.usual, option.code != first))
    return tuple(Option(option.code, option.label) for option in ordered[:MOST_OPTIONS])


def unsure(case: Case, offered: Sequence[str], confidence: float) -> Verdict:
    """The nearest things by their names: procedures, and perhaps an FAQ entry."""
    return Verdict(
        ending=Ending.UNSURE,
        aspect=case.findings.asked.aspect.aspect,
        confidence=confidence,
        options=tuple(Option(code, case.index.name_of(code)) for code in offered),
        candidates=case.held[:MOST_OPTIONS],
    )


def other_cases(case: Case, code: str) -> tuple[Option, ...]:
    for family in case.index.families.get(code, ()):
        if any(option.usual and option.code == code for option in family.options):
            return tuple(option for option in options_of(family, code) if option.code != code)
    return ()
