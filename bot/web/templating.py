"""Pages from templates: strict about missing values, escaped everywhere, addresses checked at the leaf."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
import msgspec

from bot.answers.wording import amounts
from bot.conversation.feedback import can_be_wrong
from bot.conversation.messages import Answer, Block, Ending
from bot.web.transcripts import Turn
from knowledge.waiting import why_waiting

HERE = Path(__file__).parent
STATIC = HERE / "static"
DOOR = (HERE / "templates" / "door.svg.j2").read_text(encoding="utf-8").strip()
ICON_COLOUR = "#2b8a8a"  # seen on the light and on the dark bar of a browser
_SCHEMES = {"", "http", "https", "tel"}


def make_templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(static=static_addresses().__getitem__, icon=icon())
    return environment


def static_addresses() -> Mapping[str, str]:
    """Each static file by name, with a mark of its content, so that browsers may keep it for good."""
    return {path.name: f"/static/{path.name}?v={_mark(path)}" for path in STATIC.iterdir() if path.is_file()}


def _mark(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()


def icon() -> str:
    """The icon as an address of its own content: one request fewer, and no file to forget."""
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{DOOR}</svg>'.replace(
        "currentColor", ICON_COLOUR
    )
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()


def address(url: str) -> str:
    """An address that may stand in a link; anything else (`javascript:` …) leads nowhere."""
    try:
        return url if urlsplit(url).scheme in _SCHEMES else "#"
    except ValueError:  # "http://[": not an address at all
        return "#"


def menu_of(answer: Answer) -> dict[str, int]:
    """label -> number of the choices that an answer lists as "1. …"; here they are numbered buttons instead."""
    lines = {line for block in answer.blocks for line in block.plain.splitlines()}
    numbered = ((choice.label, number) for number, choice in enumerate(answer.choices, 1))
    return {label: number for label, number in numbered if f"{number}. {label}" in lines}


def without_menu(answer: Answer) -> Iterator[Block]:
    menu = {f"{number}. {label}" for label, number in menu_of(answer).items()}
    return (block for block in answer.blocks if not menu.issuperset(block.plain.splitlines()))


def leaflet_address(answer: Answer) -> str:
    """Where the procedure that an answer is about can be read in full; "" when it is about none."""
    is_about_one = answer.ending in {Ending.PROCEDURE, Ending.ASPECT} and answer.procedures
    return f"/tthc/{quote(answer.procedures[0])}" if is_about_one else ""


def waits(turn: Turn) -> bool:
    """Whether staff may still say something to it."""
    return not turn.asked or why_waiting(turn.answer.ending, turn.asked) is not None


FILTERS: dict[str, Callable[..., Any]] = {
    "address": address,
    "fields": msgspec.structs.asdict,
    "menu": menu_of,
    "without_menu": without_menu,
    "leaflet": leaflet_address,
    "waits": waits,
    "doubtable": can_be_wrong,
    "ngay": amounts.day,
    "thu": amounts.weekday,
    "so": amounts.grouped,
    "hoa": amounts.capitalised,
    "tien": amounts.money,
    "cach_nop": amounts.channel_names,
}
