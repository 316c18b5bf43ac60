"""OwnPack, WaitingPack, Adaptation: what a pilot's people changed, are about to, and why."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from companion.db import Model


class OwnPack(Model):
    """A pilot's pack as its people took it in, in place of the one that comes with Companion.

    Each part is kept as the tables of its file; an empty one is as it comes. `version` counts how
    often it changed. Programmes and drawings once taken in stay, since groups may use them.
    """

    __tablename__ = "own_pack"

    pilot: Mapped[str] = mapped_column(String(2), unique=True)
    version: Mapped[int]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    signs: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    programmes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    drawings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    changed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]


class WaitingPack(Model):
    """A pack that a coordinator sent in and looks at: it waits for her to take it in. The next one
    takes its place."""

    __tablename__ = "waiting_pack"

    pilot: Mapped[str] = mapped_column(String(2), unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sent_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    sent_at: Mapped[datetime]


class Adaptation(Model):
    """What a pilot does or says in another way, and why. `surface`: words, names, pictures,
    examples; `deep`: what sessions are about, roles, who decides, what people value. `text_key`:
    the text that it is about, if it is about one."""

    __tablename__ = "adaptation"

    pilot: Mapped[str] = mapped_column(String(2), index=True)
    depth: Mapped[str] = mapped_column(String(7))
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    agreed_with: Mapped[str] = mapped_column(String(120), default="")
    adapted_on: Mapped[date]
    text_key: Mapped[str | None] = mapped_column(String(16))
    written_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    written_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("depth IN ('surface', 'deep')", name="depth"),)
