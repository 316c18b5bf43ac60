"""What time it is. Everything asks here, so that a test can hold the clock."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The day it is in a time zone (IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()


def moment(day: date, at: time, zone: str) -> datetime:
    """The UTC moment at which the clock on the wall shows this day and time.

    An hour that comes twice (autumn) means its first coming; an hour that does not exist (spring)
    means the same time after the jump, as PEP 495 has it.
    """
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)
