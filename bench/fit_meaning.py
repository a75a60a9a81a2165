"""Learn the vectors of terms from the wordings of the catalogue and from labelled questions, and write them.

    MOTCUA_DATA_DIR=… python bench/fit_meaning.py QUESTIONS.jsonl [QUESTIONS.jsonl ...]

The database must hold the full catalogue. Each step takes some wordings out, places every procedure in the middle
of its other wordings, and moves the vectors so that what was taken out (with words dropped, or with another
wording's words around it, as in a story) and the questions come closest to their own procedure.
Keep questions that shall measure (../shared/questions) out of it: what is learned by heart measures nothing.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from scipy import sparse

from bot.app import build_app
from bot.evaluation.labelled import Labelled, read_labelled
from bot.settings import Settings
from knowledge.language.circumstances import circumstances_in, general_words
from knowledge.language.normalise import normalise
from knowledge.search import meaning
from knowledge.search.asked import understand
from knowledge.search.index import Index
from knowledge.search.rows import rows_of
from knowledge.search.terms import pairs_of

FILE = Path(meaning.__file__).with_name("meaning.npz")
WIDTH, STEPS, SEED, RATE = 128, 300, 5, 0.02
SHARPNESS = 14.0  # of the softmax over cosines
DROPPED = 0.3  # of the words of a wording that is asked with
SURROUNDED, BACKGROUND = 0.3, 0.5  # how often another wording's words stand around, and their weight
WORDINGS_A_STEP, QUESTIONS_A_STEP = 2_000, 400
PENALTY = 1e-6
SEEN = 2  # wordings a term must stand in


class Lessons:
    """Wordings and questions as rows of weighed terms."""

    def __init__(self, index: Index, questions: Sequence[Labelled]) -> None:
        ends = np.diff(index.first_wording)
        self.owners = np.repeat(np.arange(len(index.entries)), ends)
        self.procedures = len(index.entries)
        texts = [_terms_of(wording) for wording in index.wordings]
        spread = Counter(term for text in texts for term in text)
        self.terms = sorted(term for term, count in spread.items() if count >= SEEN)
        self._ids = {term: at for at, term in enumerate(self.terms)}
        self._rarity = {term: float(index.rarity[at]) for term, at in index.terms.items()}
        self.wordings = self._rows([dict.fromkeys(sorted(text), 1.0) for text in texts])
        names = list(index.terms)
        asked = [understand(normalise(question.text), index) for question in questions]
        weighed = [{names[t]: w for t, w in zip(one.terms, one.weights, strict=True)} for one in asked]
        self.questions = self._rows(weighed)
        self.right = [[index.position[code] for code in question.gold] for question in questions]

    def _rows(self, texts: Sequence[dict[str, float]]) -> sparse.csr_matrix:
        known = [[(self._ids[t], w * self._rarity[t]) for t, w in text.items() if t in self._ids] for text in texts]
        ends = np.cumsum([0, *map(len, known)])
        flat = np.array([pair for one in known for pair in one]).reshape(-1, 2)
        return sparse.csr_matrix(
            (flat[:, 1].astype(np.float32), flat[:, 0].astype(np.int32), ends), (len(texts), len(self.terms))
        )

    def rarities(self) -> np.ndarray:
        return np.array([self._rarity[term] for term in self.terms], dtype=np.float32)


def _terms_of(wording: str) -> set[str]:
    words, general = wording.split(), general_words(circumstances_in(wording))
    return {*words, *pairs_of(words), *general, *pairs_of(general)}


def learn(lessons: Lessons, questions: np.ndarray, *, seed: int = SEED, steps: int = STEPS) -> np.ndarray:
    """Vectors of the terms by Adam, from all wordings and the questions of the given places."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(0, WIDTH**-0.5, (len(lessons.terms), WIDTH)).astype(np.float32)
    mean, square = np.zeros_like(vectors), np.zeros_like(vectors)
    often = np.flatnonzero(np.bincount(lessons.owners)[lessons.owners] > SEEN)
    for step in range(1, steps + 1):
        out = rng.choice(often, min(WORDINGS_A_STEP, len(often)), replace=False)
        some = rng.choice(questions, min(QUESTIONS_A_STEP, len(questions)), replace=False)
        slope = _slope(vectors, lessons, out, some, rng) + PENALTY * vectors
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        rate = RATE * min(1.0, 3 * (1 - step / steps) + 0.05)
        vectors -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return vectors


