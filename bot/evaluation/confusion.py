"""Which procedures are taken for each other: groups of them, and whether a question of ours would split each."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from bot.evaluation.outcome import Outcome
from knowledge.search.index import Index


class Pair(msgspec.Struct, frozen=True):
    right: str
    instead: str  # what was ranked first
    count: int


class Confusion(msgspec.Struct, frozen=True):
    """Procedures joined by pairs that were taken for each other, most frequent pair first."""

    codes: tuple[str, ...]
    names: tuple[str, ...]  # in step with `codes`
    count: int
    pairs: tuple[Pair, ...]
    split_by: str  # the question of the family that holds them all, "" where there is none

    def __str__(self) -> str:
        named = "\n".join(f"    {code}  {name}" for code, name in zip(self.codes, self.names, strict=True))
        pairs = "; ".join(f"{pair.instead} before {pair.right} {pair.count}x" for pair in self.pairs)
        remedy = f"the family asks: {self.split_by}" if self.split_by else "no family of ours holds them all"
        return f"{self.count}x  {pairs}  ({remedy})\n{named}"


def pairs_confused(outcomes: Iterable[Outcome]) -> list[Pair]:
    """Right and ranked first instead, the most frequent first."""
    pairs = Counter(
        (outcome.question.gold[0], outcome.procedures[0])
        for outcome in outcomes
        if outcome.question.asks_for_procedure and outcome.procedures and not outcome.is_right
    )
    return [Pair(right, instead, count) for (right, instead), count in pairs.most_common()]


def confusions(outcomes: Iterable[Outcome], index: Index) -> list[Confusion]:
    """The groups of confused procedures, the most frequent first."""
    pairs = pairs_confused(outcomes)
    groups = [_confusion(codes, pairs, index) for codes in _joined(pairs)]
    return sorted(groups, key=lambda group: -group.count)


def _joined(pairs: Iterable[Pair]) -> list[frozenset[str]]:
    groups: list[frozenset[str]] = []
    for pair in pairs:
        both = frozenset({pair.right, pair.instead})
        touched = [group for group in groups if group & both]
        groups = [group for group in groups if group not in touched] + [both.union(*touched)]
    return groups


def _confusion(group: frozenset[str], pairs: Iterable[Pair], index: Index) -> Confusion:
    codes, own = tuple(sorted(group)), tuple(pair for pair in pairs if pair.right in group)
    families = (family for family in index.families.get(codes[0], ()) if group <= set(family.codes))
    return Confusion(
        codes=codes,
        names=tuple(index.name_of(code) if code in index.position else "not in the catalogue" for code in codes),
        count=sum(pair.count for pair in own),
        pairs=own,
        split_by=next((family.question for family in families), ""),
    )
