"""Records in TOML, read strictly: whatever is not exactly as it must be raises ValueError, which
stops the start and says where it stands and what is wrong."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def load(path: Path) -> dict[str, Any]:
    return parse(path.read_bytes(), path.name)


def parse(content: bytes, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(f"{where}: {error}") from error


def checked(table: object, shape: Mapping[str, type], where: str) -> dict[str, Any]:
    """The table, which has these fields, each of its type, and no others."""
    if not isinstance(table, dict):
        raise ValueError(f"{where}: must be a table")
    for name in sorted(table.keys() | shape.keys()):
        if name not in shape:
            raise ValueError(f"{where}: {name} is not a known field")
        if type(table.get(name)) is not shape[name]:
            raise ValueError(f"{where}: {name} must be given, as {shape[name].__name__}")
    return table


def one_of(table: dict[str, Any], name: str, allowed: tuple[object, ...], where: str) -> None:
    if table[name] not in allowed:
        raise ValueError(f"{where}: {name} must be {' or '.join(map(repr, allowed))}")


def text(table: dict[str, Any], name: str, where: str) -> str:
    if not table[name]:
        raise ValueError(f"{where}: {name} must not be empty")
    return str(table[name])


def texts(table: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    """A list of texts that are not empty; the list itself may be."""
    if not all(isinstance(each, str) and each for each in table[name]):
        raise ValueError(f"{where}: {name} must be a list of texts")
    return tuple(table[name])


def some_texts(table: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    """At least one of them."""
    if not table[name]:
        raise ValueError(f"{where}: {name} must be a list of texts")
    return texts(table, name, where)
