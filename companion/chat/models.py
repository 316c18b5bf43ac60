"""Conversation, Message and its translations, Reaction, ReadMark, Mute, Pause, Report."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from companion.db import Model
from companion.sealing import Sealed


class Conversation(Model):
    """What a group says to each other. `last` counts its changes: whoever changes anything takes
    the next number while holding this row, so that numbers are committed in their order.

    `hours` is when the facilitators read along: {"days": [0, …], "from": "9:00", "until": "17:00"},
    Monday is day 0. `notice_at` is when the group was told that all this will be erased.
    """

    __tablename__ = "conversation"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), unique=True)
    last: Mapped[int] = mapped_column(default=0)
    pinned: Mapped[int | None]
    hours: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    notice_at: Mapped[datetime | None]


class Message(Model):
    """Something said in a group. `number` is its place in the conversation and its address,
    `changed` the number of the last thing that happened to it: both from `Conversation.last`.

    The id is the form's, so that a message sent twice is one. When its writer deletes it, the text
    is gone; when a facilitator hides it, the text stays for the facilitators.
    """

    __tablename__ = "message"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    number: Mapped[int]
    changed: Mapped[int]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    role: Mapped[str] = mapped_column(String(16))
    text = Sealed()
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(35))
    reply_to: Mapped[int | None]
    written_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    hidden_why = Sealed()
    hidden_why_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    question_id: Mapped[UUID | None] = mapped_column(ForeignKey("question.id", ondelete="SET NULL"))
    parked_for: Mapped[int | None]
    reactions: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    is_translated: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("group_id", "number", name="uq_message_number"),
        UniqueConstraint("group_id", "changed", name="uq_message_changed"),
        Index("ix_message_author_id", "author_id", "written_at"),
        Index("ix_message_question_id", "question_id"),
    )


class Translation(Model):
    """A message in another language, by a member who speaks both."""

    __tablename__ = "translation"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    language: Mapped[str] = mapped_column(String(35))
    text = Sealed()
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("message_id", "by_id", "language"),)


class Reaction(Model):
    """A sign under a message instead of words; one per person."""

    __tablename__ = "reaction"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    sign: Mapped[str] = mapped_column(String(8))

    __table_args__ = (UniqueConstraint("message_id", "person_id"),)


class ReadMark(Model):
    """How far somebody has read a conversation: her own business, on nobody else's page."""

    __tablename__ = "read_mark"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    number: Mapped[int]

    __table_args__ = (UniqueConstraint("person_id", "group_id"),)


class Mute(Model):
    """Somebody does not want to read somebody else. Only she knows."""

    __tablename__ = "mute"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    muted_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("person_id", "muted_id"),)


class Pause(Model):
    """A member who reads along for a while and does not write. It ends by itself."""

    __tablename__ = "pause"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    until: Mapped[datetime]

    __table_args__ = (UniqueConstraint("group_id", "person_id"),)


class Report(Model):
    """Somebody says that a message is not right. The text is kept as it was then, so that deleting
    the message does not take away what the facilitators are to look at; once they have looked and
    left it, the copy is gone."""

    __tablename__ = "report"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(10))
    more = Sealed()
    more_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    text = Sealed()
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(10))
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("message_id", "by_id"),
        Index("ix_report_group_id", "group_id", "closed_at"),
        CheckConstraint("outcome IN ('kept', 'hidden')", name="outcome"),
    )
