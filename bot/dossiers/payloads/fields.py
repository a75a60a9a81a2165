"""Taking fields out of payloads: strings, numbers for strings, ISO dates for packed ones, empty for none."""

from collections.abc import Iterator
from typing import Any

import msgspec

from bot.dossiers.code import read_codes
from bot.dossiers.dates import UnreadableDateError, read_moment
from bot.dossiers.words import status_of
from knowledge.dossiers.moments import Moment

MOST_ROWS = 5_000  # dossiers or steps of one payload


class InvalidPayloadError(ValueError):
    """Says the place and what is wrong with it, never the value: it may be personal."""

    def __init__(self, place: str, said: str) -> None:
        super().__init__(f"{place}: {said}")


class Fields(msgspec.Struct, frozen=True):
    """One object of a payload and its place in it ("data[3]")."""

    values: dict[str, Any]
    place: str

    def text(self, *names: str) -> str:
        """The first of the fields that holds something; spaces squeezed."""
        found = (self.values.get(name) for name in names)
        return next((" ".join(str(each).split()) for each in found if isinstance(each, str | int) and each != ""), "")

    def moment(self, *names: str) -> Moment | None:
        try:
            return read_moment(self.text(*names))
        except UnreadableDateError as error:
            raise InvalidPayloadError(f"{self.place}.{names[0]}", "no date that can exist") from error

    def status(self, *names: str) -> int | None:
        return next((status for name in names if (status := status_of(self.text(name)))), None)

    def code(self, *names: str) -> str:
        codes = read_codes(self.text(*names)).codes
        if len(codes) != 1:
            raise InvalidPayloadError(f"{self.place}.{names[0]}", "no dossier code")
        return codes[0].canonical

    def other_code(self, own: str, *names: str) -> tuple[str, ...]:
        codes = read_codes(self.text(*names)).codes
        return tuple(code.canonical for code in codes[:1] if code.canonical != own)

    def inner(self, name: str) -> "Fields":
        """An object inside, an empty one if there is none."""
        value = self.values.get(name)
        return Fields(value if isinstance(value, dict) else {}, f"{self.place}.{name}")

    def rows(self, name: str) -> "list[Fields]":
        return list(rows_of(self.values.get(name), f"{self.place}.{name}"))


def rows_of(document: Any, place: str) -> Iterator[Fields]:
    """The objects of a list, of one object, or of nothing."""
    rows = [] if document in (None, "") else document if isinstance(document, list) else [document]
    if len(rows) > MOST_ROWS:
        raise InvalidPayloadError(place, f"more than {MOST_ROWS} rows: send them in parts")
    for at, row in enumerate(rows):
        if not isinstance(row, dict):
            raise InvalidPayloadError(f"{place}[{at}]", "no object")
        yield Fields(row, f"{place}[{at}]")


def data_of(document: Any) -> Iterator[Fields]:
    """The rows of an envelope: they stand in `data` or in `result`, or are the document itself."""
    if not isinstance(document, dict):
        return rows_of(document, "data")
    name = next((name for name in ("data", "result") if document.get(name)), "")
    is_envelope = "data" in document or "result" in document
    return rows_of(document.get(name) if is_envelope else document, name or "data")
