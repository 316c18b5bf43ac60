"""A phone says that a notification has arrived; and a test shows the whole way."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound, Refusal
from companion.i18n import _
from companion.notifications import outbox, phones
from companion.notifications.models import Notification
from companion.notifications.outbox import Word
from companion.people import actions as people
from companion.people.reader import Reader

AT_MOST_EVERY = timedelta(seconds=10)


def own(reader: Reader) -> Select[Notification]:
    """Every query on notifications by hand starts here."""
    return select(Notification).where(Notification.person_id == reader.id)


def note(db: Session, reader: Reader, notification_id: UUID) -> None:
    """It arrived; the first word of it counts. Raises NotFound when it is not hers."""
    found = one(db, reader, notification_id)
    if found.arrived_at is not None:
        return
    found.arrived_at = clock.now()
    phone = phones.own(db, reader)
    if phone is not None and phone.id == found.subscription_id:
        phone.last_arrived_at = found.arrived_at


def one(db: Session, reader: Reader, notification_id: UUID) -> Notification:
    found = db.scalar(own(reader).where(Notification.id == notification_id))
    if found is None:
        raise NotFound
    return found


def start_test(
    db: Session, reader: Reader, kind: str, test_id: UUID, keeps: timedelta, path: str
) -> UUID:
    """Ring this phone now; pressed twice, it rings once. Raises Refusal when it does not ring."""
    phone = phones.own(db, reader)
    if phone is None or phone.retired_at is not None:
        raise Refusal(
            _("This phone does not ring at the moment. Open the page of reminders again.")
        )
    people.hold(db, reader)
    now: datetime = clock.now()
    word = Word(reader.id, kind, now, now + keeps, path, about_id=test_id)
    recent = and_(
        Notification.subscription_id == phone.id,
        Notification.kind == kind,
        Notification.due_at > now - AT_MOST_EVERY,
    )
    same = or_(Notification.once == word.once, recent)
    there = db.scalar(own(reader).where(same).limit(1))
    if there is None:
        outbox.write(db, [word])
        there = db.scalars(own(reader).where(Notification.once == word.once)).one()
        there.subscription_id, there.tries = phone.id, outbox.BOUND  # and no other phone
    return there.id
