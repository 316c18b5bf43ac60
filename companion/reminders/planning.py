"""Planning ahead: the words that are due at a known time, written when it becomes known.

Quiet hours are not minded here: they are minded when a word is due, by what she has chosen then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from companion import clock
from companion.groups.models import Membership
from companion.groups.scopes import lasts
from companion.notifications import outbox
from companion.notifications.models import Notification
from companion.notifications.outbox import Word
from companion.people.models import Person
from companion.pilots.pack import pilot
from companion.reminders import choices
from companion.reminders.choices import Choices
from companion.reminders.hours import DAY, is_zone, next_time
from companion.reminders.kinds import KINDS, OWN
from companion.reminders.models import OwnReminder, ReminderChoices
from companion.sessions.models import GroupSession

SOON = timedelta(hours=2)
MOST_AT_ONCE = 500
DAY_BEFORE, HOURS_BEFORE = "day", "hours"
DIGEST_HOURS = (time(12), time(16), time(20))


@dataclass(frozen=True)
class Someone:
    """Whose reminders they are: by which clock she lives, and what she chose."""

    id: UUID
    zone: str
    choices: Choices


def zone_of(zone: str, pilot_code: str) -> str:
    """Her time zone; her pilot's, should hers be none that exists."""
    return zone if is_zone(zone) else pilot(pilot_code).zone


def for_session(who: Someone, session_id: UUID, starts_at: datetime, now: datetime) -> list[Word]:
    """The day before at her hour, and two hours before; what has passed by now is not written."""
    day = starts_at.astimezone(ZoneInfo(who.zone)).date() - DAY
    evening, soon = clock.moment(day, who.choices.day_before_at, who.zone), starts_at - SOON
    moments = ((DAY_BEFORE, evening, soon), (HOURS_BEFORE, soon, starts_at))
    return [
        Word(
            who.id, "session", due_at, expires_at, f"/sessions/{session_id}",
            about_id=session_id, slot=slot, of_at=starts_at,
        )
        for slot, due_at, expires_at in moments
        if now < due_at < expires_at
    ]  # fmt: skip


def plan_sessions(
    db: Session, *, person_ids: Sequence[UUID] = (), session_ids: Sequence[UUID] = ()
) -> None:
    """The words of these people for all their sessions to come, or of everybody for these sessions:
    what fits no more is taken back. Planning twice plans once. What is due already, and waits for
    the end of her night, say, is left to whoever sends it."""
    now = clock.now()
    db.flush()
    asked = {"after": now, "people": list(person_ids), "sessions": list(session_ids)}
    rows = db.execute(_meetings(bool(person_ids)), asked).all()
    words = [word for row in rows for word in for_session(someone(row), row.id, row.starts_at, now)]
    whose = (
        Notification.person_id.in_(person_ids)
        if person_ids
        else Notification.about_id.in_(session_ids)
    )
    outbox.cancel(
        db,
        "changed",
        whose,
        Notification.kind == "session",
        Notification.slot.in_((DAY_BEFORE, HOURS_BEFORE)),
        Notification.due_at > now,
        Notification.once.not_in([word.once for word in words]),
    )
    outbox.write(db, words)


def plan_missed(db: Session) -> None:
    """Sessions to come of which no reminder was ever written: those that were planned before there
    were reminders."""
    known = select(Notification.id).where(Notification.about_id == GroupSession.id)
    member = select(Membership.id).where(Membership.group_id == GroupSession.group_id, lasts())
    missed = select(GroupSession.id).where(
        GroupSession.state == "planned",
        GroupSession.starts_at > clock.now() + SOON,
        member.exists(),
        ~known.exists(),
    )
    soonest = missed.order_by(GroupSession.starts_at).limit(MOST_AT_ONCE)
    if ids := db.scalars(soonest).all():
        plan_sessions(db, session_ids=ids)


@cache
def _meetings(by_person: bool) -> Select[*tuple[Any, ...]]:
    people: Any = bindparam("people", expanding=True)
    sessions: Any = bindparam("sessions", expanding=True)
    which = Membership.person_id.in_(people) if by_person else GroupSession.id.in_(sessions)
    return (
        select(GroupSession.id, GroupSession.starts_at, *PERSON)
        .join(Membership, Membership.group_id == GroupSession.group_id)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(ReminderChoices, ReminderChoices.person_id == Person.id)
        .where(
            which,
            lasts(),
            GroupSession.state == "planned",
            GroupSession.starts_at > bindparam("after"),
        )
    )


PERSON = (
    Person.id.label("person_id"),
    Person.zone,
    Person.pilot,
    *choices.COLUMNS,
)


def someone(row: Row[*tuple[Any, ...]]) -> Someone:
    """From a row in which PERSON was asked for."""
    return Someone(row.person_id, zone_of(row.zone, row.pilot), choices.of_row(row))


def people(db: Session, person_ids: Iterable[UUID]) -> list[Someone]:
    """These people, those who left not among them."""
    rows = db.execute(
        select(*PERSON)
        .outerjoin(ReminderChoices, ReminderChoices.person_id == Person.id)
        .where(Person.id.in_(list(person_ids)), Person.left_at.is_(None))
    )
    return [someone(row) for row in rows]


def next_measuring(who: Someone, after: datetime) -> Word | None:
    """The next time that she wants to be asked to write something down."""
    if not who.choices.wants_measuring:
        return None
    at, weekdays = who.choices.measure_at, (who.choices.measure_on,)
    return _again(who, "measuring", None, at, weekdays, "/record", after)


def next_own(who: Someone, reminder: OwnReminder, after: datetime) -> Word:
    """The next time for a reminder of her own."""
    path = "/reminders/own"
    return _again(who, OWN, reminder.id, reminder.at, reminder.weekdays, path, after)


def next_digest(who: Someone, after: datetime) -> Word:
    """The one word for all that is said until then, in whichever conversation: at the next of a few
    hours of her day; when all of them are quiet, at the end of that."""
    quiet = who.choices.quiet(who.zone)
    awake = [at for at in DIGEST_HOURS if not quiet.hushes(at)] or [quiet.end]
    found = (next_time(after, at, range(7), who.zone) for at in awake)
    day, due_at = min(found, key=lambda each: each[1])
    expires_at = due_at + KINDS["messages"].keeps
    slot = f"{day:%m%d}-{due_at:%H%M}"
    return Word(who.id, "messages", due_at, expires_at, "/chat", slot=slot)


def _again(
    who: Someone,
    kind: str,
    about_id: UUID | None,
    at: time,
    weekdays: Sequence[int],
    path: str,
    after: datetime,
) -> Word:
    day, due_at = next_time(after, at, weekdays, who.zone)
    # The day is part of what makes it the only one, so that it comes once a day and no more.
    return Word(
        who.id, kind, due_at, due_at + KINDS[kind].keeps, path, about_id, slot=day.isoformat()
    )


def plan_repeated(db: Session, person_id: UUID) -> None:
    """Her weekly and own reminders, from now on by what she has now chosen."""
    now = clock.now()
    db.flush()
    outbox.cancel(
        db,
        "changed",
        Notification.person_id == person_id,
        Notification.kind.in_(("measuring", OWN)),
        Notification.due_at > now,
    )
    own = db.scalars(select(OwnReminder).where(OwnReminder.person_id == person_id)).all()
    for who in people(db, [person_id]):
        words = [next_measuring(who, now), *(next_own(who, each, now) for each in own)]
        outbox.write(db, [word for word in words if word])
