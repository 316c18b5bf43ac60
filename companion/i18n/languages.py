"""Languages as data: one record each in `languages.toml`, independent of any country."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from babel import Locale

RECORDS = Path(__file__).with_name("languages.toml")
SOURCE = "en"


@dataclass(frozen=True)
class Language:
    """A language people read: BCP-47 code, its own name for itself, direction, fallbacks.

    `cldr` names Babel's record, from which month names, day names and the decimal sign come.
    """

    code: str
    endonym: str
    cldr: str
    long: str
    full: str
    short: str
    direction: str = "ltr"
    fallback: tuple[str, ...] = ()
    pseudo: bool = False

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(self.cldr)

    @property
    def chain(self) -> tuple[str, ...]:
        """The languages to look a message up in, her own first, ending in the source."""
        return (self.code, *self.fallback, SOURCE)


@cache
def languages() -> Mapping[str, Language]:
    """Every language that exists here, by code, the pseudo-language of the tests included."""
    records = tomllib.loads(RECORDS.read_text(encoding="utf-8"))
    return {
        code: Language(code, fallback=tuple(record.pop("fallback", ())), **record)
        for code, record in records.items()
    }


def language(code: str) -> Language:
    """The language with this code, else the source language."""
    return languages().get(code) or languages()[SOURCE]


def real_languages() -> list[Language]:
    """Those that a person may choose."""
    return [each for each in languages().values() if not each.pseudo]


def negotiate(accept: str, offered: list[Language]) -> Language:
    """The offered language that a browser's Accept-Language header likes best.

    `sq-XK` finds `sq`, since a region says nothing about the words.
    """
    by_code = {each.code.lower(): each for each in offered}
    for tag in _wishes(accept):
        if found := by_code.get(tag) or by_code.get(tag.split("-")[0]):
            return found
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
