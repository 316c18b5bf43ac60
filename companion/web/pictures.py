"""Pictures for words: line drawings of our own, for whom reading is hard. The words always stand
beside them, so that a browser that cannot draw loses nothing.

One file each in `static/pictures`, all alike: the colour is the text's, whatever that is.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from xml.etree import ElementTree

from markupsafe import Markup

from companion.folders import folder

LARGEST = 1_500

_BEFORE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="currentColor"'
    ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round">\n'
)
_AFTER = "\n</svg>\n"
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset({"g", "path", "circle", "ellipse", "line", "rect", "polyline", "polygon"})
_ATTRIBUTES = frozenset({
    "d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "points",
    "transform", "fill", "stroke", "stroke-width", "stroke-dasharray",
})  # fmt: skip
_VALUE = re.compile(r"[\w\s.,()+-]*")
_NOT_DRAWN = re.compile(r"[&?]|<!|</?svg")


@cache
def pictures(of: str) -> Mapping[str, Markup]:
    """What is drawn in each picture of a folder, by name. ValueError says which cannot be used."""
    found = {}
    for path in sorted((folder("static") / "pictures" / of).glob("*.svg")):
        drawn = path.read_text(encoding="utf-8")
        if not (drawn.startswith(_BEFORE) and drawn.endswith(_AFTER)):
            raise ValueError(f"{path.name}: must begin and end as every picture does")
        if len(drawn.encode()) > LARGEST:
            raise ValueError(f"{path.name}: must have at most {LARGEST} bytes")
        # Our own files: nothing in them was written by anybody else.
        found[path.stem] = Markup(drawn.removeprefix(_BEFORE).removesuffix(_AFTER))  # noqa: S704
    return MappingProxyType(found)


def sheet(of: Mapping[str, Markup]) -> bytes:
    """All pictures of a folder in one file: a page with many of them asks for it once."""
    symbols = (
        f'<symbol id="{name}" viewBox="0 0 48 48">{drawn}</symbol>\n' for name, drawn in of.items()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'.encode()


def drawing(text: str, where: str) -> Markup:
    """What is drawn in a picture that somebody sent in: lines and shapes, and nothing that could do
    anything. Raises ValueError."""
    if not (text.startswith(_BEFORE) and text.endswith(_AFTER)):
        raise ValueError(f"{where}: must begin and end as every picture of Companion does")
    if len(text.encode()) > LARGEST:
        raise ValueError(f"{where}: must have at most {LARGEST} bytes")
    try:
        shapes = [*ElementTree.fromstring(text).iter()][1:]  # noqa: S314 - small, and no entities
    except ElementTree.ParseError as error:
        raise ValueError(f"{where}: {error}") from error
    inside = text.removeprefix(_BEFORE).removesuffix(_AFTER)
    if not shapes or _NOT_DRAWN.search(inside):
        raise ValueError(f"{where}: must be drawn with shapes alone")
    for shape in shapes:
        _check_shape(shape, where)
    return Markup(inside)  # noqa: S704 - every element and attribute of it was looked at


def _check_shape(shape: ElementTree.Element, where: str) -> None:
    name = shape.tag.removeprefix(_SVG)
    if name not in _SHAPES or (shape.text or "").strip() or (shape.tail or "").strip():
        raise ValueError(f"{where}: {name} is no shape that pictures have")
    for attribute, value in shape.attrib.items():
        if attribute not in _ATTRIBUTES or not _VALUE.fullmatch(value):
            raise ValueError(f"{where}: {attribute}={value!r} is nothing that pictures need")


def as_file(drawn: Markup) -> str:
    return f"{_BEFORE}{drawn}{_AFTER}"
