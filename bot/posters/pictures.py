"""The pages of a PDF as PNG files, for screens and for shops that print from pictures."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it ships no types

POINTS_PER_INCH = 72


def write_pictures(pdf: Path, folder: Path, names: Iterable[str], dpi: int, progress: Callable[[int], None]) -> None:
    """One file a page, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with pypdfium2.PdfDocument(pdf) as document:
        for number, (name, page) in enumerate(zip(names, document, strict=True), 1):
            picture = page.render(scale=dpi / POINTS_PER_INCH).to_pil()
            unfinished = folder / f".{name}.part"
            picture.save(unfinished, format="PNG", dpi=(dpi, dpi))
            unfinished.replace(folder / f"{name}.png")
            progress(number)
