"""Fit the weights of ranking and of confidence on labelled questions, with cross-validation, and write them.

    MOTCUA_DATA_DIR=… python bench/fit_ranking.py QUESTIONS.jsonl … --taught QUESTIONS.jsonl …

The database must hold the full catalogue. The ranking maximises the chance of the right candidates of each
question among its shortlist; the confidence is a logistic regression of "the first one is right" on its signs,
fitted on all questions, those that are about no procedure included, and follow-ups without what they follow: who
says so little may be sure of nothing.

`--taught` are the questions that bench/fit_meaning.py learns from: what a vector learned by heart looks far too
sure. So vectors are learned here from two thirds of them, and the weights are fitted on the last third and on the
other questions, which those vectors have not seen; the vectors of the product, learned from all, stay as they are.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
from fit_language import left_out_chances
from fit_meaning import Lessons, learn, lexicon_of, placed_by, usable

from bot.app import build_app
from bot.evaluation.labelled import Labelled, read_labelled
from bot.settings import Settings
from knowledge.language.normalise import normalise
from knowledge.search import finder
from knowledge.search.asked import Asked, understand
from knowledge.search.features import FEATURES
from knowledge.search.finder import Candidate, confidence_signs, shortlist
from knowledge.search.index import Index
from knowledge.search.weights import certainty_signs, load_weights, weighed

WEIGHTS = Path(finder.__file__).with_name("weights.json")
FOLDS, STEPS, SEED, RATE = 5, 300, 1, 0.1
STRENGTH = 0.001  # of the penalty on ranking weights; a tenth or tenfold changes a question in a hundred
CONFIDENCE_STRENGTH = 0.002

Case = tuple[Labelled, Asked, tuple[str, ...], np.ndarray]  # question, as asked, codes, features


def cases_of(questions: list[Labelled], index: Index) -> list[Case]:
    cases: list[Case] = []
    for question in questions:
        asked = understand(normalise(question.text), index)
        if asked.terms:
            procedures, _, table = shortlist(asked, index)
            cases.append((question, asked, tuple(index.entries[at].code for at in procedures), table))
    return cases


def fit(cases: list[Case]) -> np.ndarray:
    """Listwise softmax by Adam; acceptable codes that are not gold are left out of the comparison."""
    usable = [case for case in cases if not set(case[0].gold).isdisjoint(case[2])]
    longest = max(len(codes) for _, _, codes, _ in usable)
    tables = np.zeros((len(usable), longest, len(FEATURES)))
    right = np.zeros((len(usable), longest))
    absent = np.full((len(usable), longest), -1e9)
    for at, (question, _, codes, table) in enumerate(usable):
        tables[at, : len(codes)] = table
        right[at, : len(codes)] = [code in question.gold for code in codes]
        absent[at, : len(codes)] = [
            0 if code in question.gold or code not in question.right else -1e9 for code in codes
        ]
    weights, mean, square = (np.zeros(len(FEATURES)) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = tables @ weights + absent
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = odds / odds.sum(axis=1, keepdims=True)
        wanted = chances * right
        wanted /= wanted.sum(axis=1, keepdims=True) + 1e-12
        slope = np.einsum("ij,ijk->k", chances - wanted, tables) / len(usable) + STRENGTH * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def share_first(cases: list[Case], weights: np.ndarray) -> float:
    return float(
        np.mean([codes[int(np.argmax(table @ weights))] in question.gold for question, _, codes, table in cases])
    )


def cross_validated(cases: list[Case]) -> float:
    order = np.random.default_rng(SEED).permutation(len(cases))
    shares = []
    for fold in np.array_split(order, FOLDS):
        out = set(fold.tolist())
        weights = fit([cases[at] for at in range(len(cases)) if at not in out])
        shares.append(share_first([cases[at] for at in out], weights))
    return float(np.mean(shares))


def fit_confidence(cases: list[Case], weights: np.ndarray) -> dict[str, float]:
    signs, right = [], []
    for question, asked, codes, table in cases:
        first, found = confidence_case(asked, codes, table, weights)
        signs.append(found)
        right.append(question.asks_for_procedure and first in question.right)
    return logistic(signs, right)


def fit_certainty(
    cases: list[Case], weights: np.ndarray, confidence: dict[str, float], everything: Sequence[Labelled]
) -> dict[str, float]:
    """Confidence and the chance that a procedure is meant at all, the latter by models that left the question out."""
    about_procedure = left_out_chances(everything)
    signs, right = [], []
    for question, asked, codes, table in cases:
        first, found = confidence_case(asked, codes, table, weights)
        sure = weighed(confidence, found)
        signs.append(certainty_signs(sure, about_procedure[question.id]))
        right.append(question.asks_for_procedure and first in question.right)
    return logistic(signs, right)


def confidence_case(
    asked: Asked, codes: Sequence[str], table: np.ndarray, weights: np.ndarray
) -> tuple[str, dict[str, float]]:
    """The first candidate and the signs of confidence in it."""
    scores = table @ weights
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    ranked = [
        Candidate(codes[at], float(chances[at]), "", tuple(table[at])) for at in np.argsort(-chances)[:2].tolist()
    ]
    return ranked[0].code, confidence_signs(asked, ranked)


def logistic(signs: Sequence[Mapping[str, float]], right: Sequence[bool]) -> dict[str, float]:
    """A logistic regression by Newton's method: one weight a sign, and "bias"."""
    table = np.array([[*one.values(), 1.0] for one in signs])
    wanted = np.array(right, dtype=float)
    fitted = np.zeros(table.shape[1])
    for _ in range(100):
        chances = 1 / (1 + np.exp(-table @ fitted))
        slope = table.T @ (chances - wanted) / len(wanted) + CONFIDENCE_STRENGTH * fitted
        curve = (table * (chances * (1 - chances))[:, None]).T @ table / len(wanted)
        fitted -= np.linalg.solve(curve + CONFIDENCE_STRENGTH * np.eye(len(fitted)), slope)
    return dict(zip([*signs[0], "bias"], (round(float(value), 4) for value in fitted), strict=True))


TAUGHT_OF_THREE = 2


def questions_not_learned(
    asked: Sequence[Labelled], taught: Sequence[Labelled], index: Index
) -> tuple[list[Labelled], Index]:
    """What the weights may be fitted on, and the index with vectors that have not seen it."""
    known, held = [], list(asked)
    for at, question in enumerate(taught):
        (known if at % 3 < TAUGHT_OF_THREE else held).append(question)
    lessons = Lessons(index, usable(known, index))
    vectors = learn(lessons, np.arange(len(lessons.right)))
    return held, placed_by(lexicon_of(lessons, vectors), index)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--taught", nargs="+", type=Path, required=True)
    given = parser.parse_args()
    app = build_app(Settings())
    questions, index = questions_not_learned(
        read_labelled(given.questions), read_labelled(given.taught), app.library.index
    )
    cases = cases_of(questions, index)
    about = [case for case in cases if case[0].kind == "procedure" and case[0].gold]
    print(f"{len(about)} questions; right first when left out: {cross_validated(about):.3f}")
    weights = fit(about)
    print(f"right first on the questions fitted: {share_first(about, weights):.3f}")
    confidence = fit_confidence(cases, weights)
    stored = {
        **msgspec.to_builtins(load_weights()),
        "features": dict(zip(FEATURES, (round(float(value), 4) for value in weights), strict=True)),
        "confidence": confidence,
        "certainty": fit_certainty(cases, weights, confidence, read_labelled([*given.questions, *given.taught])),
    }
    WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")


if __name__ == "__main__":
    main()
