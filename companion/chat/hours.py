"""When the facilitators read along, so that nobody waits for an answer at night."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.web.typed import Typed, typed_time

# Dates with the names of the days: the first is a Monday.
WEEK = [date(2024, 1, 1) + timedelta(days=day) for day in range(7)]


@dataclass(frozen=True)
class Hours:
    """Days of the week (Monday is 0), and from when until when by the group's own clock. Without
    days the facilitators have promised nothing."""

    days: tuple[int, ...] = ()
    since: time = time(9)
    until: time = time(17)

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Self:
        if not kept:
            return cls()
        since, until = time.fromisoformat(kept["from"]), time.fromisoformat(kept["until"])
        return cls(tuple(kept["days"]), since, until)

    @classmethod
    def read(cls, typed: Typed) -> Self:
        """As a facilitator typed them. Raises Refusal with everything that is wrong."""
        days = tuple(day for day in range(7) if str(day) in typed.all("days"))
        if not days:
            return cls()
        errors: dict[str, Sentence] = {}
        since, until = typed_time(typed, "since", errors), typed_time(typed, "until", errors)
        if not errors and until <= since:
            errors["until"] = _("Write a time after the first one.")
        if errors:
            raise Refusal(next(iter(errors.values())), errors=errors)
        return cls(days, since, until)

    def kept(self) -> dict[str, Any]:
        if not self.days:
            return {}
        return {
            "days": list(self.days),
            "from": f"{self.since:%H:%M}",
            "until": f"{self.until:%H:%M}",
        }

    def cover(self, moment: datetime, zone: str) -> bool:
        """Whether somebody reads along at this moment."""
        local = moment.astimezone(ZoneInfo(zone))
        return local.weekday() in self.days and self.since <= local.time() < self.until

    @property
    def first(self) -> date:
        """A date on the first of the days, for its name."""
        return WEEK[self.days[0]]

    @property
    def last(self) -> date:
        return WEEK[self.days[-1]]

    @property
    def is_one_stretch(self) -> bool:
        """Several days that follow each other: "Monday to Friday"."""
        return len(self.days) > 1 and self.days[-1] - self.days[0] == len(self.days) - 1

    @property
    def dates(self) -> Sequence[date]:
        return [WEEK[day] for day in self.days]
