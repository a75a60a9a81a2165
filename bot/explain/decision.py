"""Which rule decided, by which numbers, and how the turn ended."""

from bot.answers import choices, decide, dossier_rules
from bot.answers.case import Case
from bot.conversation.messages import Answer, family_of
from bot.explain.sheet import Row, Sheet, number


def rules(case: Case) -> Sheet:
    """The rules that had nothing to say, in their order, and the one that decided."""
    passed: list[str] = []
    for rule in decide.RULES:
        verdict = rule(case)
        if verdict:
            return Sheet("rules", ("", ""), (("passed", ", ".join(passed)), (rule.__name__, str(verdict.ending))))
        passed.append(rule.__name__)
    raise AssertionError("the last rule always decides")


def numbers(case: Case) -> Sheet:
    """What the rules compare with; more than one of them may have looked at a number."""
    second = case.findings.candidates[1].probability if len(case.findings.candidates) > 1 else 0.0
    first = case.findings.candidates[0].probability if case.findings.candidates else 0.0
    rows = (
        _compared("certainty", case.certainty, "answered at once", decide.ANSWER_FROM),
        _compared("certainty", case.certainty, "a choice is offered", decide.OFFER_FROM),
        _compared("chance of another kind", 1 - case.chances["procedure"], "declined", decide.OTHER_KIND_FROM),
        _compared(
            "chance of a dossier's status", case.chances.get("status", 0.0), "a dossier", dossier_rules.STATUS_FROM
        ),
        _compared(
            "second candidate against the first", second / first if first else 0.0, "both offered", choices.CLOSE
        ),
    )
    return Sheet("numbers", ("number", "here", "meaning", "from", ""), rows)


def _compared(name: str, value: float, meaning: str, threshold: float) -> Row:
    return name, number(value), meaning, number(threshold), "reached" if value >= threshold else "not reached"


def answered(answer: Answer) -> Sheet:
    told = {
        "ending": f"{answer.ending} (family {family_of(answer.ending)})",
        "aspect": answer.aspect,
        "confidence": number(answer.confidence),
        "procedures": ", ".join(answer.procedures),
        "edition": str(answer.edition),
    }
    return Sheet("answered", ("", ""), tuple((name, str(value)) for name, value in told.items() if value))
