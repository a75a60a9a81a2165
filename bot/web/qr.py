"""QR codes as drawings inside the page: nothing is fetched, and they print sharp."""

import segno
from markupsafe import Markup

QUIET_ZONE = 4  # modules of white around it, as ISO/IEC 18004 asks


def qr_svg(address: str, title: str) -> Markup:
    """An SVG element without styles of its own (the content policy forbids them), black on white in any theme."""
    code = segno.make(address, error="m", micro=False)
    drawn: str = code.svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None, title=title
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704  segno escapes the title, the rest is ours
