"""Pictures for words: line drawings of our own, for whom reading is hard. The words always stand
beside them, so that a browser that cannot draw loses nothing.

One file each in `static/pictures`, all alike: the colour is the text's, whatever that is.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from markupsafe import Markup

from companion.folders import folder

LARGEST = 1_500

_BEFORE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="currentColor"'
    ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round">\n'
)
_AFTER = "\n</svg>\n"


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


def sheet(of: str) -> bytes:
    """All pictures of a folder in one file: a page with many of them asks for it once."""
    symbols = (
        f'<symbol id="{name}" viewBox="0 0 48 48">{drawn}</symbol>\n'
        for name, drawn in pictures(of).items()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'.encode()
