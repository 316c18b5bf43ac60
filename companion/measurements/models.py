"""Measurement: one entry in somebody's own record."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from companion.db import Model
from companion.sealing import Sealed


class Measurement(Model):
    """One reading: of herself, or of a child. Its id comes from the form, so that a repeated POST
    is the same reading.

    `values` is sealed JSON: field names to canonical decimals or step codes, and the unit they
    were written in. A correction is a new row that `replaces` the old one, which stays for her to
    see; erasing deletes them all.
    """

    __tablename__ = "measurement"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    child_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("child.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(32))
    values = Sealed()
    values_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    taken_at: Mapped[datetime]
    written_at: Mapped[datetime]
    replaces_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("measurement.id", ondelete="CASCADE"), index=True
    )
    is_replaced: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_measurement_own", "person_id", "child_id", "kind", "taken_at"),)
