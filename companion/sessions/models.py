"""GroupSession, Topic and its texts, Attendance, Question, Note."""

from datetime import date, datetime, time
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

from companion import clock
from companion.db import Model
from companion.sealing import Sealed

LEAST_MINUTES, MOST_MINUTES = 15, 480


class GroupSession(Model):
    """A meeting of a group. Day, time and zone are what was agreed; `starts_at` follows from them
    and is kept for ordering (`meet` keeps the two together)."""

    __tablename__ = "group_session"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    number: Mapped[int]
    day: Mapped[date]
    at: Mapped[time]
    zone: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(200), default="")
    online_link: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[str] = mapped_column(String(10), default="planned")
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    checks: Mapped[list[str]] = mapped_column(JSON, default=list)
    moved_at: Mapped[datetime | None]
    # How often what was said about it has changed: calendars want to know (RFC 5545, 3.8.7.4).
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")

    topics: Mapped[list["Topic"]] = relationship(
        lazy="raise", back_populates="session", order_by="Topic.id"
    )

    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        Index("ix_group_session_path", "group_id", "starts_at"),
        CheckConstraint("state IN ('planned', 'cancelled')", name="state"),
        CheckConstraint(f"minutes BETWEEN {LEAST_MINUTES} AND {MOST_MINUTES}", name="minutes"),
    )

    def meet(self, day: date, at: time, zone: str) -> None:
        self.day, self.at, self.zone = day, at, zone
        self.starts_at = clock.moment(day, at, zone)


class Topic(Model):
    """What a session is about, posted by a facilitator, in one or several languages."""

    __tablename__ = "topic"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("group_session.id", ondelete="CASCADE"), index=True
    )
    theme: Mapped[str] = mapped_column(String(200), default="")
    posted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    posted_at: Mapped[datetime]

    session: Mapped[GroupSession] = relationship(lazy="raise", back_populates="topics")
    texts: Mapped[list["TopicText"]] = relationship(
        lazy="raise",
        back_populates="topic",
        order_by="TopicText.position",
        cascade="all, delete-orphan",
    )


class TopicText(Model):
    """A topic in one language: a title, and a text in a small safe Markdown."""

    __tablename__ = "topic_text"

    topic_id: Mapped[UUID] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(35))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)

    topic: Mapped[Topic] = relationship(lazy="raise", back_populates="texts")

    __table_args__ = (UniqueConstraint("topic_id", "language"),)


class Attendance(Model):
    """Somebody's answer: is she coming?"""

    __tablename__ = "attendance"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("group_session.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    is_coming: Mapped[bool]
    answered_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("session_id", "person_id"),)


class Question(Model):
    """Something parked for a session. Without a name, nobody is written down at all."""

    __tablename__ = "question"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("group_session.id", ondelete="CASCADE"), index=True
    )
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    text = Sealed()
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # It was said in a conversation that support persons take no part in.
    kept_from_partners: Mapped[bool] = mapped_column(default=False, server_default=false())
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Note(Model):
    """What somebody wrote about a session for herself alone. Once she erases it the words are gone;
    the row stays, so that a form of hers that comes late does not bring them back.

    No session is erased over it: the database refuses, since nobody else may take it from her.
    `saves` are keyed digests of the forms that were saved, the newest last.
    """

    __tablename__ = "note"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("group_session.id"), index=True)
    text = Sealed()
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]
    saves: Mapped[list[str]] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("person_id", "session_id"),)
