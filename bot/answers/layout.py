"""Laying words out: one template an ending, in the markup of `bot.answers.markup`.

A missing value is an error (StrictUndefined), and every value is escaped on its way in (finalize).
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from bot.answers.markup import escape, parse
from bot.conversation.messages import Block

TEMPLATES = Path(__file__).parent / "templates"


def lay_out(template: str, **values: Any) -> tuple[Block, ...]:
    return parse(_template(template).render(values))


def length(blocks: tuple[Block, ...]) -> int:
    """Characters of a message made of these blocks, as `Answer.plain` sets them."""
    return len("\n\n".join(block.plain for block in blocks))


@lru_cache(maxsize=128)  # there are fewer
def _template(name: str) -> jinja2.Template:
    return _environment().get_template(f"{name}.j2")


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        finalize=escape,
        autoescape=False,  # noqa: S701  this is no HTML: `finalize` escapes our own markup, channels escape theirs
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
