"""Our tiny markup, in which the templates are written, and the typed blocks it becomes.

    # heading                   a heading
    • item                      a bullet
    ~ Theo Quyết định …         the source line
    anything else               a line of a paragraph
    **bold**, [label](address)  inside any of them

Neighbouring lines of one kind make one block (headings and sources stand alone), an empty line parts
blocks. Values are escaped when they enter a template, so that nothing in them is read as markup; they
come out of `parse` as they went in.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from bot.conversation.messages import Block, BlockKind, Span

MARKS = {"# ": BlockKind.HEADING, "• ": BlockKind.BULLETS, "~ ": BlockKind.SOURCE}
_SPECIAL = re.compile(r"[\\*\[\]()#•~]")
_INLINE = re.compile(
    r"\\."  # an escaped character opens nothing
    r"|\*\*(?P<bold>(?:\\.|[^\\*])+)\*\*"
    r"|\[(?P<label>(?:\\.|[^\\\]])+)\]\((?P<url>(?:\\.|[^\\)])+)\)"
)
_MAY_BE_MARKED = re.compile(r"[\\*\[]")
_ESCAPED = re.compile(r"\\(.)")

Line = tuple[Span, ...]


def escape(value: object) -> str:
    """A value as literal text of one line: whatever it holds, it can neither make markup nor a new block."""
    line = " ".join(str(value).split())
    return _SPECIAL.sub(r"\\\g<0>", line) if _SPECIAL.search(line) else line


def parse(text: str) -> tuple[Block, ...]:
    lines = [line.strip() for line in text.splitlines()]
    return tuple(block for kind, group in groupby(lines, key=_kind) if kind for block in _blocks(kind, list(group)))


def _kind(line: str) -> BlockKind | None:
    """What a line belongs to, None for the empty line between blocks."""
    if not line:
        return None
    return next((kind for mark, kind in MARKS.items() if line.startswith(mark)), BlockKind.PARAGRAPH)


def _blocks(kind: BlockKind, lines: list[str]) -> Iterator[Block]:
    parsed = [_spans(line if kind is BlockKind.PARAGRAPH else line[2:].lstrip()) for line in lines]
    if kind in {BlockKind.BULLETS, BlockKind.PARAGRAPH}:
        yield Block(kind, tuple(parsed))
    else:
        yield from (Block(kind, (line,)) for line in parsed)


def _spans(line: str) -> Line:
    if line and not _MAY_BE_MARKED.search(line):
        return (Span(line),)
    spans: list[Span] = []
    end = 0
    for match in _INLINE.finditer(line):
        if match.lastgroup is None:
            continue
        spans.append(Span(_literal(line[end : match.start()])))
        spans.append(_marked(match))
        end = match.end()
    spans.append(Span(_literal(line[end:])))
    return tuple(span for span in spans if span.text)


def _marked(match: re.Match[str]) -> Span:
    if match["bold"]:
        return Span(_literal(match["bold"]), bold=True)
    return Span(_literal(match["label"]), url=_literal(match["url"]))


def _literal(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text
