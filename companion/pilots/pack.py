"""A pilot as data: a country's languages, units, programmes, numbers to call and danger signs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from companion.i18n.languages import SOURCE, Language, real_languages
from companion.records import check, load, one_of, some_texts, text
from companion.web.pictures import pictures

By = Literal["call", "text"]
About = Literal["pregnancy", "her", "child", "anyone"]

# A conversation is kept for this long after its last sign of life.
LEAST_DAYS_KEPT, MOST_DAYS_KEPT = 30, 3650

_HERE = Path(__file__).parent
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


@dataclass(frozen=True)
class Line:
    """A telephone number, and whether it takes calls or text messages."""

    label: str
    number: str
    note: str = ""
    by: By = "call"


@dataclass(frozen=True)
class Sign:
    """A danger sign in words, and the picture that stands beside them."""

    says: str
    picture: str


@dataclass(frozen=True)
class SignGroup:
    """Danger signs that belong together, and whom they are about."""

    key: str
    title: str
    about: About
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Pilot:
    """One country's part in the programme. The first language is its default; Monday is day 0.

    `chat_kept_days`: after so many days without a message or a session, a conversation is erased.
    """

    code: str
    name: str
    languages: tuple[str, ...]
    zone: str
    first_day: int
    units: Mapping[str, str] = field(hash=False)
    group_size: tuple[int, int]
    numbers: tuple[Line, ...]
    help_lines: tuple[Line, ...]
    programmes: tuple[str, ...]
    danger_signs: tuple[SignGroup, ...]
    chat_kept_days: int
    checked_on: date | None
    signed_off_by: str

    @property
    def is_approved(self) -> bool:
        """A named person has checked the numbers and the signs, and said when."""
        return bool(self.checked_on and self.signed_off_by)


@cache
def pilots() -> Mapping[str, Pilot]:
    """Every pilot by its code, in the order of their English names."""
    packs = [read(path) for path in (_HERE / "packs").glob("*.toml")]
    return MappingProxyType({pack.code: pack for pack in sorted(packs, key=lambda pack: pack.name)})


def pilot(code: str) -> Pilot:
    found = pilots().get(code)
    if found is None:
        raise LookupError(f"There is no pilot with the code {code!r}.")
    return found


def offered_languages(of: Pilot) -> list[Language]:
    """The pilot's languages that exist here, in its order; English is always among them."""
    real = {each.code: each for each in real_languages()}
    return [real[code] for code in dict.fromkeys((*of.languages, SOURCE)) if code in real]


def general_signs() -> SignGroup:
    """What a woman is shown after a loss: nothing in it speaks of a pregnancy or a baby."""
    return _sign_groups()["general"]


def read(path: Path) -> Pilot:
    """A file that is not exactly a pack stops the start and says which field is wrong."""
    where, table = path.name, load(path)
    check(table, _PACK, where)
    one_of(table, "code", (path.stem,), where)
    one_of(table, "first_day", tuple(_FIRST_DAYS), where)
    return Pilot(
        code=table["code"],
        name=text(table, "name", where),
        languages=some_texts(table, "languages", where),
        zone=_zone(table, where),
        first_day=_FIRST_DAYS[table["first_day"]],
        units=_units(table["units"], where),
        group_size=_group_size(table, where),
        numbers=_lines(table, "numbers", where),
        help_lines=_lines(table, "help_lines", where),
        programmes=some_texts(table, "programmes", where),
        danger_signs=_danger_signs(table, where),
        chat_kept_days=_days(table, "chat_kept_days", where),
        checked_on=_day(table, "checked_on", where),
        signed_off_by=table["signed_off_by"],
    )


@cache
def _sign_groups() -> Mapping[str, SignGroup]:
    return read_signs(_HERE / "signs.toml")


def read_signs(path: Path) -> Mapping[str, SignGroup]:
    """The groups of danger signs by key; held to the same strictness as a pack."""
    groups = {}
    for key, table in load(path).items():
        where = f"{path.name}, {key}"
        check(table, _GROUP, where)
        one_of(table, "about", get_args(About), where)
        signs = _signs(table["signs"], where)
        groups[key] = SignGroup(key, text(table, "title", where), table["about"], signs)
    return MappingProxyType(groups)


def _signs(rows: list[Any], where: str) -> tuple[Sign, ...]:
    if not rows:
        raise ValueError(f"{where}: signs must be a list of signs")
    return tuple(
        _sign(row, f"{where}, signs {position}") for position, row in enumerate(rows, start=1)
    )


def _sign(row: Any, where: str) -> Sign:
    check(row, _SIGN, where)
    if row["picture"] not in pictures("signs"):
        raise ValueError(f"{where}: picture names {row['picture']!r}, which is not drawn")
    return Sign(text(row, "says", where), row["picture"])


def _danger_signs(table: dict[str, Any], where: str) -> tuple[SignGroup, ...]:
    groups = _sign_groups()
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
    line: dict[str, Any] = {"note": "", "by": "call"} | row
    check(line, _LINE, where)
    one_of(line, "by", get_args(By), where)
    label, number = text(line, "label", where), text(line, "number", where)
    return Line(label, number, line["note"], line["by"])


def _units(table: dict[str, Any], where: str) -> Mapping[str, str]:
    where = f"{where}, units"
    check(table, dict.fromkeys(_UNITS, str), where)
    for kind, allowed in _UNITS.items():
        one_of(table, kind, allowed, where)
    return MappingProxyType(dict(table))


def _group_size(table: dict[str, Any], where: str) -> tuple[int, int]:
    match table["group_size"]:
        case [int(least), int(most)] if 0 < least <= most:
            return least, most
    raise ValueError(f"{where}: group_size must be two whole numbers, the smaller first")


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
