"""From drafts to records: one for each procedure and status, with every doubt reported at its row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from catalogue_import.decision_file import DecisionRecord, OnlineLevel, Place, ReviewRecord, Status
from catalogue_import.formats.decision.codes import read_codes, without_codes
from catalogue_import.formats.decision.content import ContentDraft
from catalogue_import.formats.decision.days import ImpossibleDayError, day_in, effective_in
from catalogue_import.formats.decision.fields import channels, content_record, levels, online_words, times
from catalogue_import.formats.decision.joining import merged
from catalogue_import.formats.decision.letter import Exemption, Letter
from catalogue_import.formats.decision.meanings import Meaning
from catalogue_import.formats.decision.rows import Draft
from catalogue_import.formats.decision.sections import Section, statuses_in
from catalogue_import.formats.decision.suggestions import review_of
from catalogue_import.formats.decision.text import letters, one_line, sentence_case
from catalogue_import.formats.decision.values import fee_text, is_marked, items, laws
from catalogue_import.reading_issues import ReadingIssue, Reporter

INTERNAL_DIGITS = "56"  # all 188 codes of the catalogue that begin with them are internal processes


class Found(NamedTuple):
    records: tuple[DecisionRecord, ...]
    needs_review: tuple[ReviewRecord, ...]
    unread: tuple[str, ...] = ()  # codes of rows that were reported instead


class Making:
    """Makes records of drafts one after the other."""

    def __init__(self, letter: Letter, base: Status | None, reporter: Reporter) -> None:
        self.letter = letter
        self.base = base  # the status that the decision's title says, for lists that say none themselves
        self.reporter = reporter
        self.reviews: list[ReviewRecord] = []
        self.used: set[str] = set()  # exemptions that hold for some record
        self.unread: list[str] = []
        self.listed: dict[str, Status] = {}  # of codes in lists before their content

    def make(self, drafts: Iterable[Draft | ContentDraft]) -> Found:
        records = [record for draft in drafts for record in self._records(draft)]
        self._report_unused()
        return Found(merged(records, self.reporter), tuple(self.reviews), tuple(self.unread))

    def _records(self, draft: Draft | ContentDraft) -> Iterator[DecisionRecord]:
        if isinstance(draft, ContentDraft):
            yield from self._content(draft)
            return
        is_replacement = draft.header.has(Meaning.NEW_CODE, Meaning.NEW_NAME)
        yield from self._replacement(draft) if is_replacement else self._ordinary(draft)

    def _ordinary(self, draft: Draft) -> Iterator[DecisionRecord]:
        status = self._status(draft)
        codes = self._codes(draft, (Meaning.CODE, Meaning.OLD_CODE), (Meaning.NAME, Meaning.OLD_NAME), status)
        for code, name in codes:
            if status is None:
                self._report_statusless(code, name, draft.where)
            else:
                self.listed[code] = status
                yield self._record(draft, status, code, name)

    def _replacement(self, draft: Draft) -> Iterator[DecisionRecord]:
        """One record for each old code with its successor, and one for each new code."""
        old = self._codes(draft, (Meaning.OLD_CODE, Meaning.CODE), (Meaning.OLD_NAME, Meaning.NAME), Status.REPLACED)
        new = self._codes(draft, (Meaning.NEW_CODE,), (Meaning.NEW_NAME,), Status.NEW)
        for index, (code, name) in enumerate(old):
            successor = new[min(index, len(new) - 1)][0] if len(new) == len(old) else new[0][0] if new else None
            if successor is None:
                self.reporter.add(ReadingIssue.NO_SUCCESSOR, f"{code} {name}", draft.where)
            yield replace(self._record(draft, Status.REPLACED, code, name), successor=successor)
        for code, name in new:
            yield self._record(draft, Status.NEW, code, name)

    def _content(self, draft: ContentDraft) -> Iterator[DecisionRecord]:
        status = self.listed.get(draft.code) or self._section_status(draft.sections)
        if draft.code[0] in INTERNAL_DIGITS or any(part.is_internal for part in draft.sections[-1:]):
            self.reporter.add(ReadingIssue.INTERNAL_CODE, draft.code, draft.where)
        elif not draft.parts:  # a line with a code, not the heading of a procedure's content
            self.unread.append(draft.code)
            self.reporter.add(ReadingIssue.OUTSIDE_TABLE, f"{draft.name} {draft.code}", draft.where)
        elif status is None:
            self._report_statusless(draft.code, draft.name, draft.where)
        else:
            record = content_record(draft, status)
            yield replace(record, effective=self._stated_day(draft.sections, draft.where, record))

    def _codes(
        self, draft: Draft, codes: Sequence[Meaning], names: Sequence[Meaning], status: Status | None
    ) -> list[tuple[str, str]]:
        """Codes with their names; what is no code goes to the people, and internal processes nowhere."""
        printed = draft.text(*codes)
        name = draft.text(*names) or (without_codes(printed) if not draft.header.has(*names) else "")
        number = next((value for meaning in codes if (value := draft.number(meaning)) is not None), None)
        read = read_codes(printed, number)
        clean = read.clean or (() if printed else read_codes(name).clean)
        if not clean:
            self._review(draft, read.broken, one_line(name), status)
        pairs = self._named(draft, clean, name)
        internal = [code for code in clean if code[0] in INTERNAL_DIGITS]
        for code in internal:
            self.reporter.add(ReadingIssue.INTERNAL_CODE, code, draft.where)
        return [(code, name) for code, name in pairs if code not in internal]

    def _named(self, draft: Draft, codes: Sequence[str], name: str) -> list[tuple[str, str]]:
        whole = one_line(without_codes(name, codes) if read_codes(name).clean else name)
        if not whole and codes:
            self.reporter.add(ReadingIssue.NO_NAME, ", ".join(codes), draft.where)
        if len(codes) < 2 or not whole:  # noqa: PLR2004  one code has the whole name
            return [(code, whole) for code in codes]
        parts = [without_codes(part, codes) for part in items(name)]
        if len(parts) != len(codes):
            self.reporter.add(ReadingIssue.NAMES_DIFFER, f"{', '.join(codes)}: {whole}", draft.where)
            return [(code, whole) for code in codes]
        return list(zip(codes, parts, strict=True))

    def _review(self, draft: Draft, printed: str, name: str, status: Status | None) -> None:
        if not (printed or name):
            return
        self.reviews.append(review_of(printed, name, draft.where, status))
        kind, subject = (ReadingIssue.BAD_CODE, printed) if printed else (ReadingIssue.NO_CODE, name)
        self.reporter.add(kind, subject, draft.where)

    def _record(self, draft: Draft, status: Status, code: str, name: str) -> DecisionRecord:
        statutory, shortened = times(draft)
        field = draft.text(Meaning.FIELD) or next((part.field for part in reversed(draft.sections) if part.field), "")
        is_marked_online = draft.header.has(Meaning.ONLINE, Meaning.ONLINE_CHANNEL, Meaning.ONLINE_FULL)
        record = DecisionRecord(
            status=status,
            code=code,
            name=name,
            where=draft.where,
            field=sentence_case(one_line(field).strip(" .-")) or None,
            levels=levels(draft),
            time_statutory=statutory,
            time_shortened=shortened,
            place=items(draft.text(Meaning.PLACE, Meaning.AGENCY)),
            fee_text=fee_text(draft.text(Meaning.FEE), draft.unit(Meaning.FEE)),
            online_level=self._online(draft, code) if is_marked_online or online_words(draft) else None,
            channels=channels(draft),
            legal_basis=laws(draft.text(Meaning.LEGAL)),
            announced_by=one_line(draft.text(Meaning.ANNOUNCED_BY)) or None,
        )
        return replace(record, effective=self._effective(draft, record))

    def _status(self, draft: Draft) -> Status | None:
        stated = statuses_in(draft.text(Meaning.STATUS))
        if len(stated) == 1:
            return stated[0]
        return self._section_status(draft.sections)

    def _section_status(self, sections: Sequence[Section]) -> Status | None:
        for section in reversed(sections):
            if section.status or section.is_unclear or section.is_unknown:
                return section.status or (None if section.is_unknown else self.base)
        return self.base

    def _online(self, draft: Draft, code: str) -> OnlineLevel:
        full, partial = (is_marked(draft.text(meaning)) for meaning in (Meaning.ONLINE_FULL, Meaning.ONLINE_PARTIAL))
        if full and partial and draft.shares(Meaning.ONLINE_FULL, Meaning.ONLINE_PARTIAL):
            return OnlineLevel.UNSPECIFIED  # one mark in a cell over both columns
        if full and partial:
            self.reporter.add(ReadingIssue.BOTH_ONLINE, code, draft.where)
        if full or partial:
            return OnlineLevel.FULL if full else OnlineLevel.PARTIAL
        text = draft.text(Meaning.ONLINE, Meaning.ONLINE_CHANNEL) or online_words(draft)
        key = letters(text)
        if "toantrinh" in key or "mucdo4" in key:
            return OnlineLevel.FULL
        if "motphan" in key or "mucdo3" in key:
            return OnlineLevel.PARTIAL
        return OnlineLevel.UNSPECIFIED if is_marked(text) else OnlineLevel.NONE

    def _effective(self, draft: Draft, record: DecisionRecord) -> date | None:
        """The row's own day, else an exemption's, else its section's, else the decision's."""
        signed = self.letter.announcement.day
        try:
            for meaning in (Meaning.EFFECTIVE, Meaning.NOTE):
                text = draft.text(meaning)
                own = effective_in(text, signed) or (day_in(text) if meaning is Meaning.EFFECTIVE else None)
                if own:
                    return own
        except ImpossibleDayError as error:
            self.reporter.add(ReadingIssue.BAD_DAY, str(error), draft.where)
        return self._stated_day(draft.sections, draft.where, record)

    def _stated_day(self, sections: Sequence[Section], where: Place, record: DecisionRecord) -> date | None:
        """An exemption's day, else that of the section, else the decision's."""
        exempt = next((item for item in self.letter.exemptions if _holds_for(item, sections, where, record)), None)
        if exempt:
            self.used.add(exempt.text)
            return exempt.effective
        stated = next((part.effective for part in reversed(sections) if part.effective), None)
        return stated or self.letter.announcement.effective

    def _report_statusless(self, code: str, name: str, where: Place) -> None:
        self.unread.append(code)
        self.reporter.add(ReadingIssue.NO_STATUS, f"{code} {name}", where)

    def _report_unused(self) -> None:
        for exemption in self.letter.exemptions:
            if exemption.text not in self.used:
                self.reporter.add(ReadingIssue.UNUSED_EXEMPTION, exemption.text)


def _holds_for(exemption: Exemption, sections: Sequence[Section], where: Place, record: DecisionRecord) -> bool:
    """By codes where it names any, else by fields, else by the place; annexes narrow either."""
    annex = letters(where.annex).removeprefix("phuluc").removeprefix("so")
    if exemption.codes:
        return record.code in exemption.codes
    if exemption.annex and annex and exemption.annex != annex:
        return False
    if exemption.rows and (where.stt or "").lstrip("0") not in exemption.rows:
        return False
    if exemption.statuses and record.status not in exemption.statuses:
        return False
    if exemption.fields:
        return letters(record.field or "") in exemption.fields
    numbers = {part.number.lower() for part in sections}
    return all(part in numbers or part == (where.stt or "") for part in exemption.parts)
