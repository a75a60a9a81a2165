"""An answer as the messages of each channel, by the functions that send them there."""

from collections.abc import Callable, Iterator, Sequence

import msgspec
from markupsafe import Markup, escape

from bot.channels.names import CHANNEL_NAMES
from bot.channels.telegram.writing import pieces as telegram_pieces
from bot.channels.terminal import TERMINAL
from bot.channels.zalo.writing import Piece, menu_of, page_of
from bot.channels.zalo.writing import pieces as zalo_pieces
from bot.channels.zalo_oa.form import in_buttons, in_numbers
from bot.conversation.messages import Answer
from bot.settings import Settings


class Message(msgspec.Struct, frozen=True):
    """What is read, bold and links as there; then the labels of the buttons under it, row by row."""

    html: Markup
    rows: tuple[tuple[str, ...], ...] = ()


class Form(msgspec.Struct, frozen=True):
    """`channel` is a name of the roll of channels."""

    channel: str
    label: str
    messages: tuple[Message, ...]


Shape = Callable[[Answer, Settings], Iterator[Message]]


def _telegram(answer: Answer, settings: Settings) -> Iterator[Message]:  # noqa: ARG001  one shape for all
    for piece in telegram_pieces(answer):
        rows = tuple(tuple(choice.label for choice in row) for row in piece.rows)
        yield Message(Markup(piece.html), rows)  # noqa: S704  its writer escapes every leaf


def _zalo_bot(answer: Answer, settings: Settings, *, is_group: bool = False) -> Iterator[Message]:
    page = page_of(answer, settings.public_url)
    return map(_styled, zalo_pieces(answer.blocks, menu_of(answer, is_group=is_group), page))


def _zalo_bot_group(answer: Answer, settings: Settings) -> Iterator[Message]:
    return _zalo_bot(answer, settings, is_group=True)


def _zalo_oa(answer: Answer, settings: Settings) -> Iterator[Message]:
    """With buttons, as long as Zalo takes them; else numbered."""
    page = page_of(answer, settings.public_url)
    pressed = in_buttons(answer, settings.zalo_oa_menu, page)
    if pressed:
        return (Message(escape(each["text"]), _titles(each)) for each in pressed)
    return (Message(escape(piece.text)) for piece in in_numbers(answer, page))


def _zalo_oa_group(answer: Answer, settings: Settings) -> Iterator[Message]:
    page = page_of(answer, settings.public_url)
    return (Message(escape(piece.text)) for piece in in_numbers(answer, page, is_group=True))


def _plain(answer: Answer, settings: Settings) -> Iterator[Message]:  # noqa: ARG001  one shape for all
    """As it is copied into a group where no bot may be."""
    yield Message(escape(answer.plain))


def _terminal(answer: Answer, settings: Settings) -> Iterator[Message]:  # noqa: ARG001  one shape for all
    return (Message(escape(text)) for text in TERMINAL.messages(answer))


# Name of the channel, whether it is the short answer for groups, and how it is sent there.
FORMS: tuple[tuple[str, bool, Shape], ...] = (
    ("telegram", False, _telegram),
    ("telegram", True, _telegram),
    ("zalo_bot", False, _zalo_bot),
    ("zalo_bot", True, _zalo_bot_group),
    ("zalo_oa", False, _zalo_oa),
    ("zalo_oa", True, _zalo_oa_group),
    ("clipboard", True, _plain),
    ("clipboard", False, _plain),
    ("terminal", False, _terminal),
)
LABELS = {"clipboard": "Chép để dán vào nhóm", "terminal": "Dòng lệnh"}


def forms_of(private: Answer, group: Answer, settings: Settings) -> tuple[Form, ...]:
    return tuple(
        Form(name, _label(name, is_short=is_short), tuple(shape(group if is_short else private, settings)))
        for name, is_short, shape in FORMS
    )


def _label(name: str, *, is_short: bool) -> str:
    label = LABELS.get(name) or CHANNEL_NAMES[name]
    if name == "clipboard":
        return f"{label}, {'bản ngắn' if is_short else 'bản đủ'}"
    return f"{label}, trong nhóm" if is_short else label


def _titles(message: dict[str, object]) -> tuple[tuple[str, ...], ...]:
    """Of the buttons under a message of the OA, each in a row of its own."""
    match message:
        case {"attachment": {"payload": {"buttons": [*buttons]}}}:
            return tuple((str(button["title"]),) for button in buttons)
        case {"attachment": {"payload": {"elements": [*elements]}}}:
            return tuple((str(element["title"]),) for element in elements)
    return ()


def _styled(piece: Piece) -> Message:
    """Its bold spans count UTF-16 units."""
    units, html, end = piece.text.encode("utf-16-le"), Markup(), 0
    for start, length in piece.bold:
        html += _read(units, end, start) + Markup("<b>{}</b>").format(_read(units, start, start + length))
        end = start + length
    return Message(html + _read(units, end, len(units)))


def _read(units: Sequence[int], start: int, end: int) -> str:
    return bytes(units[2 * start : 2 * end]).decode("utf-16-le")
