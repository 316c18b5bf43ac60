"""Hours on somebody's own wall: when it must be quiet, and when the same hour comes again.

Everything here is arithmetic: moments in UTC come in and go out, walls are IANA time zones.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from companion import clock

DAY = timedelta(days=1)


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Whether there is such a time zone."""
    return name in available_timezones()


@dataclass(frozen=True)
class Quiet:
    """From an hour until another, across midnight if it must be; until the same hour is never."""

    start: time
    end: time
    zone: str

    def covers(self, moment: datetime) -> bool:
        """Whether her wall shows an hour of quiet at this moment."""
        return self.hushes(moment.astimezone(ZoneInfo(self.zone)).time())

    def hushes(self, wall: time) -> bool:
        """Whether this hour on the wall is quiet: the first minute is, the last is not."""
        if self.start <= self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end

    def after(self, moment: datetime) -> datetime:
        """This moment, or else the first one after it at which her wall shows that it is over.

        Clocks that are changed are minded: an end that does not exist (spring) is the same time
        after the jump, and one that comes twice is over at its first coming.
        """
        if not self.covers(moment):
            return moment
        today = moment.astimezone(ZoneInfo(self.zone)).date()
        ends = (
            datetime.combine(today + DAY * days, self.end.replace(fold=fold), ZoneInfo(self.zone))
            for days in range(3)
            for fold in (0, 1)
        )
        later = (each.astimezone(UTC) for each in ends)
        return min(each for each in later if each > moment and not self.covers(each))


def next_time(
    after: datetime, at: time, weekdays: Collection[int], zone: str
) -> tuple[date, datetime]:
    """The next day that is one of these (Monday is 0) on which her wall shows this time after a
    moment; the day, and the moment. It comes once a day, also where an hour comes twice."""
    today = after.astimezone(ZoneInfo(zone)).date()
    days = (today + DAY * n for n in range(-1, 9))
    found = ((day, clock.moment(day, at, zone)) for day in days if day.weekday() in weekdays)
    return next((day, moment) for day, moment in found if moment > after)
