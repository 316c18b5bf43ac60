"""Weeks: how far a pregnancy is, how old a child is, and what cannot be meant."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.i18n import Sentence, language
from companion.i18n.words import Words
from companion.journeys.weeks import (
    age,
    along,
    corrected_age,
    days_along,
    doubt,
    due_from_period,
    due_from_scan,
    in_weeks,
    months_between,
)

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
TODAY = date(2026, 11, 22)


def say(sentence: Sentence | None) -> str | None:
    return None if sentence is None else str(Words(language("en")).say(sentence))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "24 weeks + 3 days"),
        (date(2026, 11, 19), "24 weeks"),
        (date(2026, 11, 20), "24 weeks + 1 day"),
        (date(2027, 3, 11), "40 weeks"),
        (date(2026, 6, 4), "0 weeks"),
        (date(2026, 6, 3), None),
        (date(2027, 4, 8), "44 weeks"),
        (date(2027, 4, 9), None),
    ],
)
def test_a_day_has_its_weeks(day: date, said: str | None) -> None:
    assert say(along(date(2027, 3, 11), day)) == said


@given(days, st.integers(0, 308))
def test_the_three_ways_to_a_due_date_agree(began_on: date, passed: int) -> None:
    scanned_on = began_on + timedelta(days=passed)

    due_on = due_from_scan(scanned_on, *divmod(passed, 7))

    assert due_on == due_from_period(began_on)
    assert days_along(due_on, scanned_on) == passed


@given(st.integers(0, 308))
def test_weeks_in_words_lose_no_day(count: int) -> None:
    numbers = [int(word) for word in (say(in_weeks(count)) or "").split() if word.isdigit()]

    assert numbers[0] * 7 + sum(numbers[1:]) == count
    assert all(number > 0 for number in numbers[1:])


@given(st.integers(-2000, 2000))
def test_only_a_due_date_far_off_is_doubted(distance: int) -> None:
    doubted = doubt(TODAY + timedelta(days=distance), TODAY) is not None

    assert doubted == (distance < -300 or distance > 310)


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        (date(2026, 11, 22), "Born today"),
        (date(2026, 11, 21), "1 day"),
        (date(2026, 11, 16), "6 days"),
        (date(2026, 11, 15), "1 week"),
        (date(2026, 9, 27), "8 weeks"),
        (date(2026, 9, 23), "8 weeks"),
        (date(2026, 9, 22), "2 months"),
        (date(2024, 11, 23), "23 months"),
        (date(2024, 11, 22), "2 years"),
        (date(2024, 10, 22), "2 years, 1 month"),
    ],
)
def test_an_age_is_said_as_parents_say_it(born_on: date, said: str) -> None:
    assert say(age(born_on, TODAY)) == said


@given(days, st.integers(0, 1500))
def test_nobody_grows_younger(born_on: date, passed: int) -> None:
    day = born_on + timedelta(days=passed)

    assert months_between(born_on, day) <= months_between(born_on, day + timedelta(days=1))
    assert abs(months_between(born_on, day) - passed / 30.44) < 1.2


@pytest.mark.parametrize(
    ("gestation", "said"),
    [
        (None, None),
        (280, None),
        (259, None),
        (258, "2 months"),
        (210, "4 weeks"),
        (182, "0 days"),
        (180, None),
    ],
)
def test_a_child_born_early_is_also_counted_from_the_due_date(
    gestation: int | None, said: str | None
) -> None:
    born_on = TODAY - timedelta(days=98)

    assert say(corrected_age(born_on, gestation, TODAY)) == said


def test_two_years_later_nobody_corrects_any_more() -> None:
    assert corrected_age(date(2024, 11, 23), 210, TODAY) is not None
    assert corrected_age(date(2024, 11, 22), 210, TODAY) is None
