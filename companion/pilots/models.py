"""Site: a practice, clinic or centre of a pilot. Wording: a pilot's own text in place of the
catalogue's."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from companion.db import Model


class Site(Model):
    """Where groups meet. `numbers` is a list of {"label", "number"} in the order to call them."""

    __tablename__ = "site"

    pilot: Mapped[str] = mapped_column(String(2), index=True)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(300), default="")
    numbers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class Wording(Model):
    """What a pilot says, in one language, instead of the catalogue. A change is a new row; the one
    before stays, no longer current, so that one can see who said what and when.

    `forms`: one text, or as many as the language has plurals. `note` is the translators' own.
    `source` is the English as it stood then. Whoever wrote the words and whoever put them here (by
    a review, or by saying older ones again) may be two people; nobody, when they came from a file
    at the terminal.
    """

    __tablename__ = "wording"

    pilot: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(35))
    domain: Mapped[str] = mapped_column(String(20))
    context: Mapped[str] = mapped_column(Text, default="")
    message: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(16))
    forms: Mapped[list[str]] = mapped_column(JSON)
    is_reviewed: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[list[str]] = mapped_column(JSON)
    is_current: Mapped[bool]
    written_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    said_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    said_at: Mapped[datetime]

    __table_args__ = (
        Index(
            "uq_wording_current",
            "pilot",
            "language",
            "key",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
        Index("ix_wording_key", "pilot", "language", "key", "id"),
    )
