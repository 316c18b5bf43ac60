"""Whose journey: every query on a journey or a child starts here."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from companion.errors import NotFound
from companion.journeys.models import Child, Journey, State
from companion.people.reader import Reader


def own(person_id: UUID) -> Select[Journey]:
    """Her journeys, the newest first."""
    return select(Journey).where(Journey.person_id == person_id).order_by(Journey.id.desc())


def current(db: Session, person_id: UUID) -> Journey | None:
    """Her journey now, with the children."""
    return db.scalar(own(person_id).limit(1).options(selectinload(Journey.children)))


def own_child(db: Session, reader: Reader, child_id: UUID) -> Child:
    """A child of hers, unless her journey has ended. Raises NotFound."""
    found = db.scalar(
        select(Child)
        .join(Journey, Journey.id == Child.journey_id)
        .where(
            Child.id == child_id,
            Journey.person_id == reader.id,
            Journey.state != State.ENDED,
        )
    )
    if found is None:
        raise NotFound
    return found
