"""The index that differs from another one in a few things that staff wrote: what was read, counted and placed before is
taken over, and only what hangs on all of it together (how rare words are) is worked out anew.

It finds what an index built of the same things finds; only the numbers of its terms may be others.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from knowledge.search.building import (
    SEEN_TWICE,
    about,
    firsts_of,
    rarity_of,
    root_mass,
    shares_of,
    standing,
    texts_of,
)
from knowledge.search.index import Index, Worded
from knowledge.search.meaning import Meanings, place
from knowledge.search.postings import Places, Postings, pairs_of, places_in, postings
from knowledge.search.repair import Speller
from knowledge.search.rows import Ints, Rows, rows_in
from knowledge.search.shelf import Shelf

MOST = 200  # changes; for more an index is as soon built
UNUSED = 0.25  # of the terms: so many may be of texts that are gone before an index is built anew

Item = TypeVar("Item")
Number = TypeVar("Number", bound=np.generic)
Changes = Mapping[str, Worded | None]  # by code; None for what is gone


class _Piece(NamedTuple):
    """A stretch of what was there before, or of what comes."""

    is_new: bool
    begin: int
    end: int


class _Part(msgspec.Struct, frozen=True):
    """What comes, with its terms numbered as in the index; `owners` are places among what comes. `names` are those of
    all terms, and so are the rows of `meanings`."""

    worded: Sequence[Worded]
    owners: Ints
    first_wording: Ints
    names: tuple[str, ...]
    rows: Rows
    lines: Sequence[str]
    named: Ints
    meanings: Meanings


def may_exchange(index: Index, changes: Changes) -> bool:
    return len(changes) <= MOST and len(index.names) <= (1 + UNUSED) * len(index.terms) and not index.hidden


def exchanged(index: Index, changes: Changes, edition: int) -> Index:
    """With other FAQ entries and words of staff. Not for procedures: which families are whole hangs on these."""
    if not changes:
        return msgspec.structs.replace(index, edition=edition)
    part = _part(index, [worded for _, worded in sorted(changes.items()) if worded])
    things = list(_pieces([entry.code for entry in index.entries], changes))
    texts = [_stretched(each, index.first_wording, part.first_wording) for each in things]
    entries = tuple(_joined(things, index.entries, [one.entry for one in part.worded]))
    rows = _joined_rows(texts, index.terms_of_wordings, part.rows)
    lengths = _put_together(things, np.diff(index.first_wording), np.diff(part.first_wording))
    pairs = pairs_of(_places(index, part, texts), np.repeat(np.arange(len(entries)), lengths))
    spread = np.bincount(pairs.terms, minlength=len(part.names))
    shares = np.concatenate([index.shares, shares_of(part.names[len(index.names) :])])
    rarity = rarity_of(shares, spread, len(entries))
    shared = postings(pairs, rarity, len(entries))
    terms = _terms(index, part, spread)
    return msgspec.structs.replace(
        index,
        edition=edition,
        entries=entries,
        position={entry.code: at for at, entry in enumerate(entries)},
        terms=terms,
        names=part.names,
        shares=shares,
        rarity=rarity,
        by_procedure=shared,
        terms_of_wordings=rows,
        wordings=tuple(_joined(texts, index.wordings, part.lines)),
        root_mass=root_mass(rows, rarity),
        first_wording=np.concatenate([[0], np.cumsum(lengths)], dtype=np.int32),
        meanings=Meanings(
            index.meanings.lexicon,
            part.meanings.row_of_term,
            _put_together(texts, index.meanings.wordings, part.meanings.wordings),
            _put_together(things, index.meanings.procedures, part.meanings.procedures),
        ),
        named=_put_together(texts, index.named, part.named),
        about=_put_together(things, index.about, about(part.named, part.owners, len(part.worded))),
        standing=_put_together(things, index.standing, standing(part.worded)),
        plain_names=_plain_names(index, changes),
        speller=Speller(_known_words(index, shared, part.names), terms.__contains__),
    )


def _part(index: Index, worded: Sequence[Worded]) -> _Part:
    texts, owners = texts_of(worded)
    read = Shelf(index.meanings.lexicon).take(texts)
    unmet = [name for name in read.names if name not in index.terms]
    numbers = dict(zip(unmet, range(len(index.names), len(index.names) + len(unmet)), strict=True))
    slots = np.array([index.terms.get(name, numbers.get(name, 0)) for name in read.names], dtype=np.int32)
    firsts = firsts_of(owners, len(worded))
    meant = np.concatenate([index.meanings.row_of_term, index.meanings.lexicon.rows_of(unmet)])
    return _Part(
        worded=worded,
        owners=owners,
        first_wording=firsts,
        names=(*index.names, *unmet),
        rows=rows_in(read.terms.lengths, slots[read.terms.terms]),
        lines=read.lines,
        named=read.named,
        meanings=place(meant, firsts, read.vectors, index.meanings.lexicon),
    )


def _pieces(codes: Sequence[str], changes: Changes) -> Iterator[_Piece]:
    """What stood before and what comes in the order of their codes."""
    at = coming = 0
    for code, worded in sorted(changes.items()):
        before = bisect_left(codes, code)
        yield _Piece(is_new=False, begin=at, end=before)
        if worded:
            yield _Piece(is_new=True, begin=coming, end=coming + 1)
            coming += 1
        at = before + (codes[before : before + 1] == [code])
    yield _Piece(is_new=False, begin=at, end=len(codes))


def _stretched(piece: _Piece, before: Ints, coming: Ints) -> _Piece:
    """The same stretch of something that each of these has several of."""
    firsts = coming if piece.is_new else before
    return _Piece(piece.is_new, int(firsts[piece.begin]), int(firsts[piece.end]))


def _put_together(
    pieces: Sequence[_Piece], before: npt.NDArray[Number], coming: npt.NDArray[Number]
) -> npt.NDArray[Number]:
    stretches = [(coming if is_new else before)[begin:end] for is_new, begin, end in pieces]
    return np.concatenate(stretches, dtype=before.dtype)


def _joined(pieces: Sequence[_Piece], before: Sequence[Item], coming: Sequence[Item]) -> Iterator[Item]:
    return chain.from_iterable((coming if is_new else before)[begin:end] for is_new, begin, end in pieces)


def _joined_rows(texts: Sequence[_Piece], before: Rows, coming: Rows) -> Rows:
    terms = [_stretched(each, before.starts, coming.starts) for each in texts]
    return rows_in(
        _put_together(texts, before.lengths, coming.lengths), _put_together(terms, before.terms, coming.terms)
    )


def _places(index: Index, part: _Part, texts: Sequence[_Piece]) -> Places:
    """As `places_in`, of all."""
    moved, homes = _new_places(texts, len(index.wordings), len(part.lines))
    old, coming = index.by_procedure, places_in(part.rows)
    now = moved[old.texts]
    stays = now >= 0
    first_places = old.first_texts[old.starts]
    before = Places(np.repeat(np.arange(len(old.starts) - 1), np.diff(first_places))[stays], now[stays])
    new = Places(coming.terms, homes[coming.texts])
    count = len(index.wordings) + len(part.lines)
    at = np.searchsorted(before.terms * count + before.texts, new.terms.astype(np.int64) * count + new.texts)
    return Places(*(np.insert(one, at, other) for one, other in zip(before, new, strict=True)))


def _new_places(pieces: Sequence[_Piece], before: int, coming: int) -> tuple[Ints, Ints]:
    """For what was there before, -1 for what goes, and for what comes."""
    moved, homes, at = np.full(before, -1), np.zeros(coming, dtype=np.int64), 0
    for is_new, begin, end in pieces:
        (homes if is_new else moved)[begin:end] = np.arange(at, at + end - begin)
        at += end - begin
    return moved, homes


def _terms(index: Index, part: _Part, spread: Ints) -> dict[str, int]:
    """Without those that only stood in what goes."""
    known = len(index.names)
    terms = {**index.terms, **{name: known + at for at, name in enumerate(part.names[known:])}}
    gone = (spread[:known] == 0) & (np.diff(index.by_procedure.starts) > 0)
    for term in np.flatnonzero(gone).tolist():
        del terms[index.names[term]]
    return terms


def _plain_names(index: Index, changes: Changes) -> dict[str, str]:
    names = {code: name for code, name in index.plain_names.items() if code not in changes}
    return names | {code: one.said.name for code, one in changes.items() if one and one.said}


def _known_words(index: Index, now: Postings, names: Sequence[str]) -> frozenset[str]:
    """Those of before, but for words that are met in more texts or in fewer now."""
    before, met = (_texts_with(each, len(names)) >= SEEN_TWICE for each in (index.by_procedure, now))
    turned = (names[term] for term in np.flatnonzero(before != met).tolist())
    return index.speller.syllables.symmetric_difference(filter(str.isalpha, turned))


def _texts_with(postings: Postings, terms: int) -> Ints:
    """By term: how many texts have it."""
    first_places = postings.first_texts[postings.starts]
    return np.diff(first_places, append=np.full(terms + 1 - len(first_places), first_places[-1]))
