"""An index put together from everything that it is to hold; see exchanging for one that differs in little."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import repeat

import msgspec
import numpy as np

from knowledge.language.phrases import Phrases
from knowledge.procedure import Level
from knowledge.search.index import Case, Entry, Index, Worded
from knowledge.search.meaning import load_lexicon, place
from knowledge.search.postings import pairs_of, places_in, postings
from knowledge.search.repair import Speller
from knowledge.search.rows import Floats, Ints, Rows, rows_in
from knowledge.search.shelf import Texts, the_shelf
from knowledge.search.terms import MARKED, PAIR
from knowledge.search.topics import topics_of
from knowledge.wordings import Family, Wordings

PAIR_SHARE, MARKED_SHARE = 0.7, 0.5  # of a rare syllable's weight: pairs and marks repeat what it says already
LIGHTEST_WORDING = 10.0  # a wording of one common word must not win by being short
SEEN_TWICE = 2  # a syllable met in one wording only may itself be a slip


def build_index(entries: Iterable[Entry], wordings: Wordings, edition: int = 0) -> Index:
    """Index the procedures of an edition under their names and wordings.

    Procedures that only the wordings know are indexed as absent: a question for one of them must not be
    answered with whatever else comes nearest.
    """
    held = list(entries)
    codes = {entry.code for entry in held}
    absent = [Entry(code, said.name, is_absent=True) for code, said in wordings.procedures.items() if code not in codes]
    ordered = tuple(sorted((*held, *absent), key=lambda entry: entry.code))
    worded = [Worded(entry, wordings.procedures.get(entry.code)) for entry in ordered]
    families = present_families(wordings.families, codes)
    texts, owners = texts_of(worded)
    read = the_shelf().take(texts)
    used, rows = _used(read)
    names = tuple(map(read.names.__getitem__, used.tolist()))
    shares = shares_of(names)
    pairs = pairs_of(places_in(rows), owners)
    rarity = rarity_of(shares, np.bincount(pairs.terms, minlength=len(names)), len(ordered))
    terms = dict(zip(names, range(len(names)), strict=True))
    first_wording = firsts_of(owners, len(ordered))
    return Index(
        edition=edition,
        entries=ordered,
        position={entry.code: at for at, entry in enumerate(ordered)},
        terms=terms,
        names=names,
        shares=shares,
        rarity=rarity,
        by_procedure=postings(pairs, rarity, len(ordered)),
        terms_of_wordings=rows,
        wordings=tuple(read.lines),
        root_mass=root_mass(rows, rarity),
        first_wording=first_wording,
        meanings=place(read.meant[used], first_wording, read.vectors, load_lexicon()),
        named=read.named,
        about=about(read.named, owners, len(ordered)),
        standing=standing(worded),
        plain_names={code: one.name for code, one in wordings.procedures.items()},
        families=_families_by_code(families),
        signs=_signs_of(families),
        topics=topics_of(families),
        speller=Speller(_known_words(names, rows), terms.__contains__),
    )


def texts_of(worded: Sequence[Worded]) -> tuple[list[str], Ints]:
    """All names and wordings, and the place of the procedure of each."""
    texts: list[str] = []
    owners = array("i")
    for at, one in enumerate(worded):
        own = one.texts
        texts += own
        owners.extend(repeat(at, len(own)))
    return texts, np.array(owners, dtype=np.int32)


def firsts_of(owners: Ints, procedures: int) -> Ints:
    return np.searchsorted(owners, np.arange(procedures + 1)).astype(np.int32)


def _used(read: Texts) -> tuple[Ints, Rows]:
    """The names that the texts use, in the order in which they are met, and the texts by their places among these."""
    met = np.full(len(read.names), -1, dtype=np.int32)
    met[read.terms.terms[::-1]] = np.arange(len(read.terms.terms), dtype=np.int32)[::-1]
    used = np.flatnonzero(met >= 0)
    used = used[np.argsort(met[used])]
    numbers = np.zeros(len(read.names), dtype=np.int32)
    numbers[used] = np.arange(len(used))
    return used, rows_in(read.terms.lengths, numbers[read.terms.terms])


def _known_words(names: Iterable[str], rows: Rows) -> list[str]:
    texts = np.bincount(rows.terms).tolist()
    return [name for name, count in zip(names, texts, strict=True) if count >= SEEN_TWICE and name.isalpha()]


def about(named: Ints, owners: Ints, procedures: int) -> Ints:
    """Circumstances that at least a third of a procedure's names and wordings mention."""
    counts = np.maximum(np.bincount(owners, minlength=procedures), 1)
    found = np.zeros(procedures, dtype=np.int32)
    for bit in range(int(named.max(initial=0)).bit_length()):
        mentions = np.bincount(owners, weights=named >> bit & 1, minlength=procedures)
        found |= (3 * mentions >= counts).astype(np.int32) << bit
    return found


def standing(worded: Iterable[Worded]) -> Floats:
    lines = [
        (
            Level.COMMUNE in entry.levels,
            entry.levels == (Level.MINISTRY,),
            entry.is_city,
            entry.is_asked_often,
            said is not None,
        )
        for entry, said in worded
    ]
    return np.array(lines, dtype=np.float64).reshape(-1, 5)


def shares_of(names: Iterable[str]) -> Floats:
    return np.array([PAIR_SHARE if PAIR in name else MARKED_SHARE if name[:1] == MARKED else 1.0 for name in names])


def rarity_of(shares: Floats, spread: Ints, procedures: int) -> Floats:
    """How much a term says that `spread` of the procedures have."""
    rarity: Floats = (shares * np.log(1 + (procedures - spread + 0.5) / (spread + 0.5))).astype(np.float32)
    return rarity


def root_mass(rows: Rows, rarity: Floats) -> Floats:
    mass: Floats = np.sqrt(np.maximum(rows.all_sums(rarity), LIGHTEST_WORDING))
    return mass


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
