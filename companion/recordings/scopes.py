"""Whose recordings: every query on one recording starts here."""

from uuid import UUID

from sqlalchemy.orm import Session

from companion.errors import NotFound
from companion.people.reader import Reader
from companion.recordings.models import Recording
from companion.sessions import scopes as sessions
from companion.sessions import topics


def heard_by(db: Session, visitor: Reader | None, recording_id: UUID) -> Recording:
    """A topic's: whoever may read the topic. A danger sign's: everybody. Raises NotFound."""
    found = _one(db, recording_id)
    if found.topic_id is not None:
        if visitor is None:
            raise NotFound
        topics.readable(db, visitor, found.topic_id)
    return found


def made_by(db: Session, reader: Reader, recording_id: UUID) -> Recording:
    """A topic's: the facilitators of its group. A danger sign's: the coordinators of its pilot.
    Raises NotFound."""
    found = _one(db, recording_id)
    if found.topic_id is not None:
        sessions.facilitated_topic(db, reader, found.topic_id)
    elif not reader.is_coordinator or found.pilot != reader.pilot:
        raise NotFound
    return found


def _one(db: Session, recording_id: UUID) -> Recording:
    """Without its sound, which is read when somebody may have it."""
    found = db.get(Recording, recording_id)
    if found is None:
        raise NotFound
    return found
