"""Languages as data: one record each in `languages.toml`, independent of any country."""

import gettext
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from babel import Locale

RECORDS = Path(__file__).with_name("languages.toml")
SOURCE = "en"
_SEARCHED = 200  # every plural category of every language shows among so many numbers


@dataclass(frozen=True)
class Language:
    """A language people read: BCP-47 code, its own name for itself, direction, fallbacks.

    `cldr` names Babel's record, from which month names, day names and the decimal sign come.
    `plurals`: how many forms a counting message has, and gettext's rule for choosing one.
    `digits`: how 0 to 9 are shown. Latin everywhere, as on the devices that people read from.
    """

    code: str
    name: str
    endonym: str
    cldr: str
    long: str = "EEEE d MMMM"
    full: str = "d MMMM y"
    short: str = "d MMM"
    month: str = "MMMM y"
    direction: str = "ltr"
    fallback: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    plurals: tuple[int, str] = (2, "(n != 1)")
    digits: str = "0123456789"
    drafted: str = ""
    pseudo: bool = False

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(self.cldr)

    @cached_property
    def chain(self) -> tuple[str, ...]:
        """The languages to look a message up in, her own first, ending in the source."""
        return tuple(dict.fromkeys((self.code, *self.fallback, SOURCE)))

    def form(self, count: int | Decimal) -> int:
        """Which of its plural forms counts so many, from 0. A fraction counts like a whole number
        of the same CLDR plural category ("1,5 semaine" as "1 semaine"), else like 2."""
        whole = int(count) if count == int(count) else self._like(Decimal(count))
        return int(self._rule(whole))

    def _like(self, fraction: Decimal) -> int:
        category = self.locale.plural_form(fraction)
        alike = (n for n in range(_SEARCHED) if self.locale.plural_form(n) == category)
        return next(alike, 2)

    @cached_property
    def _rule(self) -> Callable[[int], int]:
        rule: Callable[[int], int] = gettext.c2py(self.plurals[1])
        return rule

    def counted(self) -> list[tuple[int, ...]]:
        """For each plural form, the first whole numbers that it counts, for translators."""
        forms = range(self.plurals[0])
        numbers = [[n for n in range(_SEARCHED) if self.form(n) == form] for form in forms]
        return [tuple(each[:4]) for each in numbers]


@cache
def languages() -> Mapping[str, Language]:
    """Every language that exists here, by code, the pseudo-language of the tests included."""
    records = tomllib.loads(RECORDS.read_text(encoding="utf-8"))
    return {code: _record(code, record) for code, record in records.items()}


def _record(code: str, record: dict[str, Any]) -> Language:
    lists = {name: tuple(value) for name, value in record.items() if isinstance(value, list)}
    return Language(code, **record | lists)


def language(code: str) -> Language:
    """The language with this code, else the source language."""
    return languages().get(code) or languages()[SOURCE]


def real_languages() -> list[Language]:
    """Those that a person may choose."""
    return [each for each in languages().values() if not each.pseudo]


def negotiate(accept: str, offered: list[Language]) -> Language:
    """The offered language that a browser's Accept-Language header likes best.

    `sq-XK` finds `sq`, since a region says nothing about the words, and `prs-AF` finds Dari.
    """
    by_code = {code.lower(): each for each in offered for code in (*each.also, each.code)}
    for tag in _wishes(accept):
        while tag:
            if found := by_code.get(tag):
                return found
            tag = tag.rpartition("-")[0]
    return offered[0] if offered else languages()[SOURCE]


def _wishes(accept: str) -> list[str]:
    weighed = []
    for position, part in enumerate(accept.lower().split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), position, tag.strip()))
        except ValueError:
            continue
    return [tag for weight, _, tag in sorted(weighed) if weight < 0]
