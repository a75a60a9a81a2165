"""The index of an edition: every way to say every procedure, as integer-coded postings. Immutable once built.

Two views of the same terms: each wording on its own (a short question is close to one wording) and all
wordings of a procedure together (the sentences of a story touch several).
"""

import math
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from knowledge.language.aspects import find_aspect
from knowledge.language.circumstances import circumstances_in, general_words
from knowledge.language.fillers import filler_positions
from knowledge.language.normalise import normalise
from knowledge.procedure import Level
from knowledge.search.meaning import Meanings, load_lexicon, place
from knowledge.search.repair import Speller
from knowledge.search.terms import MARKED, PAIR, pairs_of, terms_of
from knowledge.search.topics import topics_of
from knowledge.wordings import Family, Wordings

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.floating]

PAIR_SHARE, MARKED_SHARE = 0.7, 0.5  # of a rare syllable's weight: pairs and marks repeat what it says already
SATURATION, LENGTH_SHARE = 1.2, 0.3  # BM25's k1 and b, over all wordings of a procedure together
LIGHTEST_WORDING = 10.0  # a wording of one common word must not win by being short
NAMES = 2  # the first two wordings of a procedure are its official and its everyday name
SEEN_TWICE = 2  # a syllable met once may itself be a slip


class Entry(msgspec.Struct, frozen=True):
    """What the index needs to know of a procedure, or of an FAQ entry (`is_faq`), whose code is `faq-` and a number."""

    code: str
    name: str
    levels: tuple[Level, ...] = ()
    field: str = ""
    is_city: bool = False
    is_asked_often: bool = False
    is_absent: bool = False  # we know what people call it, but the edition does not hold it
    is_faq: bool = False


class Postings(msgspec.Struct, frozen=True):
    """For each term the rows it stands in: `rows[starts[t]:starts[t + 1]]`, with a weight each: what the row shares
    with a message that names the term."""

    starts: Ints
    rows: Ints
    weights: Floats

    def rows_of(self, term: int) -> Ints:
        """The rows of a term, in order."""
        return self.rows[self.starts[term] : self.starts[term + 1]]


