"""The index of an edition: every way to say every procedure, as integer-coded postings. Immutable once built.

Two views of the same terms: each wording on its own (a short question is close to one wording) and all
wordings of a procedure together (the sentences of a story touch several).
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat

import msgspec
import numpy as np
import numpy.typing as npt

from knowledge.language.aspects import find_aspect
from knowledge.language.fillers import filler_positions
from knowledge.language.phrases import Phrases
from knowledge.procedure import Level
from knowledge.search.meaning import Meanings, load_lexicon, place
from knowledge.search.repair import Speller
from knowledge.search.rows import Floats, Ints, Rows, rows_in
from knowledge.search.shelf import Texts, the_shelf
from knowledge.search.terms import MARKED, PAIR
from knowledge.search.topics import topics_of
from knowledge.wordings import Family, Wordings

PAIR_SHARE, MARKED_SHARE = 0.7, 0.5  # of a rare syllable's weight: pairs and marks repeat what it says already
SATURATION, LENGTH_SHARE = 1.2, 0.3  # BM25's k1 and b, over all wordings of a procedure together
LIGHTEST_WORDING = 10.0  # a wording of one common word must not win by being short
NAMES = 2  # the first two wordings of a procedure are its official and its everyday name
SEEN_TWICE = 2  # a syllable met in one wording only may itself be a slip


Case = tuple[str, str]  # name of a family, code of one of its options


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
    """For each term the procedures it stands in: `rows[starts[t]:starts[t + 1]]`, in order, with a weight each: what
    the procedure shares with a message that names the term. `pairs` says the same as one number each: term times the
    number of procedures, plus procedure."""

    starts: Ints
    rows: Ints
    weights: Floats
    pairs: Ints
    procedures: int

    def rows_of(self, term: int) -> Ints:
        """The rows of a term, in order."""
        return self.rows[self.starts[term] : self.starts[term + 1]]

    def hold(self, terms: Sequence[int], rows: Ints) -> npt.NDArray[np.bool_]:
        """Whether each term, a line each, stands in each of some procedures; term -1 stands in none."""
        wanted = np.array(terms, dtype=np.int64).reshape(-1, 1) * self.procedures + rows
        found: npt.NDArray[np.bool_] = self.pairs.take(np.searchsorted(self.pairs, wanted), mode="clip") == wanted
        return found


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
    named: Ints  # by wording: the circumstances it names, a bit each
    about: Ints  # by procedure: the circumstances it is about
    standing: Floats  # by procedure: commune, other_level, city, asked_often, worded
    plain_names: Mapping[str, str]
    families: Mapping[str, tuple[Family, ...]]  # by code
    signs: Phrases[list[Case]]  # the cases that words of a message point to
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
    read = the_shelf().take(texts)
    used, rows = _used(read)
    terms = dict(zip(map(read.names.__getitem__, used.tolist()), range(len(used)), strict=True))
    pairs, counts = _together(rows, owners, len(ordered))
    rarity = _rarity(terms, np.bincount(pairs // max(1, len(ordered)), minlength=len(terms)), len(ordered))
    first_wording = np.searchsorted(owners, np.arange(len(ordered) + 1)).astype(np.int32)
    return Index(
        edition=edition,
        entries=ordered,
        position={entry.code: at for at, entry in enumerate(ordered)},
        terms=terms,
        rarity=rarity,
        by_procedure=_postings(pairs, counts, rarity, len(ordered)),
        terms_of_wordings=rows,
        wordings=tuple(read.lines),
        root_mass=np.sqrt(np.maximum(rows.sums(rarity, first_wording[:-1], first_wording[1:]), LIGHTEST_WORDING)),
        first_wording=first_wording,
        meanings=place(read.meant[used], first_wording, read.vectors, load_lexicon()),
        named=read.named,
        about=_about(read.named, owners, len(ordered)),
        standing=np.array([_standing(entry, wordings) for entry in ordered], dtype=np.float64),
        plain_names={code: one.name for code, one in wordings.procedures.items()},
        families=_families_by_code(families),
        signs=_signs_of(families),
        topics=topics_of(families),
        speller=Speller(_known_words(terms, rows), terms.__contains__),
    )


def _all_texts(entries: Sequence[Entry], wordings: Wordings) -> tuple[list[str], Ints]:
    """All names and wordings, and the place of the procedure of each."""
    texts: list[str] = []
    owners = array("i")
    for at, entry in enumerate(entries):
        said = wordings.procedures.get(entry.code)
        own = [entry.name, *((said.name, *said.wordings) if said else ())]
        texts += own
        owners.extend(repeat(at, len(own)))
    return texts, np.array(owners, dtype=np.int32)


def _used(read: Texts) -> tuple[Ints, Rows]:
    """The names that the texts use, in the order in which they are met, and the texts by their places among these."""
    met = np.full(len(read.names), -1, dtype=np.int32)
    met[read.terms.terms[::-1]] = np.arange(len(read.terms.terms), dtype=np.int32)[::-1]
    used = np.flatnonzero(met >= 0)
    used = used[np.argsort(met[used])]
    numbers = np.zeros(len(read.names), dtype=np.int32)
    numbers[used] = np.arange(len(used))
    return used, rows_in(read.terms.lengths, numbers[read.terms.terms])


def _known_words(terms: Iterable[str], rows: Rows) -> list[str]:
    texts = np.bincount(rows.terms).tolist()
    return [term for term, count in zip(terms, texts, strict=True) if count >= SEEN_TWICE and term.isalpha()]


def _together(rows: Rows, owners: Ints, procedures: int) -> tuple[Ints, Ints]:
    """Which term stands in which procedure, as in `Postings.pairs`, and in how many of its wordings."""
    met = rows.terms.astype(np.int64) * procedures + np.repeat(owners, rows.lengths)
    return np.unique(met, return_counts=True)


def _about(named: Ints, owners: Ints, procedures: int) -> Ints:
    """Circumstances that at least a third of a procedure's names and wordings mention."""
    counts = np.maximum(np.bincount(owners, minlength=procedures), 1)
    about = np.zeros(procedures, dtype=np.int32)
    for bit in range(int(named.max(initial=0)).bit_length()):
        mentions = np.bincount(owners, weights=named >> bit & 1, minlength=procedures)
        about |= (3 * mentions >= counts).astype(np.int32) << bit
    return about


