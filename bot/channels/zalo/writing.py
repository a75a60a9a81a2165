"""An answer as plain messages whose choices are numbered lines, each within a limit of UTF-16 units.

Zalo counts its 2,000 characters in a way nobody has told; UTF-16 units are the safe upper bound (CHANNELS 6.3).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from bot.answers.layout import lay_out
from bot.conversation.messages import Answer, Block, BlockKind, Choice, Ending, Span

MOST_UNITS = 1_900  # Zalo: 2,000, and more is refused
NUMBERED_IN_THE_TEXT = {Ending.CHOICE, Ending.UNSURE}
_WORD = re.compile(r"\S+\s*")  # an address has no spaces, so that none is cut in two

Run = tuple[Span, ...]
GAP = Span("\n\n")


class Piece(msgspec.Struct, frozen=True):
    """One message. `bold` are starts and lengths in UTF-16 units."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def pieces(blocks: Sequence[Block], tail: Sequence[Block] = (), page: str = "") -> tuple[Piece, ...]:
    """The messages that hold the blocks, and `tail` at the very end; none where there is nothing to say.

    What does not fit into one message is cut and leads to `page`, where there is one: each message counts.
    """
    body, end = list(map(_run, blocks)), list(map(_run, tail))
    if not body:
        return ()
    if _length([*body, *end]) <= MOST_UNITS:
        return (_piece([*body, *end]),)
    end_of_cut = [*map(_run, lay_out("read_on", address=page)), *end] if page else []
    kept = list(_fitting(body, MOST_UNITS - _length(end_of_cut))) if page else []
    if kept:
        return (_piece([*kept, *end_of_cut]),)
    return tuple(map(_piece, _packed(part for block in (*blocks, *tail) for part in _parts(block))))


def menu_of(answer: Answer, *, is_group: bool = False) -> tuple[Block, ...]:
    """The choices as lines, by the numbers that memory knows them by; addresses alone bear no numbers."""
    is_written = answer.ending in NUMBERED_IN_THE_TEXT
    shown = [
        (number, choice)
        for number, choice in enumerate(answer.choices, start=1)
        if not (is_written and choice.action.startswith("pick:"))
    ]
    if not any(choice.action for choice in answer.choices):
        return tuple(Block(BlockKind.PARAGRAPH, (_choice("", choice),)) for _, choice in shown)
    lines = [_choice(f"{number}. ", choice) for number, choice in shown]
    if not is_written:
        lines = [*(line for block in lay_out("choose_by_number") for line in block.lines), *lines]
    below = lay_out("reply_with_number") if is_group else ()
    return (*([Block(BlockKind.PARAGRAPH, tuple(lines))] if lines else ()), *below)


def page_of(answer: Answer, public_url: str) -> str:
    """Where all of an answer about a procedure stands, "" if nowhere."""
    is_of_procedure = answer.ending in {Ending.PROCEDURE, Ending.ASPECT} and answer.procedures
    return f"{public_url.rstrip('/')}/tthc/{answer.procedures[0]}" if public_url and is_of_procedure else ""


def _choice(mark: str, choice: Choice) -> Run:
    return (Span(f"{mark}{choice.label}{f': {choice.url}' if choice.url else ''}"),)


def _run(block: Block) -> Run:
    mark = Span("• " if block.kind is BlockKind.BULLETS else "")
    is_heading = block.kind is BlockKind.HEADING
    spans: list[Span] = []
    for line in block.lines:
        spans += [Span("\n" if spans else ""), mark, *(_span(span, is_bold=is_heading) for span in line)]
    return tuple(span for span in spans if span.text)


def _span(span: Span, *, is_bold: bool) -> Span:
    is_bare = not span.url or span.url in {span.text, f"https://{span.text}"}
    return Span(span.text if is_bare else f"{span.text} ({span.url})", bold=span.bold or is_bold)


def _length(runs: Sequence[Run]) -> int:
    """Of a message made of them, the gap before the next one included."""
    return sum(units(span.text) for run in runs for span in (*run, GAP))


def _fitting(runs: Iterable[Run], room: int) -> Iterator[Run]:
    for run in runs:
        room -= _length([run])
        if room < 0:
            return
        yield run


def _parts(block: Block) -> Iterator[Run]:
    """The block, or its lines, or as many of their words as a message holds."""
    run = _run(block)
    if _length([run]) <= MOST_UNITS:
        yield run
    elif len(block.lines) > 1:
        for line in block.lines:
            yield from _parts(Block(block.kind, (line,)))
    else:
        yield from _words("".join(span.text for span in run))


def _words(text: str) -> Iterator[Run]:
    most, held = MOST_UNITS - units(GAP.text), ""
    for word in _WORD.findall(text):
        for start in range(0, len(word), most // 2):
            part = word[start : start + most // 2]
            if held and units(held + part) > most:
                yield (Span(held.rstrip()),)
                held = ""
            held += part
    if held:
        yield (Span(held.rstrip()),)


def _packed(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """As many to a message as it holds."""
    held: list[Run] = []
    for run in runs:
        if held and _length([*held, run]) > MOST_UNITS:
            yield held
            held = []
        held.append(run)
    if held:
        yield held


def _piece(runs: Sequence[Run]) -> Piece:
    text, bold = "", []
    for at, run in enumerate(runs):
        for span in (*([GAP] if at else []), *run):
            if span.bold:
                bold.append((units(text), units(span.text)))
            text += span.text
    return Piece(text, tuple(bold))
