"""Pauses: a member reads along for a while without writing. It ends by itself, or before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from companion import clock
from companion.chat.actions import refuse_long
from companion.chat.models import Pause
from companion.chat.numbers import message, take
from companion.chat.scopes import Seat
from companion.errors import NotFound, Refusal
from companion.groups import deeds
from companion.groups.deeds import Act
from companion.i18n import Sentence, _
from companion.people.models import Role

PAUSES: dict[str, tuple[timedelta, Sentence]] = {
    "hour": (timedelta(hours=1), _("For an hour")),
    "day": (timedelta(days=1), _("For a day")),
    "week": (timedelta(days=7), _("For a week")),
}


@dataclass(frozen=True)
class Paused:
    """Somebody who reads along for a while."""

    membership_id: UUID
    name: str
    until: datetime


def pause(db: Session, seat: Seat, number: int, how_long: str, why: str) -> None:
    """Let whoever wrote a message read along for a while without writing. Not a facilitator."""
    if how_long not in PAUSES:
        raise Refusal(_("Choose for how long."), "pause")
    refuse_long(why, "pause_why")
    take(db, seat.group_id)
    author_id = message(db, seat, number).author_id
    author = seat.speakers.get(author_id) if author_id else None
    if author_id is None or author is None or author.role == Role.FACILITATOR:
        raise NotFound
    held = select(Pause).where(Pause.group_id == seat.group_id, Pause.person_id == author_id)
    there = db.scalar(held) or Pause(group_id=seat.group_id, person_id=author_id)
    there.until = clock.now() + PAUSES[how_long][0]
    db.add(there)
    deeds.note(db, seat.reader, seat.group_id, Act.PAUSE, author_id, number, why)


def paused(db: Session, seat: Seat) -> list[Paused]:
    rows = db.execute(
        select(Pause.person_id, Pause.until)
        .where(Pause.group_id == seat.group_id, Pause.until > clock.now())
        .order_by(Pause.until)
    )
    there = ((seat.speakers.get(row.person_id), row.until) for row in rows)
    return [Paused(each.membership_id, each.name, until) for each, until in there if each]


def resume(db: Session, seat: Seat, membership_id: UUID) -> None:
    """End a pause before its time. Ending it again changes nothing."""
    people = {each.membership_id: person_id for person_id, each in seat.speakers.items()}
    if membership_id not in people:
        raise NotFound
    person_id = people[membership_id]
    ended = (
        delete(Pause)
        .where(Pause.group_id == seat.group_id, Pause.person_id == person_id)
        .returning(Pause.id)
    )
    if db.scalars(ended).all():
        deeds.note(db, seat.reader, seat.group_id, Act.RESUME, person_id)
