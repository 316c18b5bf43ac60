"""A programme as data: its sessions, when each is due and what is talked about and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

Anchor = Literal["pregnancy", "birth", "start"]
About = Literal["pregnancy", "parenting", "diabetes"]

_PROGRAMME = {"slug": str, "name": str, "about": str, "sessions": list}
_SESSION = {
    "number": int,
    "anchor": str,
    "from_week": int,
    "to_week": int,
    "minutes": int,
    "themes": list,
    "checks": list,
    "child_checks": list,
}


@dataclass(frozen=True)
class PlannedSession:
    """One meeting, due between two weeks counted from its anchor: of the pregnancy, after the
    birth, or after the group's first session."""

    number: int
    anchor: Anchor
    from_week: int
    to_week: int
    minutes: int
    themes: tuple[str, ...]
    checks: tuple[str, ...]
    child_checks: tuple[str, ...]


@dataclass(frozen=True)
class Programme:
    """A kind of group care."""

    slug: str
    name: str
    about: About
    sessions: tuple[PlannedSession, ...]


@cache
def programmes() -> Mapping[str, Programme]:
    """Every programme by its slug, in the order of the slugs."""
    paths = sorted(Path(__file__).parent.glob("*.toml"))
    return MappingProxyType({path.stem: read(path) for path in paths})


def programme(slug: str) -> Programme:
    found = programmes().get(slug)
    if found is None:
        raise LookupError(f"There is no programme called {slug!r}.")
    return found


def read(path: Path) -> Programme:
    """A file that is not exactly a programme stops the start and says where."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}") from error
    _check(table, _PROGRAMME, path.name)
    _one_of(table, "about", get_args(About), path.name)
    _one_of(table, "slug", (path.stem,), path.name)
    sessions = tuple(
        _session(row, number, f"{path.name}, session {number}")
        for number, row in enumerate(table["sessions"], start=1)
    )
    return Programme(table["slug"], table["name"], table["about"], sessions)


def _session(table: dict[str, Any], number: int, where: str) -> PlannedSession:
    _check(table, _SESSION, where)
    _one_of(table, "anchor", get_args(Anchor), where)
    _one_of(table, "number", (number,), where)
    if not 0 <= table["from_week"] <= table["to_week"]:
        raise ValueError(f"{where}: to_week must not come before from_week")
    if table["minutes"] <= 0:
        raise ValueError(f"{where}: minutes must be more than 0")
    texts = {field: _texts(table, field, where) for field in ("themes", "checks", "child_checks")}
    return PlannedSession(**table | texts)


def _check(table: object, shape: Mapping[str, type], where: str) -> None:
    if not isinstance(table, dict):
        raise ValueError(f"{where}: must be a table")
    for field in sorted(table.keys() | shape.keys()):
        if field not in shape:
            raise ValueError(f"{where}: {field} is not a known field")
        if type(table.get(field)) is not shape[field]:
            raise ValueError(f"{where}: {field} must be given, as {shape[field].__name__}")


def _one_of(table: dict[str, Any], field: str, allowed: tuple[object, ...], where: str) -> None:
    if table[field] not in allowed:
        raise ValueError(f"{where}: {field} must be {' or '.join(map(repr, allowed))}")


def _texts(table: dict[str, Any], field: str, where: str) -> tuple[str, ...]:
    if not all(isinstance(text, str) and text for text in table[field]):
        raise ValueError(f"{where}: {field} must be a list of texts")
    return tuple(table[field])
