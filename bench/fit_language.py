"""Fit the linear models of aspect and of kind on labelled questions, with cross-validation, and write their weights.

    python bench/fit_language.py QUESTIONS.jsonl [QUESTIONS.jsonl ...]

The wordings of the catalogue serve as further examples of messages about procedures.
"""

import sys
from collections import Counter
from pathlib import Path

import msgspec
import numpy as np
from scipy import sparse

from bot.evaluation.labelled import PROCEDURE_KINDS, Labelled, read_labelled
from knowledge.language.aspects import aspect_signs, phrases_in
from knowledge.language.kinds import find_kind, kind_signs
from knowledge.language.normalise import normalise
from knowledge.wordings import load_wordings

DATA = Path(__file__).parents[1] / "knowledge" / "language" / "data"
FOLDS, STEPS, SEED = 5, 90, 7
STRENGTHS = {  # of the penalty; the one that does best in cross-validation is taken
    "aspect": (0.00001, 0.00003, 0.0001),
    "kind": (0.00003, 0.0001),
}
SEEN = 2  # a sign met once teaches nothing
SLIGHT = 0.08  # rows whose weights all lie below change no decision
EVERY_WORDING = 12  # each twelfth wording as an example: about as many as there are questions


def fit(signs: list[set[str]], labels: list[str], classes: list[str], strength: float) -> dict[str, list[float]]:
    """Softmax regression by Adam; the row "" is the bias."""
    counts = Counter(sign for one in signs for sign in one)
    rows = {sign: at for at, sign in enumerate(sorted(sign for sign, count in counts.items() if count >= SEEN))}
    table = _table(signs, rows)
    wanted = np.eye(len(classes), dtype=np.float32)[[classes.index(label) for label in labels]]
    weights = np.zeros((table.shape[1], len(classes)), dtype=np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = table @ weights
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        slope = np.asarray(table.T @ (odds / odds.sum(axis=1, keepdims=True) - wanted)) / len(labels)
        slope[:-1] += strength * weights[:-1]
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= 0.25 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-7)
    named = {sign: weights[at].tolist() for sign, at in rows.items()}
    return named | {"": weights[-1].tolist()}


def _table(signs: list[set[str]], rows: dict[str, int]) -> sparse.csr_matrix:
    """One line an example, of length one; the last column is the bias."""
    known = [[rows[sign] for sign in sorted(one) if sign in rows] for one in signs]
    columns = np.concatenate([[*one, len(rows)] for one in known])
    values = np.concatenate([[*[len(one) ** -0.5] * len(one), 1.0] for one in known])
    ends = np.cumsum([0, *(len(one) + 1 for one in known)])
    return sparse.csr_matrix((values.astype(np.float32), columns, ends), (len(signs), len(rows) + 1))


def predict(weights: dict[str, list[float]], one: set[str]) -> np.ndarray:
    known = [weights[sign] for sign in one if sign in weights]
    return np.array(weights[""]) + (np.sum(known, axis=0) / np.sqrt(len(known)) if known else 0)


def cross_validated(signs: list[set[str]], labels: list[str], classes: list[str], strength: float, own: int) -> float:
    """Share of the first `own` examples (the questions) that are right when left out."""
    order = np.random.default_rng(SEED).permutation(own)
    right = 0
    for fold in np.array_split(order, FOLDS):
        out = set(fold.tolist())
        kept = [at for at in range(len(signs)) if at not in out]
        weights = fit([signs[at] for at in kept], [labels[at] for at in kept], classes, strength)
        right += sum(classes[int(predict(weights, signs[at]).argmax())] == labels[at] for at in out)
    return right / own


def write(name: str, signs: list[set[str]], labels: list[str], own: int) -> None:
    classes = sorted(set(labels))
    shares = {strength: cross_validated(signs, labels, classes, strength, own) for strength in STRENGTHS[name]}
    best = max(shares, key=lambda strength: shares[strength])
    print(f"{name}: {own} questions, {len(signs)} examples, right when left out: {shares}")
    weights = fit(signs, labels, classes, best)
    bias = weights.pop("")
    kept = {
        sign: [round(value, 2) for value in row]
        for sign, row in sorted(weights.items())
        if max(map(abs, row)) >= SLIGHT
    }
    stored = {"classes": classes, "bias": [round(value, 3) for value in bias], "weights": kept}
    text = msgspec.json.encode(stored).decode().replace('],"', '],\n"')
    (DATA / f"{name}_weights.json").write_text(text + "\n", "utf-8")


def wording_texts() -> list[str]:
    said = [wording for one in load_wordings().procedures.values() for wording in (one.name, *one.wordings)]
    return said[::EVERY_WORDING]


def fit_aspects(questions: list[Labelled]) -> None:
    asked = [question for question in questions if question.kind in PROCEDURE_KINDS]
    folded = [normalise(question.text).folded for question in asked]
    signs = [set(aspect_signs(words, phrases_in(words))) for words in folded]
    write("aspect", signs, [question.aspect for question in asked], len(asked))


def left_out_chances(questions: list[Labelled]) -> dict[str, float]:
    """By id: the chance of a question about a procedure, given by models of kinds that have not seen it."""
    signs, labels = kind_examples(questions)
    classes = sorted(set(labels))
    chances: dict[str, float] = {}
    for fold in np.array_split(np.random.default_rng(SEED).permutation(len(questions)), FOLDS):
        out = set(fold.tolist())
        kept = [at for at in range(len(signs)) if at not in out]
        weights = fit([signs[at] for at in kept], [labels[at] for at in kept], classes, STRENGTHS["kind"][0])
        for at in out:
            odds = np.exp(predict(weights, signs[at]))
            chances[questions[at].id] = float(odds[classes.index("procedure")] / odds.sum())
    return chances


def kind_examples(questions: list[Labelled]) -> tuple[list[set[str]], list[str]]:
    """The questions and, as further questions about procedures, some wordings."""
    texts = [normalise(question.text) for question in questions] + [normalise(text) for text in wording_texts()]
    labels = ["procedure" if question.kind in PROCEDURE_KINDS else question.kind for question in questions]
    return [kind_signs(text, find_kind(text)) for text in texts], labels + ["procedure"] * (len(texts) - len(labels))


def fit_kinds(questions: list[Labelled]) -> None:
    signs, labels = kind_examples(questions)
    write("kind", signs, labels, len(questions))


if __name__ == "__main__":
    labelled = read_labelled([Path(name) for name in sys.argv[1:]])
    fit_aspects(labelled)
    fit_kinds(labelled)