def _slope(
    vectors: np.ndarray, lessons: Lessons, out: np.ndarray, some: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    asking = sparse.vstack([_blurred(lessons, out, rng), _dropped(lessons.questions[some], DROPPED / 2, rng)]).tocsr()
    left = np.setdiff1d(np.arange(len(lessons.owners)), out)
    rest = lessons.wordings[left]
    owned = sparse.csr_matrix(
        (np.ones(len(left), np.float32), (lessons.owners[left], np.arange(len(left)))), (lessons.procedures, len(left))
    )
    asks, asks_length = _unit(asking @ vectors)
    said, said_length = _unit(rest @ vectors)
    middles, middles_length = _unit(owned @ said)
    scores = SHARPNESS * asks @ middles.T
    scores[:, np.asarray(owned.sum(1)).ravel() == 0] = -1e4
    odds = np.exp(scores - scores.max(1, keepdims=True))
    chances = odds / odds.sum(1, keepdims=True)
    pull = (chances - _wanted(chances, [*lessons.owners[out, None], *(lessons.right[at] for at in some)])) * (
        SHARPNESS / len(chances)
    )
    at_asks = _through_unit(pull @ middles, asks, asks_length)
    at_middles = _through_unit(pull.T @ asks, middles, middles_length)
    at_said = _through_unit(owned.T @ at_middles, said, said_length)
    return np.asarray(asking.T @ at_asks + rest.T @ at_said)


def _blurred(lessons: Lessons, out: np.ndarray, rng: np.random.Generator) -> sparse.csr_matrix:
    around = _dropped(lessons.wordings[rng.choice(len(lessons.owners), len(out))], 0.5, rng) * BACKGROUND
    has = sparse.diags((rng.random(len(out)) < SURROUNDED).astype(np.float32))
    return _dropped(lessons.wordings[out], DROPPED, rng) + has @ around


def _dropped(rows: sparse.csr_matrix, share: float, rng: np.random.Generator) -> sparse.csr_matrix:
    kept = rows.copy()
    kept.data *= rng.random(len(kept.data)) > share
    return kept


def _wanted(chances: np.ndarray, right: Sequence[Sequence[int]]) -> np.ndarray:
    """The chances of the right procedures alone, scaled up to one."""
    rows = np.repeat(np.arange(len(right)), [len(one) for one in right])
    columns = np.concatenate([np.asarray(one, dtype=np.intp) for one in right])
    wanted = np.zeros_like(chances)
    wanted[rows, columns] = chances[rows, columns] + 1e-9
    return wanted / wanted.sum(1, keepdims=True)


def _unit(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6
    return rows / lengths, lengths


def _through_unit(slope: np.ndarray, unit: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    return (slope - unit * (unit * slope).sum(1, keepdims=True)) / lengths


def lexicon_of(lessons: Lessons, vectors: np.ndarray) -> meaning.Lexicon:
    """Eight bits a number; the rarity of a term goes into its length."""
    whole = vectors * lessons.rarities()[:, None]
    scales = np.abs(whole).max(1) / 127
    rounded = np.round(whole / scales[:, None]).astype(np.int8)
    return meaning.Lexicon({term: at for at, term in enumerate(lessons.terms)}, rounded, scales.astype(np.float32))


def placed_by(lexicon: meaning.Lexicon, index: Index) -> Index:
    """The index with its texts placed by other vectors."""
    texts = rows_of([lexicon.rows_of(sorted(_terms_of(wording))).tolist() for wording in index.wordings])
    placed = meaning.vectors_of(texts, lexicon)
    meanings = meaning.place(lexicon.rows_of(index.terms), index.first_wording, placed, lexicon)
    return msgspec.structs.replace(index, meanings=meanings)


def usable(questions: Sequence[Labelled], index: Index) -> list[Labelled]:
    return [one for one in questions if one.kind == "procedure" and one.gold and set(one.gold) <= set(index.position)]


def main() -> None:
    index = build_app(Settings()).library.index
    questions = usable(read_labelled([Path(name) for name in sys.argv[1:]]), index)
    lessons = Lessons(index, questions)
    print(f"{len(lessons.terms)} terms, {len(lessons.owners)} wordings, {len(questions)} questions")
    lexicon = lexicon_of(lessons, learn(lessons, np.arange(len(questions))))
    names = np.frombuffer("\n".join(lexicon.rows).encode(), dtype=np.uint8)
    np.savez_compressed(FILE, terms=names, vectors=lexicon.vectors, scales=lexicon.scales)
    print(f"{FILE.name}: {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
