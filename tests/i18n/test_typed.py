"""Numbers, days and times as women in seven countries type them."""

import re
import sys
import unicodedata
from contextlib import suppress
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.i18n.typed import (
    NotADay,
    NotANumber,
    NotATime,
    TwoSigns,
    parse_day,
    parse_number,
    parse_time,
)

TODAY = date(2026, 3, 5)
ZEROS = [chr(c) for c in range(sys.maxunicode + 1) if unicodedata.decimal(chr(c), None) == 0]

amounts = st.decimals(0, 100_000, places=3)
signs = st.sampled_from(".,٫")
zeros = st.sampled_from(ZEROS)
days = st.dates(date(1926, 1, 1), date(2100, 1, 1))


def in_script(text: str, zero: str) -> str:
    return re.sub("[0-9]", lambda digit: chr(ord(zero) + int(digit.group())), text)


@pytest.mark.parametrize("typed", ["68,5", "68.5", "۶۸٫۵", "٦٨٫٥", "৬৮.৫", "६८,५", "68.50"])
def test_the_same_weight_is_read_in_every_script(typed: str) -> None:
    assert parse_number(typed) == Decimal("68.5")


@pytest.mark.parametrize(
    "typed", [" 68,5\u00a0", "\u202f68.5", "\u200f۶۸\u200e٫۵\u061c", "\t68.5\n"]
)
def test_spaces_around_and_invisible_marks_are_dropped(typed: str) -> None:
    assert parse_number(typed) == Decimal("68.5")


@pytest.mark.parametrize("typed", ["1.234,5", "1,234,567", "1..5", "12.05.2026", "٦٫٨٫٥"])
def test_two_signs_are_a_question(typed: str) -> None:
    with pytest.raises(TwoSigns):
        parse_number(typed)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "abc", "--5", "1e5", "½", "5²", "5kg", "1 234", ".", ",.", "NaN", "1_0", "5-"],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        parse_number(typed)


@pytest.mark.parametrize("typed", ["-5", "\N{MINUS SIGN}5", "-٥", "\u200e-5.0"])
def test_a_minus_is_read(typed: str) -> None:
    assert parse_number(typed) == -5


@pytest.mark.parametrize(("typed", "number"), [("5.", "5"), (",5", "0.5"), ("0740", "740")])
def test_a_sign_may_stand_at_either_end(typed: str, number: str) -> None:
    assert parse_number(typed) == Decimal(number)


@given(amounts, signs, zeros)
def test_every_number_survives_every_script_and_sign(amount: Decimal, sign: str, zero: str) -> None:
    assert parse_number(in_script(f"{amount:f}".replace(".", sign), zero)) == amount


@given(st.text())
def test_a_number_is_read_or_refused_and_nothing_else_happens(typed: str) -> None:
    with suppress(NotANumber, TwoSigns):
        assert parse_number(typed).is_finite()


@pytest.mark.parametrize(
    "typed",
    ["2026-03-05", "5.3.2026", "05/03/2026", "5-3-26", "5 3 2026", "05. 03. 2026.", "۵/۳/۲۰۲۶"],
)
def test_a_day_is_read_as_it_is_written(typed: str) -> None:
    assert parse_day(typed, TODAY) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "typed", ["", "abc", "5.3", "30.2.2026", "03/25/2026", "0000-01-01", "5.3.20260", "1404-12-14"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotADay):
        parse_day(typed, TODAY)


@pytest.mark.parametrize(("typed", "year"), [("1.1.27", 2027), ("1.1.99", 1999), ("1.1.00", 2000)])
def test_a_short_year_is_the_nearest_one(typed: str, year: int) -> None:
    assert parse_day(typed, TODAY).year == year


@given(days, zeros, st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %m %Y"]))
def test_every_day_survives_every_script(day: date, zero: str, pattern: str) -> None:
    assert parse_day(in_script(day.strftime(pattern), zero), TODAY) == day


@given(st.text(alphabet="0123456789۳./- "))
def test_a_day_is_read_or_refused_and_nothing_else_happens(typed: str) -> None:
    with suppress(NotADay):
        parse_day(typed, TODAY)


@pytest.mark.parametrize("typed", ["7:40", "07.40", "7h40", "07H40", "7u40", "0740", " ۷:۴۰ "])
def test_a_time_is_read_as_it_is_written(typed: str) -> None:
    assert parse_time(typed) == time(7, 40)


@pytest.mark.parametrize("typed", ["", "abc", "740", "24:00", "7:60", "7:4", "7", "07:40 pm"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(NotATime):
        parse_time(typed)
