"""What an operator may know of the notifications: how many, and why not. Never whose."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from companion import clock
from companion.notifications.keys import push_key
from companion.notifications.models import Notification, PushSubscription, State
from companion.notifications.outbox import BUSY, OPEN, RETRIED

LOOKED_BACK = timedelta(days=1)
LATELY = timedelta(hours=1)
TOO_OLD = 600  # seconds that something may wait to be sent before somebody should look
SETTLED = (State.SENT, State.FAILED, State.CANCELLED)


@dataclass(frozen=True)
class Numbers:
    """The outbox now, and what became of the notifications of the last 24 hours. `held_up`: push
    services did not take them so far, the first of them for so many seconds. `is_stuck`: for an
    hour, none was taken and some were refused or are held up."""

    waiting: int
    due: int
    oldest_due_seconds: int
    held_up: int
    held_up_seconds: int
    is_stuck: bool
    sent: int
    failed: dict[str, int]
    cancelled: dict[str, int]
    phones: int
    retired: int

    @property
    def is_well(self) -> bool:
        return self.oldest_due_seconds < TOO_OLD and not self.is_stuck


def numbers(db: Session) -> Numbers:
    now = clock.now()
    is_open = Notification.state.in_(OPEN)
    waiting = db.scalars(select(func.count()).where(is_open)).one()
    due, due_since = _count(db, is_open, Notification.next_at <= now, since=Notification.next_at)
    held = Notification.why.in_((RETRIED, BUSY))
    held_up, held_since = _count(db, is_open, held, since=Notification.due_at)
    settled = db.execute(
        select(Notification.state, Notification.why, func.count())
        .where(Notification.state.in_(SETTLED), Notification.next_at > now - LOOKED_BACK)
        .group_by(Notification.state, Notification.why)
    ).all()

    def by_reason(state: State) -> dict[str, int]:
        return {why: many for of, why, many in settled if of == state}

    def seconds(since: datetime | None) -> int:
        return int((now - since).total_seconds()) if since else 0

    return Numbers(
        waiting=waiting,
        due=due,
        oldest_due_seconds=seconds(due_since),
        held_up=held_up,
        held_up_seconds=seconds(held_since),
        is_stuck=_is_stuck(db, is_held_up=seconds(held_since) >= TOO_OLD),
        sent=sum(by_reason(State.SENT).values()),
        failed=by_reason(State.FAILED),
        cancelled=by_reason(State.CANCELLED),
        phones=_phones(db, PushSubscription.retired_at.is_(None), key_id=push_key().id),
        retired=_phones(db, PushSubscription.retired_at.is_not(None)),
    )


def _count(
    db: Session, *which: ColumnElement[bool], since: InstrumentedAttribute[datetime]
) -> tuple[int, datetime | None]:
    row = db.execute(select(func.count(), func.min(since)).where(*which)).one()
    return row[0], row[1]


def _is_stuck(db: Session, *, is_held_up: bool) -> bool:
    lately = Notification.next_at > clock.now() - LATELY
    sent = select(Notification.id).where(Notification.state == State.SENT, lately).limit(1)
    failed = select(Notification.id).where(
        Notification.state == State.FAILED, Notification.why != "gone", lately
    )
    if db.scalar(sent) is not None:
        return False
    return is_held_up or db.scalar(failed.limit(1)) is not None


def _phones(db: Session, which: ColumnElement[bool], key_id: str | None = None) -> int:
    phones = select(func.count(PushSubscription.id)).where(which)
    if key_id:
        phones = phones.where(PushSubscription.key_id == key_id)
    return db.scalars(phones).one()
