"""How many procedures the articles of a decision say that it announces, against the rows that were read."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from catalogue_import.decision_file import Status
from catalogue_import.formats.decision.sections import statuses_in
from catalogue_import.formats.decision.text import letters, one_line
from catalogue_import.reading_issues import ReadingIssue, Reporter

FIRST_ARTICLE = re.compile(r"^\s*điều\s+1\b", re.IGNORECASE)
NEXT_ARTICLE = re.compile(r"^\s*(?:điều\s+\d|nơi nhận|phụ lục)", re.IGNORECASE)
CLAIM = re.compile(r"\b(\d{1,4})\s*(?:\([^)\d]{1,30}\)\s*)?(?:thủ tục|tthc)\b", re.IGNORECASE)
NOT_OURS = re.compile(r"noibo|quytrinh")
STATUS_WORDS = {Status.NEW: "mới", Status.AMENDED: "sửa đổi", Status.REPEALED: "bãi bỏ"}


class Claim(NamedTuple):
    """Such as "02 thủ tục hành chính bị bãi bỏ"; no statuses where it only counts."""

    number: int
    statuses: tuple[Status, ...]


def report_counts(texts: Sequence[str], statuses_read: Iterable[Status | None], reporter: Reporter) -> None:
    """`statuses_read` has one for each procedure that was read or is for a person to look at."""
    found = list(claims(texts))
    read = Counter(statuses_read)
    for statuses in dict.fromkeys(claim.statuses for claim in found):
        numbers = [claim.number for claim in found if claim.statuses == statuses]
        is_total = not any(claim.statuses for claim in found) and not read[Status.REPLACED]
        if statuses or is_total:
            _compare(statuses, numbers, read, reporter)


def claims(texts: Sequence[str]) -> Iterator[Claim]:
    """Of the first article. Replacements are left out: some decisions count the old ones, some the new."""
    article = _first_article(texts)
    found = list(CLAIM.finditer(article))
    ends = [*(match.start() for match in found), len(article)]
    for match, (_, end) in zip(found, pairwise(ends), strict=True):
        words = article[match.start() : end]
        statuses = statuses_in(words)
        if not NOT_OURS.search(letters(words)) and Status.REPLACED not in statuses:
            yield Claim(int(match[1]), statuses)


def _compare(
    statuses: tuple[Status, ...], numbers: Sequence[int], read: Mapping[Status | None, int], reporter: Reporter
) -> None:
    """A number may be said whole and again in parts ("trong đó"), so that either the first or the sum may fit."""
    count = sum(read[status] for status in statuses) if statuses else sum(read.values())
    if count not in {numbers[0], sum(numbers)}:
        kind = ", ".join(STATUS_WORDS[status] for status in statuses)
        said = f"{numbers[0]} thủ tục{f' {kind}' if kind else ''}, trong tệp có {count} dòng"
        reporter.add(ReadingIssue.COUNT_DIFFERS, said)


def _first_article(texts: Sequence[str]) -> str:
    start = next((at for at, text in enumerate(texts) if FIRST_ARTICLE.match(text)), len(texts))
    end = next((at for at in range(start + 1, len(texts)) if NEXT_ARTICLE.match(texts[at])), len(texts))
    return one_line(" ".join(texts[start:end]))
