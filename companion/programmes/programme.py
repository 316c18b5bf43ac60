"""A programme as data: its sessions, when each is due and what is talked about and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from companion.records import checked, load, one_of, text, texts

Anchor = Literal["pregnancy", "birth", "start"]
About = Literal["pregnancy", "parenting", "diabetes"]

LAST_WEEK, LONGEST_MINUTES, MOST_SESSIONS = 160, 600, 60

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

_own: dict[str, Mapping[str, "Programme"]] = {}


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
    """Every programme that comes with Companion by its slug, in the order of the slugs."""
    paths = sorted(Path(__file__).parent.glob("*.toml"))
    return MappingProxyType({path.stem: read(path) for path in paths})


def programme(slug: str, pilot: str) -> Programme:
    """As this pilot does it."""
    found = own_programmes(pilot).get(slug) or programmes().get(slug)
    if found is None:
        raise LookupError(f"There is no programme called {slug!r}.")
    return found


def own_programmes(pilot: str) -> Mapping[str, Programme]:
    """Those that the pilot's people changed or added, by their slugs."""
    return _own.get(pilot, {})


def use_own(pilot: str, own: Mapping[str, Programme]) -> None:
    """From now on this process knows these as the pilot's."""
    _own[pilot] = own


def read(path: Path) -> Programme:
    """A file that is not exactly a programme stops the start and says where."""
    found = read_programme(load(path), path.name)
    one_of({"slug": found.slug}, "slug", (path.stem,), path.name)
    return found


def read_programme(table: object, where: str) -> Programme:
    """Raises ValueError, which says where it stands and what is wrong."""
    table = checked(table, _PROGRAMME, where)
    one_of(table, "about", get_args(About), where)
    if not 0 < len(table["sessions"]) <= MOST_SESSIONS:
        raise ValueError(f"{where}: sessions must be from 1 to {MOST_SESSIONS}")
    sessions = tuple(
        _session(row, number, f"{where}, session {number}")
        for number, row in enumerate(table["sessions"], start=1)
    )
    return Programme(
        text(table, "slug", where), text(table, "name", where), table["about"], sessions
    )


def _session(row: object, number: int, where: str) -> PlannedSession:
    table = checked(row, _SESSION, where)
    one_of(table, "anchor", get_args(Anchor), where)
    one_of(table, "number", (number,), where)
    if not 0 <= table["from_week"] <= table["to_week"] <= LAST_WEEK:
        raise ValueError(f"{where}: to_week must be from from_week to {LAST_WEEK}")
    if not 0 < table["minutes"] <= LONGEST_MINUTES:
        raise ValueError(f"{where}: minutes must be from 1 to {LONGEST_MINUTES}")
    lists = {name: texts(table, name, where) for name in ("themes", "checks", "child_checks")}
    return PlannedSession(**table | lists)
