"""How Babel finds what is to be translated in the packs, the danger signs and the programmes."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

SAFETY = "Safety text: a clinician must sign off the translation."

_TRANSLATED = {"name", "label", "note", "title", "says", "themes"}
# What a danger sign says, and whom a number reaches.
_SAFETY = {"title", "says", "label", "note"}

Extracted = tuple[int, str, str, list[str]]


def extract_toml(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Extracted]:
    """Babel's extraction method: line, no function name, message, comments for the translator."""
    source = fileobj.read().decode("utf-8")
    position = 0
    for key, message in _texts(tomllib.loads(source)):
        position = _find(source, message, position)
        line = source.count("\n", 0, position) + 1
        yield line, "", message, [SAFETY] if key in _SAFETY else []


def _texts(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each text that people read, with the field it stands in, in the order of the file."""
    for key, value in table.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield from _texts(item)
            elif key in _TRANSLATED and item:
                yield key, item


def _find(source: str, message: str, after: int) -> int:
    """Where the quoted message stands next; where the last one stood if it has escapes."""
    found = source.find(f'"{message}"', after + 1)
    return after if found < 0 else found
