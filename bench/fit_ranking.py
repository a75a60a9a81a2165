"""Fit the weights of ranking and of confidence on labelled questions, with cross-validation, and write them.

    MOTCUA_DATA_DIR=… python bench/fit_ranking.py QUESTIONS.jsonl [QUESTIONS.jsonl ...]

The database must hold the full catalogue. The ranking maximises the chance of the right candidates of each
question among its shortlist; the confidence is a logistic regression of "the first one is right" on its signs,
fitted on all questions, those that are about no procedure included.
"""

import sys
from pathlib import Path

import msgspec
import numpy as np

from bot.app import build_app
from bot.evaluation.labelled import Labelled, read_labelled
from bot.settings import Settings
from knowledge.language.normalise import normalise
from knowledge.search import finder
from knowledge.search.asked import Asked, understand
from knowledge.search.features import FEATURES
from knowledge.search.finder import Candidate, confidence_signs, shortlist
from knowledge.search.index import Index
from knowledge.search.weights import load_weights

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
    """Newton's method; the signs are those the finder will hand in."""
    rows, right, names = [], [], []
    for question, asked, codes, table in cases:
        scores = table @ weights
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        order = np.argsort(-chances)[:2]
        ranked = [Candidate(codes[at], float(chances[at]), "", tuple(table[at])) for at in order]
        signs = confidence_signs(asked, ranked)
        names = list(signs)
        rows.append([*signs.values(), 1.0])
        right.append(question.asks_for_procedure and ranked[0].code in question.right)
    table, wanted = np.array(rows), np.array(right, dtype=float)
    fitted = np.zeros(table.shape[1])
    for _ in range(100):
        chances = 1 / (1 + np.exp(-table @ fitted))
        slope = table.T @ (chances - wanted) / len(wanted) + CONFIDENCE_STRENGTH * fitted
        curve = (table * (chances * (1 - chances))[:, None]).T @ table / len(wanted)
        fitted -= np.linalg.solve(curve + CONFIDENCE_STRENGTH * np.eye(len(fitted)), slope)
    return dict(zip([*names, "bias"], (round(float(value), 4) for value in fitted), strict=True))


def main() -> None:
    questions = [one for one in read_labelled([Path(name) for name in sys.argv[1:]]) if one.kind != "followup"]
    app = build_app(Settings())
    cases = cases_of(questions, app.library.index)
    about = [case for case in cases if case[0].kind == "procedure" and case[0].gold]
    print(f"{len(about)} questions; right first when left out: {cross_validated(about):.3f}")
    weights = fit(about)
    print(f"right first on the questions fitted: {share_first(about, weights):.3f}")
    stored = {
        "certainty": load_weights().certainty,  # fitted on left-out predictions of the model of kinds, see ADR 0010
        "features": dict(zip(FEATURES, (round(float(value), 4) for value in weights), strict=True)),
        "confidence": fit_confidence(cases, weights),
    }
    WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")


if __name__ == "__main__":
    main()
