"""Remark: what a reader says is wrong with the words of a page."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from companion.db import Model
from companion.sealing import Sealed


class Remark(Model):
    """Words as they stood on a page, and what a reader says of them: that they are wrong, or how
    she would say it. Open until somebody who translates settles it.

    `place` is the first part of the page's address, and never more: the rest may hold an id. Who
    said it is kept for the brake alone, and shown to nobody.
    """

    __tablename__ = "remark"

    pilot: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(35))
    place: Mapped[str] = mapped_column(String(40))
    words = Sealed()
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    better = Sealed()
    better_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    said_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    said_at: Mapped[datetime]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_remark_said_by_id", "said_by_id", "said_at"),
        Index(
            "ix_remark_open",
            "pilot",
            "language",
            "id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )
