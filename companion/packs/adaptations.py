"""What a pilot does in another way, and why: written down by those who decided it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound, SavedBefore
from companion.packs.forms import AdaptationForm
from companion.packs.models import Adaptation
from companion.people.actions import hold
from companion.people.reader import Reader


def of(reader: Reader) -> Select[Adaptation]:
    """Those of the pilot that she coordinates; none for anybody else."""
    own = reader.pilot if reader.is_coordinator else None
    return select(Adaptation).where(Adaptation.pilot == own)


def written(db: Session, reader: Reader) -> list[Adaptation]:
    """The latest first."""
    return list(db.scalars(of(reader).order_by(Adaptation.adapted_on.desc(), Adaptation.id.desc())))


def write_down(db: Session, reader: Reader, form_id: UUID, form: AdaptationForm) -> None:
    """The same form once more changes nothing; with something else in it, it is refused."""
    columns = form.checked(reader.zone)
    hold(db, reader)
    there = db.get(Adaptation, form_id)
    if there is None:
        add(db, reader.pilot, columns, by_id=reader.id, row_id=form_id)
    elif there.pilot != reader.pilot:
        raise NotFound
    elif any(getattr(there, name) != value for name, value in columns.items()):
        raise SavedBefore


def add(
    db: Session,
    pilot: str,
    columns: dict[str, Any],
    *,
    by_id: UUID | None,
    row_id: UUID | None = None,
) -> None:
    db.add(
        Adaptation(id=row_id, pilot=pilot, written_by_id=by_id, written_at=clock.now(), **columns)
    )


def erase(db: Session, reader: Reader, adaptation_id: UUID) -> None:
    found = db.scalar(of(reader).where(Adaptation.id == adaptation_id))
    if found is None:
        raise NotFound
    db.delete(found)
