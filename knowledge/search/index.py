"""The index of an edition: every way to say every procedure, as integer-coded postings. Immutable once built.

Two views of the same terms: each wording on its own (a short question is close to one wording) and all
wordings of a procedure together (the sentences of a story touch several).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from knowledge.language.aspects import asking_positions
from knowledge.language.fillers import filler_positions
from knowledge.language.phrases import Phrases
from knowledge.procedure import Level
from knowledge.search.meaning import Meanings
from knowledge.search.postings import Postings
from knowledge.search.repair import Speller
from knowledge.search.rows import Floats, Ints, Rows
from knowledge.wordings import Family, ProcedureWordings

NAMES = 2  # the first two wordings of a procedure are its official and its everyday name


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


class Worded(NamedTuple):
    """A thing to be found, with what it is called beside its own name."""

    entry: Entry
    said: ProcedureWordings | None

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is indexed of it."""
        return (self.entry.name, *((self.said.name, *self.said.wordings) if self.said else ()))


class Index(msgspec.Struct, frozen=True):
    """Everything the finder looks at. Rows of `wordings` are sorted by their procedure."""

    edition: int
    entries: tuple[Entry, ...]
    position: Mapping[str, int]  # code -> place in `entries`
    terms: Mapping[str, int]
    names: tuple[str, ...]  # by term; some may be of texts that are gone, and are not in `terms`
    shares: Floats  # by term: of a rare syllable's weight
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


def content_words(folded: Sequence[str]) -> frozenset[str]:
    """The words that name the subject: neither fillers nor words that only ask."""
    fillers, asking = filler_positions(folded), asking_positions(folded)
    return frozenset(word for at, word in enumerate(folded) if at not in fillers and at not in asking) or frozenset(
        folded
    )
