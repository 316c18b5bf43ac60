"""Numbers, days and times as a language writes them. The server alone does this.

Gregorian calendar in every language, so that a record reads the same everywhere; and the digits of
its record, Latin so far in all of them, as on the devices that people read from.
"""

from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache

from babel.dates import format_date, get_timezone_location
from babel.numbers import format_decimal

from companion.i18n.languages import Language, language

_UNKNOWN_PLACE = "ZZ"


def number(value: int | Decimal, of: Language) -> str:
    """A number with the language's decimal sign and without grouping: 68.5 is "68,5" in Dutch."""
    written = format_decimal(value, format="#,##0.######", locale=of.locale, group_separator=False)
    return in_digits(written, of)


def in_digits(written: str, of: Language) -> str:
    return written.translate(_digits(of.digits))


@cache
def _digits(digits: str) -> dict[int, int]:
    return str.maketrans("0123456789", digits)


@lru_cache(maxsize=4096)
def _date(value: date, pattern: str, code: str) -> str:
    of = language(code)
    return in_digits(format_date(value, pattern, locale=of.locale), of)


def day(value: date, of: Language) -> str:
    """A day with its weekday, without the year: "Thursday 26 November"."""
    return _date(value, of.long, of.code)


def full_day(value: date, of: Language) -> str:
    """A day with its year: "26 November 2026"."""
    return _date(value, of.full, of.code)


def short_day(value: date, of: Language) -> str:
    """A day in little room: "26 Nov"."""
    return _date(value, of.short, of.code)


def month(value: date, of: Language) -> str:
    """A month and its year, as a heading: "November 2026"."""
    return _date(value, of.month, of.code)


def short_month(value: date, of: Language) -> str:
    """A month in little room: "Nov"."""
    return _date(value, "MMM", of.code)


def weekday(value: date, of: Language) -> str:
    """A day's name alone: "Thursday"."""
    return _date(value, "EEEE", of.code)


def clock(value: time) -> str:
    """A time on a 24-hour clock: "7:40" """
    return f"{value.hour}:{value.minute:02}"


@lru_cache(maxsize=512)
def zone_place(zone: str, code: str) -> str:
    """The city that a zone is called after, as a language calls it. Of seven languages of South
    Africa Babel 2.18 knows no names of places; they are called as in the next one of the chain."""
    chain = (language(each).locale for each in language(code).chain)
    naming = next(each for each in chain if _UNKNOWN_PLACE in each.territories)
    return get_timezone_location(zone, locale=naming, return_city=True)