class Rows(msgspec.Struct, frozen=True):
    """For each text its terms: `terms[starts[r]:starts[r + 1]]`; none is empty."""

    starts: Ints
    lengths: Ints
    terms: Ints

    def sums(self, values: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
        """For the texts of some spans, in order, the sum of each one's values by term."""
        terms = np.concatenate([self.terms[self.starts[first] : self.starts[end]] for first, end in spans])
        lengths = np.concatenate([self.lengths[first:end] for first, end in spans])
        return np.add.reduceat(values[terms], np.cumsum(lengths) - lengths)


class Index(msgspec.Struct, frozen=True):
    """Everything the finder looks at. Rows of `wordings` are sorted by their procedure."""

    edition: int
    entries: tuple[Entry, ...]
    position: Mapping[str, int]  # code -> place in `entries`
    terms: Mapping[str, int]
    rarity: Floats  # by term: how few procedures share it
    terms_of_wordings: Rows
    by_procedure: Postings
    wordings: tuple[str, ...]  # folded
    root_mass: Floats  # by wording: square root of the rarity of all its terms
    first_wording: Ints  # by procedure: its first row in `wordings`; one more behind the last
    meanings: Meanings
    named: tuple[int, ...]  # by wording: the circumstances it names, a bit each
    about: tuple[int, ...]  # by procedure: the circumstances it is about
    standing: Floats  # by procedure: commune, other_level, city, asked_often, worded
    plain_names: Mapping[str, str]
    families: Mapping[str, tuple[Family, ...]]  # by code
    topics: Mapping[str, Family]  # by the folded words that only name the topic
    speller: Speller
    hidden: frozenset[int] = frozenset()  # procedures that are not to be found, see leaving_out

    @property
    def held(self) -> tuple[Entry, ...]:
        """The procedures that the edition holds."""
        return tuple(entry for entry in self.entries if not entry.is_absent and not entry.is_faq)

    def holds(self, code: str) -> bool:
        """Whether the edition holds a procedure of this code."""
        at = self.position.get(code)
        return at is not None and not self.entries[at].is_absent

    def name_of(self, code: str) -> str:
        """The everyday name of a procedure, or its official one."""
        return self.plain_names.get(code) or self.entries[self.position[code]].name

    def own_words(self, code: str) -> frozenset[str]:
        """The folded words of a procedure's official and everyday names; none for an unknown code."""
        at = self.position.get(code)
        if at is None:
            return frozenset()
        first = self.first_wording[at]
        return frozenset(" ".join(self.wordings[first : first + NAMES]).split())


def build_index(entries: Iterable[Entry], wordings: Wordings, edition: int = 0) -> Index:
    """Index the procedures of an edition under their names and wordings.

    Procedures that only the wordings know are indexed as absent: a question for one of them must not be
    answered with whatever else comes nearest.
    """
    held = list(entries)
    codes = {entry.code for entry in held}
    absent = [Entry(code, said.name, is_absent=True) for code, said in wordings.procedures.items() if code not in codes]
    ordered = tuple(sorted((*held, *absent), key=lambda entry: entry.code))
    families = present_families(wordings.families, codes)
    texts, owners = _all_texts(ordered, wordings)
    read = [_read(text) for text in texts]
    lines, term_sets = [one.line for one in read], [one.terms for one in read]
    named = tuple(one.named for one in read)
    counts = [Counter[str]() for _ in ordered]
    for terms, owner in zip(term_sets, owners, strict=True):
        counts[owner].update(terms)
    spread = Counter(term for count in counts for term in count)
    ids = {term: at for at, term in enumerate(sorted(spread))}
    rarity = _rarity(ids, spread, len(ordered))
    mass = np.array([sum(rarity[ids[term]] for term in terms) for terms in term_sets], dtype=np.float32)
    root_mass = np.sqrt(np.maximum(mass, LIGHTEST_WORDING))
    frequency = Counter(word for line in lines for word in line.split())
    known = [word for word, count in frequency.items() if count >= SEEN_TWICE and word.isalpha()]
    index = Index(
        edition=edition,
        entries=ordered,
        position={entry.code: at for at, entry in enumerate(ordered)},
        terms=ids,
        rarity=rarity,
        by_procedure=_by_rarity(_postings(ids, _saturated(counts)), rarity),
        terms_of_wordings=_rows(ids, term_sets),
        wordings=tuple(lines),
        root_mass=root_mass,
        first_wording=np.searchsorted(np.array(owners), np.arange(len(ordered) + 1)).astype(np.int32),
        meanings=place(ids, term_sets, owners, len(ordered), load_lexicon()),
        named=named,
        about=_about(named, owners, len(ordered)),
        standing=np.array([_standing(entry, wordings) for entry in ordered], dtype=np.float64),
        plain_names={code: one.name for code, one in wordings.procedures.items()},
        families=_families_by_code(families),
        topics=topics_of(families),
        speller=Speller(known, ids.__contains__),
    )
    _let_go(read, term_sets, counts)
    return index


class _Read(NamedTuple):
    line: str
    terms: tuple[str, ...]
    named: int


@lru_cache(maxsize=100_000)
def _read(text: str) -> _Read:
    """A name or wording as it is indexed; kept, since the next edition says almost everything in the same words."""
    normalised = normalise(text)
    line = " ".join(normalised.folded)
    general = general_words(line)
    terms = sorted({*terms_of(normalised), *general, *pairs_of(general)})
    return _Read(line, tuple(terms), circumstances_in(line))


def _let_go(*lists: list[Any]) -> None:
    """Free them one by one: together, at the end of a function, they would hold the interpreter for 50 ms."""
    for each in lists:
        while each:
            each.pop()


def _all_texts(entries: Sequence[Entry], wordings: Wordings) -> tuple[list[str], list[int]]:
    texts: list[str] = []
    owners: list[int] = []
    for at, entry in enumerate(entries):
        said = wordings.procedures.get(entry.code)
        own = [entry.name, *((said.name, *said.wordings) if said else ())]
        texts += own
        owners += [at] * len(own)
    return texts, owners


def _about(named: Sequence[int], owners: Sequence[int], procedures: int) -> tuple[int, ...]:
    """Circumstances that at least a third of a procedure's names and wordings mention."""
    bits = max(named, default=0).bit_length()
    mentions = np.zeros((procedures, bits))
    np.add.at(mentions, np.array(owners, dtype=np.intp), [[mask >> bit & 1 for bit in range(bits)] for mask in named])
    counts = np.bincount(owners, minlength=procedures)
    is_about = 3 * mentions >= np.maximum(counts, 1)[:, None]
    return tuple(sum(1 << bit for bit in np.flatnonzero(row).tolist()) for row in is_about)


def _standing(entry: Entry, wordings: Wordings) -> tuple[bool, ...]:
    is_ministry_only = entry.levels == (Level.MINISTRY,)
    is_worded = entry.code in wordings.procedures
    return Level.COMMUNE in entry.levels, is_ministry_only, entry.is_city, entry.is_asked_often, is_worded


def _rarity(ids: Mapping[str, int], spread: Mapping[str, int], procedures: int) -> Floats:
    def of(term: str) -> float:
        share = PAIR_SHARE if PAIR in term else MARKED_SHARE if term.startswith(MARKED) else 1.0
        return share * math.log(1 + (procedures - spread[term] + 0.5) / (spread[term] + 0.5))

    return np.fromiter((of(term) for term in ids), dtype=np.float32, count=len(ids))


def _saturated(counts: Sequence[Counter[str]]) -> Iterator[dict[str, float]]:
    """BM25's term weights: a term in all wordings of a procedure says more than in one, but not so much more."""
    lengths = [count.total() for count in counts]
    mean = sum(lengths) / max(1, len(lengths))
    for count, length in zip(counts, lengths, strict=True):
        norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / mean)
        yield {term: n * (SATURATION + 1) / (n + norm) for term, n in count.items()}


