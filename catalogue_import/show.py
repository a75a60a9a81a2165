"""What is known of one procedure, for people and for scripts."""

from collections.abc import Iterator, Sequence
from unicodedata import is_normalized

import msgspec

from knowledge.catalogue import KnownProcedure
from knowledge.changeset import Original
from knowledge.procedure import Value

Originals = Sequence[Original]


def shown_json(known: KnownProcedure, originals: Originals, *, in_full: bool) -> str:
    """{"procedure", "checklist", "edition", "city", "fees", "commune"}, values as they are stored, empty layers left
    out; in full also "originals", text by place."""
    added = {"originals": dict(originals)} if in_full else {}
    return msgspec.json.format(msgspec.json.encode({**msgspec.to_builtins(known), **added}), indent=2).decode()


def shown_text(known: KnownProcedure, originals: Originals, *, in_full: bool) -> str:
    """An outline of every field that says something; in full also the originals, escaped."""
    title = f"Edition {known.edition}, {known.procedure.listing_link}"
    sections = (("procedure:", known.procedure), ("checklist:", known.checklist))
    layers = (
        ("city:", None if known.city.is_empty else known.city),
        ("fees:", known.fees),
        ("commune:", known.commune),
    )
    shown = (*sections, *((mark, value) for mark, value in layers if value))
    outline = [line for mark, value in shown for line in _marked(mark, value)]
    return "\n".join([title, *outline, *_original_lines(originals, in_full=in_full)])


def _marked(mark: str, value: object) -> Iterator[str]:
    """The outline of a value below its name, a short one and the member of a list right behind it."""
    first, *more = _outline(value) or ["–"]
    if mark == "-" or not isinstance(value, Value | tuple | dict):
        yield f"{mark} {first}"
    else:
        yield from (mark, f"  {first}")
    yield from (f"  {line}" for line in more)


def _outline(value: object) -> list[str]:
    if isinstance(value, Value):
        fields = msgspec.structs.asdict(value).items()
        return [line for name, item in fields if _says_something(item) for line in _marked(f"{name}:", item)]
    if isinstance(value, tuple):
        return [line for item in value for line in _marked("-", item)]
    if isinstance(value, dict):
        return [line for name, item in value.items() for line in _marked(f"{name}:", item)]
    return [_safe(line) for line in str(value).split("\n")] if value is not None else []


def _says_something(item: object) -> bool:
    """Zero does, and so does nothing at all: a fee that is not declared is not free."""
    return item is not False and item not in ("", (), {})


def _safe(line: str) -> str:
    """Codes are kept as published: what would steer a terminal is escaped."""
    line = line.expandtabs(2)
    return line if line.isprintable() else repr(line)


def _original_lines(originals: Originals, *, in_full: bool) -> Iterator[str]:
    if not in_full and originals:
        yield f"originals: {len(originals)} texts were published otherwise; see them with --originals"
    if in_full:
        yield "originals:" if originals else "originals: –"
        yield from (f"  {place}: {text!r}{_hint(text)}" for place, text in originals)


def _hint(text: str) -> str:
    """What no terminal shows: "ủ" as one letter or as three looks the same."""
    return "" if is_normalized("NFC", text) else " (letters and marks apart)"
