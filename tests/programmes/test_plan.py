"""A plan's days: on the group's weekday, in order, still to come, and in their windows."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.programmes.plan import WEEK, plan, week_begins
from companion.programmes.programme import Programme, programmes

TUESDAY = 1

each_programme = st.sampled_from(list(programmes().values()))
weekdays = st.integers(0, 6)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))


@given(each_programme, weekdays, days, st.integers(-600, 300))
def test_every_session_is_on_the_weekday_in_order_and_still_to_come(
    each: Programme, weekday: int, today: date, ahead: int
) -> None:
    planned = plan(each, today + timedelta(days=ahead), weekday, today)

    assert [session for session, _ in planned] == list(each.sessions)
    assert all(day.weekday() == weekday for _, day in planned)
    assert planned[0][1] > today
    assert all(later - earlier >= WEEK for (_, earlier), (_, later) in pairwise(planned))


@given(each_programme, weekdays, days, st.integers(0, 100))
def test_a_group_that_starts_in_time_meets_inside_every_window(
    each: Programme, weekday: int, today: date, spare: int
) -> None:
    due_on = today + 29 * WEEK + timedelta(days=spare)

    for session, day in plan(each, due_on, weekday, today):
        if session.anchor != "start":
            assert week_begins(session, session.from_week, due_on, today) <= day
            assert day <= week_begins(session, session.to_week, due_on, today)


@given(each_programme, weekdays, days)
def test_a_group_that_starts_late_meets_weekly_until_it_has_caught_up(
    each: Programme, weekday: int, today: date
) -> None:
    planned = [day for _, day in plan(each, today - 100 * WEEK, weekday, today)]

    if each.sessions[0].anchor != "start":
        assert planned == [planned[0] + week * WEEK for week in range(len(planned))]
        assert planned[0] - today <= WEEK


@given(weekdays, days)
def test_a_group_counted_from_its_start_keeps_its_rhythm(weekday: int, today: date) -> None:
    planned = [day for _, day in plan(programmes()["diabetes"], today, weekday, today)]

    assert {later - earlier for earlier, later in pairwise(planned)} == {2 * WEEK}
    assert planned[0] - today <= WEEK


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (1, date(2027, 1, 5)),  # 14 weeks on Monday 4 January
        (5, date(2027, 4, 13)),  # 28 weeks on Monday 12 April
        (10, date(2027, 6, 22)),  # 38 weeks on Monday 21 June
    ],
)
def test_ten_sessions_on_tuesdays_for_babies_due_on_5_july(number: int, day: date) -> None:
    planned = plan(
        programmes()["centering-pregnancy"], date(2027, 7, 5), TUESDAY, date(2026, 11, 1)
    )

    assert planned[number - 1][1] == day


def test_the_dutch_group_meets_again_six_weeks_after_the_due_date() -> None:
    planned = plan(programmes()["pregnancy-nl"], date(2027, 7, 5), TUESDAY, date(2026, 11, 1))

    assert planned[-1][1] == date(2027, 8, 17)
