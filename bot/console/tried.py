"""What a trial run tries: questions asked lately, wordings that we know, an operator's labelled questions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.app import App
from bot.evaluation.labelled import LabelError, read_labelled
from knowledge.language.normalise import normalise
from knowledge.questions import asked_lately
from knowledge.search.finder import find
from knowledge.search.index import Index, content_words
from knowledge.words.word import is_word

DAYS = 90  # of what was asked
MOST_PAST = 3_000  # different questions looked at; those asked most often
MOST_TRIED = 160  # answered twice, some 5 ms each time: what shares most words with the wordings
MOST_NEIGHBOURS = 6  # procedures whose own wordings are tried too
NEW = 9.0  # how much a word says that nothing has, a short form say; the rarest that something has say as much
FOLDER = "questions"  # of labelled questions (*.jsonl) in the data folder


class Tried(NamedTuple):
    """A question to try. `right` are the codes that are right for it, nothing where nobody said."""

    text: str
    commune: str = ""
    times: int = 0
    right: tuple[str, ...] = ()


def past_questions(app: App) -> list[Tried]:
    with app.database.session() as session:
        rows = asked_lately(session, app.clock() - timedelta(days=DAYS), MOST_PAST)
    return [Tried(row.question, row.commune, row.times) for row in rows]


def labelled_questions(app: App, index: Index, wordings: Sequence[str], commune: str) -> list[Tried]:
    """Wordings that we know of the procedures and entries nearest to some, and the operator's own questions."""
    found = (code for wording in wordings[:3] for code in find(normalise(wording), index).codes[:4])
    near = dict.fromkeys(code for code in found if not is_word(code))
    known = (
        Tried(line, commune, right=(code,)) for code in list(near)[:MOST_NEIGHBOURS] for line in lines_of(index, code)
    )
    return [*known, *_operators(app, commune)]


def lines_of(index: Index, code: str) -> Sequence[str]:
    """The folded wordings of a procedure or an entry."""
    at = index.position[code]
    return list(dict.fromkeys(index.wordings[index.first_wording[at] : index.first_wording[at + 1]]))


def _operators(app: App, commune: str) -> Iterator[Tried]:
    """A file that cannot be read stops no trial: `motcua evaluate` names what is wrong with it."""
    for path in sorted((app.settings.data_dir / FOLDER).glob("*.jsonl")):
        try:
            questions = read_labelled([path])
        except LabelError:
            continue
        yield from (Tried(each.text, commune, right=tuple(each.right)) for each in questions if not each.context)


class Nearest(NamedTuple):
    """`sharing`: how many have a word in common, also those that are too many to try."""

    tried: Sequence[Tried]
    sharing: int


def nearest_in_words(wordings: Iterable[str], every: Iterable[Tried], index: Index) -> Nearest:
    """Of many questions those that share most with some wordings: nothing else can be answered with them."""
    said = frozenset(word for wording in wordings for word in _words(wording))
    weights = {word: float(index.rarity[index.terms[word]]) if word in index.terms else NEW for word in said}
    shared = [(sum(weights[word] for word in _words(tried.text) & said), tried) for tried in every]
    kept = sorted((each for each in shared if each[0] > 0), key=lambda each: (-each[0], -each[1].times))
    return Nearest([tried for _, tried in kept[:MOST_TRIED]], len(kept))


@lru_cache(20_000)
def _words(text: str) -> frozenset[str]:
    folded = normalise(text).folded
    return content_words(folded) if folded else frozenset()
