"""Telling, inside a transaction, what happened in it: parts above write what follows from it into
the same transaction, before it is committed. Whoever tells knows nobody who listens.

`wakes` is the other half: it tells after the commit, and only that something changed.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

_TOLD = "happenings"


class What(StrEnum):
    """What can happen; `id` is the thing's own."""

    PERSON_LEFT = "person left"
    SIGNED_OUT = "signed out"  # id: the person; one or all of her devices
    MEMBER_CAME = "member came"  # id: the person
    MEMBER_WENT = "member went"  # id: the person
    AGREEMENT_WRITTEN = "agreement written"
    SESSION_PLANNED = "session planned"
    SESSION_MOVED = "session moved"  # to another time or place
    SESSION_CANCELLED = "session cancelled"
    SESSION_RESTORED = "session restored"
    TOPIC_POSTED = "topic posted"
    QUESTION_ANSWERED = "question answered"
    MESSAGE_SAID = "message said"  # id: the group
    MESSAGE_PINNED = "message pinned"


@dataclass(frozen=True)
class Happening:
    """One thing that happened, and who did it (None: nobody who need not be told)."""

    what: What
    id: UUID
    by_id: UUID | None = None


def happened(db: Session, what: What, *ids: UUID, by_id: UUID | None = None) -> None:
    """Each of these, once however often it is told."""
    told: dict[Happening, None] = db.info.setdefault(_TOLD, {})
    told.update(dict.fromkeys(Happening(what, each, by_id) for each in ids))


def take_told(db: Session) -> tuple[Happening, ...]:
    """What was told since it was last asked for, in order."""
    return tuple(db.info.pop(_TOLD, ()))
