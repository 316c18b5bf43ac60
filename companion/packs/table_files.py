"""The files of a pack that say what a pilot is: pictures, danger signs, programmes, settings.

The pictures come first, since signs name them; then signs and programmes, which settings name. Each
is taken if the pack still holds together with it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from companion.packs.archive import Files
from companion.packs.incoming import Incoming, not_usable
from companion.packs.out import programme_table, signs_table
from companion.packs.own import Own, read
from companion.packs.tables import Tables
from companion.pilots.pack import shipped_signs, shipped_table
from companion.pilots.pilot import Pilot
from companion.programmes.programme import programmes
from companion.records import parse
from companion.web.pictures import as_file, pictures

DRAWING = re.compile(r"pictures/([a-z0-9-]{1,40})\.svg")
PROGRAMME = re.compile(r"programmes/([a-z0-9-]{1,40})\.toml")
SETTINGS, SIGNS = "settings.toml", "signs.toml"

Apply = Callable[[Tables], Tables]


def look_at_tables(code: str, files: Files, incoming: Incoming) -> Own:
    """The pilot as it would be."""
    own = before = read(code, incoming.tables)
    for name, apply in _in_order(files):
        try:
            tables = apply(incoming.tables)
            own = read(code, tables)
        except ValueError as error:
            incoming.refuse(name, not_usable(error))
            continue
        _note_changes(code, name, incoming, tables)
    if _is_approved_unseen(before.pilot, own.pilot):
        blank = {**incoming.tables.settings, "checked_on": "", "signed_off_by": ""}
        tables = replace(incoming.tables, settings=blank)
        _note_changes(code, SETTINGS, incoming, tables)
        own = read(code, tables)
    return own


def _is_approved_unseen(before: Pilot, after: Pilot) -> bool:
    """An approval is of the card as it was: another card wants another one."""
    cards = [
        (each.numbers, each.help_lines, each.danger_signs, each.drawings)
        for each in (before, after)
    ]
    approvals = [(each.checked_on, each.signed_off_by) for each in (before, after)]
    return after.is_approved and cards[0] != cards[1] and approvals[0] == approvals[1]


def _in_order(files: Files) -> Iterator[tuple[str, Apply]]:
    for name in sorted(files):
        if found := DRAWING.fullmatch(name):
            yield name, _with_drawing(found.group(1), files[name])
    if SIGNS in files:
        yield SIGNS, _with_signs(files[SIGNS])
    for name in sorted(files):
        if found := PROGRAMME.fullmatch(name):
            yield name, _with_programme(found.group(1), name, files[name])
    if SETTINGS in files:
        yield SETTINGS, lambda tables: replace(tables, settings=parse(files[SETTINGS], SETTINGS))


def _with_drawing(name: str, content: bytes) -> Apply:
    def apply(tables: Tables) -> Tables:
        text, ours = content.decode("utf-8").replace("\r\n", "\n"), pictures("signs").get(name)
        is_ours = ours is not None and as_file(ours) == text
        return replace(tables, drawings=_with(tables.drawings, name, None if is_ours else text))

    return apply


def _with_signs(content: bytes) -> Apply:
    def apply(tables: Tables) -> Tables:
        signs, ours = parse(content, SIGNS), signs_table(shipped_signs().values())
        own = {key: table for key, table in signs.items() if table != ours.get(key)}
        return replace(tables, signs=own)

    return apply


def _with_programme(slug: str, name: str, content: bytes) -> Apply:
    def apply(tables: Tables) -> Tables:
        table, ours = parse(content, name), programmes().get(slug)
        is_ours = ours is not None and programme_table(ours) == table
        return replace(
            tables, programmes=_with(tables.programmes, slug, None if is_ours else table)
        )

    return apply


def _with(old: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """None: as it comes with Companion."""
    others = {each: there for each, there in old.items() if each != key}
    return others if value is None else {**others, key: value}


def _note_changes(code: str, name: str, incoming: Incoming, tables: Tables) -> None:
    before, after = (_parts(code, name, each) for each in (incoming.tables, tables))
    changed = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
    for key in changed:
        incoming.change(f"{name}: {key}", before.get(key), after.get(key))
    if changed:
        incoming.tables, incoming.has_new_tables = tables, True


def _parts(code: str, name: str, tables: Tables) -> dict[str, Any]:
    """What stands in a file, cut into pieces that somebody can compare."""
    if name == SETTINGS:
        return {**shipped_table(code), **tables.settings}
    if name == SIGNS:
        return {**signs_table(shipped_signs().values()), **tables.signs}
    if found := DRAWING.fullmatch(name):
        ours = pictures("signs").get(found.group(1))
        return {"svg": tables.drawings.get(found.group(1)) or (as_file(ours) if ours else None)}
    slug = name.removeprefix("programmes/").removesuffix(".toml")
    shipped = programmes().get(slug)
    table = tables.programmes.get(slug) or (programme_table(shipped) if shipped else {})
    sessions = {str(each["number"]): each for each in table.get("sessions", ())}
    return {key: each for key, each in table.items() if key != "sessions"} | sessions
