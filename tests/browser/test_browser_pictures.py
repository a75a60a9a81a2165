"""The pictures of the staff handbook: each is taken by one place of the tests, and none is missing."""

import re
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"
TAKES = re.compile(r'\b(?:picture|take)\(\w+, "([\w-]+)"')


def test_each_picture_of_the_handbook_is_taken_once() -> None:
    shown = set(re.findall(r"\(images/([\w-]+)\.png\)", (DOCS / "so-tay-can-bo.md").read_text("utf-8")))
    taken = Counter(name for path in HERE.glob("test_*.py") for name in TAKES.findall(path.read_text("utf-8")))
    assert set(taken) == shown
    assert set(taken.values()) == {1}
    assert all((DOCS / "images" / f"{name}.png").is_file() for name in shown)
