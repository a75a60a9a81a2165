"""Fit the weights by which a message is understood after another one, with cross-validation, and write them.

    MOTCUA_DATA_DIR=… python bench/fit_context.py QUESTIONS.jsonl [QUESTIONS.jsonl ...]

Follow-ups teach when the subject is kept or moved; questions set behind another one teach when it is left.
Run it after bench/fit_ranking.py: the readings are ranked by its weights.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from fit_ranking import WEIGHTS, logistic

from bot.app import build_app
from bot.evaluation.labelled import Labelled, read_labelled
from bot.settings import Settings
from knowledge.language.normalise import normalise
from knowledge.search.context import SIGNS, Earlier, Readings, confidence_signs, read, signs_of
from knowledge.search.finder import Candidate, find
from knowledge.search.index import Index
from knowledge.search.weights import load_weights

FOLDS, STEPS, SEED, RATE, STRENGTH = 5, 400, 2, 0.1, 0.002
CHANGES = 400  # questions set behind another one


class Turn(NamedTuple):
    """A message after another one, its readings and what is right."""

    question: Labelled
    is_change: bool
    readings: Readings
    table: np.ndarray


def turns_of(questions: Sequence[Labelled], index: Index) -> list[Turn]:
    rng = np.random.default_rng(SEED)
    alone = [one for one in questions if one.kind not in {"followup", "status"}]
    changes = [(alone[at], alone[rng.integers(len(alone))]) for at in rng.permutation(len(alone))[:CHANGES]]
    pairs = [(one, one.context or "", False) for one in questions if one.kind == "followup" and one.gold]
    pairs += [(one, other.text, True) for one, other in changes if other.gold and not one.right & set(other.gold)]
    return [turn for one, said, is_change in pairs if (turn := _turn(one, said, index, is_change=is_change))]


def _turn(question: Labelled, said: str, index: Index, *, is_change: bool) -> Turn | None:
    before = find(normalise(said), index)
    text = normalise(question.text)
    if not before.codes or not text.folded:
        return None
    readings = read(text, Earlier(said, before.codes[0]), find(text, index), index)
    return Turn(question, is_change, readings, signs_of(readings, before.codes[0], index))


def fit(turns: Sequence[Turn]) -> np.ndarray:
    """Listwise softmax by Adam; acceptable codes that are not gold are left out of the comparison."""
    lists = []
    for turn in turns:
        gold = np.array([code in turn.question.gold for code in turn.readings.pool])
        kept = np.array([code in turn.question.gold or code not in turn.question.right for code in turn.readings.pool])
        if gold.any():
            lists.append((turn.table[kept], gold[kept]))
    weights, mean, square = (np.zeros(len(SIGNS)) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = STRENGTH * weights
        for table, gold in lists:
            odds = np.exp(table @ weights - (table @ weights).max())
            wanted = odds * gold / (odds * gold).sum()
            slope = slope + table.T @ (odds / odds.sum() - wanted) / len(lists)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def ranked(turn: Turn, weights: np.ndarray) -> list[Candidate]:
    odds = np.exp(turn.table @ weights - (turn.table @ weights).max())
    chances = odds / odds.sum()
    order = np.argsort(-chances)
    return [Candidate(turn.readings.pool[at], float(chances[at]), "", tuple(turn.table[at])) for at in order]


def is_right(turn: Turn, candidates: Sequence[Candidate]) -> bool:
    return turn.question.asks_for_procedure and candidates[0].code in turn.question.right


def left_out(turns: Sequence[Turn]) -> list[list[Candidate]]:
    """How each turn is ranked by weights that have not seen it."""
    found: list[list[Candidate]] = [[] for _ in turns]
    for fold in np.array_split(np.random.default_rng(SEED).permutation(len(turns)), FOLDS):
        out = set(fold.tolist())
        weights = fit([turn for at, turn in enumerate(turns) if at not in out])
        for at in out:
            found[at] = ranked(turns[at], weights)
    return found


def main() -> None:
    turns = turns_of(read_labelled([Path(name) for name in sys.argv[1:]]), build_app(Settings()).library.index)
    found = left_out(turns)
    for is_change, name in ((False, "follow-ups"), (True, "changes of subject")):
        right = [
            is_right(turn, one)
            for turn, one in zip(turns, found, strict=True)
            if turn.is_change is is_change and turn.question.asks_for_procedure
        ]
        print(f"{name}: {len(right)}, right when left out: {np.mean(right):.3f}")
    signs = [confidence_signs(one, turn.readings) for turn, one in zip(turns, found, strict=True)]
    right = [is_right(turn, one) for turn, one in zip(turns, found, strict=True)]
    stored = msgspec.to_builtins(load_weights()) | {
        "context": dict(zip(SIGNS, (round(float(value), 4) for value in fit(turns)), strict=True)),
        "context_confidence": logistic(signs, right),
    }
    WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")


if __name__ == "__main__":
    main()
