"""What an operator may know of the notifications: how many, and why not. Never whose."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from companion import clock
from companion.notifications.models import Notification, PushSubscription, State
from companion.notifications.outbox import BUSY, OPEN, RETRIED

LOOKED_BACK = timedelta(days=1)


@dataclass(frozen=True)
class Numbers:
    """The outbox now (`held_up`: not taken by a push service so far), and what became of the
    notifications of the last 24 hours."""

    waiting: int
    held_up: int
    due: int
    oldest_due_seconds: int
    sent: int
    failed: dict[str, int]
    cancelled: dict[str, int]
    phones: int
    retired: int


def numbers(db: Session) -> Numbers:
    now = clock.now()
    waiting = select(func.count()).where(Notification.state.in_(OPEN))
    held_up = waiting.where(Notification.why.in_((RETRIED, BUSY)))
    due = select(func.count(), func.min(Notification.next_at)).where(
        Notification.state.in_(OPEN), Notification.next_at <= now
    )
    count, oldest = db.execute(due).one()
    settled = db.execute(
        select(Notification.state, Notification.why, func.count())
        .where(Notification.state.not_in(OPEN), Notification.next_at > now - LOOKED_BACK)
        .group_by(Notification.state, Notification.why)
    ).all()
    phones = select(func.count(), func.count(PushSubscription.retired_at))
    all_phones, retired = db.execute(phones.select_from(PushSubscription)).one()

    def by_reason(state: State) -> dict[str, int]:
        return {why: many for of, why, many in settled if of == state}

    return Numbers(
        waiting=db.scalars(waiting).one(),
        held_up=db.scalars(held_up).one(),
        due=count,
        oldest_due_seconds=int((now - oldest).total_seconds()) if oldest else 0,
        sent=sum(by_reason(State.SENT).values()),
        failed=by_reason(State.FAILED),
        cancelled=by_reason(State.CANCELLED),
        phones=all_phones - retired,
        retired=retired,
    )
