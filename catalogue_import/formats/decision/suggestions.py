"""Codes for rows whose own is broken: always for a person to confirm, never imported as they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from catalogue_import.decision_file import DecisionFile, Place, ReviewRecord, Status
from catalogue_import.formats.decision.codes import likely_codes
from catalogue_import.formats.decision.text import same_key

Names = Mapping[str, Sequence[str]]  # codes of the catalogue by `same_key` of the name


def names_of(procedures: Iterable[tuple[str, str]]) -> Names:
    """Of (code, name) pairs."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for code, name in procedures:
        names[same_key(name).rstrip(".")].append(code)
    return names


def review_of(printed: str, name: str, where: Place, status: Status | None) -> ReviewRecord:
    """As the digits alone suggest, before anybody compared the name."""
    likely = likely_codes(printed)
    suggested = likely[0] if len(likely) == 1 else None
    guess = "; gợi ý theo các chữ số, chưa đối chiếu tên" if suggested else ""
    return ReviewRecord(
        code_printed=printed,
        reason=f"{_wrong(printed)}{guess}",
        name=name,
        where=where,
        suggested_code=suggested,
        status=status,
    )


def with_suggestions(file: DecisionFile, names: Names) -> DecisionFile:
    """With what the catalogue has under the name of each row for review; without a match no code is suggested."""
    return replace(file, needs_review=tuple(_compared(review, names) for review in file.needs_review))


def _compared(review: ReviewRecord, names: Names) -> ReviewRecord:
    matching = tuple(dict.fromkeys(names.get(same_key(review.name).rstrip("."), ())))
    likely = [code for code in likely_codes(review.code_printed) if code in matching]
    best = likely or list(matching)
    wrong = _wrong(review.code_printed)
    if len(best) == 1:
        return replace(review, suggested_code=best[0], reason=f"{wrong}; tên trùng với {best[0]} trong danh mục")
    found = f"tên trùng với {', '.join(best)}" if best else "không có tên này trong danh mục"
    return replace(review, suggested_code=None, reason=f"{wrong}; {found}")


def _wrong(printed: str) -> str:
    return f"mã “{printed}” không đúng dạng 1.001193" if printed else "dòng không có mã"
