"""Journey and Child."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from companion.db import Model
from companion.sealing import Sealed


class State(StrEnum):
    """Where a journey is. `ended` means a loss, before or after the birth."""

    EXPECTING = "expecting"
    BORN = "born"
    ENDED = "ended"


class Journey(Model):
    """A pregnancy and what came of it. One per person at a time; the newest counts.

    `wants_call_at`: when she asked her facilitators to call her, after a loss.
    `spares_beside`: after a loss, whether who stands beside her is spared too. That can be noticed,
    so it is hers to say, and some are not safe when it is.
    """

    __tablename__ = "journey"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date | None]
    known_by: Mapped[str] = mapped_column(String(8), default="given")
    state: Mapped[str] = mapped_column(String(10))
    since_on: Mapped[date]
    wants_call_at: Mapped[datetime | None]
    spares_beside: Mapped[bool] = mapped_column(default=False)

    children: Mapped[list["Child"]] = relationship(
        lazy="raise", back_populates="journey", order_by="Child.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("state IN ('expecting', 'born', 'ended')", name="state"),
        CheckConstraint("known_by IN ('given', 'scan', 'period')", name="known_by"),
    )


class Child(Model):
    """A child of a journey: a tab of the record. A name may come later; sex only if she wants."""

    __tablename__ = "child"

    journey_id: Mapped[UUID] = mapped_column(
        ForeignKey("journey.id", ondelete="CASCADE"), index=True
    )
    name = Sealed()
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    born_on: Mapped[date]
    sex: Mapped[str | None] = mapped_column(String(6))
    gestation_days: Mapped[int | None]

    journey: Mapped[Journey] = relationship(lazy="raise", back_populates="children")

    __table_args__ = (CheckConstraint("sex IN ('girl', 'boy')", name="sex"),)
