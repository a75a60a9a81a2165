"""The form of its messages: plain text; choices as buttons where there are few, else numbered.

A press arrives as an ordinary message whose text is the button's payload. It carries the action itself, so that a
button of last month still works, whichever process gets it.
"""

from collections.abc import Sequence
from typing import Any

from bot.channels.zalo.writing import Piece, menu_of, pieces
from bot.conversation.messages import Answer, Block, BlockKind, Choice, Span

CHANNEL = "zalo_oa"
WEBHOOK = "/zalo-oa/webhook"
PRESSED = "#chon:"
MOST_BUTTONS, MOST_OF_TITLE = 5, 100
LIST, NUMBERS = "list", "numbers"
PRESS = "Bấm để chọn"  # an element without a subtitle is refused


class ZaloOa:
    name = CHANNEL

    def messages(self, answer: Answer) -> tuple[str, ...]:
        return tuple(piece.text for piece in in_numbers(answer))


ZALO_OA = ZaloOa()


def in_numbers(answer: Answer, page: str = "", *, is_group: bool = False) -> tuple[Piece, ...]:
    return pieces(answer.blocks, menu_of(answer, is_group=is_group), page)


def in_buttons(answer: Answer, form: str, page: str = "") -> tuple[dict[str, Any], ...]:
    """The messages with buttons under the last one, addresses in its text; none where the choices are too many."""
    tapped = [choice for choice in answer.choices if choice.action]
    if form == NUMBERS or not 0 < len(tapped) <= MOST_BUTTONS or any(len(c.label) > MOST_OF_TITLE for c in tapped):
        return ()
    texts = [piece.text for piece in pieces(answer.blocks, _addresses(answer.choices), page)]
    last = {"text": texts[-1], "attachment": {"type": "template", "payload": _payload(tapped, form)}}
    return (*({"text": text} for text in texts[:-1]), last)


def action_of(text: str) -> str:
    """What a press carries, "" for what was typed."""
    return text.removeprefix(PRESSED) if text.startswith(PRESSED) else ""


def _addresses(choices: Sequence[Choice]) -> tuple[Block, ...]:
    lines = tuple((Span(f"{choice.label}: {choice.url}"),) for choice in choices if choice.url)
    return (Block(BlockKind.PARAGRAPH, lines),) if lines else ()


def _payload(choices: Sequence[Choice], form: str) -> dict[str, Any]:
    if form != LIST:
        return {"buttons": [_button(choice) for choice in choices]}
    elements = [{"title": choice.label, "subtitle": PRESS, "buttons": [_button(choice)]} for choice in choices]
    return {"template_type": "list", "elements": elements}


def _button(choice: Choice) -> dict[str, str]:
    return {"title": choice.label, "type": "oa.query.show", "payload": f"{PRESSED}{choice.action}"}
