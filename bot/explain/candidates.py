"""Why the first candidates stand where they do, and how sure that is: each number with its weight."""

from bot.answers.case import Case
from bot.explain.sheet import Sheet, number
from knowledge.search.features import FEATURES
from knowledge.search.finder import Candidate, confidence_signs
from knowledge.search.weights import load_weights

LISTED, COMPARED = 5, 3  # candidates


def candidates(case: Case) -> Sheet:
    rows = (
        (
            str(rank),
            one.code,
            number(one.probability),
            case.index.name_of(one.code) + ("" if case.index.holds(one.code) else " (not in the catalogue)"),
            one.wording,
        )
        for rank, one in enumerate(case.findings.candidates[:LISTED], start=1)
    )
    return Sheet("candidates", ("", "code", "chance", "name", "closest wording"), tuple(rows))


def features(case: Case) -> Sheet:
    """What each feature adds to the score of the first candidates; one that adds nothing to any is left out."""
    first, weights = case.findings.candidates[:COMPARED], load_weights().features
    rows = [
        (
            name,
            f"{weights.get(name, 0.0):+z.2f}",
            *(_product(one.features[at], weights.get(name, 0.0)) for one in first),
        )
        for at, name in enumerate(FEATURES)
        if any(round(one.features[at] * weights.get(name, 0.0), 2) for one in first)
    ]
    totals = ("score", "", *(f"{_score(one):+z.2f}" for one in first))
    return Sheet(
        "features: value × weight", ("feature", "weight", *(one.code for one in first)), (*rows, totals) if rows else ()
    )


def _product(value: float, weight: float) -> str:
    return f"{value:.2f} {value * weight:+z.2f}"


def _score(candidate: Candidate) -> float:
    weights = load_weights().features
    return sum(weights.get(name, 0.0) * value for name, value in zip(FEATURES, candidate.features, strict=True))


def confidence(case: Case) -> Sheet:
    """How likely the first candidate is right, by itself and with the chance that a procedure is meant at all."""
    ranked = case.findings.candidates
    if not ranked:
        return Sheet("confidence", ())
    weights = load_weights().confidence
    rows = [
        (name, number(value), f"{weights[name]:+z.2f}", f"{value * weights[name]:+z.2f}")
        for name, value in confidence_signs(case.findings.asked, ranked).items()
    ]
    sums = [
        ("bias", "", "", f"{weights['bias']:+z.2f}"),
        ("confidence in the first candidate", number(case.findings.confidence), "", ""),
        ("chance that a procedure is meant", number(case.chances["procedure"]), "", ""),
        ("certainty, from both", number(case.certainty), "", ""),
    ]
    return Sheet("confidence", ("sign", "value", "weight", "product"), (*rows, *sums))