def _standing(entry: Entry, wordings: Wordings) -> tuple[bool, ...]:
    is_ministry_only = entry.levels == (Level.MINISTRY,)
    is_worded = entry.code in wordings.procedures
    return Level.COMMUNE in entry.levels, is_ministry_only, entry.is_city, entry.is_asked_often, is_worded


def _rarity(terms: Iterable[str], spread: Ints, procedures: int) -> Floats:
    """How much a term says that `spread` of the procedures have."""
    shares = np.array([PAIR_SHARE if PAIR in term else MARKED_SHARE if term[:1] == MARKED else 1.0 for term in terms])
    rarity: Floats = (shares * np.log(1 + (procedures - spread + 0.5) / (spread + 0.5))).astype(np.float32)
    return rarity


def _postings(pairs: Ints, counts: Ints, rarity: Floats, procedures: int) -> Postings:
    """With BM25's weights: a term in all wordings of a procedure says more than in one, but not so much more."""
    terms, rows = np.divmod(pairs, max(1, procedures))
    lengths = np.bincount(rows, weights=counts, minlength=procedures)
    norms = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(1e-6, lengths.mean() if procedures else 0.0))
    weights = counts * (SATURATION + 1) / (counts + norms[rows]) * rarity[terms]
    starts = np.searchsorted(terms, np.arange(len(rarity) + 1)).astype(np.int32)
    return Postings(starts, rows.astype(np.int32), weights.astype(np.float32), pairs, procedures)


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


def _signs_of(families: Iterable[Family]) -> Phrases[list[Case]]:
    cases = defaultdict[str, list[Case]](list)
    for family in families:
        for option in family.options:
            for sign in option.folded_signs:
                cases[sign.strip()].append((family.name, option.code))
    return Phrases(cases)


def content_words(folded: Sequence[str]) -> frozenset[str]:
    """The words that name the subject: neither fillers nor words that only ask."""
    fillers, asking = filler_positions(folded), find_aspect(folded).asking
    return frozenset(word for at, word in enumerate(folded) if at not in fillers and at not in asking) or frozenset(
        folded
    )
