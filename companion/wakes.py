"""Telling what is watching that something changed: once it is saved, and never what it was.

An id is a group's or a person's. Whoever changes something that may be on a screen right now notes
it here; when the transaction is committed, the listeners of the database are told.
"""

from uuid import UUID

from sqlalchemy.orm import Session

_NOTED = "wakes"


def wake(db: Session, *ids: UUID) -> None:
    """These changed. Nobody hears of it unless the transaction is committed."""
    db.info.setdefault(_NOTED, set()).update(ids)


def noted(db: Session) -> frozenset[UUID]:
    return frozenset(db.info.get(_NOTED, ()))
