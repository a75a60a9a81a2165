"""From the blocks of any office format to a DecisionFile: the one path of reading a decision."""

from collections.abc import Iterable, Iterator, Sequence

from catalogue_import.decision_file import DecisionFile, Status
from catalogue_import.formats.decision.blocks import Block, Paragraph, Table
from catalogue_import.formats.decision.codes import quoted_codes
from catalogue_import.formats.decision.counts import report_counts
from catalogue_import.formats.decision.headers import find_header
from catalogue_import.formats.decision.letter import Letter, read_letter
from catalogue_import.formats.decision.records import Found, Making
from catalogue_import.formats.decision.sections import statuses_in
from catalogue_import.formats.decision.walk import Walk
from catalogue_import.reading_issues import ReadingIssue, Reporter


def read_blocks(blocks: Iterable[Block], reporter: Reporter) -> DecisionFile:
    """Everything that a decision says."""
    blocks = list(blocks)
    texts = list(_letter_texts(blocks))
    letter = read_letter(texts)
    _report_letter(letter, reporter)
    found = _found(blocks, letter, reporter)
    read = [record.status for record in found.records]
    report_counts(texts, [*read, *(review.status for review in found.needs_review)], reporter)
    return DecisionFile(
        decision=letter.announcement,
        records=found.records,
        needs_review=found.needs_review,
        ignored=_ignored(blocks, found),
        issues=reporter.issues,
    )


def _found(blocks: Sequence[Block], letter: Letter, reporter: Reporter) -> Found:
    walk = Walk(reporter)
    for block in blocks:
        if isinstance(block, Table):
            walk.table(block)
        else:
            walk.paragraph(block)
    if not walk.has_lists:
        reporter.add(ReadingIssue.NO_LIST)
    found = Making(letter, _base_status(letter), reporter).make(walk.drafts)
    return found._replace(unread=(*found.unread, *walk.unread))


def _base_status(letter: Letter) -> Status | None:
    """A decision whose title names one status only needs no section to say so."""
    statuses = statuses_in(letter.announcement.title)
    return statuses[0] if len(statuses) == 1 else None


def _letter_texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Paragraphs and the cells of tables that are no lists, line by line."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif not any(find_header(block.rows[at:]) for at in range(min(6, len(block.rows)))):
            yield from (line for row in block.rows for cell in row.own for line in cell.text.split("\n"))


def _report_letter(letter: Letter, reporter: Reporter) -> None:
    announcement = letter.announcement
    for day in letter.impossible:
        reporter.add(ReadingIssue.BAD_DAY, day)
    for clause in letter.unclear:
        reporter.add(ReadingIssue.UNCLEAR_EXEMPTION, clause)
    missing = (
        (announcement.number, ReadingIssue.NO_NUMBER),
        (announcement.day, ReadingIssue.NO_SIGNING_DAY),
        (announcement.effective, ReadingIssue.NO_EFFECTIVE_DAY),
    )
    for value, kind in missing:
        if not value:
            reporter.add(kind)
    if announcement.effective and announcement.day and announcement.effective < announcement.day:
        reporter.add(ReadingIssue.EARLY_DAY, f"{announcement.effective:%d/%m/%Y}")


def _ignored(blocks: Sequence[Block], found: Found) -> tuple[str, ...]:
    """Codes that occur anywhere and give nothing: quoted ones, and those of internal processes."""
    taken = (
        {*found.unread}
        | {record.code for record in found.records}
        | {review.code_printed for review in found.needs_review}
    )
    quoted = (code for text in _all_texts(blocks) for code in quoted_codes(text))
    return tuple(code for code in dict.fromkeys(quoted) if code not in taken)


def _all_texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row.own)
