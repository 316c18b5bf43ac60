"""A pilot's own pack put together from the tables of its files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from companion.i18n.languages import languages
from companion.measurements.kinds import kind_by_slug
from companion.pilots.numbers import dialable
from companion.pilots.pack import shipped_signs, shipped_table
from companion.pilots.pilot import Pilot, SignGroup
from companion.pilots.tables import read_pilot, read_signs
from companion.programmes.programme import Programme, programmes, read_programme
from companion.web.pictures import drawing
from companion.web.typed import clean

LONGEST = 500  # characters of any text in it


@dataclass(frozen=True)
class Tables:
    """As they stand in the files; an empty one is as it comes with Companion."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    signs: Mapping[str, Any] = field(default_factory=dict)
    programmes: Mapping[str, Any] = field(default_factory=dict)
    drawings: Mapping[str, str] = field(default_factory=dict)


def read_drawings(tables: Tables) -> Mapping[str, Markup]:
    """Raises ValueError, as all of these do."""
    drawn = {name: drawing(text, f"{name}.svg") for name, text in tables.drawings.items()}
    return MappingProxyType(drawn)


def read_own_signs(tables: Tables, drawings: Mapping[str, Markup]) -> Mapping[str, SignGroup]:
    """Those of Companion, and the pilot's own in their places."""
    _check_texts(tables.signs, "signs.toml")
    if "general" in tables.signs:
        raise ValueError("signs.toml: general is shown after a loss, and the same for everybody")
    return {**shipped_signs(), **read_signs(tables.signs, "signs.toml", drawings)}


def read_own_programmes(tables: Tables) -> Mapping[str, Programme]:
    return {
        slug: _programme(slug, table, f"programmes/{slug}.toml")
        for slug, table in tables.programmes.items()
    }


def _programme(slug: str, table: Any, where: str) -> Programme:
    _check_texts(table, where)
    found = read_programme(table, where)
    if found.slug != slug:
        raise ValueError(f"{where}: slug must be {slug!r}")
    for session in found.sessions:
        for kind in (*session.checks, *session.child_checks):
            if kind_by_slug(kind, {}) is None:
                raise ValueError(f"{where}: nothing is measured that is called {kind!r}")
    return found


def read_own_pilot(
    code: str,
    tables: Tables,
    groups: Mapping[str, SignGroup],
    own: Mapping[str, Programme],
    drawings: Mapping[str, Markup],
) -> Pilot:
    """What a file leaves out is as it comes: a field that is new in Companion is there."""
    table = {**shipped_table(code), **tables.settings}
    where = "settings.toml"
    _check_texts(table, where)
    found = read_pilot(table, where, groups, drawings)
    for name, value, known in (
        ("code", [found.code], {code}),
        ("name", [found.name], {shipped_table(code)["name"]}),
        ("languages", found.languages, {*languages()}),
        ("programmes", found.programmes, {*programmes(), *own}),
    ):
        if unknown := [each for each in value if each not in known]:
            raise ValueError(f"{where}: {name} must not be {unknown[0]!r}")
    for line in (*found.numbers, *found.help_lines):
        if dialable(line.number) != line.number:
            raise ValueError(f"{where}: no telephone can dial {line.number!r}")
    return found


def _check_texts(table: Any, where: str) -> None:
    for each in _texts_in(table):
        if len(each) > LONGEST:
            raise ValueError(f"{where}: a text must have at most {LONGEST} characters")
        if clean(each) != each or "\n" in each:
            raise ValueError(f"{where}: {each!r} has characters in it that nobody can see")


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from (str(key), *_texts_in(each))
    elif isinstance(value, list):
        for each in value:
            yield from _texts_in(each)
