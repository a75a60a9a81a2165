"""Colours are checked where they are written: the variables of the style sheet, light and dark (WCAG 2.2, 1.4.3-11)."""

import re

import pytest

from bot.web.templating import STATIC

STYLE = (STATIC / "motcua.css").read_text("utf-8")
TEXT, PLAIN, EDGE = 7.0, 4.5, 3.0  # AAA for text, AA for text, and for edges of what can be pressed

PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "card", TEXT),
    ("ink", "tint", TEXT),
    ("soft", "paper", TEXT),
    ("soft", "card", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "card", TEXT),
    ("accent", "tint", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-band", "band", TEXT),
    ("on-warn", "warn", TEXT),
    ("edge", "card", EDGE),
    ("edge", "paper", EDGE),
    ("ink", "focus", EDGE),
]


def themes() -> dict[str, dict[str, str]]:
    roots = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", root)) for root in roots[:2])
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_yardstick_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "behind", "needed"), PAIRS, ids=str)
def test_colours_stand_apart(theme: str, front: str, behind: str, needed: float) -> None:
    colours = themes()[theme]
    if (theme, front, behind) == ("dark", "ink", "focus"):
        front = "paper"  # the ring's inner line is drawn in the page's own colour there
    assert contrast(colours[front], colours[behind]) >= needed


def test_both_themes_define_the_same_colours() -> None:
    roots = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    names = [set(re.findall(r"--([\w-]+): #", root)) for root in roots[:2]]
    assert names[0] == names[1]


def test_colours_are_written_only_as_variables() -> None:
    """But for the white behind the QR code, which scanners need in any theme, and the link that skips the head."""
    body = re.sub(r":root \{.*?\}", "", STYLE, flags=re.DOTALL)
    assert set(re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s])", body)) <= {"#ffffff", "#1b2223"}


def test_sizes_grow_with_the_text() -> None:
    assert "html.large" in STYLE
    assert re.search(r"html \{\s*font-size: 112\.5%", STYLE)
    assert re.search(r"html\.large \{\s*font-size: 137\.5%", STYLE)
    assert not re.findall(r"font-size: \d+px", STYLE)


@pytest.mark.parametrize(
    "query", ["prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors", "print"], ids=str
)
def test_wishes_of_the_reader_are_heeded(query: str) -> None:
    assert query in STYLE
