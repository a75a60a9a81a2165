"""Everything that one message asks for in so many words: "nộp ở đâu, hết bao nhiêu tiền" asks for two aspects.

A second aspect is told beside the main one, so nothing that only might ask is taken for it.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise, product

import msgspec

from knowledge.language.phrases import Phrases
from knowledge.procedure import Aspect

JOINING = frozenset("va voi cung nhu ca con lan ve cac nhung".split())  # all that may stand between what is listed
LEADING = frozenset("hoi biet ve xem the con thi va la roi voi a oi can".split())  # what such a list may stand behind
REQUESTING = frozenset("hoi biet ve xem".split())  # of these what tells that it is asked for, whatever follows
TRAILING = frozenset("a ah nhe nha vay the nhi voi ha duoc khong nua di em chi anh ban ad".split())  # … and before
FAR = 8  # words between a name and what closes it
SEVERAL = 2
HOW = "how"  # names that such words close may also stand in a list
UNSAID = frozenset({Aspect.GENERAL, Aspect.STATUS, Aspect.OTHER})  # aspects of which nothing of its own is told
EITHER = "either"  # of the data file: "thủ tục thế nào" may ask for papers or for steps


class Role(StrEnum):
    ASKS = "asks"
    NAMES = "names"
    CLOSES = "closes"
    NOTHING = "nothing"


class Meaning(msgspec.Struct, frozen=True):
    """`aspects`: the one asked for, or two if only the fitted model can tell; of a closing word the one it may ask for.
    `closing`: the closing words that make a name asked; of a closing word its own kind. `may_be_listed`: whether a name
    is asked for in a list."""

    role: Role
    aspects: tuple[Aspect, ...] = ()
    closing: tuple[str, ...] = ()
    may_be_listed: bool = False

    def aspect(self, main: Aspect) -> Aspect:
        return main if main in self.aspects else self.aspects[0]


class Mark(msgspec.Struct, frozen=True):
    """A phrase found in a message, by positions of words: `end` and `stop` are exclusive, its clause is from `begin`
    to `stop`."""

    start: int
    end: int
    begin: int
    stop: int
    meaning: Meaning

    @property
    def role(self) -> Role:
        return self.meaning.role


class AskedInWords(msgspec.Struct, frozen=True):
    """The aspects asked for in so many words, in their order, and the words (by position) that ask for them."""

    aspects: tuple[Aspect, ...] = ()
    asking: frozenset[int] = frozenset()

    @property
    def are_several(self) -> bool:
        return len(self.aspects) >= SEVERAL


def asked_in_words(words: Sequence[str], clauses: Sequence[int], main: Aspect) -> AskedInWords:
    """What folded words ask for; `clauses` as in `Text`. Of several aspects `main`, the likeliest of all, is one,
    unless it comes of a word that asks for another ("phí thế nào")."""
    marks = tuple(_marks(words, clauses))
    closed = [(name, closing) for name, closing in pairwise(marks) if _closes(closing, name)]
    spent = {closing.start for _, closing in closed}
    named = {name.start for name, _ in closed} | _listed(marks, {name.start for name, _ in closed}, words)
    asking = [mark for mark in marks if _asks(mark, named, main) and mark.start not in spent]
    aspects = tuple(dict.fromkeys(mark.meaning.aspect(main) for mark in asking))
    is_spent = any(main in closing.meaning.aspects for _, closing in closed)
    if len(aspects) >= SEVERAL and not (main in aspects or is_spent or main in UNSAID):
        aspects = (main, *aspects)
    heard = (*asking, *(closing for _, closing in closed))
    return AskedInWords(aspects, frozenset(place for mark in heard for place in range(mark.start, mark.end)))


def _asks(mark: Mark, named: Collection[int], main: Aspect) -> bool:
    if mark.role is Role.CLOSES:
        return main in mark.meaning.aspects
    return mark.role is Role.ASKS or (mark.role is Role.NAMES and mark.start in named)


def _marks(words: Sequence[str], clauses: Sequence[int]) -> Iterator[Mark]:
    """The longest phrases of each clause from left to right, none overlapping another."""
    begin = 0
    for stop in clauses:
        end = begin
        for at, phrase, meaning in load_asks().found_in(words[begin:stop]):
            if begin + at >= end:
                end = begin + at + phrase.count(" ") + 1
                yield Mark(begin + at, end, begin, stop, meaning)
        begin = stop


def _closes(closing: Mark, name: Mark) -> bool:
    """Whether it makes the name before it asked ("lệ phí cấp đổi là bao nhiêu")."""
    is_near = closing.begin == name.begin and closing.start - name.end <= FAR
    are_such = name.role is Role.NAMES and closing.role is Role.CLOSES
    return is_near and are_such and not set(name.meaning.closing).isdisjoint(closing.meaning.closing)


def _listed(marks: Sequence[Mark], closed: Collection[int], words: Sequence[str]) -> set[int]:
    """Where names begin that are asked for because of what they are listed with."""
    lists = (chain for chain in _chains(marks, words) if _is_list(chain, closed, words))
    return {mark.start for chain in lists for mark in chain if mark.meaning.may_be_listed}


def _chains(marks: Sequence[Mark], words: Sequence[str]) -> Iterator[list[Mark]]:
    """The marks that stand in one breath."""
    chain: list[Mark] = []
    for mark in marks:
        if chain and not _are_joined(chain[-1], mark, words):
            yield chain
            chain = []
        chain.append(mark)
    if chain:
        yield chain


def _are_joined(one: Mark, other: Mark, words: Sequence[str]) -> bool:
    """Whether as in "phí và thời gian" or "giấy tờ, ở đâu"; not as in "hồ sơ nộp ở đâu", which asks one thing."""
    between = words[one.end : other.start]
    is_parted = bool(between) or one.begin != other.begin or other.role in {Role.NAMES, Role.CLOSES}
    return is_parted and JOINING.issuperset(between)


def _is_list(chain: Sequence[Mark], closed: Collection[int], words: Sequence[str]) -> bool:
    """Whether one of it is asked for and so are the others, or several stand together and by themselves."""
    if len(chain) < SEVERAL or any(mark.role is Role.NOTHING for mark in chain):
        return False
    if any(mark.start in closed for mark in chain):
        return True
    first, last = chain[0], chain[-1]
    before = words[first.start - 1] if first.start > first.begin else ""
    is_free = last.role is Role.ASKS or before in REQUESTING or TRAILING.issuperset(words[last.end : last.stop])
    return is_free and (first.role is Role.ASKS or not before or before in LEADING)


@cache
def load_asks() -> Phrases[Meaning]:
    """The phrases of the data file with what each means."""
    data = tomllib.loads(files("knowledge.language.data").joinpath("asks.toml").read_text("utf-8"))
    lists, closing, nothing = data.pop("words"), data.pop("closing"), data.pop("nothing")
    meanings = dict.fromkeys(_written_out(nothing["asks"], lists), Meaning(Role.NOTHING))
    for kind, part in closing.items():
        perhaps = (Aspect(part["perhaps"]),) if "perhaps" in part else ()
        meanings |= dict.fromkeys(part["words"], Meaning(Role.CLOSES, perhaps, (kind,)))
    for name, part in data.items():
        aspects = (Aspect.STEPS, Aspect.DOCUMENTS) if name == EITHER else (Aspect(name),)
        closed_by = tuple(part.get("closed_by", ()))
        for key, meaning in (
            ("listed", Meaning(Role.NAMES, aspects, may_be_listed=True)),
            ("names", Meaning(Role.NAMES, aspects, closed_by, may_be_listed=HOW in closed_by)),
            ("asks", Meaning(Role.ASKS, aspects)),
        ):
            meanings |= dict.fromkeys(_written_out(part.get(key, ()), lists), meaning)
    return Phrases(meanings)


def _written_out(patterns: Sequence[str], lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The phrases that patterns stand for; the data file says how they are written."""
    for pattern in patterns:
        choices = (_choices(word.removesuffix("?"), lists) + [""] * word.endswith("?") for word in pattern.split())
        yield from (" ".join(filter(None, words)) for words in product(*choices))


def _choices(word: str, lists: Mapping[str, Sequence[str]]) -> list[str]:
    return [phrase for each in word.split("/") for phrase in (lists[each[1:-1]] if each[0] == "{" else (each,))]
