"""What people type, read as a number, a day or a time, whatever their language and keyboard.

The law: "." and "," and "٫" are decimal signs in every language, every script's decimal digits are
digits, and two signs are a question, never a guess (a lenient reader takes "68,5" for 685).
"""

import re
from datetime import date, time
from decimal import Decimal

_SIGNS = re.compile("[.,٫]")
_NUMBER = re.compile(r"-?(\d+\.?\d*|\.\d+)")
_DAY = re.compile(r"(\d{1,2})[./\s-]+(\d{1,2})[./\s-]+(\d{4}|\d{2})\.?")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
# Dutch writes 19u30 where French writes 19h30.
_TIME = re.compile(r"(\d{1,2})[:.hu](\d{2})|(\d{2})(\d{2})", re.IGNORECASE)
_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LONGEST_LIFE = 120


class NotANumber(ValueError):
    """This is no number that we can read."""


class TwoSigns(ValueError):
    """Two decimal signs: one of them groups thousands, and only the writer knows which."""


class NotADay(ValueError):
    """This is no day of the Gregorian calendar."""


class NotATime(ValueError):
    """This is no time of the day."""


def parse_number(typed: str) -> Decimal:
    """The number that was typed, exactly; a minus is read, and is for the bounds to refuse.

    Raises TwoSigns ("1.234,5") and NotANumber (all else: "", "abc", "1e5", "5kg", "1 234").
    Units: none. Source: the decimal signs of CLDR's Latin and Arabic number systems.
    """
    plain = _SIGNS.sub(".", _visible(typed)).replace("\N{MINUS SIGN}", "-")
    if re.fullmatch(r"-?[\d.]*\d[\d.]*", plain) and plain.count(".") > 1:
        raise TwoSigns(typed)
    if not _NUMBER.fullmatch(plain):
        raise NotANumber(typed)
    return Decimal(plain)


def parse_day(typed: str, today: date) -> date:
    """A day as a date input sends it (2026-03-05) or as people write it (5.3.2026, 5/3/26).

    The day comes before the month, and a short year is the one nearest to today. Raises NotADay,
    also for years beyond a lifetime: 1404 is a Persian year, and not to be kept as a Gregorian one.
    """
    plain = _visible(typed)
    if found := _YEAR_FIRST.fullmatch(plain):
        year, month, day = found.groups()
    elif found := _DAY.fullmatch(plain):
        day, month, year = found.groups()
    else:
        raise NotADay(typed)
    try:
        read = date(_full_year(year, today), int(month), int(day))
    except ValueError:
        raise NotADay(typed) from None
    if abs(read.year - today.year) > _LONGEST_LIFE:
        raise NotADay(typed)
    return read


def parse_time(typed: str) -> time:
    """A time of the day on the 24-hour clock: 7:40, 07.40, 19h30, 19u30, 0740. Raises NotATime."""
    found = _TIME.fullmatch(_visible(typed))
    if not found:
        raise NotATime(typed)
    hour, minute = (int(part) for part in found.groups() if part)
    try:
        return time(hour, minute)
    except ValueError:
        raise NotATime(typed) from None


def _visible(typed: str) -> str:
    """Keyboards of right-to-left scripts put marks between the digits that nobody sees."""
    return _INVISIBLE.sub("", typed).strip()


def _full_year(year: str, today: date) -> int:
    if len(year) == 4:
        return int(year)
    century = today.year // 100 * 100
    candidates = (century + shift + int(year) for shift in (-100, 0, 100))
    return min(candidates, key=lambda candidate: abs(candidate - today.year))
