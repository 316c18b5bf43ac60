"""Group, Membership, Invitation, Agreement and who accepted it, and what was done about whom."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from companion.db import Model
from companion.people.models import Person
from companion.pilots.models import Site
from companion.sealing import Sealed


class Group(Model):
    """Eight to twelve women due in the same weeks, and their two facilitators."""

    __tablename__ = "group"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), index=True)
    programme: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    due_month: Mapped[date]
    languages: Mapped[list[str]] = mapped_column(JSON)
    capacity: Mapped[int]
    numbers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]

    site: Mapped[Site] = relationship(lazy="raise")


class Membership(Model):
    """A person in a group, until she leaves. A partner is there beside a participant."""

    __tablename__ = "membership"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(16))
    beside_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])

    __table_args__ = (
        UniqueConstraint("person_id", "group_id"),
        CheckConstraint("role IN ('participant', 'partner', 'facilitator')", name="role"),
    )


class Invitation(Model):
    """A way in, for one person or a few, until it expires, is used up or is revoked.

    The code is eight characters (40 bits, Crockford's base 32); the row holds its keyed digest.
    Without a group it makes a coordinator or a translator of a pilot.
    """

    __tablename__ = "invitation"

    pilot: Mapped[str] = mapped_column(String(2))
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("group.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str] = mapped_column(String(16))
    beside_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    invited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    uses_left: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    group: Mapped[Group | None] = relationship(lazy="raise")

    __table_args__ = (
        CheckConstraint("uses_left >= 0", name="uses_left"),
        CheckConstraint(
            "role IN ('participant', 'partner', 'facilitator', 'coordinator', 'translator')",
            name="role",
        ),
    )


class Agreement(Model):
    """The rules a group wrote for itself. A new text is a new version, accepted anew."""

    __tablename__ = "agreement"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    # Whether support persons take part in the conversation: the group decides it with the text.
    welcomes_partners: Mapped[bool] = mapped_column(default=False, server_default=false())
    written_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    written_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("group_id", "version"),)


class Acceptance(Model):
    """Somebody said yes to an agreement as it then stood."""

    __tablename__ = "acceptance"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    accepted_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("agreement_id", "person_id"),
        Index("ix_acceptance_person_id", "person_id"),
    )


class Deed(Model):
    """Something that somebody did about others in a group, written down for its facilitators.

    `about_id` is whom it concerned, `number` the message, if any; the reason is kept sealed.
    """

    __tablename__ = "deed"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    act: Mapped[str] = mapped_column(String(12))
    about_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    number: Mapped[int | None]
    why = Sealed()
    why_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime]

    __table_args__ = (Index("ix_deed_group_id", "group_id", "id"),)
