"""An answer as Telegram messages: HTML whose leaves are escaped, cut at block borders, choices as buttons.

Lengths are UTF-16 units of what is read, as Telegram counts them (CHANNELS 1.2); our bounds lie below its own.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

import msgspec

from bot.conversation.messages import Answer, Block, BlockKind, Choice, Span

MOST_UNITS = 4_000  # Telegram: 4,096
MOST_BYTES_OF_ACTION = 64
SIDE_BY_SIDE = 16  # letters of a label that leaves room for another one beside it
_TAG = re.compile(r"<[^>]*>")
_SENTENCE = re.compile(r"(?<=[.;!?]) ")
_WEB = re.compile(r"https?://[^\s/]+\.[^\s/]+", re.ASCII)

Line = tuple[Span, ...]


class Piece(msgspec.Struct, frozen=True):
    """One message. `choices` stand under the last piece only."""

    html: str
    choices: tuple[Choice, ...] = ()

    @property
    def plain(self) -> str:
        return unescape(_TAG.sub("", self.html))

    @property
    def rows(self) -> tuple[tuple[Choice, ...], ...]:
        """The buttons as they stand: two short ones beside each other."""
        return tuple(_rows(self.choices))


def pieces(answer: Answer) -> tuple[Piece, ...]:
    texts = list(_packed(part for block in answer.blocks for part in _parts(block)))
    choices = tuple(filter(_can_be_tapped, answer.choices))
    return tuple(Piece(text, choices if at == len(texts) else ()) for at, text in enumerate(texts, start=1))


def units(html: str) -> int:
    """Length as Telegram counts it."""
    return len(unescape(_TAG.sub("", html)).encode("utf-16-le")) // 2


def _packed(parts: Iterator[str]) -> Iterator[str]:
    """As many parts to a message as it holds."""
    held = ""
    for part in parts:
        both = f"{held}\n\n{part}" if held else part
        if held and units(both) > MOST_UNITS:
            yield held
            both = part
        held = both
    if held:
        yield held


def _parts(block: Block) -> Iterator[str]:
    """The block, or its lines, or their sentences, each short enough for a message."""
    html = _block(block)
    if units(html) <= MOST_UNITS:
        yield html
    elif len(block.lines) > 1:
        for line in block.lines:
            yield from _parts(Block(block.kind, (line,)))
    else:
        yield from _packed_words("".join(span.text for span in block.lines[0]))


def _packed_words(text: str) -> Iterator[str]:
    """A line longer than a message: at ends of sentences, else anywhere. Nothing an office writes is that long."""
    held = ""
    for sentence in _SENTENCE.split(text):
        for start in range(0, len(sentence), MOST_UNITS // 2):
            part = sentence[start : start + MOST_UNITS // 2]
            if held and len(held) + len(part) >= MOST_UNITS // 2:
                yield escape(held, quote=False)
                held = ""
            held = f"{held} {part}".strip()
    if held:
        yield escape(held, quote=False)


def _block(block: Block) -> str:
    mark = "• " if block.kind is BlockKind.BULLETS else ""
    html = "\n".join(mark + "".join(map(_span, line)) for line in block.lines)
    around = {BlockKind.HEADING: "b", BlockKind.SOURCE: "i"}.get(block.kind)
    return f"<{around}>{html}</{around}>" if around else html


def _span(span: Span) -> str:
    html = escape(span.text, quote=False)
    if span.url:
        return f'<a href="{escape(span.url)}">{html}</a>'
    return f"<b>{html}</b>" if span.bold else html


def _can_be_tapped(choice: Choice) -> bool:
    """Telegram refuses a whole message for one button with an address inside a house."""
    if choice.url:
        return _WEB.match(choice.url) is not None
    return 0 < len(choice.action.encode()) <= MOST_BYTES_OF_ACTION


def _rows(choices: tuple[Choice, ...]) -> Iterator[tuple[Choice, ...]]:
    row: tuple[Choice, ...] = ()
    for choice in choices:
        is_short = len(choice.label) <= SIDE_BY_SIDE
        if row and not is_short:
            yield row
            row = ()
        row = (*row, choice)
        if not is_short or len(row) > 1:
            yield row
            row = ()
    if row:
        yield row


class Telegram:
    name = "telegram"

    def messages(self, answer: Answer) -> tuple[str, ...]:
        """What is read: the texts, and the buttons as lines."""
        return tuple(
            "\n".join((piece.plain, *(f"[{choice.label}]" for choice in piece.choices))) for piece in pieces(answer)
        )


TELEGRAM = Telegram()
