"""The peers motcua is compared with: each with its simplest reasonable set-up, over folded texts.

A peer is built over texts and then gives, for a folded question, the places of the closest texts, best first.
One whose package is not installed is left out by name.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from rapidfuzz import fuzz, process

from knowledge.language.syllables import fold

MOST = 20  # results asked for: a procedure with many wordings may take several of the first places

Search = Callable[[str], Sequence[int]]
Build = Callable[[Sequence[str]], Search]


class Peer(NamedTuple):
    name: str
    package: str
    build: Build

    @property
    def is_installed(self) -> bool:
        return find_spec(self.package) is not None


class Texts(NamedTuple):
    """What is searched: folded texts, and in step with them the codes of their procedures."""

    texts: tuple[str, ...]
    codes: tuple[str, ...]

    def searched_by(self, peer: Peer) -> Callable[[str], tuple[str, ...]]:
        """From a question as written to codes, best first; folding is part of the work."""
        search = peer.build(self.texts)
        return lambda question: tuple(dict.fromkeys(self.codes[place] for place in search(folded(question))))


def folded(text: str) -> str:
    """Words in lower case without marks: all that a peer gets to see."""
    return fold(" ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())))


def texts_of(pairs: Iterable[tuple[str, str]]) -> Texts:
    """From pairs of a code and a text."""
    codes, texts = zip(*pairs, strict=True)
    return Texts(tuple(map(folded, texts)), codes)


def _scan(scorer: Callable[..., float]) -> Build:
    """Compare the question with every text."""

    def build(texts: Sequence[str]) -> Search:
        def search(question: str) -> Sequence[int]:
            return [place for _, _, place in process.extract(question, texts, scorer=scorer, limit=MOST)]

        return search

    return build


def _bm25s(texts: Sequence[str]) -> Search:
    import bm25s

    retriever = bm25s.BM25()
    retriever.index([text.split() for text in texts], show_progress=False)

    def search(question: str) -> Sequence[int]:
        places, scores = retriever.retrieve([question.split()], k=min(MOST, len(texts)), show_progress=False)
        return [int(place) for place, score in zip(places[0], scores[0], strict=True) if score > 0]

    return search


def _fts5(texts: Sequence[str]) -> Search:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(text)")
    database.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", enumerate(texts))
    query = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"

    def search(question: str) -> Sequence[int]:
        any_word = " OR ".join(f'"{word}"' for word in question.split())
        return [place for (place,) in database.execute(query, (any_word, MOST))] if any_word else []

    return search


def _tantivy(texts: Sequence[str]) -> Search:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text")
    builder.add_integer_field("place", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)  # more threads make more segments, and searching slower
    for place, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=text, place=place))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> Sequence[int]:
        hits = searcher.search(index.parse_query(question, ["text"]), MOST).hits
        return [searcher.doc(address)["place"][0] for _, address in hits]

    return search


PEERS: tuple[Peer, ...] = (
    Peer("rapidfuzz WRatio", "rapidfuzz", _scan(fuzz.WRatio)),
    Peer("rapidfuzz token_set", "rapidfuzz", _scan(fuzz.token_set_ratio)),
    Peer("bm25s", "bm25s", _bm25s),
    Peer("SQLite FTS5", "sqlite3", _fts5),
    Peer("tantivy", "tantivy", _tantivy),
)
