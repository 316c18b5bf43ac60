"""PushSubscription and Notification."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from companion.db import Model
from companion.sealing import Sealed


class State(StrEnum):
    """Where a notification is. A claim runs out by itself, when whoever holds it has died."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PushSubscription(Model):
    """A phone that may be rung: one per sign-in. Its address is a secret and is kept sealed, as
    JSON of `endpoint`, `p256dh` and `auth`; `endpoint_hash` finds it again.

    `service` is the origin of the push service, `key_id` says with which of our keys it was made,
    and `retired_at` when it was given up after `failures` refusals in a row.
    """

    __tablename__ = "push_subscription"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    sign_in_id: Mapped[UUID] = mapped_column(
        ForeignKey("sign_in.id", ondelete="CASCADE"), unique=True
    )
    address = Sealed()
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    endpoint_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    service: Mapped[str] = mapped_column(String(300))
    key_id: Mapped[str] = mapped_column(String(12))
    confirmed_at: Mapped[datetime]
    last_success_at: Mapped[datetime | None]
    last_arrived_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class Notification(Model):
    """A word for somebody's phone: written with its cause, and sent when it is due.

    `once` makes it the only one of its kind: the same reminder is never written twice. `topic` (RFC
    8030, 5.4) lets a later word about the same thing take the place of an earlier one. `of_at` is
    when the thing was to be, as far as this word knows. Which phone it goes to is settled when it
    is claimed, and until then `tries` is 0; a second phone gets a row of its own. `next_at` is when
    it is to be looked at again (due, tried anew, a claim run out), or when it was settled.
    """

    __tablename__ = "notification"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    slot: Mapped[str] = mapped_column(String(16), default="")
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    of_at: Mapped[datetime | None]
    path: Mapped[str] = mapped_column(String(120))
    once: Mapped[str] = mapped_column(String(32), unique=True)
    topic: Mapped[str] = mapped_column(String(32))
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    next_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default=State.WAITING)
    why: Mapped[str] = mapped_column(String(16), default="")
    tries: Mapped[int] = mapped_column(default=0)
    subscription_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("push_subscription.id", ondelete="SET NULL"), index=True
    )
    sent_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_notification_next", "state", "next_at"),
        CheckConstraint(
            "state IN ('waiting', 'claimed', 'sent', 'failed', 'cancelled')", name="state"
        ),
    )
