"""ReminderChoices, OwnReminder and CalendarFeed."""

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from companion.db import Model
from companion.sealing import Sealed


class ReminderChoices(Model):
    """What somebody wants to be reminded of, and when it must be quiet, by her own clock. Who has
    never chosen has no row (`choices.UNCHOSEN`).

    The switches `…_after_loss` count in place of the others once her journey has ended: until she
    asks for it anew, nothing rings. Quiet from an hour until the same hour is no quiet at all.
    """

    __tablename__ = "reminder_choices"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), unique=True
    )
    wants_sessions: Mapped[bool]
    wants_topics: Mapped[bool]
    wants_answers: Mapped[bool]
    wants_messages: Mapped[bool]
    wants_agreements: Mapped[bool]
    wants_measuring: Mapped[bool]
    wants_sessions_after_loss: Mapped[bool]
    wants_own_after_loss: Mapped[bool]
    day_before_at: Mapped[time]
    quiet_from: Mapped[time]
    quiet_until: Mapped[time]
    measure_on: Mapped[int]
    measure_at: Mapped[time]

    __table_args__ = (CheckConstraint("measure_on BETWEEN 0 AND 6", name="measure_on"),)


class OwnReminder(Model):
    """Something she wants to be reminded of in her own words, which never leave the application.
    `weekdays` counts from Monday, 0."""

    __tablename__ = "own_reminder"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    text = Sealed()
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[time]
    weekdays: Mapped[list[int]] = mapped_column(JSON)


class CalendarFeed(Model):
    """A secret address at which a calendar may fetch her sessions. One each; a new one ends the
    old. The row holds the SHA-256 of the secret."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), unique=True
    )
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime]
