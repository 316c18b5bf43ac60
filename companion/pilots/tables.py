"""A pilot's pack as it stands in TOML, read strictly: whatever is not exactly a pack raises
ValueError, which says where it stands and what is wrong."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from companion.pilots.pilot import (
    LEAST_DAYS_KEPT,
    MOST_DAYS_KEPT,
    NO_DRAWINGS,
    About,
    By,
    Line,
    Pilot,
    Sign,
    SignGroup,
)
from companion.records import checked, one_of, some_texts, text
from companion.web.pictures import pictures

LARGEST_GROUP = 60
_FIRST_DAYS = {"monday": 0, "sunday": 6}
_UNITS = {"glucose": ("mmol/L", "mg/dL"), "haemoglobin": ("mmol/L", "g/dL")}

_PACK = {
    "name": str,
    "code": str,
    "languages": list,
    "zone": str,
    "first_day": str,
    "units": dict,
    "group_size": list,
    "numbers": list,
    "help_lines": list,
    "programmes": list,
    "danger_signs": list,
    "chat_kept_days": int,
    "checked_on": str,
    "signed_off_by": str,
}
_LINE = {"label": str, "number": str, "note": str, "by": str}
_GROUP = {"title": str, "about": str, "signs": list}
_SIGN = {"says": str, "picture": str}


def read_pilot(
    table: object,
    where: str,
    groups: Mapping[str, SignGroup],
    drawings: Mapping[str, Markup] = NO_DRAWINGS,
) -> Pilot:
    """`groups`: the danger signs that it may name; `drawings`: the pictures of its own."""
    table = checked(table, _PACK, where)
    one_of(table, "first_day", tuple(_FIRST_DAYS), where)
    return Pilot(
        code=text(table, "code", where),
        name=text(table, "name", where),
        languages=some_texts(table, "languages", where),
        zone=_zone(table, where),
        first_day=_FIRST_DAYS[table["first_day"]],
        units=_units(table["units"], where),
        group_size=_group_size(table, where),
        numbers=_lines(table, "numbers", where),
        help_lines=_lines(table, "help_lines", where),
        programmes=some_texts(table, "programmes", where),
        danger_signs=_danger_signs(table, where, groups),
        chat_kept_days=_days(table, "chat_kept_days", where),
        checked_on=_day(table, "checked_on", where),
        signed_off_by=table["signed_off_by"],
        drawings=drawings,
    )


def read_signs(
    tables: Mapping[str, object], where: str, drawings: Collection[str] = ()
) -> Mapping[str, SignGroup]:
    """Groups of danger signs by key; held to the same strictness as a pack."""
    drawn = {*pictures("signs"), *drawings}
    return MappingProxyType(
        {key: _group(key, table, f"{where}, {key}", drawn) for key, table in tables.items()}
    )


def _group(key: str, table: object, where: str, drawn: Collection[str]) -> SignGroup:
    table = checked(table, _GROUP, where)
    one_of(table, "about", get_args(About), where)
    if not table["signs"]:
        raise ValueError(f"{where}: signs must be a list of signs")
    signs = (
        _sign(row, f"{where}, signs {position}", drawn)
        for position, row in enumerate(table["signs"], start=1)
    )
    return SignGroup(key, text(table, "title", where), table["about"], tuple(signs))


def _sign(row: object, where: str, drawn: Collection[str]) -> Sign:
    row = checked(row, _SIGN, where)
    if row["picture"] not in drawn:
        raise ValueError(f"{where}: picture names {row['picture']!r}, which is not drawn")
    return Sign(text(row, "says", where), row["picture"])


def _danger_signs(
    table: dict[str, Any], where: str, groups: Mapping[str, SignGroup]
) -> tuple[SignGroup, ...]:
    for key in some_texts(table, "danger_signs", where):
        if key not in groups:
            raise ValueError(f"{where}: danger_signs names {key!r}, which signs.toml does not have")
    return tuple(groups[key] for key in table["danger_signs"])


def _lines(table: dict[str, Any], name: str, where: str) -> tuple[Line, ...]:
    return tuple(
        _line(row, f"{where}, {name} {position}")
        for position, row in enumerate(table[name], start=1)
    )


def _line(row: object, where: str) -> Line:
    if not isinstance(row, dict):
        raise ValueError(f"{where}: must be a table")
    line = checked({"note": "", "by": "call"} | row, _LINE, where)
    one_of(line, "by", get_args(By), where)
    label, number = text(line, "label", where), text(line, "number", where)
    return Line(label, number, line["note"], line["by"])


def _units(table: object, where: str) -> Mapping[str, str]:
    where = f"{where}, units"
    table = checked(table, dict.fromkeys(_UNITS, str), where)
    for kind, allowed in _UNITS.items():
        one_of(table, kind, allowed, where)
    return MappingProxyType(dict(table))


def _group_size(table: dict[str, Any], where: str) -> tuple[int, int]:
    match table["group_size"]:
        case [int(least), int(most)] if 0 < least <= most <= LARGEST_GROUP:
            return least, most
    raise ValueError(
        f"{where}: group_size must be two whole numbers, the smaller first, to {LARGEST_GROUP}"
    )


def _zone(table: dict[str, Any], where: str) -> str:
    try:
        return ZoneInfo(table["zone"]).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{where}: zone must be a time zone such as Africa/Accra") from error


def _days(table: dict[str, Any], name: str, where: str) -> int:
    if not LEAST_DAYS_KEPT <= table[name] <= MOST_DAYS_KEPT:
        raise ValueError(
            f"{where}: {name} must be a number of days from {LEAST_DAYS_KEPT} to {MOST_DAYS_KEPT}"
        )
    return int(table[name])


def _day(table: dict[str, Any], name: str, where: str) -> date | None:
    try:
        return date.fromisoformat(table[name]) if table[name] else None
    except ValueError as error:
        raise ValueError(f"{where}: {name} must be empty or a day such as 2027-01-31") from error
