"""Objects of a published file, from which readers take the fields out.

What a reader leaves behind is accounted for: a field that is neither read nor on the format's list of
ignored ones becomes an issue at its place, so that nothing the publisher adds goes unnoticed.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from string import whitespace
from typing import Any, NamedTuple, TypeVar

from catalogue_import.clean import clean, clean_line
from catalogue_import.issues import Issue, IssueKind
from knowledge.changeset import Original

Choice = TypeVar("Choice", bound=Enum)

BIGGEST_NUMBER = 10**15  # far above any fee or count, and below 2**53 where JSON numbers stop being exact


class UnreadableRecordError(Exception):
    """A field that the record cannot do without is missing or of another kind; the record is left out."""

    def __init__(self, kind: IssueKind, subject: str, where: str) -> None:
        super().__init__(f"{where}: {kind.sentence.format(subject=subject)}")
        self.issue = Issue(kind, subject, where)


class KnownFields(NamedTuple):
    """What a format does not read, by path ("executionMethods[].fees[].currencyId"), each with its reason."""

    ignored: Mapping[str, str]
    empty: Mapping[str, str]  # always empty so far: worth a word when they no longer are


class SourceRecord:
    """One object of a file. `where` is its place, `path` its kind of place ("" for the record itself).

    What is found, `issues` and `originals`, is shared by all objects within a record.
    """

    __slots__ = ("issues", "known", "originals", "path", "values", "where")

    def __init__(
        self,
        values: dict[str, Any],
        where: str,
        known: KnownFields,
        *,
        path: str = "",
        within: "SourceRecord | None" = None,
    ) -> None:
        self.values = values
        self.where = where
        self.known = known
        self.path = path
        self.issues: list[Issue] = within.issues if within else []
        self.originals: list[Original] = within.originals if within else []

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def take(self, key: str) -> Any:
        """The raw value; a missing one is an issue and None."""
        try:
            return self.values.pop(key)
        except KeyError:
            self.report(IssueKind.MISSING_FIELD, self.path + key)
            return None

    def text(self, key: str) -> str:
        """A cleaned text, "" for null."""
        value = self.take(key)
        return self._cleaned(key, value, clean) if type(value) is str else self._no_text(key, value)

    def text_if_any(self, key: str) -> str:
        """The text of a field that the publisher leaves out when it is empty."""
        return self.text(key) if key in self.values else ""

    def line(self, key: str) -> str:
        """A cleaned text of one line, "" for null."""
        value = self.take(key)
        return self._cleaned(key, value, clean_line) if type(value) is str else self._no_text(key, value)

    def flag(self, key: str) -> bool:
        value = self.take(key)
        if value is None or type(value) is bool:
            return bool(value)
        raise self.unreadable(key, value, "true or false")

    def number(self, key: str) -> float | None:
        value = self.take(key)
        if value is None or type(value) in {int, float}:
            return self._bounded(key, value)
        raise self.unreadable(key, value, "a number")

    def integer(self, key: str) -> int | None:
        value = self.number(key)
        if value is None or value == int(value):
            return None if value is None else int(value)
        raise self.unreadable(key, value, "a whole number")

    def choice(self, key: str, meanings: Mapping[str, Choice]) -> Choice:
        """The meaning of a published word; an unknown one makes the record unreadable."""
        value = self.take(key)
        meaning = meanings.get(value) if type(value) is str else None
        if meaning is None:
            raise self.unreadable(key, value, f"one of {', '.join(meanings)}")
        return meaning

    def objects(self, key: str) -> Iterator["SourceRecord"]:
        """The objects of a list; each is accounted for when the reader asks for the next one."""
        path = f"{self.path}{key}[]."
        for number, item in enumerate(self._list(key)):
            if item is None:
                self.report(IssueKind.NULL_MEMBER, self.path + key)
                continue
            child = self._child(item, f"{key}[{number}]", path)
            yield child
            child.account()

    def nested(self, key: str) -> Iterator["SourceRecord"]:
        """The object below a key, once, or never when it is null; accounted for afterwards."""
        item = self.take(key)
        if item is not None:
            child = self._child(item, key, f"{self.path}{key}.")
            yield child
            child.account()

    def account(self) -> None:
        """Report what was left: fields that nothing reads and nobody decided to ignore."""
        for key, value in self.values.items():
            path = self.path + key
            if path in self.known.ignored:
                continue
            if path not in self.known.empty:
                self.report(IssueKind.UNKNOWN_FIELD, path)
            elif value:
                self.report(IssueKind.FILLED_FIELD, path)

    def report(self, kind: IssueKind, subject: str) -> None:
        self.issues.append(Issue(kind, subject, self.where))

    def unreadable(self, key: str, value: object, expected: str) -> UnreadableRecordError:
        shown = repr(value)[:60]  # enough to recognise it; a paragraph would hide the rest of the report
        subject = f"{self.path}{key} should be {expected}, but is {shown}"
        return UnreadableRecordError(IssueKind.UNREADABLE_RECORD, subject, self.where)

    def _child(self, item: object, step: str, path: str) -> "SourceRecord":
        if type(item) is not dict:
            raise self.unreadable(step, item, "an object")
        return SourceRecord(item, f"{self.where}, {step}", self.known, path=path, within=self)

    def _cleaned(self, key: str, published: str, cleaning: Callable[[str], str]) -> str:
        """Keeps the original where cleaning changed it (3,799 texts of 4,647 procedures). Those of 7,560 more, that
        only lost plain white space around them, would tell nothing and make the database a quarter larger."""
        cleaned = cleaning(published)
        if cleaned != published and cleaned != published.strip(whitespace):
            self.originals.append(Original(f"{self.where}, {key}", published))
        return cleaned

    def _no_text(self, key: str, value: object) -> str:
        if value is None:
            return ""
        raise self.unreadable(key, value, "a text")

    def _list(self, key: str) -> list[Any]:
        value = self.take(key)
        if value is None:
            return []
        if type(value) is not list:
            raise self.unreadable(key, value, "a list")
        return value

    def _bounded(self, key: str, value: float | None) -> float | None:
        if value is not None and not -BIGGEST_NUMBER <= value <= BIGGEST_NUMBER:
            raise self.unreadable(key, value, "a number of at most sixteen digits")
        return value
