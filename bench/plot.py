"""Quality against time as an SVG that a README can show, on light and on dark pages."""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from side_by_side import Run
from systems import WITH_WORDINGS

WIDTH, HEIGHT = 760, 470
LEFT, RIGHT, TOP, BOTTOM = 52, 740, 86, 424  # of the field
FASTEST, SLOWEST = 0.03, 1000.0  # milliseconds; room for the labels beside the dots
GROUPS = {"ours": "motcua", "worded": "peers over names and our wordings", "names": "peers over official names"}
LETTER = 6.6  # pixels, of a label

STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #57606a }
  .title { font-size: 16px; font-weight: 600; fill: #1f2328 }
  .grid { stroke: #d0d7de; stroke-width: 1 }
  .ours { --c: #b42318 } .worded { --c: #0b63b5 } .names { --c: #6e7781 }
  .ours text, .worded text, .names text, text.ours, text.worded, text.names { fill: var(--c) }
  .ours text { font-weight: 600 }
  .mark line { stroke: var(--c); stroke-width: 2 }
  .mark .first { fill: var(--c) }
  .mark .three { fill: #ffffff; stroke: var(--c); stroke-width: 2 }
  .page { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #9198a1 } .title { fill: #f0f6fc } .grid { stroke: #3d444d }
    .page, .mark .three { fill: #0d1117 }
    .ours { --c: #ff8a73 } .worded { --c: #6cb6ff } .names { --c: #9ba3ac }
  }
"""


class Box(NamedTuple):
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        beside = self.right < other.left or other.right < self.left
        return not (beside or self.bottom < other.top or other.bottom < self.top)


class Label(NamedTuple):
    x: float
    y: float
    anchor: str
    box: Box


class Mark(NamedTuple):
    """One system: how long it takes, how often it is right."""

    label: str
    group: str
    milliseconds: float
    first: float
    in_three: float

    @property
    def x(self) -> float:
        whole = math.log10(SLOWEST / FASTEST)
        return LEFT + (RIGHT - LEFT) * math.log10(max(FASTEST, self.milliseconds) / FASTEST) / whole

    @property
    def stem(self) -> Box:
        """The room of its dot, its ring and what joins them."""
        return Box(self.x - 6, self.x + 6, _y(self.in_three) - 5, _y(self.first) + 6)


def draw(runs: Mapping[str, Run], subject: str) -> str:
    marks = sorted((_mark(name, run) for name, run in runs.items()), key=lambda mark: (mark.x, -mark.first))
    size = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    parts = [
        f'<svg {size} role="img" aria-label="{_said(marks)}">',
        f"<style>{STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{HEIGHT}" rx="6"/>',
        f'<text class="title" x="{LEFT}" y="28">How often the right procedure is found, and how long that takes</text>',
        f'<text x="{LEFT}" y="48">{escape(subject)}; dot: it stands first; ring: among the first three</text>',
        *_legend(marks),
        *_grid(),
        *_drawn(marks),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _mark(name: str, run: Run) -> Mark:
    label = name.removesuffix(WITH_WORDINGS).removeprefix("rapidfuzz ")
    group = "ours" if name.startswith("motcua") else "worded" if name.endswith(WITH_WORDINGS) else "names"
    return Mark(label, group, run.median_cpu, run.first, run.in_three)


def _said(marks: Sequence[Mark]) -> str:
    """The same for those who cannot see it."""
    told = (
        f"{mark.label} ({GROUPS[mark.group]}): {mark.milliseconds:.2f} ms, {mark.first:.0f} % and {mark.in_three:.0f} %"
        for mark in marks
    )
    return escape("; ".join(told), quote=True)


def _legend(marks: Sequence[Mark]) -> Iterator[str]:
    x = LEFT
    for group, said in GROUPS.items():
        if any(mark.group == group for mark in marks):
            yield f'<text class="{group}" x="{x}" y="68">● {said}</text>'
            x += 34 + round(LETTER * len(said))


def _grid() -> Iterator[str]:
    for percent in range(0, 101, 20):
        y = _y(percent)
        yield f'<line class="grid" x1="{LEFT}" x2="{RIGHT}" y1="{y:.0f}" y2="{y:.0f}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{percent} %</text>'
    for milliseconds in (0.1, 1.0, 10.0, 100.0):
        x = Mark("", "", milliseconds, 0, 0).x
        yield f'<line class="grid" x1="{x:.0f}" x2="{x:.0f}" y1="{BOTTOM}" y2="{BOTTOM + 5}"/>'
        yield f'<text x="{x:.0f}" y="{BOTTOM + 20}" text-anchor="middle">{milliseconds:g} ms</text>'
    place = f'x="{(LEFT + RIGHT) / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle"'
    yield f"<text {place}>median CPU time a question, logarithmic scale</text>"


def _drawn(marks: Sequence[Mark]) -> Iterator[str]:
    taken = [mark.stem for mark in marks]
    for mark in marks:
        x, first, three = mark.x, _y(mark.first), _y(mark.in_three)
        label = _label(mark, taken)
        taken.append(label.box)
        text = f'x="{label.x:.1f}" y="{label.y:.1f}" text-anchor="{label.anchor}"'
        yield f'<g class="mark {mark.group}"><line x1="{x:.1f}" x2="{x:.1f}" y1="{first:.1f}" y2="{three:.1f}"/>'
        yield f'<circle class="three" cx="{x:.1f}" cy="{three:.1f}" r="4"/>'
        yield f'<circle class="first" cx="{x:.1f}" cy="{first:.1f}" r="5"/>'
        yield f"<text {text}>{escape(mark.label)}</text></g>"


def _label(mark: Mark, taken: Sequence[Box]) -> Label:
    """Right of the dot, else left of it, under it or over the ring: where nothing else stands."""
    x, first, three, width = mark.x, _y(mark.first), _y(mark.in_three), LETTER * len(mark.label)
    places = [
        Label(x + 9, first + 4, "start", Box(x + 7, x + 11 + width, first - 7, first + 7)),
        Label(x - 9, first + 4, "end", Box(x - 11 - width, x - 7, first - 7, first + 7)),
        Label(x, first + 18, "middle", Box(x - width / 2, x + width / 2, first + 7, first + 21)),
        Label(x, three - 9, "middle", Box(x - width / 2, x + width / 2, three - 19, three - 7)),
    ]
    others = [box for box in taken if box != mark.stem]
    return next((place for place in places if not any(place.box.meets(box) for box in others)), places[0])


def _y(percent: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * percent / 100
