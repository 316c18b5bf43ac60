"""A group's plan: all its sessions at once, on the days that its programme gives."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion import clock
from companion.groups import scopes as groups
from companion.groups.models import Group
from companion.happenings import What, happened
from companion.pilots.pack import pilot
from companion.programmes.plan import plan
from companion.programmes.programme import PlannedSession, programme
from companion.sessions.models import GroupSession

MIDDLE_OF_MONTH = 15


@dataclass(frozen=True)
class Rhythm:
    """When and where a group meets. `weekday` counts from Monday, 0."""

    weekday: int
    at: time
    place: str


def planned(db: Session, group: Group) -> list[GroupSession]:
    """The sessions a group has, in order. The caller has shown her scope."""
    rows = select(GroupSession).where(GroupSession.group_id == group.id)
    return list(db.scalars(rows.order_by(GroupSession.starts_at, GroupSession.number)))


def days(group: Group, rhythm: Rhythm) -> list[tuple[PlannedSession, date]]:
    """The dates that the programme gives, counted from the middle of the due month."""
    due_on = group.due_month.replace(day=MIDDLE_OF_MONTH)
    today = clock.today(zone(group))
    return plan(programme(group.programme, group.site.pilot), due_on, rhythm.weekday, today)


def zone(group: Group) -> str:
    return pilot(group.site.pilot).zone


def make(db: Session, group: Group, rhythm: Rhythm) -> None:
    """Plan every session. A group that has sessions keeps them as they are."""
    # Two facilitators who press at once wait for each other here.
    groups.hold(db, group.id)
    if planned(db, group):
        return
    for session, day in days(group, rhythm):
        meeting = GroupSession(
            group_id=group.id,
            number=session.number,
            minutes=session.minutes,
            place=rhythm.place,
            themes=list(session.themes),
            checks=[*session.checks, *session.child_checks],
        )
        meeting.meet(day, rhythm.at, zone(group))
        db.add(meeting)
        happened(db, What.SESSION_PLANNED, meeting.id)
