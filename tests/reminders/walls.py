"""Clocks on walls all over the world, and the days on which they are changed."""

from bisect import bisect
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

# A jump of two hours, of half an hour, of a whole day (Apia, 2011), at midnight, and in Ramadan.
ODD = (
    "Europe/Amsterdam", "Antarctica/Troll", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo",
    "America/Havana", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Chatham",
    "America/St_Johns", "America/Nuuk", "Asia/Beirut",
)  # fmt: skip
YEARS = (2011, 2026, 2027)

zones = st.sampled_from(ODD) | st.sampled_from(sorted(available_timezones()))
minutes_of_a_day = st.integers(0, 24 * 60 - 1)
times = minutes_of_a_day.map(lambda n: (datetime(2026, 1, 1, tzinfo=UTC) + MINUTE * n).time())


@cache
def jumps(zone: str, year: int) -> dict[datetime, timedelta]:
    """When the clocks of a zone are changed in a year, and by how much."""
    days = [datetime(year, 1, 1, tzinfo=UTC) + DAY * n for n in range(367)]
    shown = [_offset(day, zone) for day in days]
    found = {}
    for day, before, after in zip(days, shown, shown[1:], strict=False):
        if before != after:
            minutes = [day + MINUTE * n for n in range(1, 24 * 60 + 1)]
            at = bisect(minutes, False, key=lambda each: _offset(each, zone) != before)
            found[minutes[at]] = after - before
    return found


def _offset(moment: datetime, zone: str) -> timedelta:
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def wall(moment: datetime, zone: str) -> datetime:
    """What her wall shows, calendar and clock."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@st.composite
def moments(draw: st.DrawFn, zone: str, years: tuple[int, ...] = YEARS) -> datetime:
    """A minute of some year; every other time, one near a day on which the clocks are changed."""
    year = draw(st.sampled_from(years))
    if draw(st.booleans()) and (near := sorted(jumps(zone, year))):
        return draw(st.sampled_from(near)) + MINUTE * draw(st.integers(-1600, 1600))
    return datetime(year, 1, 1, tzinfo=UTC) + MINUTE * draw(st.integers(0, 365 * 24 * 60))
