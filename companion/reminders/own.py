"""Reminders in somebody's own words: kept sealed, and shown to her alone, in the application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from companion.errors import NotFound, Refusal, SavedBefore
from companion.i18n import _
from companion.notifications import outbox
from companion.notifications.models import Notification
from companion.people import actions as people
from companion.people.reader import Reader
from companion.reminders import choices
from companion.reminders.hours import Quiet
from companion.reminders.models import OwnReminder
from companion.reminders.planning import plan_repeated

LENGTH, MOST = 200, 20


@dataclass(frozen=True)
class Wish:
    """What she writes: the words, the time, and the days of the week (Monday is 0)."""

    text: str
    at: time
    weekdays: tuple[int, ...]


def own(reader: Reader) -> Select[OwnReminder]:
    """Every query on own reminders starts here."""
    return select(OwnReminder).where(OwnReminder.person_id == reader.id)


def all_of(db: Session, reader: Reader) -> Sequence[OwnReminder]:
    """Hers, the earliest in the day first."""
    return db.scalars(own(reader).order_by(OwnReminder.at, OwnReminder.id)).all()


def add(db: Session, reader: Reader, reminder_id: UUID, wish: Wish) -> None:
    """Keep one. The same form once more is the same reminder. Raises Refusal."""
    people.hold(db, reader)
    there = db.get(OwnReminder, reminder_id)
    if there is not None:
        if there.person_id != reader.id:
            raise NotFound
        if (there.text, there.at, tuple(there.weekdays)) != (wish.text, wish.at, wish.weekdays):
            raise SavedBefore
        return
    if len(all_of(db, reader)) >= MOST:
        raise Refusal(_("You have %(most)s reminders of your own. Erase one first.", most=MOST))
    refuse_quiet(wish.at, choices.own(db, reader).quiet(reader.zone), "at")
    db.add(
        OwnReminder(
            id=reminder_id,
            person_id=reader.id,
            text=wish.text,
            at=wish.at,
            weekdays=list(wish.weekdays),
        )
    )
    plan_repeated(db, reader.id)


def refuse_quiet(at: time, quiet: Quiet, field: str) -> None:
    """An hour at which her phone is quiet is no hour for a reminder. Raises Refusal."""
    if quiet.hushes(at):
        raise Refusal(
            _(
                "From %(start)s until %(end)s your phone is quiet. Choose another time, or change "
                "the quiet hours.",
                start=quiet.start,
                end=quiet.end,
            ),
            field,
        )


def erase(db: Session, reader: Reader, reminder_id: UUID) -> None:
    """Take one away; it rings no more. Raises NotFound."""
    found = db.scalar(own(reader).where(OwnReminder.id == reminder_id))
    if found is None:
        raise NotFound
    db.delete(found)
    outbox.cancel(db, "gone", Notification.about_id == reminder_id)
