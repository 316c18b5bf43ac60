"""QR codes, as pictures in the page and as blocks in a terminal."""

import io

import segno
from markupsafe import Markup


def qr_picture(address: str) -> Markup:
    """An inline SVG, without inline style, dark on light whatever the theme."""
    picture = segno.make(address, error="m").svg_inline(
        scale=5, border=3, svgclass="qr", lineclass=None, omitsize=True, light="#fff"
    )
    return Markup(picture)  # noqa: S704 - segno draws modules, the address is not in the markup


def qr_blocks(address: str) -> str:
    out = io.StringIO()
    segno.make(address, error="m").terminal(out=out, compact=True)
    return out.getvalue()
