"""Quiet hours, and hours that come again, by the wall of whoever it is, wherever she lives."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.reminders.hours import Quiet, is_zone, next_time
from tests.reminders.walls import DAY, MINUTE, jumps, moments, times, wall, zones

HERE = "Europe/Amsterdam"


def is_quiet(quiet: Quiet, moment: datetime) -> bool:
    """Asked another way than the code does: minutes on a clock face, counted from the start."""
    shown = wall(moment, quiet.zone).time()
    since, lasts = (
        (_minute(each) - _minute(quiet.start)) % (24 * 60) for each in (shown, quiet.end)
    )
    return since < lasts


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


@st.composite
def nights(draw: st.DrawFn) -> tuple[Quiet, datetime]:
    """Somebody's quiet hours, and a moment."""
    zone = draw(zones)
    return Quiet(draw(times), draw(times), zone), draw(moments(zone))


@given(nights())
def test_a_moment_is_quiet_when_her_wall_says_so(night: tuple[Quiet, datetime]) -> None:
    quiet, moment = night

    assert quiet.covers(moment) == is_quiet(quiet, moment)


@given(nights())
def test_what_waits_for_the_end_of_the_quiet_never_rings_in_it(
    night: tuple[Quiet, datetime],
) -> None:
    quiet, moment = night

    end = quiet.after(moment)

    assert not is_quiet(quiet, end)
    assert end == moment or (is_quiet(quiet, moment) and end > moment)


@settings(max_examples=60)
@given(nights())
def test_it_waits_no_longer_than_it_must(night: tuple[Quiet, datetime]) -> None:
    """Only the hours that a change of the clocks skips or repeats are passed over awake."""
    quiet, moment = night
    end = quiet.after(moment)
    changed = jumps(quiet.zone, moment.year) | jumps(quiet.zone, end.year)

    between = (moment + MINUTE * n for n in range((end - moment) // MINUTE))
    awake = [each for each in between if not is_quiet(quiet, each)]

    assert [each for each in awake if not _is_within(each, changed)] == []


def _is_within(moment: datetime, changed: dict[datetime, timedelta]) -> bool:
    return any(at <= moment < at + abs(by) for at, by in changed.items())


@pytest.mark.parametrize(
    ("zone", "until", "moment", "end"),
    [
        (HERE, time(8), "2026-11-22T21:00", "2026-11-23T07:00"),
        (HERE, time(8), "2026-11-23T06:59", "2026-11-23T07:00"),
        (HERE, time(8), "2026-11-23T07:00", "2026-11-23T07:00"),
        # The night is an hour shorter in spring, and an hour longer in autumn.
        (HERE, time(8), "2027-03-27T20:00", "2027-03-28T06:00"),
        (HERE, time(8), "2027-10-30T19:00", "2027-10-31T07:00"),
        # 2:30 does not exist: it is the same time after the jump.
        (HERE, time(2, 30), "2027-03-27T22:00", "2027-03-28T01:30"),
        # 2:30 comes twice: it is over, then quiet again for half an hour, then over.
        (HERE, time(2, 30), "2027-10-30T22:00", "2027-10-31T00:30"),
        (HERE, time(2, 30), "2027-10-31T01:10", "2027-10-31T01:30"),
        # Half an hour is skipped.
        ("Australia/Lord_Howe", time(2, 15), "2026-10-03T12:00", "2026-10-03T15:45"),
        # There was no 30 December 2011.
        ("Pacific/Apia", time(8), "2011-12-30T08:00", "2011-12-30T18:00"),
    ],
)
def test_the_night_ends_when_the_clock_on_her_wall_says_so(
    zone: str, until: time, moment: str, end: str
) -> None:
    quiet = Quiet(time(21), until, zone)

    found = quiet.after(datetime.fromisoformat(f"{moment}:00+00:00"))

    assert found.isoformat() == f"{end}:00+00:00"


@given(times, zones, st.data())
def test_quiet_until_the_same_hour_is_no_quiet(at: time, zone: str, data: st.DataObject) -> None:
    moment = data.draw(moments(zone))

    assert Quiet(at, at, zone).after(moment) == moment


@st.composite
def wishes(draw: st.DrawFn) -> tuple[datetime, time, set[int], str]:
    """A moment after which to ring, at which time, on which days of the week, and where."""
    zone = draw(zones)
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    return draw(moments(zone)), draw(times), days, zone


@given(wishes())
def test_what_comes_again_comes_once_on_each_of_its_days(
    wish: tuple[datetime, time, set[int], str],
) -> None:
    after, at, weekdays, zone = wish
    found, moment = [], after
    for _ in range(8):
        day, following = next_time(moment, at, weekdays, zone)
        assert following > moment
        found.append(day)
        moment = following

    everyday = (found[0] + DAY * n for n in range((found[-1] - found[0]).days + 1))
    wanted = [day for day in everyday if day.weekday() in weekdays and not _is_missing(day, zone)]
    assert [day for day in found if not _is_missing(day, zone)] == wanted


def _is_missing(day: date, zone: str) -> bool:
    """A day that no wall there ever showed, and the day whose hours stand in for it."""
    skipped = (at for at, by in jumps(zone, day.year).items() if abs(by) >= DAY)
    return any(abs((wall(at, zone).date() - day).days) <= 1 for at in skipped)


@given(wishes())
def test_it_comes_when_her_wall_shows_the_time(
    wish: tuple[datetime, time, set[int], str],
) -> None:
    after, at, weekdays, zone = wish

    day, moment = next_time(after, at, weekdays, zone)

    shown = wall(moment, zone)
    changed = jumps(zone, moment.year) | jumps(zone, after.year)
    assert (shown.date(), shown.time()) == (day, at) or _is_within(moment, changed)
    assert day.weekday() in weekdays


@given(wishes())
def test_no_day_is_left_out_before_it(wish: tuple[datetime, time, set[int], str]) -> None:
    after, at, weekdays, zone = wish

    day, _ = next_time(after, at, weekdays, zone)

    now = wall(after, zone)
    between = (now.date() + DAY * n for n in range(1, (day - now.date()).days))
    assert [each for each in between if each.weekday() in weekdays] == []
    if now.weekday() in weekdays and now.time() < at:
        assert day == now.date() or any(abs(each - after) < DAY for each in jumps(zone, after.year))


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "", "europe/amsterdam", "../../etc/passwd", "Europe", "\0"]
)
def test_a_time_zone_that_does_not_exist_is_none(name: str) -> None:
    assert not is_zone(name)
    assert is_zone(HERE)


def test_everything_here_is_utc() -> None:
    moment = Quiet(time(21), time(8), HERE).after(datetime(2026, 11, 22, 23, tzinfo=UTC))

    assert moment.tzinfo is UTC
    assert next_time(moment, time(9), range(7), HERE)[1].tzinfo is UTC