def _postings(ids: Mapping[str, int], rows: Iterable[Mapping[str, float]]) -> Postings:
    """In small steps: the index is built beside answers that need the interpreter, see bot.library."""
    terms, owners, weights = array("i"), array("i"), array("f")
    for at, row in enumerate(rows):
        terms.extend(map(ids.__getitem__, row))
        owners.extend(repeat(at, len(row)))
        weights.extend(row.values())
    columns = np.frombuffer(terms, dtype=np.intc)
    order = np.argsort(columns, kind="stable")  # rows of a term stay in order
    starts = np.searchsorted(columns, np.arange(len(ids) + 1), sorter=order).astype(np.int32)
    return Postings(
        starts, np.frombuffer(owners, dtype=np.intc)[order], np.frombuffer(weights, dtype=np.float32)[order]
    )


def _by_rarity(postings: Postings, rarity: Floats) -> Postings:
    by_term = np.repeat(rarity, np.diff(postings.starts))
    return Postings(postings.starts, postings.rows, postings.weights * by_term)


def _rows(ids: Mapping[str, int], texts: Sequence[Sequence[str]]) -> Rows:
    """A text without a word gets the id behind the last one, a term that no message names."""
    starts, terms = array("i", [0]), array("i")
    for text in texts:
        terms.extend(map(ids.__getitem__, text) if text else [len(ids)])
        starts.append(len(terms))
    ends = np.frombuffer(starts, dtype=np.intc)
    return Rows(ends, np.diff(ends), np.frombuffer(terms, dtype=np.intc))


def present_families(families: Iterable[Family], codes: Collection[str]) -> tuple[Family, ...]:
    """Families without the options that this edition does not hold, if two or more are left."""
    whole = (
        msgspec.structs.replace(family, options=tuple(option for option in family.options if option.code in codes))
        for family in families
    )
    return tuple(family for family in whole if len(family.options) > 1)


def _families_by_code(families: Iterable[Family]) -> dict[str, tuple[Family, ...]]:
    by_code: dict[str, tuple[Family, ...]] = {}
    for family in families:
        for option in family.options if not family.bare else ():
            by_code[option.code] = (*by_code.get(option.code, ()), family)
    return by_code


def content_words(folded: Sequence[str]) -> frozenset[str]:
    """The words that name the subject: neither fillers nor words that only ask."""
    fillers, asking = filler_positions(folded), find_aspect(folded).asking
    return frozenset(word for at, word in enumerate(folded) if at not in fillers and at not in asking) or frozenset(
        folded
    )
