"""When a programme's sessions fall, for a group that meets on one day of the week."""

from datetime import date, timedelta

from companion.programmes.programme import PlannedSession, Programme

WEEK = timedelta(weeks=1)
WEEKS_OF_PREGNANCY = 40


def plan(
    programme: Programme, due_on: date, weekday: int, today: date
) -> list[tuple[PlannedSession, date]]:
    """A day for each session, the soonest tomorrow, in order and at least a week apart.

    `weekday` counts from Monday, 0. `due_on` is when the group's babies are due; a programme
    counted from its own start has no use for it.
    """
    soonest = _next(weekday, today + timedelta(days=1))
    start = soonest
    days = []
    for session in programme.sessions:
        day = max(soonest, _nearest(weekday, _middle(session, due_on, start)))
        days.append((session, day))
        soonest = day + WEEK
    return days


def week_begins(session: PlannedSession, week: int, due_on: date, start: date) -> date:
    """The first day of a week, counted from the session's anchor."""
    match session.anchor:
        case "pregnancy":
            return due_on - (WEEKS_OF_PREGNANCY - week) * WEEK
        case "birth":
            return due_on + week * WEEK
        case "start":
            return start + week * WEEK


def _middle(session: PlannedSession, due_on: date, start: date) -> date:
    opens = week_begins(session, session.from_week, due_on, start)
    return opens + (week_begins(session, session.to_week, due_on, start) - opens) // 2


def _next(weekday: int, day: date) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _nearest(weekday: int, day: date) -> date:
    return _next(weekday, day - timedelta(days=3))
